#include "ui/pane_top.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ui/draw.h"

/* "TOP [cpu] mem io faults waits" where one table stands for all. */
static void table_title(char *title, size_t cap, const struct pane_draw *draw, enum pane_id id)
{
	static const char *const names[TOP_KINDS] = { "cpu", "mem", "io", "faults", "waits" };
	size_t used;

	if (!draw->tabs) {
		snprintf(title, cap, "%s", panes[id].name);
		return;
	}
	used = (size_t)snprintf(title, cap, "TOP");
	for (int kind = 0; kind < TOP_KINDS && used < cap; kind++)
		used += (size_t)snprintf(title + used, cap - used,
					 kind == (int)(id - PANE_TOP) ? " [%s]" : " %s",
					 names[kind]);
}

/* Whose I/O cannot be seen, where I/O is shown. */
static void draw_hidden(const struct pane_draw *draw, enum pane_id id, struct rect area)
{
	const struct task_list *tasks = &draw->model->current->tasks;
	char note[96];

	if (!draw->tabs && id != PANE_TOP + TOP_IO)
		return;
	if (tasks->hidepid)
		snprintf(note, sizeof(note), "hidepid: only own processes");
	else if (tasks->io_hidden)
		snprintf(note, sizeof(note), "io of %zu of %zu visible",
			 tasks->count - tasks->io_hidden, tasks->count);
	else
		return;
	draw_frame_note(draw->canvas, area, STYLE_DIM, note);
}

static bool is_selected(const struct view *view, const struct task *task)
{
	return view->selected_pid && view->selected_pid == task->pid &&
	       view->selected_start_ns == task->start_ns;
}

static void draw_process(const struct pane_draw *draw, const struct table *table, struct rect line,
			 enum pane_id id, uint32_t index)
{
	const struct model *model = draw->model;
	const struct task_view *process = &model->task[index];

	table_draw_row(draw->canvas, line.row, line.column, table, model, process,
		       model->top_order[id - PANE_TOP].sort);
	if (draw->focus && is_selected(draw->view, process->task))
		canvas_select(draw->canvas, line.row, line.column, line.columns);
}

/* A table touches its frame at the left: few process ids have seven digits. */
static struct rect table_inside(struct rect area)
{
	return (struct rect){ area.row + 1, area.column + 1, area.rows - 2, area.columns - 2 };
}

void pane_top_choose(struct table *table, const struct model *model, enum top_kind kind,
		     struct rect area, int screen_columns)
{
	table_choose(table, model, kind, area.columns - 3, area.columns == screen_columns);
}

static void draw_table(const struct pane_draw *draw, enum pane_id id, struct rect area,
		       const uint32_t *order, size_t count)
{
	enum top_kind kind = (enum top_kind)(id - PANE_TOP);
	struct rect inside = table_inside(area), line;
	struct table table;

	if (inside.rows < 1 || inside.columns < 1)
		return;
	pane_top_choose(&table, draw->model, kind, area, draw->canvas->columns);
	line = pane_take(&inside, 1);
	table_draw_heading(draw->canvas, line.row, line.column, &table,
			   &draw->model->top_order[kind]);
	for (size_t i = 0; i < count && inside.rows > 0; i++)
		draw_process(draw, &table, pane_take(&inside, 1), id, order[i]);
}

void pane_top_draw(const struct pane_draw *draw, enum pane_id id, struct rect area)
{
	const struct model *model = draw->model;
	char title[48];

	table_title(title, sizeof(title), draw, id);
	pane_frame(draw, area, title);
	draw_hidden(draw, id, area);
	if (model->current->status[FILE_TASKS])
		pane_reason(draw, table_inside(area), M_TASKS_TOTAL);
	else
		draw_table(draw, id, area, model->top[id - PANE_TOP],
			   model->top_count[id - PANE_TOP]);
}

void pane_top_draw_zoomed(const struct pane_draw *draw, enum pane_id id, struct rect area)
{
	const struct model *model = draw->model;
	size_t count = pane_top_sort(draw->view, model, (enum top_kind)(id - PANE_TOP));
	int first;

	pane_frame(draw, area, panes[id].name);
	if (model->current->status[FILE_TASKS]) {
		pane_reason(draw, table_inside(area), M_TASKS_TOTAL);
		return;
	}
	first = pane_scroll(draw, area, (int)count, area.rows - 3);
	draw_table(draw, id, area, draw->view->sorted + first, count - (size_t)first);
	draw_hidden(draw, id, area);
}

size_t pane_top_sort(struct view *view, const struct model *model, enum top_kind kind)
{
	if (model->task_count > view->sorted_cap) {
		/* Some more than needed, so that a busy machine does not grow it at every turn. */
		size_t cap = model->task_count + model->task_count / 4 + 64;
		uint32_t *grown = realloc(view->sorted, cap * sizeof(*grown));

		if (!grown)
			return 0;
		view->sorted = grown;
		view->sorted_cap = cap;
	}
	if (model->task_count)
		model_sort(model, &model->top_order[kind], view->sorted);
	return model->task_count;
}
