/*
 * tasks/thread_delays: the time that all threads of a process waited for a CPU.
 *
 * The kernel counts it per thread, in task/TID/schedstat, and forgets it when the thread dies. The last
 * value of each thread is kept, so that the sum only grows.
 */
#ifndef STALLTOP_TASKS_THREAD_DELAYS_H
#define STALLTOP_TASKS_THREAD_DELAYS_H

#include <stddef.h>
#include <stdint.h>

#include "base/directory.h"

struct thread_delay {
	uint32_t tid;
	uint64_t run_delay_ns;
};

struct thread_delays {
	struct thread_delay *thread; /* ascending tid */
	size_t count, cap;
	uint64_t total_ns;
};

/*
 * Reads every thread of the process. 0 and total_ns is brought up to date, or -errno and nothing is
 * changed. At the first read the total is what the living threads say. tids is scratch.
 */
int thread_delays_read(struct thread_delays *delays, int procfd, uint32_t pid,
	struct number_list *tids);
void thread_delays_release(struct thread_delays *delays);

#endif
