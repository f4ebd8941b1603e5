#include "model/history.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/value.h"
#include "model/task_past.h"
#include "model/tasks.h"

#define CPU_FIELDS 10
#define CPU_ABSENT UINT16_MAX

struct disk_past {
	char name[DISK_NAME_MAX];
	struct disk_view view; /* its disk is NULL */
};

struct cpu_past {
	uint16_t cpu; /* the kernel's id */
	uint16_t centi_pct[CPU_FIELDS]; /* in the order of struct cpu_view */
};

struct instant {
	struct sample sample; /* without arrays */
	enum interval_state interval_state;
	double interval_s;
	double value[METRIC_COUNT];
	uint8_t level[METRIC_COUNT];
	uint8_t absence[METRIC_COUNT];
	struct verdict verdict; /* its culprit is known by pid and start time */
	uint32_t culprit_pid;
	uint64_t culprit_start_ns;
	uint16_t cpu_count, disk_count, task_count;
	struct disk_past disk[HISTORY_DISKS];
	struct task_past task[HISTORY_TASKS]; /* by pid */
};

void history_release(struct history *history)
{
	/* The graphs are the newest model's. */
	history->past.history.cell = NULL;
	model_release(&history->past);
	sample_release(&history->past_sample);
	free(history->instant);
	free(history->cpu);
	*history = (struct history){ 0 };
}

static int allocate(struct history *history, size_t cpus)
{
	struct model *past = &history->past;
	int err = model_init(past);

	if (err)
		return err;
	ring_release(&past->history);
	err = sample_init(&history->past_sample);
	if (!err)
		err = task_list_reserve(&history->past_sample.tasks, HISTORY_TASKS);
	if (!err)
		err = sample_grow_disks(&history->past_sample, HISTORY_DISKS);
	if (!err)
		err = tasks_reserve(past, HISTORY_TASKS);
	history->cpu_count = cpus < HISTORY_CPUS ? cpus : HISTORY_CPUS;
	past->cpu = calloc(history->cpu_count + 1, sizeof(*past->cpu));
	past->disk = calloc(HISTORY_DISKS, sizeof(*past->disk));
	history->cpu = calloc(HISTORY_ROWS, (history->cpu_count + 1) * sizeof(*history->cpu));
	if (!err && past->cpu && past->disk && history->cpu)
		history->instant = calloc(HISTORY_ROWS, sizeof(*history->instant));
	past->cpu_cap = history->cpu_count;
	past->disk_cap = HISTORY_DISKS;
	if (history->instant)
		return 0;
	history_release(history);
	return -ENOMEM;
}

/* all[] ascends by pid, and so do addresses in it or in a filtered copy of it. */
static bool comes_before(const struct task_view *a, const struct task_view *b)
{
	return a->task < b->task;
}

/* Those worth remembering, by pid, each once, whether all[] or task[] has it. */
static void push_tasks(struct instant *to, const struct model *model)
{
	const struct task_view *kept[HISTORY_TASKS];
	const struct task *culprit = model->verdict.culprit;
	struct top_set set;
	size_t count = 0;

	top_set(model, &set);
	for (size_t i = 0; culprit && i < model->all_count; i++)
		if (model->all[i].task == culprit)
			kept[count++] = &model->all[i];
	for (size_t i = 0; i < set.count; i++) {
		const struct task_view *view = set.view[i];
		size_t at = count;

		while (at > 0 && comes_before(view, kept[at - 1]))
			at--;
		if (at > 0 && kept[at - 1]->task == view->task)
			continue;
		memmove(kept + at + 1, kept + at, (count - at) * sizeof(kept[0]));
		kept[at] = view;
		count++;
	}
	for (size_t i = 0; i < count; i++)
		task_past_pack(&to->task[i], kept[i]);
	to->task_count = (uint16_t)count;
	to->culprit_pid = culprit ? culprit->pid : 0;
	to->culprit_start_ns = culprit ? culprit->start_ns : 0;
}

_Static_assert(sizeof(struct cpu_view) == sizeof(uint32_t) + CPU_FIELDS * sizeof(float),
	       "every figure of a CPU is kept");

