#include "out/prometheus_lists.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/value.h"
#include "model/top.h"

#define NUMBER_MAX 12 /* a uint32_t in digits */

static uint64_t field_at(const void *object, size_t offset)
{
	uint64_t value;

	memcpy(&value, (const char *)object + offset, sizeof(value));
	return value;
}

static uint64_t times(uint64_t value, uint64_t factor)
{
	return present(value) && value <= (ABSENT - 1) / factor ? value * factor : ABSENT;
}

/* --- CPUs */

struct mode {
	const char *name;
	size_t offset; /* in struct cpu_times */
};

#define MODE(field, name) \
	{ \
		name, offsetof(struct cpu_times, field) \
	}

/* Seconds of each CPU in each of the modes. */
static void put_modes(struct exposition *x, const struct prometheus_info *info,
		      const struct mode *mode, size_t modes)
{
	for (size_t i = 0; i < info->cpu->count; i++) {
		const struct steady_line *cpu = &info->cpu->cpu[i];
		char id[NUMBER_MAX];

		snprintf(id, sizeof(id), "%u", cpu->line.id);
		for (size_t m = 0; m < modes && cpu->online; m++) {
			const struct label labels[] = { { "cpu", id }, { "mode", mode[m].name } };
			uint64_t ticks = field_at(&cpu->line.times, mode[m].offset);

			exposition_put(x, labels, 2, times(ticks, NS_PER_S / info->ticks_per_s), 9);
		}
	}
}

void prometheus_cpus(struct exposition *x, const struct prometheus_info *info)
{
	static const struct family seconds = {
		"cpu_seconds_total",
		"time of a CPU by what it did; guests are inside user and nice", "/proc/stat cpuN",
		true
	};
	static const struct family guest = { "cpu_guest_seconds_total",
					     "time of a CPU in guests of this hypervisor",
					     "/proc/stat cpuN guest guest_nice", true };
	static const struct mode modes[] = {
		MODE(user, "user"),	  MODE(nice, "nice"),	  MODE(system, "system"),
		MODE(idle, "idle"),	  MODE(iowait, "iowait"), MODE(irq, "irq"),
		MODE(softirq, "softirq"), MODE(steal, "steal"),
	};
	static const struct mode guest_modes[] = { MODE(guest, "user"), MODE(guest_nice, "nice") };

	exposition_family(x, &seconds);
	put_modes(x, info, modes, sizeof(modes) / sizeof(*modes));
	exposition_family(x, &guest);
	put_modes(x, info, guest_modes, sizeof(guest_modes) / sizeof(*guest_modes));
}

/* --- disks */

#define DISK(name_, help_, field, factor_, decimals_, counter_) \
	{ \
		{ name_, help_, "/proc/diskstats", counter_ }, offsetof(struct disk_stat, field), \
			factor_, decimals_ \
	}
#define DISK_COUNT(name, help, field) DISK("disk_" name "_total", help, field, 1, 0, true)
#define DISK_BYTES(name, help, field) \
	DISK("disk_" name "_bytes_total", help, field, SECTOR_BYTES, 0, true)
#define DISK_SECONDS(name, help, field) DISK("disk_" name "_seconds_total", help, field, 1, 3, true)

static const struct {
	struct family family;
	size_t offset; /* in struct disk_stat */
	uint32_t factor;
	int decimals;
} disk_series[] = {
	DISK_COUNT("reads_completed", "reads that ended", reads),
	DISK_COUNT("reads_merged", "reads that joined another", reads_merged),
	DISK_BYTES("read", "read from the disk", sectors_read),
	DISK_SECONDS("read_time", "time of all reads, added up", read_ms),
	DISK_COUNT("writes_completed", "writes that ended", writes),
	DISK_COUNT("writes_merged", "writes that joined another", writes_merged),
	DISK_BYTES("written", "written to the disk", sectors_written),
	DISK_SECONDS("write_time", "time of all writes, added up", write_ms),
	DISK("disk_requests_in_flight", "requests under way now", in_flight, 1, 0, false),
	DISK_SECONDS("io_time", "time with a request in flight", io_ms),
	DISK_SECONDS("io_time_weighted", "requests in flight times time", weighted_ms),
	DISK_COUNT("discards_completed", "discards that ended", discards),
	DISK_BYTES("discarded", "discarded", sectors_discarded),
	DISK_SECONDS("discard_time", "time of all discards, added up", discard_ms),
	DISK_COUNT("flushes", "flushes that ended", flushes),
	DISK_SECONDS("flush_time", "time of all flushes, added up", flush_ms),
};

