#include "ui/pane_top.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/value.h"
#include "ui/draw.h"
#include "ui/hits.h"
#include "ui/table_heading.h"

#define TITLE_COLUMN 3 /* of a frame, where its title begins */

__attribute__((format(printf, 3, 4))) static void append(char *text, size_t cap, const char *format,
							 ...)
{
	size_t used = strlen(text);
	va_list args;

	va_start(args, format);
	vsnprintf(text + used, cap - used, format, args);
	va_end(args);
}

/* What the tables leave out stands in their title, so that nobody takes a part for all. */
static void filtered_title(char *title, size_t cap, const struct pane_draw *draw, const char *name)
{
	const struct task_filter *filter = &draw->model->filter;
	char user[USER_NAME_MAX];

	snprintf(title, cap, "%s%s", name,
		 draw->view->listing.tree && draw->view->zoom != PANE_NONE ? "  tree" : "");
	/* Not all of them are remembered. */
	if (draw->view->back && draw->view->zoom != PANE_NONE)
		append(title, cap, "  the first ones of then");
	if (filter->by_uid)
		append(title, cap, "  user %s",
		       users_name(draw->model->current->users, filter->uid, user));
	if (filter->pattern)
		append(title, cap, "  \\%s", filter->pattern->text);
	if (filter->root_pid)
		append(title, cap, "  below %u", filter->root_pid);
	if (filter->no_kernel)
		append(title, cap, "  no kernel threads");
}

/* "TOP [cpu] mem io faults waits" where one table stands for all. */
static void table_title(char *title, size_t cap, const struct pane_draw *draw, enum pane_id id,
			struct rect area)
{
	static const char *const names[TOP_KINDS] = { "cpu", "mem", "io", "faults", "waits" };
	char tabs[48] = "TOP";

	for (int kind = 0; kind < TOP_KINDS; kind++) {
		int column = area.column + TITLE_COLUMN + (int)strlen(tabs);

		append(tabs, sizeof(tabs), kind == (int)(id - PANE_TOP) ? " [%s]" : " %s",
		       names[kind]);
		if (draw->tabs)
			hits_add(draw->canvas->hits, HIT_TAB,
				 (struct rect){ area.row, column, 1,
						area.column + TITLE_COLUMN + (int)strlen(tabs) -
							column },
				 (uint32_t)kind);
	}
	filtered_title(title, cap, draw, draw->tabs ? tabs : panes[id].name);
}

/* Of the processes that the table is about, those whose I/O permission hides. */
static size_t count_hidden(const struct model *model)
{
	size_t hidden = 0;

	if (!model->filter.by_uid)
		return model->current->tasks.io_hidden;
	for (size_t i = 0; i < model->task_count && model->current->tasks.io_hidden; i++)
		hidden += !present(model->task[i].task->read_bytes);
	return hidden;
}

/* Whose I/O cannot be seen, where I/O is shown. */
static void hidden_note(char *note, size_t cap, const struct pane_draw *draw, enum pane_id id)
{
	const struct model *model = draw->model;
	size_t hidden;

	if (!draw->tabs && id != PANE_TOP + TOP_IO)
		return;
	hidden = count_hidden(model);
	if (model->current->tasks.hidepid)
		snprintf(note, cap, "hidepid: only own processes");
	else if (hidden)
		snprintf(note, cap, "io of %zu of %zu visible", model->task_count - hidden,
			 model->task_count);
}

/* What no listed process accounts for is told from so much on, and from a fifth of all on. */
#define UNLISTED_CPU_PCT 10
#define UNLISTED_PER_S 100

static bool is_much(double unlisted, double least, double all)
{
	return unlisted > least && unlisted > all / 5;
}

