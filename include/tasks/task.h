/*
 * tasks/task: one process at one instant, and the list of all of them.
 *
 * A process is (pid, start time), never pid alone. Its numbers are sums over its threads, its dead
 * threads included. Counters run from the start of the process; what the source or permission cannot
 * give is ABSENT. This is what both sources, /proc/PID and the BPF probe, fill.
 */
#ifndef STALLTOP_TASKS_TASK_H
#define STALLTOP_TASKS_TASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TASK_COMM_MAX 64

enum task_flag {
	TASK_KTHREAD = 1 << 0,
	TASK_IDLE = 1 << 1, /* its counters are those of the previous sample: it did not run */
	TASK_EXITED = 1 << 2, /* it ended within the interval: these are its last counters */
	TASK_BLOCKED =
		1 << 3, /* a thread of it is in D; where only the first is looked at, that one */
	TASK_THREAD = 1 << 4, /* one thread: pid is its own, ppid that of its process */
};

struct task {
	uint32_t pid;
	uint32_t ppid;
	uint32_t uid; /* effective */
	uint32_t threads;
	int8_t nice;
	char state; /* R S D Z T t I X, as in ps(1) */
	uint8_t flags; /* enum task_flag */
	uint64_t start_ns; /* since boot, CLOCK_BOOTTIME; identity together with pid */
	uint64_t at_ns; /* CLOCK_MONOTONIC when its counters were read */
	uint64_t cpu_ns; /* user and system */
	uint64_t run_delay_ns; /* runnable, waiting for a CPU */
	uint64_t run_delay_at_ns; /* when run_delay_ns was read */
	uint64_t disk_wait_ns; /* in uninterruptible sleep, or block I/O delay */
	uint64_t
		blocked_ns; /* how long a thread of it has been in D; 0: none is; ABSENT with /proc */
	uint64_t voluntary_switches, involuntary_switches; /* ABSENT with /proc */
	uint64_t minor_faults; /* without the major ones */
	uint64_t major_faults;
	uint64_t read_bytes; /* caused to be fetched from storage */
	uint64_t write_bytes; /* caused to be sent to storage */
	uint64_t rss_bytes;
	uint64_t anon_bytes; /* of the resident ones */
	uint64_t swap_bytes;
	char comm[TASK_COMM_MAX]; /* cleaned by text_clean() */
};

/* Processes in ascending order of pid. */
struct task_list {
	struct task *task;
	size_t count;
	size_t cap;
	size_t io_hidden; /* processes whose I/O permission hides */
	bool hidepid; /* /proc is mounted so that others' processes do not show */
	uint64_t threads; /* sum over the list */
	/* Of the BPF source, since it began; ABSENT otherwise. */
	uint64_t lost; /* ended threads and sleeps in D that there was no room to note */
	uint64_t probe_runs; /* context switches at which the probe was timed */
	uint64_t probe_ns; /* what those took it */
};

/* Makes room for n tasks, keeping what is there. 0 or -ENOMEM. */
int task_list_reserve(struct task_list *list, size_t n);
void task_list_release(struct task_list *list);

/* The task with this pid, or NULL; by bisection. */
const struct task *task_list_find(const struct task_list *list, uint32_t pid);

#endif
