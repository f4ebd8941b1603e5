#include "ui/find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/rows.h"

static bool is_digits(const char *text)
{
	return *text && strspn(text, "0123456789") == strlen(text);
}

static bool is_found(const struct view *view, const struct task *task)
{
	const char *text = view->prompt.line.text;

	if (is_digits(text) && strtoul(text, NULL, 10) == task->pid)
		return true;
	return strcasestr(task->comm, text) != NULL;
}

/* Every process is searched, so the table needs the whole screen. */
void find_begin(struct view *view, const struct model *model)
{
	enum pane_id table = rows_table(view);

	(void)model;
	if (view->zoom != table) {
		view->zoom = view->focus = table;
		view->scroll = 0;
	}
}

/* Among those that live, or have ended in this interval and are gone with the next. */
static bool search_among(struct view *view, struct model *model, int from, int step, bool ended)
{
	/* A zoomed table has all rows, whatever the layout. */
	const struct layout layout = { .tabs = false };
	struct rows rows = rows_now(view, model, &layout, rows_table(view));

	for (int tried = 0; tried < rows.count; tried++) {
		int row = (from + tried * step) % rows.count;

		if (row < 0)
			row += rows.count;
		if (!(rows_task(&rows, row)->flags & TASK_EXITED) == ended ||
		    !is_found(view, rows_task(&rows, row)))
			continue;
		rows_select(&rows, view, row);
		return true;
	}
	return false;
}

/* Selects the first that is found from a row on, and round from the other end: one that lives. */
static bool search_from(struct view *view, struct model *model, int from, int step)
{
	return search_among(view, model, from, step, false) ||
	       search_among(view, model, from, step, true);
}

static int selected_row(struct view *view, struct model *model)
{
	const struct layout layout = { .tabs = false };
	struct rows rows = rows_now(view, model, &layout, rows_table(view));

	return rows_selected(&rows, view);
}

void find_change(struct view *view, struct model *model)
{
	int row = selected_row(view, model);

	view->prompt.why[0] = '\0';
	if (*view->prompt.line.text && !search_from(view, model, row < 0 ? 0 : row, 1))
		snprintf(view->prompt.why, sizeof(view->prompt.why), "none is called that");
}

bool find_accept(struct view *view, struct model *model)
{
	(void)model;
	return !*view->prompt.why;
}

void find_next(struct view *view, struct model *model, int step)
{
	if (*view->prompt.line.text)
		search_from(view, model, selected_row(view, model) + step, step);
}

void find_cancel(struct view *view, struct model *model)
{
	(void)model;
	view->zoom = view->prompt.zoom;
	view->scroll = view->prompt.scroll;
	view->reveal = false;
	view->selected_pid = view->prompt.selected_pid;
	view->selected_start_ns = view->prompt.selected_start_ns;
}
