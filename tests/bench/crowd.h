/*
 * Benchmark support: sleeping processes, to have as many to list as a busy machine has.
 *
 * Each is this program run again, with an address space of its own as real ones have (some 0.2 MB
 * of memory), and waits in pause(2). They end with this program however it ends
 * (PR_SET_PDEATHSIG), and are reaped only by crowd_resize().
 * Errors are -errno; -EAGAIN is the limit on processes (RLIMIT_NPROC, pids.max or pid_max), -ENOMEM
 * that memory would get scarce.
 */
#ifndef TESTS_BENCH_CROWD_H
#define TESTS_BENCH_CROWD_H

#include <stddef.h>
#include <sys/types.h>

struct crowd {
	pid_t *pid; /* owned; freed when the size is 0 */
	size_t count;
};

/* What main() must do first: turns the program into a sleeper if it was started as one. */
void crowd_sleep(int argc, char **argv);

/* Makes or ends processes until there are `count`. On error there are as many as could be made. */
int crowd_resize(struct crowd *crowd, size_t count);

/* Processes of the whole machine, as /proc lists them; 0 if it cannot be read. */
size_t crowd_machine(void);

/* The number after a name that begins a line of /proc/meminfo or /proc/PID/status, in kB; 0: none. */
double crowd_proc_kb(const char *path, const char *name);

#endif