static void unlisted_note(char *note, size_t cap, const struct model *model, enum pane_id id)
{
	const double *value = model->value;
	double cpu = value[M_TASKS_UNLISTED_CPU_PCT];
	double minor = value[M_TASKS_UNLISTED_MINOR_PER_S];
	double major = value[M_TASKS_UNLISTED_MAJOR_PER_S];
	char text[24];

	if (id == PANE_TOP + TOP_CPU &&
	    is_much(cpu, UNLISTED_CPU_PCT, value[M_CPU_BUSY_PCT] * value[M_CPU_COUNT]))
		snprintf(note, cap, "not listed: %.0f%%", cpu);
	if (id != PANE_TOP + TOP_FAULTS)
		return;
	if (is_much(major, UNLISTED_PER_S, value[M_FAULTS_MAJOR_PER_S]))
		snprintf(note, cap, "not listed: %s/s MAJOR",
			 text_count(text, sizeof(text), major));
	else if (is_much(minor, UNLISTED_PER_S, value[M_FAULTS_MINOR_PER_S]))
		snprintf(note, cap, "not listed: %s/s minor",
			 text_count(text, sizeof(text), minor));
}

bool pane_top_knows_disk_waits(const struct model *model)
{
	size_t count = model->current ? model->current->tasks.count : 0;

	for (size_t i = 0; i < count; i++)
		if (present(model->current->tasks.task[i].disk_wait_ns))
			return true;
	return count == 0;
}

static void disk_note(char *note, size_t cap, const struct model *model, enum pane_id id)
{
	if (id == PANE_TOP + TOP_WAITS && !model->current->delayacct &&
	    !pane_top_knows_disk_waits(model))
		snprintf(note, cap, "DISK%% unknown: kernel.task_delayacct is 0");
}

/* What the numbers of this table leave out. */
static void draw_note(const struct pane_draw *draw, enum pane_id id, struct rect area)
{
	char note[96] = "";

	hidden_note(note, sizeof(note), draw, id);
	disk_note(note, sizeof(note), draw->model, id);
	unlisted_note(note, sizeof(note), draw->model, id);
	draw_frame_note(draw->canvas, area, STYLE_DIM, note);
}

static bool is_selected(const struct view *view, const struct task *task)
{
	return view->selected_pid && view->selected_pid == task->pid &&
	       view->selected_start_ns == task->start_ns;
}

static void draw_process(const struct pane_draw *draw, const struct table *table, struct rect line,
			 enum pane_id id, struct table_row *process)
{
	if (draw->view->command_line && draw->view->cmdlines)
		process->name = cmdlines_text(draw->view->cmdlines, process->view->task);
	table_draw_row(draw->canvas, line.row, line.column, table, draw->model, process,
		       draw->model->top_order[id - PANE_TOP].sort);
	hits_add_process(draw->canvas->hits, line, process->view->task->pid,
			 process->view->task->start_ns);
	if (draw->focus && is_selected(draw->view, process->view->task))
		canvas_select(draw->canvas, line.row, line.column, line.columns);
}

/* A row of a zoomed table: in a tree with its place, folded with the sum of its branch. */
static void draw_listed(const struct pane_draw *draw, const struct table *table, struct rect line,
			enum pane_id id, size_t row)
{
	const struct listing *listing = &draw->view->listing;
	const struct listing_node *node = listing_node(listing, row);
	struct table_row process = {
		.view = &draw->model->task[node->task],
		.tree = listing->tree,
		.depth = node->depth,
		.below = node->size - 1,
		.folded = node->folded && node->size > 1,
	};
	struct task_view sum;
	struct task task;

	if (process.folded) {
		listing_sum(listing, draw->model, row, &task, &sum);
		process.view = &sum;
	}
	draw_process(draw, table, line, id, &process);
}

/* A table touches its frame at the left: few process ids have seven digits. */
static struct rect table_inside(struct rect area)
{
	return (struct rect){ area.row + 1, area.column + 1, area.rows - 2, area.columns - 2 };
}

/* The kind's own columns alone: a command line needs the room. */
static struct column_choice few_columns(enum top_kind kind)
{
	struct column_choice few = { .count = 0 };

	for (const uint8_t *id = top_tables[kind].columns; *id != COL_COMMAND; id++)
		few.id[few.count++] = *id;
	return few;
}

void pane_top_choose(struct table *table, const struct view *view, const struct model *model,
		     enum top_kind kind, struct rect area, int screen_columns)
{
	bool zoomed = view->zoom == PANE_TOP + kind;
	struct column_choice chosen = { .count = 0 };

	if (zoomed && view->columns[kind].count)
		chosen = view->columns[kind];
	else if (zoomed && view->command_line)
		chosen = few_columns(kind);
	table_choose(table, model, kind, area.columns - 3, area.columns == screen_columns, &chosen);
}

