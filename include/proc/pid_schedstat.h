/*
 * proc/pid_schedstat: /proc/PID/schedstat and /proc/PID/task/TID/schedstat, kernel
 * Documentation/scheduler/sched-stats.rst: "202255268 15596652 414". Of one thread: for /proc/PID,
 * of the leading one. "0 0 0" means that this kernel does not count.
 */
#ifndef STALLTOP_PROC_PID_SCHEDSTAT_H
#define STALLTOP_PROC_PID_SCHEDSTAT_H

#include <stddef.h>
#include <stdint.h>

struct pid_schedstat {
	uint64_t run_ns; /* on a CPU; up to the last tick while it runs */
	uint64_t run_delay_ns; /* runnable, waiting for a CPU */
	uint64_t timeslices; /* times it was put on a CPU */
};

/* 0, or -ENODATA when a number is missing or all three are 0. */
int pid_schedstat_parse(struct pid_schedstat *sched, const char *text, size_t len);

#endif
