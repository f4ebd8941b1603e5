#include "ui/inspection_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/value.h"
#include "model/column_source.h"
#include "model/interval.h"

/* The view of the process that a number is of, or NULL when it has gone. */
static const struct task_view *find_view(const struct model *model, const struct number *number)
{
	const struct task_view *views = number->thread ? model->thread : model->all;
	size_t count = number->thread ? model->thread_count : model->all_count;

	for (size_t i = 0; i < count; i++)
		if (views[i].task->pid == number->of && views[i].task->start_ns == number->start_ns)
			return &views[i];
	return NULL;
}

/* The same process in the sample before, or NULL. */
static const struct task *find_before(const struct sample *before, const struct number *number)
{
	const struct task_list *list = number->thread ? &before->threads : &before->tasks;

	for (size_t i = 0; i < list->count; i++)
		if (list->task[i].pid == number->of && list->task[i].start_ns == number->start_ns)
			return &list->task[i];
	return NULL;
}

static uint64_t raw_of(const struct task *task, size_t offset)
{
	uint64_t value;

	if (!task)
		return ABSENT;
	memcpy(&value, (const char *)task + offset, sizeof(value));
	return value;
}

/* Its own counters were read at their own moments; where they were not read twice, the sample's. */
static double seconds_of(const struct model *model, const struct task *before,
			 const struct task *now)
{
	if (before && !(now->flags & TASK_EXITED) && now->at_ns > before->at_ns)
		return (double)(now->at_ns - before->at_ns) / NS_PER_S;
	return model->interval_s;
}

static void put_name(struct inspection *said, const struct inspected *what,
		     const struct task_view *view)
{
	char state[2] = { view->task->state, '\0' }, user[USER_NAME_MAX];
	const char *text = view->task->comm;

	if (what->number->id == COL_STATE)
		text = state;
	else if (what->number->id == COL_USER)
		text = users_name(what->model->current->users, view->task->uid, user);
	snprintf(said->value, sizeof(said->value), "%s", text);
}

static void put_raws(struct inspection *said, const struct inspected *what,
		     const struct column_source *source, const struct task *before,
		     const struct task *now)
{
	if (source->raw[0] == COLUMN_NO_RAW) {
		snprintf(said->raw, sizeof(said->raw), "the value itself");
		return;
	}
	if (what->view->back) {
		snprintf(said->raw, sizeof(said->raw),
			 "not kept: of the past the rates alone are, of the first processes");
		return;
	}
	for (int i = 0; i < COLUMN_RAWS && source->raw[i] != COLUMN_NO_RAW; i++)
		inspection_raw(said, "", raw_of(now, source->raw[i]),
			       raw_of(before, source->raw[i]), source->interval);
}

static void put_past(struct inspection *said, const struct inspected *what)
{
	const struct history *history = what->frame->history;
	const struct task_column *column = &task_columns[what->number->id];

	if (what->number->thread) {
		said->no_history = "not kept for threads";
		return;
	}
	said->no_history = "kept while it is among the first of a table: it was not";
	for (size_t age = what->frame->age; history && age < history->count; age++) {
		struct task_view view;
		struct task task;

		if (history_task(history, age, what->number->of, what->number->start_ns, &task,
				 &view))
			inspection_past(said, column->value(&view));
	}
}

void inspection_task(struct inspection *said, const struct inspected *what)
{
	const struct number *number = what->number;
	const struct task_column *column = &task_columns[number->id];
	const struct column_source *source = column_source_find(column->key);
	const struct sample *sample = what->frame->previous;
	const struct task_view *view = find_view(what->model, number);
	const struct task *before = sample ? find_before(sample, number) : NULL;
	const char *unit = source ? source->unit : "";
	double value;

	said->help = column->help;
	if (!view) {
		snprintf(said->title, sizeof(said->title), "%s of %u", column->heading, number->of);
		snprintf(said->value, sizeof(said->value), "- it is gone");
		return;
	}
	snprintf(said->title, sizeof(said->title), "%s of %s%s[%u]%s", column->heading,
		 number->thread ? "thread " : "", view->task->comm, number->of,
		 number->branch ? ", without the branch that its row sums up" : "");
	value = column->value(view);
	if (column->type == TYPE_NAME)
		put_name(said, what, view);
	else
		inspection_value(said, value, what->model->totals ? "since the mark" : unit,
				 number->id == COL_MAJOR && value > 0 ? LEVEL_WARN : LEVEL_OK,
				 before || !source || !source->interval
					 ? "not told by this source, or not permitted"
					 : "not in the sample before");
	if (number->id == COL_MAJOR)
		snprintf(said->alerts, sizeof(said->alerts), "! above 0");
	if (source) {
		said->source = strcmp(what->frame->source, "bpf") ? source->proc : source->bpf;
		said->formula = source->formula;
		put_raws(said, what, source, before, view->task);
		if (source->interval)
			said->seconds = seconds_of(what->model, before, view->task);
	}
	if (column->type == TYPE_NAME || number->id == COL_PID || number->id == COL_PPID)
		said->no_history = "not a quantity";
	else
		put_past(said, what);
}

