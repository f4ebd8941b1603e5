/*
 * tasks/bpf_source: every process from the BPF probe: exact, dead threads and short-lived processes
 * included, and how long each waited for a CPU and in uninterruptible sleep.
 *
 * start_ns is start_boottime to the nanosecond, not cut to ticks as /proc has it: sources are not mixed
 * within a run. disk_wait_ns counts from when the probe was loaded; ABSENT without waits. Counters of
 * a process never fall: where a thread dies while the pass goes on, the sum stands until it has grown.
 *
 * Cost, Linux 6.18, 2 CPUs:
 *   95 ns a context switch (perf bench sched pipe, median of 20 interleaved pairs), of which the program
 *   itself is some 35; the kernel's call of any program is the rest. It times one run in 256 itself: BPF
 *   statistics of the kernel would add 60 ns to each run of every BPF program on the machine.
 *   A pass, caches hot: 0.4 us a process at 78 and 0.5 at 2,000 and 10,000, from the read to the list.
 *   Whole refresh once a second, 160x45: 0.85 ms at 76 processes, 2.8 at 2,000, 11.3 at 10,000.
 *   System calls: 4, and one for each 32 kB of records (160 processes).
 *   Memory: 4 MB of ring buffer, mapped twice, so that RSS shows 8 MB.
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
