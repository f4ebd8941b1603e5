/*
 * sample/sample: everything raw at one instant.
 *
 * Counters are as the kernel gave them; no rate is ever stored. A file that could not be read has its
 * -errno in status[], and its fields are ABSENT. A sample owns its arrays, which only grow.
 */
#ifndef STALLTOP_SAMPLE_SAMPLE_H
#define STALLTOP_SAMPLE_SAMPLE_H

#include <stdint.h>

#include "base/users.h"
#include "proc/arcstats.h"
#include "proc/diskstats.h"
#include "proc/loadavg.h"
#include "proc/meminfo.h"
#include "proc/pressure.h"
#include "proc/stat.h"
#include "proc/uptime.h"
#include "proc/vmstat.h"
#include "sample/sensors.h"
#include "sys/cgroup.h"
#include "tasks/task.h"

enum pressure_kind {
	PRESSURE_CPU,
	PRESSURE_MEMORY,
	PRESSURE_IO,
	PRESSURE_IRQ,
	PRESSURE_KINDS,
};

/* The kernel files of a sample, for status[]. */
enum sample_file {
	FILE_STAT,
	FILE_MEMINFO,
	FILE_VMSTAT,
	FILE_LOADAVG,
	FILE_UPTIME,
	FILE_DISKSTATS,
	FILE_ARCSTATS,
	FILE_PRESSURE_CPU, /* in the order of enum pressure_kind */
	FILE_PRESSURE_MEMORY,
	FILE_PRESSURE_IO,
	FILE_PRESSURE_IRQ,
	FILE_TASKS,
	FILE_COUNT,
};

/* What stalltop itself costs, of the refresh before this sample. Raw counters and times. */
struct self_stat {
	uint64_t system_ns; /* wall time to read the system files of this sample */
	uint64_t tasks_ns; /* wall time to read the processes of this sample */
	uint64_t cpu_ns; /* CLOCK_PROCESS_CPUTIME_ID: all of stalltop's threads, since it began */
	uint64_t rss_bytes;
};

struct sample {
	uint64_t sequence; /* 1 is the first */
	uint64_t mono_ns; /* CLOCK_MONOTONIC */
	uint64_t boot_ns; /* CLOCK_BOOTTIME: grows in suspend too */
	uint64_t real_ns; /* wall clock, since the epoch: for display only */
	int status[FILE_COUNT]; /* 0 or -errno */
	struct proc_stat stat;
	struct meminfo meminfo;
	struct vmstat vmstat;
	struct loadavg loadavg;
	struct uptime uptime;
	struct pressure pressure[PRESSURE_KINDS];
	struct diskstats disks; /* whole disks only */
	struct arcstats arc;
	struct cgroup_limits cgroup;
	struct sensors sensors;
	uint64_t delayacct; /* 1: block I/O delays are accounted, 0: not */
	uint64_t
		min_free_kbytes; /* /proc/sys/vm/min_free_kbytes, for kernels without MemAvailable */
	uint64_t page_bytes;
	struct task_list tasks;
	struct task_list threads; /* one row each, ascending by tid; empty when nobody asked */
	const struct users *users; /* not owned; NULL: numbers only */
	struct self_stat self;
};

int sample_init(struct sample *sample); /* 0 or -ENOMEM */
void sample_release(struct sample *sample);

/* Sets every value to ABSENT and every count to 0, keeping the arrays. For collectors and tests. */
void sample_clear(struct sample *sample);

/* Make room for so many CPUs or disks. 0 or -ENOMEM. */
int sample_grow_cpus(struct sample *sample, size_t need);
int sample_grow_disks(struct sample *sample, size_t need);

/* Makes *to a deep copy. 0 or -ENOMEM. */
int sample_copy(struct sample *to, const struct sample *from);

#endif
