#include "ui/rows.h"

enum pane_id rows_table(const struct view *view)
{
	if (view->zoom != PANE_NONE)
		return pane_is_table(view->zoom) ? view->zoom : PANE_NONE;
	return pane_is_table(view->focus) ? view->focus : PANE_TOP + view->tab;
}

struct rows rows_now(struct view *view, const struct model *model, const struct layout *layout,
		     enum pane_id table)
{
	enum top_kind kind = (enum top_kind)(table - PANE_TOP);
	struct rows rows = { .model = model };
	int shown = layout->pane[table].rows - 3;

	if (view->zoom != PANE_NONE) {
		listing_fill(&view->listing, model, &model->top_order[kind]);
		rows.listing = &view->listing;
		rows.count = (int)view->listing.count;
		return rows;
	}
	rows.top = model->top[kind];
	rows.count = (int)model->top_count[kind];
	if (shown < rows.count)
		rows.count = shown;
	return rows;
}

const struct task *rows_task(const struct rows *rows, int row)
{
	uint32_t index = rows->listing ? listing_task(rows->listing, (size_t)row) : rows->top[row];

	return rows->model->task[index].task;
}

bool rows_is_selected(const struct view *view, const struct model *model, const struct task *task)
{
	if (!view->selected_pid || task->pid != view->selected_pid ||
	    task->start_ns != view->selected_start_ns)
		return false;
	/* The first thread has the id of its process: where both show, one of them is meant. */
	return model->filter.rows != ROWS_BOTH ||
	       !!(task->flags & TASK_THREAD) == view->selected_thread;
}

int rows_selected(const struct rows *rows, const struct view *view)
{
	for (int row = 0; row < rows->count; row++)
		if (rows_is_selected(view, rows->model, rows_task(rows, row)))
			return row;
	return -1;
}

void rows_select(const struct rows *rows, struct view *view, int row)
{
	const struct task *task = rows_task(rows, row);

	view->selected_pid = task->pid;
	view->selected_start_ns = task->start_ns;
	view->selected_thread = task->flags & TASK_THREAD;
	view->reveal = true;
}

static const struct task_view *find(const struct task_view *views, size_t count, uint32_t pid,
				    uint64_t start_ns)
{
	for (size_t i = 0; i < count; i++)
		if (views[i].task->pid == pid && views[i].task->start_ns == start_ns)
			return &views[i];
	return NULL;
}

const struct task_view *rows_selected_task(const struct view *view, const struct model *model)
{
	const struct task_view *found =
		find(model->all, model->all_count, view->selected_pid, view->selected_start_ns);

	if (found || !view->selected_pid)
		return found;
	found = find(model->thread, model->thread_count, view->selected_pid,
		     view->selected_start_ns);
	for (size_t i = 0; found && i < model->all_count; i++)
		if (model->all[i].task->pid == found->task->ppid)
			return &model->all[i];
	return NULL;
}

void rows_follow(struct view *view, struct model *model)
{
	bool tree = view->listing.tree && rows_table(view) == view->zoom;
	enum task_rows rows = !view->threads ? ROWS_PROCESSES : tree ? ROWS_BOTH : ROWS_THREADS;

	if (model->filter.rows == rows)
		return;
	model->filter.rows = rows;
	model_rank(model);
}
