/*
 * Test support: a process that does what it is told and then sleeps, so that its counters stand still
 * while they are compared.
 *
 * Every wait is a poll with a deadline; what goes wrong fails the running test.
 */
#ifndef STALLTOP_TESTS_TASKS_CHILD_H
#define STALLTOP_TESTS_TASKS_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define CHILD_WAIT_MS 20000

/* What the child says of itself after an order. */
struct child_report {
	uint64_t cpu_ns; /* CLOCK_PROCESS_CPUTIME_ID */
	uint64_t minor_faults, major_faults; /* getrusage(2) */
	int64_t answer; /* of the work */
};

struct child {
	pid_t pid;
	int orders, reports; /* pipes */
};

/* Runs in the child for each order. */
typedef int64_t child_work(int order);

void child_start(struct child *child, child_work *work);
/* Gives an order and waits until it is done and the child with all its threads sleeps again. */
struct child_report child_do(struct child *child, int order);
/* The same for an order that does not come back: gives it and waits for nothing. */
void child_order(struct child *child, int order);
/* Kills and reaps it; nothing when it was reaped already. */
void child_end(struct child *child);
void child_kill(struct child *child); /* leaves a zombie: waits until it is one */
void child_reap(struct child *child);

/* Waits until every thread of the process sleeps and its CPU clock stands. */
void wait_asleep(pid_t pid);
/* Waits until the process has the name. */
void wait_comm(pid_t pid, const char *comm);

/* Keeps the CPU busy for that much of the calling thread's CPU time. */
void burn_ns(uint64_t ns);

uint64_t cpu_clock_of(pid_t pid); /* of all threads of a process */
int open_descriptors(void); /* of this process */

#endif