static void push_cpus(struct instant *to, struct cpu_past *cpu, size_t cap,
		      const struct model *model)
{
	size_t count = model->cpu_count < cap ? model->cpu_count : cap;

	to->cpu_count = (uint16_t)count;
	for (size_t i = 0; i < count; i++) {
		float pct[CPU_FIELDS];

		memcpy(pct, (const char *)&model->cpu[i] + sizeof(uint32_t), sizeof(pct));
		cpu[i].cpu = (uint16_t)model->cpu[i].cpu;
		for (int k = 0; k < CPU_FIELDS; k++)
			cpu[i].centi_pct[k] = isnan(pct[k]) ? CPU_ABSENT
							    : (uint16_t)(pct[k] * 100 + 0.5f);
	}
}

static void push_disks(struct instant *to, const struct model *model)
{
	size_t count = model->disk_count < HISTORY_DISKS ? model->disk_count : HISTORY_DISKS;

	to->disk_count = (uint16_t)count;
	for (size_t i = 0; i < count; i++) {
		to->disk[i].view = model->disk[i];
		to->disk[i].view.disk = NULL;
		memcpy(to->disk[i].name, model->disk[i].disk->name, sizeof(to->disk[i].name));
	}
}

static void push_sample(struct sample *to, const struct sample *from)
{
	*to = *from;
	to->stat.cpu = NULL;
	to->stat.cpu_cap = to->stat.cpu_count = 0;
	to->disks = (struct diskstats){ 0 };
	to->tasks.task = NULL;
	to->tasks.cap = to->tasks.count = 0;
	to->threads = (struct task_list){ 0 };
}

int history_push(struct history *history, const struct model *model)
{
	struct instant *to;

	if (!history->instant) {
		int err = allocate(history, model->cpu_count);

		if (err)
			return err;
	}
	history->head = (history->head + 1) % HISTORY_ROWS;
	if (history->count < HISTORY_ROWS)
		history->count++;
	to = &history->instant[history->head];
	push_sample(&to->sample, model->current);
	to->interval_state = model->interval_state;
	to->interval_s = model->interval_s;
	memcpy(to->value, model->value, sizeof(to->value));
	memcpy(to->level, model->level, sizeof(to->level));
	memcpy(to->absence, model->absence, sizeof(to->absence));
	to->verdict = model->verdict;
	to->verdict.culprit = NULL;
	push_tasks(to, model);
	push_cpus(to, history->cpu + history->head * history->cpu_count, history->cpu_count, model);
	push_disks(to, model);
	return 0;
}

void history_rewind(struct history *history, size_t instants)
{
	if (instants > history->count)
		instants = history->count;
	history->head = (history->head + HISTORY_ROWS - instants) % HISTORY_ROWS;
	history->count -= instants;
}

static size_t index_of(const struct history *history, size_t age)
{
	return (history->head + HISTORY_ROWS - age) % HISTORY_ROWS;
}

/* Puts a part of the kept sample behind the arrays of the one that shows. */
static void show_sample(struct sample *to, const struct sample *from)
{
	struct cpu_line *cpu = to->stat.cpu;
	size_t cpu_cap = to->stat.cpu_cap;
	struct diskstats disks = to->disks;
	struct task_list tasks = to->tasks;

	*to = *from;
	to->stat.cpu = cpu;
	to->stat.cpu_cap = cpu_cap;
	to->disks = disks;
	to->tasks.task = tasks.task;
	to->tasks.cap = tasks.cap;
}

static void show_tasks(struct model *past, struct sample *sample, const struct instant *from)
{
	past->verdict.culprit = NULL;
	for (size_t i = 0; i < from->task_count; i++) {
		struct task *task = &sample->tasks.task[i];

		task_past_unpack(task, &past->all[i], &from->task[i]);
		if (task->pid == from->culprit_pid && task->start_ns == from->culprit_start_ns)
			past->verdict.culprit = task;
	}
	past->all_count = sample->tasks.count = from->task_count;
}