void prometheus_disks(struct exposition *x, const struct prometheus_info *info)
{
	const struct diskstats *disks = &info->sample->disks;

	for (size_t s = 0; s < sizeof(disk_series) / sizeof(*disk_series); s++) {
		exposition_family(x, &disk_series[s].family);
		for (size_t i = 0; i < disks->count; i++) {
			const struct label label = { "device", disks->disk[i].name };
			uint64_t raw = field_at(&disks->disk[i], disk_series[s].offset);

			exposition_put(x, &label, 1, times(raw, disk_series[s].factor),
				       disk_series[s].decimals);
		}
	}
}

/* --- alerts */

void prometheus_alerts(struct exposition *x, const struct prometheus_info *info)
{
	static const struct family family = {
		"alert", "1 for each alert that holds now, by the dashboard's thresholds", NULL,
		false
	};
	const struct model *model = info->model;

	exposition_family(x, &family);
	for (size_t i = 0; i < model->alert_count; i++) {
		const struct alert *alert = &model->alert[i];
		const struct label labels[] = {
			{ "name", alert->rule->name },
			{ "level", alert->level == LEVEL_CRIT ? "critical" : "warning" },
		};

		exposition_put(x, labels, 2, 1, 0);
	}
}

/* --- processes */

#define TASK(name_, help_, field, decimals_, counter_) \
	{ \
		{ "process_" name_, help_, NULL, counter_ }, offsetof(struct task, field), \
			decimals_ \
	}
#define TASK_COUNT(name, help, field) TASK(name "_total", help, field, 0, true)
#define TASK_SECONDS(name, help, field) TASK(name "_seconds_total", help, field, 9, true)
#define TASK_BYTES(name, help, field) TASK(name "_bytes", help, field, 0, false)

static const struct {
	struct family family;
	size_t offset; /* in struct task */
	int decimals;
} task_series[] = {
	TASK_SECONDS("cpu", "CPU time of the process", cpu_ns),
	TASK_SECONDS("run_delay", "time that its threads could run and waited for a CPU",
		     run_delay_ns),
	TASK_SECONDS("disk_wait", "time that its threads waited for a disk", disk_wait_ns),
	TASK_COUNT("minor_page_faults", "page faults that needed no disk", minor_faults),
	TASK_COUNT("major_page_faults", "page faults that waited for a disk", major_faults),
	TASK_COUNT("read_bytes", "caused to be read from storage", read_bytes),
	TASK_COUNT("written_bytes", "caused to be written to storage", write_bytes),
	TASK_BYTES("resident_memory", "memory of the process", rss_bytes),
	TASK_BYTES("swap", "swap space of the process", swap_bytes),
	TASK("start_since_boot_seconds",
	     "when it started, counted from boot: with the pid this tells one from another",
	     start_ns, 9, false),
};

void prometheus_processes(struct exposition *x, const struct prometheus_info *info)
{
	struct top_set set;

	top_first(info->model, info->filter, &set);
	for (size_t s = 0; s < sizeof(task_series) / sizeof(*task_series); s++) {
		exposition_family(x, &task_series[s].family);
		for (size_t i = 0; i < set.count; i++) {
			const struct task *task = set.view[i]->task;
			char pid[NUMBER_MAX], user[USER_NAME_MAX];
			const struct label labels[] = {
				{ "pid", pid },
				{ "comm", task->comm },
				{ "user",
				  users_name(info->model->current->users, task->uid, user) },
			};

			snprintf(pid, sizeof(pid), "%u", task->pid);
			exposition_put(x, labels, 3, field_at(task, task_series[s].offset),
				       task_series[s].decimals);
		}
	}
}
