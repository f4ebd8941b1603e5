/*
 * tasks/thread_delays: the time that all threads of a process waited, for a CPU and for block I/O.
 *
 * The kernel counts both per thread, in task/TID/schedstat and field 42 of task/TID/stat, and forgets
 * them when the thread dies. The last values of each thread are kept, so that the sums only grow; what
 * a thread waited between the last read and its death is lost.
 */
#ifndef STALLTOP_TASKS_THREAD_DELAYS_H
#define STALLTOP_TASKS_THREAD_DELAYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/directory.h"
#include "proc/pid_schedstat.h"

struct thread_delay {
	uint32_t tid;
	uint64_t block_ticks; /* ABSENT when not read */
	struct pid_schedstat sched;
};

struct thread_delays {
	struct thread_delay *thread; /* ascending tid */
	size_t count, cap;
	uint64_t run_delay_ns;
	uint64_t block_ticks; /* ABSENT unless the last read asked for it */
};

/*
 * Reads every thread of the process, and field 42 when block says so, of those that ran since the last
 * read. 0 and the sums are brought up to date, or -errno and nothing is changed: -ESRCH when no thread
 * is left, -ENODATA when this kernel does not count. At the first read the sums are what the living
 * threads say. tids is scratch.
 */
int thread_delays_read(struct thread_delays *delays, int procfd, uint32_t pid, bool block,
		       struct number_list *tids);
void thread_delays_release(struct thread_delays *delays);

#endif
