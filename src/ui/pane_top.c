#include "ui/pane_top.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/value.h"
#include "ui/draw.h"
#include "ui/filter_text.h"
#include "ui/hits.h"
#include "ui/rows.h"
#include "ui/say.h"
#include "ui/table_heading.h"
#include "ui/time_bar.h"

#define TITLE_COLUMN 3 /* of a frame, where its title begins */

/* Threads are known of the instants since they were asked for, and of no past one. */
static const char *threads_title(const struct pane_draw *draw)
{
	if (model_shows_threads(draw->model))
		return "  threads";
	return draw->view->back || draw->view->paused ? "  threads of then are not kept"
						      : "  threads: not sampled yet";
}

/* What the tables leave out stands in their title, so that nobody takes a part for all. */
static void filtered_title(char *title, size_t cap, const struct pane_draw *draw, const char *name)
{
	snprintf(title, cap, "%s%s", name,
		 draw->view->listing.tree && draw->view->zoom != PANE_NONE ? "  tree" : "");
	if (draw->view->threads)
		text_append(title, cap, "%s", threads_title(draw));
	/* Not all of them are remembered. */
	if (draw->view->back && draw->view->zoom != PANE_NONE)
		text_append(title, cap, "  the first ones of then");
	filter_text_append(title, cap, draw->model);
}

/* "TOP [cpu] mem io faults waits" where one table stands for all. */
static void table_title(char *title, size_t cap, const struct pane_draw *draw, enum pane_id id,
			struct rect area)
{
	static const char *const names[TOP_KINDS] = { "cpu", "mem", "io", "faults", "waits" };
	const struct pane_choice shown = pane_choice_full(&draw->view->panes);
	char tabs[48] = "TOP";

	for (int i = 0; i < shown.table_count; i++) {
		enum top_kind kind = (enum top_kind)shown.table[i];
		int column = area.column + TITLE_COLUMN + (int)strlen(tabs);

		text_append(tabs, sizeof(tabs), PANE_TOP + kind == id ? " [%s]" : " %s",
			    names[kind]);
		if (draw->tabs)
			hits_add(draw->canvas->hits, HIT_TAB,
				 (struct rect){ area.row, column, 1,
						area.column + TITLE_COLUMN + (int)strlen(tabs) -
							column },
				 (uint32_t)kind);
	}
	if (!pane_choice_has(&shown, id))
		text_append(tabs, sizeof(tabs), " [%s]", names[id - PANE_TOP]);
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

	if ((!draw->tabs && id != PANE_TOP + TOP_IO) || model_shows_threads(model))
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

static void unlisted_note(char *note, size_t cap, const struct model *model, enum pane_id id,
			  enum metric_id *metric)
{
	const double *value = model->value;
	double cpu = value[M_TASKS_UNLISTED_CPU_PCT];
	double minor = value[M_TASKS_UNLISTED_MINOR_PER_S];
	double major = value[M_TASKS_UNLISTED_MAJOR_PER_S];
	const char *per = model->totals ? "" : "/s";
	char text[24];