/* Rows of the listing from `first` on; with first below 0 those of the top table. */
static void draw_table(const struct pane_draw *draw, enum pane_id id, struct rect area, int first,
		       size_t count)
{
	enum top_kind kind = (enum top_kind)(id - PANE_TOP);
	struct rect inside = table_inside(area), line;
	struct table table;

	if (inside.rows < 1 || inside.columns < 1)
		return;
	pane_top_choose(&table, draw->view, draw->model, kind, area, draw->canvas->columns);
	line = pane_take(&inside, 1);
	table_draw_heading(draw->canvas, line.row, line.column, &table,
			   &draw->model->top_order[kind], draw->model->totals);
	if (!count)
		canvas_text(draw->canvas, inside.row, inside.column + 1,
			    inside.rows ? inside.columns - 1 : 0, STYLE_DIM,
			    draw->model->filter.by_uid ? "no processes of this user"
						       : "no processes");
	for (size_t i = 0; i < count && inside.rows > 0; i++) {
		struct table_row process = { 0 };

		line = pane_take(&inside, 1);
		if (first >= 0) {
			draw_listed(draw, &table, line, id, (size_t)first + i);
			continue;
		}
		process.view = &draw->model->task[draw->model->top[kind][i]];
		draw_process(draw, &table, line, id, &process);
	}
}

void pane_top_draw(const struct pane_draw *draw, enum pane_id id, struct rect area)
{
	const struct model *model = draw->model;
	char title[160];

	table_title(title, sizeof(title), draw, id, area);
	pane_frame(draw, area, title);
	draw_note(draw, id, area);
	if (model->current->status[FILE_TASKS])
		pane_reason(draw, table_inside(area), M_TASKS_TOTAL);
	else
		draw_table(draw, id, area, -1, model->top_count[id - PANE_TOP]);
}

/* Scrolls to a row, no further than it needs. */
static void reveal(struct view *view, int row, int page_rows)
{
	if (row < view->scroll)
		view->scroll = row;
	if (row >= view->scroll + page_rows)
		view->scroll = row - page_rows + 1;
}

/*
 * Every sample changes the order. The view does not run after the selection then: who watches the
 * first rows would lose them. Where it has gone stands in the lower edge, and whatever moves or uses
 * the selection brings it back into sight.
 */
static void draw_selection_note(const struct pane_draw *draw, struct rect area, int row,
				int page_rows)
{
	const struct view *view = draw->view;
	struct rect edge = { area.row + area.rows - 1, area.column, 1, area.columns };
	bool above = row < view->scroll;
	char note[64];

	if (!view->selected_pid || (!above && row < view->scroll + page_rows))
		return;
	if (row < 0)
		snprintf(note, sizeof(note), "%u, the selected, is not listed", view->selected_pid);
	else
		snprintf(note, sizeof(note), "%u, the selected, is at %d, %s", view->selected_pid,
			 row + 1, above ? "above" : "below");
	draw_frame_note(draw->canvas, edge, STYLE_WARN, note);
}

void pane_top_draw_zoomed(const struct pane_draw *draw, enum pane_id id, struct rect area)
{
	const struct model *model = draw->model;
	struct listing *listing = &draw->view->listing;
	struct view *view = draw->view;
	int page_rows = area.rows - 3, selected = -1, first;
	char title[160];

	listing_fill(listing, model, &model->top_order[id - PANE_TOP]);
	filtered_title(title, sizeof(title), draw, panes[id].name);
	pane_frame(draw, area, title);
	if (model->current->status[FILE_TASKS]) {
		pane_reason(draw, table_inside(area), M_TASKS_TOTAL);
		return;
	}
	if (view->selected_pid)
		selected =
			listing_find(listing, model, view->selected_pid, view->selected_start_ns);
	if (view->reveal && selected >= 0)
		reveal(view, selected, page_rows);
	view->reveal = false;
	first = pane_scroll(draw, area, (int)listing->count, page_rows);
	draw_selection_note(draw, area, selected, page_rows);
	draw_table(draw, id, area, first, listing->count - (size_t)first);
	draw_note(draw, id, area);
}
