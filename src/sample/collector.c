#include "sample/collector.h"

#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/scan.h"
#include "base/text.h"
#include "base/value.h"
#include "sample/roots.h"
#include "sample/whole_disks.h"
#include "tasks/bpf_source.h"
#include "tasks/proc_source.h"

#define BUF_AT_FIRST 65536
#define BUF_MAX (64u << 20)
#define SETTINGS_EVERY 30 /* samples: what a person sets by hand */

enum setting { SETTING_DELAYACCT, SETTING_MIN_FREE, SETTINGS };

struct collector {
	struct roots roots;
	struct kept_file file[FILE_COUNT];
	struct kept_file self;
	struct cgroup_reader cgroup;
	struct sensors_reader sensors;
	struct users *users;
	struct task_source *source;
	atomic_bool threads; /* asked for, by another thread of the program maybe */
	struct whole_disks disks;
	char source_why[SOURCE_WHY_MAX];
	uint64_t setting[SETTINGS];
	unsigned setting_samples; /* since they were read */
	uint64_t sequence;
	char *buf;
	size_t cap;
};

static const char *const paths[FILE_COUNT] = {
	[FILE_STAT] = "stat",
	[FILE_MEMINFO] = "meminfo",
	[FILE_VMSTAT] = "vmstat",
	[FILE_LOADAVG] = "loadavg",
	[FILE_UPTIME] = "uptime",
	[FILE_DISKSTATS] = "diskstats",
	[FILE_ARCSTATS] = "spl/kstat/zfs/arcstats",
	[FILE_PRESSURE_CPU] = "pressure/cpu",
	[FILE_PRESSURE_MEMORY] = "pressure/memory",
	[FILE_PRESSURE_IO] = "pressure/io",
	[FILE_PRESSURE_IRQ] = "pressure/irq",
};

static const char *const setting_paths[SETTINGS] = {
	[SETTING_DELAYACCT] = "sys/kernel/task_delayacct",
	[SETTING_MIN_FREE] = "sys/vm/min_free_kbytes",
};

/* Reads a whole file, growing the buffer to what the machine needs. Length or -errno. */
static ssize_t read_file(struct collector *collector, enum sample_file id)
{
	struct kept_file *file = &collector->file[id];
	ssize_t len;

	for (;;) {
		len = kept_file_read(file, collector->roots.procfd, collector->buf, collector->cap);
		if (len != -EFBIG || collector->cap >= BUF_MAX)
			break;
		char *grown = realloc(collector->buf, collector->cap * 2);

		if (!grown)
			break;
		collector->buf = grown;
		collector->cap *= 2;
	}
	/* A copied tree may be written anew under the same name. */
	if (!collector->roots.host.live)
		kept_file_close(file);
	return len;
}

static int parse_stat(struct collector *collector, struct sample *sample, size_t len)
{
	int err = stat_parse(&sample->stat, collector->buf, len);

	if (!err && sample->stat.cpu_seen > sample->stat.cpu_cap &&
	    !sample_grow_cpus(sample, sample->stat.cpu_seen))
		err = stat_parse(&sample->stat, collector->buf, len);
	return err;
}

static int parse_diskstats(struct collector *collector, struct sample *sample, size_t len)
{
	int err = diskstats_parse(&sample->disks, collector->buf, len);

	if (!err && sample->disks.seen > sample->disks.cap &&
	    !sample_grow_disks(sample, sample->disks.seen))
		err = diskstats_parse(&sample->disks, collector->buf, len);
	return err ? err
		   : whole_disks_keep(&collector->disks, collector->roots.sysfd, &sample->disks);
}

static int parse(struct collector *collector, struct sample *sample, enum sample_file id,
		 size_t len)
{
	const char *text = collector->buf;

	switch (id) {
	case FILE_STAT:
		return parse_stat(collector, sample, len);
	case FILE_MEMINFO:
		return meminfo_parse(&sample->meminfo, text, len);
	case FILE_VMSTAT:
		return vmstat_parse(&sample->vmstat, text, len);
	case FILE_LOADAVG:
		return loadavg_parse(&sample->loadavg, text, len);
	case FILE_UPTIME:
		return uptime_parse(&sample->uptime, text, len);
	case FILE_DISKSTATS:
		return parse_diskstats(collector, sample, len);
	case FILE_ARCSTATS:
		return arcstats_parse(&sample->arc, text, len);
	case FILE_PRESSURE_CPU:
	case FILE_PRESSURE_MEMORY:
	case FILE_PRESSURE_IO:
	case FILE_PRESSURE_IRQ:
		return pressure_parse(&sample->pressure[id - FILE_PRESSURE_CPU], text, len);
	default:
		return -EINVAL;
	}
}