static double field_at(const void *view, size_t offset)
{
	float value;

	memcpy(&value, (const char *)view + offset, sizeof(value));
	return (double)value;
}

/* A share of a CPU's time: the field of its line, and of which fields it is the sum. */
static const struct cpu_field {
	size_t view; /* offset in struct cpu_view */
	const char *name, *help, *formula;
	size_t raw; /* offset in struct cpu_times */
} cpu_fields[] = {
#define CPU_FIELD(field, help) \
	{ \
		offsetof(struct cpu_view, field##_pct), #field, (help), \
			"100 * growth of " #field " / growth of all fields", \
			offsetof(struct cpu_times, field) \
	}
	{ offsetof(struct cpu_view, busy_pct), "busy", "time in which it did anything",
	  "100 - idle - iowait, shares of the growth of all fields; raw is idle",
	  offsetof(struct cpu_times, idle) },
	CPU_FIELD(user, "time in programs; guests of a virtual machine are in it"),
	CPU_FIELD(nice, "time in programs with a nice value above 0"),
	CPU_FIELD(system, "time in the kernel"),
	CPU_FIELD(iowait, "idle while a task that last ran on it waited for a disk"),
	CPU_FIELD(irq, "time in interrupts"),
	CPU_FIELD(softirq, "time in what interrupts put off"),
	CPU_FIELD(steal, "time in which the host ran something else"),
#undef CPU_FIELD
};

static const struct cpu_field *find_field(size_t offset)
{
	size_t i = 0;

	while (cpu_fields[i].view != offset)
		i++;
	return &cpu_fields[i];
}

static uint64_t raw_of_cpu(const struct sample *sample, uint32_t id, size_t offset)
{
	uint64_t value = ABSENT;

	for (size_t i = 0; sample && i < sample->stat.cpu_count; i++)
		if (sample->stat.cpu[i].id == id)
			memcpy(&value, (const char *)&sample->stat.cpu[i].times + offset,
			       sizeof(value));
	return value;
}

void inspection_cpu(struct inspection *said, const struct inspected *what)
{
	const struct model *model = what->model;
	const struct cpu_field *field = find_field(what->number->id);
	const struct history *history = what->frame->history;
	uint32_t id = what->number->of;
	double value = NAN;

	for (size_t i = 0; i < model->cpu_count; i++)
		if (model->cpu[i].cpu == id)
			value = field_at(&model->cpu[i], field->view);
	snprintf(said->title, sizeof(said->title), "%s of CPU %u", field->name, id);
	inspection_value(said, value, "percent", LEVEL_OK, "no interval, or it was not there");
	said->help = field->help;
	said->source = "/proc/stat, its line cpuN: ticks of 1/100 s";
	said->formula = field->formula;
	if (what->view->back)
		snprintf(said->raw, sizeof(said->raw),
			 "not kept: of the past the shares alone are");
	else
		inspection_raw(said, "", raw_of_cpu(model->current, id, field->raw),
			       raw_of_cpu(what->frame->previous, id, field->raw), true);
	said->seconds = model->interval_s;
	if (field->view == offsetof(struct cpu_view, busy_pct))
		snprintf(said->alerts, sizeof(said->alerts),
			 "none; the bar is yellow from 70, red from 90");
	for (size_t age = what->frame->age; history && age < history->count; age++) {
		struct cpu_view cpu;

		if (history_cpu(history, age, id, &cpu))
			inspection_past(said, field_at(&cpu, field->view));
	}
}

#define DISK_NO_RAW SIZE_MAX

static const struct disk_field {
	size_t view; /* offset in struct disk_view */
	const char *name, *unit, *help, *source, *formula;
	size_t raw[2]; /* offsets in struct disk_stat */
} disk_fields[] = {
#define VIEW(field) offsetof(struct disk_view, field)
#define RAWS(a, b) \
	{ \
		offsetof(struct disk_stat, a), offsetof(struct disk_stat, b) \
	}
#define A_RAW(a) \
	{ \
		offsetof(struct disk_stat, a), DISK_NO_RAW \
	}
	{ VIEW(reads_per_s), "reads", "1/s", "requests that read and have ended",
	  "/proc/diskstats (4) reads", "growth / interval", A_RAW(reads) },
	{ VIEW(writes_per_s), "writes", "1/s", "requests that wrote and have ended",
	  "/proc/diskstats (8) writes", "growth / interval", A_RAW(writes) },
	{ VIEW(read_bytes_per_s), "read", "bytes/s", "bytes read",
	  "/proc/diskstats (6) sectors read", "512 * growth / interval", A_RAW(sectors_read) },
	{ VIEW(write_bytes_per_s), "written", "bytes/s", "bytes written",
	  "/proc/diskstats (10) sectors written", "512 * growth / interval",
	  A_RAW(sectors_written) },
	{ VIEW(await_ms), "await", "milliseconds",
	  "mean time of a request that ended in the interval, its queue included",
	  "/proc/diskstats (7) read ms, (11) write ms; (4) reads, (8) writes",
	  "growth of (7) + (11) / growth of (4) + (8); raw is (7) and (11)",
	  RAWS(read_ms, write_ms) },
	{ VIEW(queue), "queue", "requests", "mean requests in flight",
	  "/proc/diskstats (14) weighted ms", "growth / interval in ms", A_RAW(weighted_ms) },
	{ VIEW(util_pct), "busy", "percent", "time with a request in flight",
	  "/proc/diskstats (13) io ms", "100 * growth / interval in ms", A_RAW(io_ms) },
#undef VIEW
#undef RAWS
#undef A_RAW
};

static const struct disk_field *find_disk_field(size_t offset)
{
	size_t i = 0;

	while (disk_fields[i].view != offset)
		i++;
	return &disk_fields[i];
}

static uint64_t raw_of_disk(const struct sample *sample, const char *name, size_t offset)
{
	uint64_t value = ABSENT;

	for (size_t i = 0; sample && i < sample->disks.count; i++)
		if (!strcmp(sample->disks.disk[i].name, name))
			memcpy(&value, (const char *)&sample->disks.disk[i] + offset,
			       sizeof(value));
	return value;
}

void inspection_disk(struct inspection *said, const struct inspected *what)
{
	const struct model *model = what->model;
	const struct disk_field *field = find_disk_field(what->number->id);
	const struct history *history = what->frame->history;
	const struct disk_view *disk;
	const char *name;

	if (what->number->of >= model->disk_count)
		return;
	disk = &model->disk[what->number->of];
	name = disk->disk->name;
	snprintf(said->title, sizeof(said->title), "%s of %s", field->name, name);
	inspection_value(said, field_at(disk, field->view),
			 model->totals && strstr(field->unit, "/s") ? "since the mark"
								    : field->unit,
			 LEVEL_OK, "no interval, or no request ended in it");
	said->help = field->help;
	said->source = field->source;
	said->formula = field->formula;
	if (what->view->back)
		snprintf(said->raw, sizeof(said->raw), "not kept: of the past the rates alone are");
	for (int i = 0; i < 2 && field->raw[i] != DISK_NO_RAW && !what->view->back; i++)
		inspection_raw(said, "", raw_of_disk(model->current, name, field->raw[i]),
			       raw_of_disk(what->frame->previous, name, field->raw[i]), true);
	said->seconds = model->interval_s;
	for (size_t age = what->frame->age; history && age < history->count; age++) {
		struct disk_view past;

		if (history_disk(history, age, name, &past))
			inspection_past(said, field_at(&past, field->view));
	}
}
