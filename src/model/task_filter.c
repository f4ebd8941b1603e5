#include "model/task_filter.h"

#include "model/tasks.h"

static bool is_root(struct task_filter *filter, const struct task *task)
{
	if (task->pid != filter->root_pid)
		return false;
	if (!filter->root_seen)
		filter->root_start_ns = task->start_ns;
	filter->root_seen = true;
	return task->start_ns == filter->root_start_ns;
}

/* What is known of whether a process descends from the root. */
enum descent { DESCENT_UNKNOWN, DESCENT_YES, DESCENT_NO, DESCENT_ON_WAY };

/*
 * Follows the parents from a process that nothing is known of up to one that is known, or to the end of
 * the chain; a copied tree may have a ring of them. Each process is walked once, however pids and
 * parents lie: who makes processes chooses that.
 */
static void find_descent(struct model *model, size_t from)
{
	uint8_t *descent = model->below, found;
	size_t at = from;

	while (at < model->all_count && descent[at] == DESCENT_UNKNOWN) {
		descent[at] = DESCENT_ON_WAY;
		at = tasks_find(model, model->all[at].task->ppid);
	}
	found = at < model->all_count && descent[at] == DESCENT_YES ? DESCENT_YES : DESCENT_NO;
	for (at = from; at < model->all_count && descent[at] == DESCENT_ON_WAY;
	     at = tasks_find(model, model->all[at].task->ppid))
		descent[at] = found;
}

static void mark_below(struct model *model)
{
	uint8_t *below = model->below;

	for (size_t i = 0; i < model->all_count; i++)
		below[i] = is_root(&model->filter, model->all[i].task) ? DESCENT_YES
								       : DESCENT_UNKNOWN;
	for (size_t i = 0; i < model->all_count; i++)
		if (below[i] == DESCENT_UNKNOWN)
			find_descent(model, i);
	for (size_t i = 0; i < model->all_count; i++)
		below[i] = below[i] == DESCENT_YES;
}

static bool passes_but_name(const struct model *model, size_t i)
{
	const struct task_filter *filter = &model->filter;
	const struct task *task = model->all[i].task;

	if (filter->by_uid && task->uid != filter->uid)
		return false;
	if (filter->no_kernel && task->flags & TASK_KTHREAD)
		return false;
	if (filter->root_pid && !model->below[i])
		return false;
	return true;
}

static bool passes(const struct model *model, size_t i)
{
	const struct pattern *pattern = model->filter.pattern;

	return passes_but_name(model, i) &&
	       (!pattern || pattern_matches(pattern, model->all[i].task->comm));
}

static bool lets_all_through(const struct task_filter *filter)
{
	return !filter->by_uid && !filter->no_kernel && !filter->root_pid && !filter->pattern;
}

/* As its process, or by its own name among those of the other filters. */
static bool thread_passes(const struct model *model, const struct task *thread)
{
	const struct task_filter *filter = &model->filter;
	size_t process = tasks_find(model, thread->ppid);

	if (process == model->all_count)
		return lets_all_through(filter);
	return passes_but_name(model, process) &&
	       (!filter->pattern || pattern_matches(filter->pattern, thread->comm) ||
		pattern_matches(filter->pattern, model->all[process].task->comm));
}

bool model_shows_threads(const struct model *model)
{
	return model->filter.rows != ROWS_PROCESSES && model->thread_count;
}

/* Both kinds of rows ascend by pid, a process before its first thread: so does what comes of them. */
static size_t merge_rows(struct model *model)
{
	bool both = model->filter.rows == ROWS_BOTH;
	size_t count = 0, thread = 0;

	for (size_t i = 0; i <= model->all_count; i++) {
		while (thread < model->thread_count &&
		       (i == model->all_count ||
			model->thread[thread].task->pid < model->all[i].task->pid)) {
			if (thread_passes(model, model->thread[thread].task))
				model->filtered[count++] = model->thread[thread];
			thread++;
		}
		if (both && i < model->all_count && passes(model, i))
			model->filtered[count++] = model->all[i];
	}
	return count;
}

void tasks_filter(struct model *model)
{
	size_t count = 0;

	if (model->filter.root_pid)
		mark_below(model);
	if (model_shows_threads(model)) {
		model->task_count = merge_rows(model);
		model->task = model->filtered;
		return;
	}
	if (lets_all_through(&model->filter)) {
		model->task = model->all;
		model->task_count = model->all_count;
		return;
	}
	for (size_t i = 0; i < model->all_count; i++)
		if (passes(model, i))
			model->filtered[count++] = model->all[i];
	model->task = model->filtered;
	model->task_count = count;
}
