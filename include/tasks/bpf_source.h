/*
 * tasks/bpf_source: every process from the BPF probe: exact, dead threads and short-lived processes
 * included, and how long each waited for a CPU and in uninterruptible sleep.
 *
 * start_ns is start_boottime to the nanosecond, not cut to ticks as /proc has it: sources are not mixed
 * within a run. disk_wait_ns counts from when the probe was loaded; ABSENT without waits. Counters of
 * a process never fall: where a thread dies while the pass goes on, the sum stands until it has grown.
 *
 * COST_FIGURES
 */
#ifndef STALLTOP_TASKS_BPF_SOURCE_H
#define STALLTOP_TASKS_BPF_SOURCE_H

#include <stdbool.h>

#include "base/users.h"
#include "tasks/bpf_probe.h"
#include "tasks/source.h"

/* users stays the caller's and learns every uid. 0 or -errno and why, as bpf_probe_open(). */
int bpf_source_open(struct task_source **source, struct users *users,
		    const struct bpf_probe_options *options, char *why, size_t cap);

#endif
