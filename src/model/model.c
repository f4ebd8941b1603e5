#include "model/model.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/absence.h"
#include "model/cpu.h"
#include "model/disks.h"
#include "model/interval.h"
#include "model/memory.h"
#include "model/rates.h"
#include "model/task_filter.h"
#include "model/tasks.h"
#include "model/top.h"
#include "model/verdict.h"

int model_init(struct model *model)
{
	*model = (struct model){ .interval_state = INTERVAL_FIRST, .interval_s = NAN };
	thresholds_default(&model->settings.thresholds);
	for (int id = 0; id < METRIC_COUNT; id++)
		model->value[id] = NAN;
	for (int kind = 0; kind < TOP_KINDS; kind++)
		model->top_order[kind] = (struct task_order){ .sort = top_tables[kind].sort,
							      .then = top_tables[kind].then };
	verdict_update(model);
	return ring_init(&model->history, HISTORY_ROWS, METRIC_COUNT);
}

void model_release(struct model *model)
{
	free(model->cpu);
	free(model->disk);
	free(model->all);
	free(model->thread);
	free(model->filtered);
	free(model->below);
	free(model->sort_key);
	ring_release(&model->history);
	*model = (struct model){ 0 };
}

void model_rank(struct model *model)
{
	tasks_filter(model);
	top_rank(model);
}

static void remember(struct model *model)
{
	float *row = ring_push(&model->history);

	for (int id = 0; id < METRIC_COUNT; id++)
		row[id] = (float)model->value[id];
	model->history_real_ns[model->history.head] = model->current->real_ns;
	model->history_mono_ns[model->history.head] = model->current->mono_ns;
}

/* Points everything that is borrowed at another sample of the same instant. */
static void retarget(struct model *model, const struct sample *sample)
{
	disks_retarget(model, &sample->disks);
	tasks_retarget(model, sample);
	model->current = sample;
	model_rank(model);
}

/* Another session of a recording: what was settled and remembered in the one before is not its. */
static void begin_anew(struct model *model)
{
	struct task_order *waits = &model->top_order[TOP_WAITS];

	model->oom = (struct oom_memory){ 0 };
	model->probe = (struct probe_window){ 0 };
	if (model->waits_fell_back && waits->sort == COL_RUNQ)
		waits->sort = COL_WAIT;
	model->waits_settled = model->waits_fell_back = false;
}

int model_update(struct model *model, const struct sample *previous, const struct sample *current)
{
	const struct interval interval = interval_between(previous, current);
	int cpu, disks, tasks;

	if (model->current && previous && current->mono_ns == previous->mono_ns) {
		retarget(model, current);
		return 0;
	}
	if (model->current && !previous)
		begin_anew(model);
	model->current = current;
	model->interval_state = interval.state;
	model->interval_s = interval.seconds;
	rates_by_table(model, &interval);
	rates_computed(model, &interval);
	memory_update(model, current);
	cpu = cpu_update(model, &interval);
	disks = disks_update(model, &interval);
	tasks = tasks_update(model, &interval);
	absence_update(model, &interval);
	remember(model);
	alert_update(model);
	model_rank(model);
	verdict_update(model);
	return cpu || disks || tasks ? -ENOMEM : 0;
}

static int copy_array(void **to, size_t *cap, const void *from, size_t count, size_t size)
{
	if (count > *cap) {
		void *grown = reallocarray(*to, count, size);

		if (!grown)
			return -ENOMEM;
		*to = grown;
		*cap = count;
	}
	if (count)
		memcpy(*to, from, count * size);
	return 0;
}

static int copy_arrays(struct model *to, const struct model *from, struct sample *sample)
{
	void *cpu = to->cpu, *disk = to->disk;
	int err = copy_array(&cpu, &to->cpu_cap, from->cpu, from->cpu_count, sizeof(*to->cpu));

	to->cpu = cpu;
	if (!err)
		err = copy_array(&disk, &to->disk_cap, from->disk, from->disk_count,
				 sizeof(*to->disk));
	to->disk = disk;
	if (!err)
		err = sample_copy(sample, from->current);
	return err ? err : tasks_copy(to, from);
}

static void copy_history(struct ring *to, const struct ring *from)
{
	memcpy(to->cell, from->cell, from->rows * from->columns * sizeof(*from->cell));
	to->count = from->count;
	to->head = from->head;
	to->pushed = from->pushed;
}

/* Forgets what is borrowed from a sample. */
static void detach(struct model *model)
{
	model->current = NULL;
	model->all_count = model->thread_count = model->disk_count = 0;
	model->verdict.culprit = NULL;
	model_rank(model);
}

int model_copy(struct model *to, const struct model *from, struct sample *sample)
{
	struct model kept;
	int err;

	if (!from->current)
		return -EINVAL;
	err = copy_arrays(to, from, sample);
	if (err) {
		detach(to);
		return err;
	}
	kept = *to;
	*to = *from;
	to->cpu = kept.cpu;
	to->cpu_cap = kept.cpu_cap;
	to->disk = kept.disk;
	to->disk_cap = kept.disk_cap;
	to->all = kept.all;
	to->thread = kept.thread;
	to->thread_cap = kept.thread_cap;
	to->filtered = kept.filtered;
	to->below = kept.below;
	to->sort_key = kept.sort_key;
	to->task_cap = kept.task_cap;
	to->history = kept.history;
	copy_history(&to->history, &from->history);
	retarget(to, sample);
	return 0;
}