	if (id == PANE_TOP + TOP_CPU &&
	    is_much(cpu, UNLISTED_CPU_PCT, value[M_CPU_BUSY_PCT] * value[M_CPU_COUNT])) {
		snprintf(note, cap, "not listed: %.0f%%", cpu);
		*metric = M_TASKS_UNLISTED_CPU_PCT;
	}
	if (id != PANE_TOP + TOP_FAULTS)
		return;
	if (is_much(major, UNLISTED_PER_S, value[M_FAULTS_MAJOR_PER_S])) {
		snprintf(note, cap, "not listed: %s%s MAJOR", text_count(text, sizeof(text), major),
			 per);
		*metric = M_TASKS_UNLISTED_MAJOR_PER_S;
	} else if (is_much(minor, UNLISTED_PER_S, value[M_FAULTS_MINOR_PER_S])) {
		snprintf(note, cap, "not listed: %s%s minor", text_count(text, sizeof(text), minor),
			 per);
		*metric = M_TASKS_UNLISTED_MINOR_PER_S;
	}
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

static bool shows_bar(const struct pane_draw *draw, enum pane_id id, struct rect area)
{
	struct table table;

	pane_top_choose(&table, draw->view, draw->model, (enum top_kind)(id - PANE_TOP), area,
			draw->canvas->columns);
	for (int i = 0; i < table.count; i++)
		if (table.column[i].id == COL_BAR)
			return true;
	return false;
}

/* What the numbers of this table leave out; else what its bars mean. */
static void draw_note(const struct pane_draw *draw, enum pane_id id, struct rect area)
{
	enum metric_id metric = METRIC_COUNT;
	char note[96] = "";

	hidden_note(note, sizeof(note), draw, id);
	if (*note)
		metric = M_TASKS_IO_VISIBLE;
	disk_note(note, sizeof(note), draw->model, id);
	unlisted_note(note, sizeof(note), draw->model, id, &metric);
	if (!*note && shows_bar(draw, id, area))
		snprintf(note, sizeof(note), "%s", time_bar_legend(draw->canvas->ascii));
	if (metric == METRIC_COUNT)
		draw_frame_note(draw->canvas, area, STYLE_DIM, note);
	else
		draw_frame_number(draw->canvas, area, STYLE_DIM, note, metric);
}

static void draw_process(const struct pane_draw *draw, const struct table *table, struct rect line,
			 enum pane_id id, struct table_row *process)
{
	if (draw->view->command_line && draw->view->cmdlines)
		process->name = cmdlines_text(draw->view->cmdlines, process->view->task);
	table_draw_row(draw->canvas, line.row, line.column, table, draw->model, process,
		       draw->model->top_order[id - PANE_TOP].sort);
	hits_add_process(draw->canvas->hits, line, process->view->task);
	if (draw->focus && rows_is_selected(draw->view, draw->model, process->view->task))
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

/* The kind's own numbers alone: a command line needs the room. */
static struct column_choice few_columns(enum top_kind kind)
{
	struct column_choice few = { .count = 0 };

	for (const uint8_t *id = top_tables[kind].columns; *id != COL_COMMAND; id++)
		if (*id != COL_BAR)
			few.id[few.count++] = *id;
	return few;
}

/* The id of a thread is its own, and its parent is its process. */
static void name_threads(struct table *table, enum task_rows rows)
{
	for (int i = 0; i < table->count; i++) {
		if (table->column[i].id == COL_PID)
			table->column[i].heading = "TID";
		if (table->column[i].id == COL_PPID && rows == ROWS_THREADS)
			table->column[i].heading = "PID";
	}
}

void pane_top_choose(struct table *table, const struct view *view, const struct model *model,
		     enum top_kind kind, struct rect area, int screen_columns)
{
	bool zoomed = view->zoom == PANE_TOP + kind;
	struct column_choice chosen = { .count = 0 };

	if (view->columns[kind].count)
		chosen = view->columns[kind];
	else if (zoomed && view->command_line)
		chosen = few_columns(kind);
	table_choose(table, model, kind, area.columns - 3, area.columns == screen_columns, &chosen);
	if (model_shows_threads(model))
		name_threads(table, model->filter.rows);
}

static void draw_empty(const struct pane_draw *draw, struct rect inside)
{
	struct rect line = pane_take(&inside, 1);
	char text[256];

	filter_text_empty(text, sizeof(text), draw->model);
	if (line.rows > 0)
		canvas_text(draw->canvas, line.row, line.column + 1, line.columns - 1, STYLE_DIM,
			    text);
	if (inside.rows < 1)
		return;
	say_text(text, sizeof(text), &draw->view->keys, filter_text_remedy(&draw->model->filter));
	canvas_text(draw->canvas, inside.row, inside.column + 1, inside.columns - 1, STYLE_DIM,
		    text);
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
		draw_empty(draw, inside);
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
