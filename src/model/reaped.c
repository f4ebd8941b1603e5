#include "model/reaped.h"

#include <math.h>

#include "base/value.h"
#include "model/tasks.h"

/* What the parent did beyond it stays; NAN stays NAN. */
static void take_out(float *bytes_per_s, uint64_t bytes, double interval_s)
{
	float part = present(bytes) ? (float)((double)bytes / interval_s) : 0;

	if (*bytes_per_s > part)
		*bytes_per_s -= part;
	else if (!isnan(*bytes_per_s))
		*bytes_per_s = 0;
}

/* With these counters the child went. Its parent has them now, if it is still there to wait. */
static void went(struct model *model, const struct task *child, double interval_s)
{
	struct task_view *parent;
	size_t at;

	if (!child->ppid || !(child->read_bytes || child->write_bytes))
		return;
	at = tasks_find(model, child->ppid);
	if (at == model->all_count)
		return;
	parent = &model->all[at];
	take_out(&parent->read_bytes_per_s, child->read_bytes, interval_s);
	take_out(&parent->write_bytes_per_s, child->write_bytes, interval_s);
}

static bool is_same(const struct task *a, const struct task *b)
{
	return a->pid == b->pid && a->start_ns == b->start_ns;
}

void reaped_update(struct model *model, const struct interval *interval)
{
	const struct task_list *before = &interval->previous->tasks;
	size_t at = 0;

	for (size_t i = 0; i < model->all_count; i++)
		if (model->all[i].task->flags & TASK_EXITED)
			went(model, model->all[i].task, interval->seconds);
	for (size_t i = 0; i < before->count; i++) {
		const struct task *task = &before->task[i];
		bool lives = false;

		while (at < model->all_count && model->all[at].task->pid < task->pid)
			at++;
		for (size_t same = at; same < model->all_count && !lives; same++) {
			if (model->all[same].task->pid != task->pid)
				break;
			lives = is_same(model->all[same].task, task);
		}
		if (!lives && !(task->flags & TASK_EXITED))
			went(model, task, interval->seconds);
	}
}