static void take_file(struct collector *collector, struct sample *sample, enum sample_file id)
{
	ssize_t len = read_file(collector, id);

	if (len == -EFBIG)
		len = (ssize_t)collector->cap - 1;
	sample->status[id] = len < 0 ? (int)len : parse(collector, sample, id, (size_t)len);
}

static void take_self(struct collector *collector, struct sample *sample)
{
	char text[128];
	ssize_t len = kept_file_read(&collector->self, collector->roots.selffd, text, sizeof(text));
	struct scan scan = scan_text(text, len > 0 ? (size_t)len : 0);
	uint64_t pages;

	sample->self.cpu_ns = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
	scan_skip(&scan, 1);
	if (scan_u64(&scan, &pages) && present(pages))
		sample->self.rss_bytes = pages * sample->page_bytes;
}

static uint64_t read_setting(const struct collector *collector, enum setting setting)
{
	char text[64];
	ssize_t len =
		file_read_at(collector->roots.procfd, setting_paths[setting], text, sizeof(text));
	struct scan scan = scan_text(text, len > 0 ? (size_t)len : 0), line;
	uint64_t value = ABSENT;

	if (scan_line(&scan, &line))
		scan_u64(&line, &value);
	return value;
}

static void take_settings(struct collector *collector, struct sample *sample)
{
	if (!collector->roots.host.live || !collector->setting_samples)
		for (enum setting i = 0; i < SETTINGS; i++)
			collector->setting[i] = read_setting(collector, i);
	collector->setting_samples = (collector->setting_samples + 1) % SETTINGS_EVERY;
	sample->delayacct = collector->setting[SETTING_DELAYACCT];
	sample->min_free_kbytes = collector->setting[SETTING_MIN_FREE];
}

static void take_sys(struct collector *collector, struct sample *sample)
{
	struct cgroup_reader *reader = &collector->cgroup;

	/* A copied tree may be written anew under the same names. */
	if (!collector->roots.host.live) {
		cgroup_reader_release(reader);
		cgroup_reader_init(reader, collector->roots.procfd, collector->roots.sysfd);
		sensors_reader_release(&collector->sensors);
	}
	sensors_read(&collector->sensors, collector->roots.sysfd, &sample->sensors);
	cgroup_reader_read(reader, collector->roots.sysfd, &sample->cgroup, collector->buf,
			   collector->cap);
}

/* A copied tree is of another time: its own uptime is the clock. */
static int take_clocks(struct collector *collector, struct sample *sample)
{
	sample->real_ns = clock_ns(CLOCK_REALTIME);
	take_file(collector, sample, FILE_UPTIME);
	if (collector->roots.host.live) {
		sample->mono_ns = clock_ns(CLOCK_MONOTONIC);
		sample->boot_ns = clock_ns(CLOCK_BOOTTIME);
		return 0;
	}
	if (sample->status[FILE_UPTIME])
		return sample->status[FILE_UPTIME];
	sample->mono_ns = sample->boot_ns = sample->uptime.up_centi * (NS_PER_S / 100);
	return 0;
}

static uint64_t reclaimed(const struct vmstat *vm)
{
	uint64_t swapped = present(vm->pswpout) ? vm->pswpout : 0;

	return add_present(add_present(vm->pgsteal_kswapd, vm->pgsteal_direct), swapped);
}

static int take_tasks(struct collector *collector, struct sample *sample)
{
	struct task_context context = {
		.forks = sample->stat.processes,
		.boot_ns = sample->boot_ns,
		.mono_ns = sample->mono_ns,
		.reclaim = reclaimed(&sample->vmstat),
		.delayacct = sample->delayacct,
		.threads = collector->threads ? &sample->threads : NULL,
	};

	return collector->source->ops->collect(collector->source, &context, &sample->tasks);
}

int collector_take_system(struct collector *collector, struct sample *sample)
{
	uint64_t began = clock_ns(CLOCK_MONOTONIC);

	sample_clear(sample);
	sample->page_bytes = (uint64_t)sysconf(_SC_PAGESIZE);
	sample->users = collector->users;
	if (take_clocks(collector, sample))
		return sample->status[FILE_UPTIME];
	for (enum sample_file id = 0; id < FILE_TASKS; id++)
		if (id != FILE_UPTIME)
			take_file(collector, sample, id);
	if (sample->status[FILE_STAT])
		return sample->status[FILE_STAT];
	if (!collector->roots.host.live && present(sample->stat.btime))
		sample->real_ns = sample->stat.btime * NS_PER_S + sample->boot_ns;
	take_settings(collector, sample);
	take_sys(collector, sample);
	take_self(collector, sample);
	sample->self.system_ns = clock_ns(CLOCK_MONOTONIC) - began;
	return 0;
}

