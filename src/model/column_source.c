#include "model/column_source.h"

#include <string.h>

#include "tasks/task.h"

#define ONE(field) \
	{ \
		offsetof(struct task, field), COLUMN_NO_RAW \
	}
#define TWO(a, b) \
	{ \
		offsetof(struct task, a), offsetof(struct task, b) \
	}
#define NONE \
	{ \
		COLUMN_NO_RAW, COLUMN_NO_RAW \
	}

static const struct column_source sources[] = {
	{ "pid", "", "/proc/PID", "task_struct.tgid", "as it is", NONE, false },
	{ "ppid", "", "/proc/PID/stat (4) ppid", "task_struct.real_parent", "as it is", NONE,
	  false },
	{ "user", "", "owner of /proc/PID", "task_struct.real_cred euid",
	  "name of the effective uid in /etc/passwd", NONE, false },
	{ "state", "", "/proc/PID/stat (3) state", "task_struct.__state, exit_state", "as it is",
	  NONE, false },
	{ "cpu", "percent", "CPU clock of PID (clock_gettime), or stat (14) utime + (15) stime",
	  "task_struct.se.sum_exec_runtime and its open slice, signal_struct.sum_sched_runtime",
	  "100 * growth of cpu_ns / interval; 100 is one CPU", ONE(cpu_ns), true },
	{ "bar", "percent", "as CPU%, RUNQ% and DISK%", "as CPU%, RUNQ% and DISK%",
	  "CPU% + RUNQ% + DISK%; the rest of the interval is sleep", TWO(cpu_ns, run_delay_ns),
	  true },
	{ "time", "seconds", "CPU clock of PID (clock_gettime), or stat (14) utime + (15) stime",
	  "task_struct.se.sum_exec_runtime and its open slice, signal_struct.sum_sched_runtime",
	  "cpu_ns / 1e9", ONE(cpu_ns), false },
	{ "rss", "bytes", "/proc/PID/stat (24) rss",
	  "mm_struct.rss_stat, MM_FILEPAGES + MM_ANONPAGES + MM_SHMEMPAGES", "pages * page size",
	  ONE(rss_bytes), false },
	{ "anon", "bytes", "/proc/PID/status RssAnon, of the largest processes",
	  "mm_struct.rss_stat, MM_ANONPAGES", "pages * page size", ONE(anon_bytes), false },
	{ "swap", "bytes", "/proc/PID/status VmSwap, of the largest processes",
	  "mm_struct.rss_stat, MM_SWAPENTS", "pages * page size", ONE(swap_bytes), false },
	{ "growth", "bytes/s", "/proc/PID/stat (24) rss", "mm_struct.rss_stat",
	  "growth of rss_bytes / interval", ONE(rss_bytes), true },
	{ "read", "bytes/s", "/proc/PID/io read_bytes",
	  "task_struct.ioac.read_bytes, signal_struct.ioac", "growth of read_bytes / interval",
	  ONE(read_bytes), true },
	{ "write", "bytes/s", "/proc/PID/io write_bytes",
	  "task_struct.ioac.write_bytes, signal_struct.ioac", "growth of write_bytes / interval",
	  ONE(write_bytes), true },
	{ "io", "bytes/s", "/proc/PID/io read_bytes, write_bytes",
	  "task_struct.ioac read_bytes, write_bytes; signal_struct.ioac",
	  "growth of read_bytes and of write_bytes / interval", TWO(read_bytes, write_bytes),
	  true },
	{ "min", "1/s", "/proc/PID/stat (10) minflt", "task_struct.min_flt, signal_struct.min_flt",
	  "growth of minor_faults / interval", ONE(minor_faults), true },
	{ "maj", "1/s", "/proc/PID/stat (12) majflt", "task_struct.maj_flt, signal_struct.maj_flt",
	  "growth of major_faults / interval", ONE(major_faults), true },
	{ "runq", "percent", "/proc/PID/task/TID/schedstat (2)",
	  "task_struct.sched_info.run_delay, the wait that is on, less sleep that a move counts",
	  "100 * growth of run_delay_ns / interval, at most 100 a thread", ONE(run_delay_ns),
	  true },
	{ "disk", "percent", "/proc/PID/task/TID/stat (42) delayacct_blkio_ticks",
	  "sched_switch: time off the CPU in D, less what of it was run-queue wait",
	  "100 * growth of disk_wait_ns / interval", ONE(disk_wait_ns), true },
	{ "wait", "percent", "as RUNQ% and DISK%", "as RUNQ% and DISK%", "RUNQ% + DISK%",
	  TWO(run_delay_ns, disk_wait_ns), true },
	{ "dage", "seconds", "nothing there tells", "sched_switch: since it left its CPU in D",
	  "blocked_ns / 1e9", ONE(blocked_ns), false },
	{ "vcsw", "1/s", "not read", "task_struct.nvcsw, signal_struct.nvcsw",
	  "growth of nvcsw / interval", NONE, true },
	{ "ivcsw", "1/s", "not read", "task_struct.nivcsw, signal_struct.nivcsw",
	  "growth of nivcsw / interval", NONE, true },
	{ "threads", "count", "/proc/PID/stat (20) num_threads", "signal_struct.nr_threads",
	  "as it is", NONE, false },
	{ "nice", "", "/proc/PID/stat (19) nice", "task_struct.static_prio", "static_prio - 120",
	  NONE, false },
	{ "command", "", "/proc/PID/stat (2) comm", "task_struct.comm",
	  "as it is, made harmless; with c /proc/PID/cmdline", NONE, false },
};

const struct column_source *column_source_find(const char *key)
{
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		if (!strcmp(sources[i].key, key))
			return &sources[i];
	return NULL;
}
