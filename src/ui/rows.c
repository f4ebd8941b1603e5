#include "ui/rows.h"

static bool is_table(enum pane_id id)
{
	return id >= PANE_TOP && id < PANE_COUNT;
}

enum pane_id rows_table(const struct view *view)
{
	if (view->zoom != PANE_NONE)
		return is_table(view->zoom) ? view->zoom : PANE_NONE;
	return is_table(view->focus) ? view->focus : PANE_TOP + view->tab;
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

static bool is_selected(const struct view *view, const struct task *task)
{
	return view->selected_pid && task->pid == view->selected_pid &&
	       task->start_ns == view->selected_start_ns;
}

int rows_selected(const struct rows *rows, const struct view *view)
{
	for (int row = 0; row < rows->count; row++)
		if (is_selected(view, rows_task(rows, row)))
			return row;
	return -1;
}

void rows_select(const struct rows *rows, struct view *view, int row)
{
	const struct task *task = rows_task(rows, row);

	view->selected_pid = task->pid;
	view->selected_start_ns = task->start_ns;
	view->reveal = true;
}

const struct task_view *rows_selected_task(const struct view *view, const struct model *model)
{
	for (size_t i = 0; i < model->all_count; i++)
		if (is_selected(view, model->all[i].task))
			return &model->all[i];
	return NULL;
}
