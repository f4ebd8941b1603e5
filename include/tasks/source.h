/*
 * tasks/source: where the processes come from. Two sources behind one interface.
 *
 * A source keeps what it needs between samples and fills a task_list that the caller owns. It is used
 * from one thread at a time.
 */
#ifndef STALLTOP_TASKS_SOURCE_H
#define STALLTOP_TASKS_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "tasks/task.h"

/* What the system files of the same sample say, so that a source can save work. */
struct task_context {
	uint64_t forks; /* `processes` of /proc/stat, read before; ABSENT when unknown */
	uint64_t boot_ns; /* CLOCK_BOOTTIME of the sample */
	uint64_t mono_ns; /* CLOCK_MONOTONIC of the sample */
	uint64_t
		reclaim; /* pages reclaimed since boot: when it grows, RSS changes without running */
	uint64_t delayacct; /* /proc/sys/kernel/task_delayacct; ABSENT before 5.14 */
	/* Somebody asked to see threads: a row of each that is alive, ascending by tid. NULL: nobody. */
	struct task_list *threads;
};

struct task_source;

struct task_source_ops {
	const char *name; /* "proc", "bpf": as --source and JSON name it */
	/* Fills list. 0 or -errno; on an error the list is empty. */
	int (*collect)(struct task_source *source, const struct task_context *context,
		       struct task_list *list);
	void (*close)(struct task_source *source);
	/*
	 * How often it took from 2^i to 2^(i+1) - 1 ns at a context switch, since it was opened to
	 * profile; the last bucket has what took longer. Returns how many buckets, at most cap, or
	 * -errno. NULL: does nothing there.
	 */
	int (*profile)(struct task_source *source, uint64_t *bucket, size_t cap);
};

struct task_source {
	const struct task_source_ops *ops;
};

#endif