static void unpack_cpu(struct cpu_view *cpu, const struct cpu_past *from)
{
	float pct[CPU_FIELDS];

	cpu->cpu = from->cpu;
	for (int k = 0; k < CPU_FIELDS; k++)
		pct[k] = from->centi_pct[k] == CPU_ABSENT ? NAN : (float)from->centi_pct[k] / 100;
	memcpy((char *)cpu + sizeof(uint32_t), pct, sizeof(pct));
}

static void show_cpus(struct model *past, const struct instant *from, const struct cpu_past *cpu)
{
	past->cpu_count = from->cpu_count;
	for (size_t i = 0; i < from->cpu_count; i++)
		unpack_cpu(&past->cpu[i], &cpu[i]);
}

static void show_disks(struct model *past, struct sample *sample, const struct instant *from)
{
	past->disk_count = sample->disks.count = from->disk_count;
	for (size_t i = 0; i < from->disk_count; i++) {
		struct disk_stat *disk = &sample->disks.disk[i];

		*disk = (struct disk_stat){ 0 };
		memcpy(disk->name, from->disk[i].name, sizeof(disk->name));
		past->disk[i] = from->disk[i].view;
		past->disk[i].disk = disk;
	}
}

/* The graphs end at that instant. */
static void show_graphs(struct model *past, const struct model *newest, size_t age)
{
	const struct ring *ring = &newest->history;

	past->history = *ring;
	past->history.head = (ring->head + ring->rows - age % ring->rows) % ring->rows;
	past->history.count = ring->count > age ? ring->count - age : 0;
	past->history.pushed = ring->pushed - (ring->count > age ? age : ring->count);
	memcpy(past->history_real_ns, newest->history_real_ns, sizeof(past->history_real_ns));
	memcpy(past->history_mono_ns, newest->history_mono_ns, sizeof(past->history_mono_ns));
}

int history_show(struct history *history, size_t age, const struct model *newest)
{
	const struct instant *from;
	struct model *past = &history->past;
	struct sample *sample = &history->past_sample;

	if (!history->count)
		return -ENOMEM;
	if (age >= history->count)
		age = history->count - 1;
	from = &history->instant[index_of(history, age)];
	show_sample(sample, &from->sample);
	past->current = sample;
	past->settings = newest->settings;
	past->interval_state = from->interval_state;
	past->interval_s = from->interval_s;
	memcpy(past->value, from->value, sizeof(past->value));
	memcpy(past->level, from->level, sizeof(past->level));
	memcpy(past->absence, from->absence, sizeof(past->absence));
	past->verdict = from->verdict;
	show_tasks(past, sample, from);
	show_cpus(past, from, history->cpu + index_of(history, age) * history->cpu_count);
	show_disks(past, sample, from);
	show_graphs(past, newest, age);
	model_rank(past);
	return 0;
}

const struct sample *history_sample(const struct history *history, size_t age)
{
	return age < history->count ? &history->instant[index_of(history, age)].sample : NULL;
}

bool history_task(const struct history *history, size_t age, uint32_t pid, uint64_t start_ns,
		  struct task *task, struct task_view *view)
{
	const struct instant *at = &history->instant[index_of(history, age)];

	for (size_t i = 0; age < history->count && i < at->task_count; i++) {
		if (at->task[i].pid != pid || at->task[i].start_ns != start_ns)
			continue;
		task_past_unpack(task, view, &at->task[i]);
		return true;
	}
	return false;
}

bool history_cpu(const struct history *history, size_t age, uint32_t id, struct cpu_view *cpu)
{
	size_t row = index_of(history, age);

	for (size_t i = 0; age < history->count && i < history->instant[row].cpu_count; i++) {
		if (history->cpu[row * history->cpu_count + i].cpu != id)
			continue;
		unpack_cpu(cpu, &history->cpu[row * history->cpu_count + i]);
		return true;
	}
	return false;
}

bool history_disk(const struct history *history, size_t age, const char *name,
		  struct disk_view *disk)
{
	const struct instant *at = &history->instant[index_of(history, age)];

	for (size_t i = 0; age < history->count && i < at->disk_count; i++) {
		if (strcmp(at->disk[i].name, name))
			continue;
		*disk = at->disk[i].view;
		return true;
	}
	return false;
}