int collector_take(struct collector *collector, struct sample *sample)
{
	int err = collector_take_system(collector, sample);
	uint64_t read = clock_ns(CLOCK_MONOTONIC);

	sample->sequence = ++collector->sequence;
	if (err)
		return err;
	sample->status[FILE_TASKS] = take_tasks(collector, sample);
	sample->self.tasks_ns = clock_ns(CLOCK_MONOTONIC) - read;
	return 0;
}

/*
 * Another machine's uids are named by its own etc/passwd, which lies beside its /proc when a whole
 * root is mounted or copied. This machine is asked only about its own.
 */
static int open_users(struct collector *collector, const char *proc_root)
{
	char path[PATH_MAX];
	int len = snprintf(path, sizeof(path), "%s/../etc/passwd", proc_root);

	if ((size_t)len >= sizeof(path))
		return -ENAMETOOLONG;
	if (roots_are_own(&collector->roots) || (collector->roots.host.live && access(path, R_OK)))
		return users_new(&collector->users, NULL);
	return users_new(&collector->users, path);
}

static int open_bpf(struct collector *collector, const struct collector_options *options)
{
	struct bpf_probe_options probe = {
		.waits = !options->no_waits,
		.profile = options->profile,
		.sys_root = options->sys_root,
	};

	if (!roots_are_own(&collector->roots) || !roots_have_own_pids(&collector->roots)) {
		snprintf(collector->source_why, sizeof(collector->source_why),
			 "--proc-root is not the /proc of this machine");
		return -EXDEV;
	}
	return bpf_source_open(&collector->source, collector->users, &probe, collector->source_why,
			       sizeof(collector->source_why));
}

static int open_source(struct collector *collector, const struct collector_options *options)
{
	int err = options->source == SOURCE_PROC ? -ENOTSUP : open_bpf(collector, options);

	if (!err)
		return 0;
	if (options->source == SOURCE_BPF) {
		if (options->why)
			snprintf(options->why, SOURCE_WHY_MAX, "%s", collector->source_why);
		return err;
	}
	return proc_source_open(&collector->source, collector->roots.procfd, collector->users,
				collector->roots.host.live);
}

/* What needs the roots. No cgroup is no error: its limits are ABSENT then. */
static int open_parts(struct collector *collector, const struct collector_options *options)
{
	int err;

	cgroup_reader_init(&collector->cgroup, collector->roots.procfd, collector->roots.sysfd);
	collector->cap = BUF_AT_FIRST;
	collector->buf = malloc(collector->cap);
	err = collector->buf ? open_users(collector, options->proc_root) : -ENOMEM;
	return err ? err : open_source(collector, options);
}

int collector_open(struct collector **collector, const struct collector_options *options)
{
	struct collector *new = calloc(1, sizeof(*new));
	int err;

	if (!new)
		return -ENOMEM;
	for (int i = 0; i < FILE_COUNT; i++)
		new->file[i] = (struct kept_file){ .path = paths[i], .fd = -1 };
	new->self = (struct kept_file){ .path = "statm", .fd = -1 };
	new->cgroup.cpu.fd = new->cgroup.period.fd = -1;
	new->cgroup.memory.fd = new->cgroup.memory_used.fd = -1;
	err = roots_open(&new->roots, options->proc_root, options->sys_root);
	if (!err)
		err = open_parts(new, options);
	if (err) {
		collector_close(new);
		return err;
	}
	*collector = new;
	return 0;
}

void collector_close(struct collector *collector)
{
	if (!collector)
		return;
	if (collector->source)
		collector->source->ops->close(collector->source);
	for (int i = 0; i < FILE_COUNT; i++)
		kept_file_close(&collector->file[i]);
	kept_file_close(&collector->self);
	cgroup_reader_release(&collector->cgroup);
	sensors_reader_release(&collector->sensors);
	users_free(collector->users);
	roots_close(&collector->roots);
	whole_disks_release(&collector->disks);
	free(collector->buf);
	free(collector);
}

const struct host *collector_host(const struct collector *collector)
{
	return &collector->roots.host;
}

const char *collector_source(const struct collector *collector)
{
	return collector->source->ops->name;
}

const char *collector_source_why(const struct collector *collector)
{
	return collector->source_why;
}

void collector_want_threads(struct collector *collector, bool want)
{
	collector->threads = want;
}

int collector_profile(struct collector *collector, uint64_t *bucket, size_t cap)
{
	struct task_source *source = collector->source;

	return source->ops->profile ? source->ops->profile(source, bucket, cap) : -ENOTSUP;
}

const struct users *collector_users(const struct collector *collector)
{
	return collector->users;
}
