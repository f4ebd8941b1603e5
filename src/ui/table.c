#include "ui/table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/value.h"
#include "ui/cell_text.h"
#include "ui/draw.h"
#include "ui/time_bar.h"

#define LEAST_COMMAND 11 /* columns of a name before another column gives way to it */
#define DENSE_COLUMNS 82 /* below, a table over the whole screen has narrow columns */
#define ENOUGH_COMMAND 20 /* columns of a name before a further column is added */
#define WHOLE_NAME 15 /* columns of the longest name that a program may give itself */
#define SHARE_COLUMNS 12
#define TEXT_CAP 32
#define EXITED " (exited)"

/* A bit of everything: what the first table shows where there is one for all five. */
static const uint8_t columns_all[] = { COL_PID,	  COL_USER, COL_STATE,	 COL_CPU,
				       COL_RSS,	  COL_READ, COL_WRITE,	 COL_MINOR,
				       COL_MAJOR, COL_DISK, COL_COMMAND, COLUMN_COUNT };

/* What is added where there is room, in this order. */
static const uint8_t columns_more[] = {
	COL_RSS,    COL_CPU,   COL_RUNQ, COL_DISK,    COL_BLOCKED,   COL_MAJOR,	      COL_MINOR,
	COL_READ,   COL_WRITE, COL_TIME, COL_THREADS, COL_STATE,     COL_ANON,	      COL_SWAP,
	COL_GROWTH, COL_NICE,  COL_PPID, COL_BAR,     COL_VOLUNTARY, COL_INVOLUNTARY, COLUMN_COUNT
};

/* Whether the task source fills a column at all. A few processes tell. */
static bool column_is_known(const struct model *model, enum task_column_id id)
{
	static const size_t looked_at = 16;

	for (size_t i = 0; i < model->task_count && i < looked_at; i++) {
		const struct task *task = model->task[i].task;
		uint64_t raw = 0;

		if (id == COL_DISK)
			raw = task->disk_wait_ns;
		else if (id == COL_BLOCKED)
			raw = task->blocked_ns;
		else if (id == COL_RUNQ)
			raw = task->run_delay_ns;
		else if (id == COL_VOLUNTARY || id == COL_INVOLUNTARY)
			raw = task->voluntary_switches;
		else if (id == COL_ANON)
			raw = task->anon_bytes;
		else if (id == COL_SWAP)
			raw = task->swap_bytes;
		if (present(raw))
			return true;
	}
	return model->task_count == 0;
}

static const char *dense_heading(enum task_column_id id)
{
	return id == COL_READ ? "RD/s" : id == COL_WRITE ? "WR/s" : task_columns[id].heading;
}

/* Whether a column could do with less than its own width: numbers need five. */
static bool is_wide(enum task_column_id id)
{
	return task_columns[id].type < TYPE_BAR && task_columns[id].width > 5 && id != COL_PID &&
	       id != COL_PPID && id != COL_TIME;
}

/* How much a table tries to show. */
enum density {
	DENSITY_LOOSE,
	DENSITY_DENSE, /* narrow columns */
	DENSITY_TIGHT, /* no room for the mark of the sorted one either */
};

/*
 * A column is as wide as its heading at least, with room for the mark of the sorted one. Without it
 * the mark stands in the gap behind the heading, as that of the state always does. So nothing moves
 * when the order changes.
 */
static struct table_column make_column(enum task_column_id id, enum density density)
{
	struct table_column made = { (uint8_t)id, task_columns[id].width,
				     task_columns[id].heading };
	size_t heading;

	if (density && is_wide(id)) {
		made.heading = dense_heading(id);
		made.width = 5;
	}
	heading = strlen(made.heading) + (density != DENSITY_TIGHT && id != COL_STATE);
	if (made.width < heading && id != COL_COMMAND)
		made.width = (uint8_t)heading;
	return made;
}

static bool has_column(const struct table *table, enum task_column_id id)
{
	for (int i = 0; i < table->count; i++)
		if (table->column[i].id == id)
			return true;
	return false;
}

/* Puts a column before the name, which is the last. */
static void insert_column(struct table *table, struct table_column column)
{
	int last = table->count - 1;

	table->column[table->count++] = table->column[last];
	table->column[last] = column;
}

/* The columns that the name has, with a gap before it. */
static int command_columns(const struct table *table)
{
	int left = table->width - table->indent;

	for (int i = 0; i < table->count - 1; i++)
		left -= table->column[i].width + 1;
	return left;
}

/* A number right before the name may have the mark "!!", and the gap has room for one sign. */
static void indent_name(struct table *table)
{
	enum task_column_id before = table->column[table->count - 2].id;

	if (before != TABLE_SHARE && task_columns[before].type < TYPE_BAR &&
	    command_columns(table) > WHOLE_NAME)
		table->indent = 1;
}

/*
 * The column that is sorted by comes in its turn, room or not: a heading that was clicked must not go
 * away from under the mouse.
 */
static void add_more(struct table *table, const struct model *model, enum top_kind kind,
		     enum density density)
{
	enum task_column_id sort = model->top_order[kind].sort;
	bool full = false;

	if (kind == TOP_FAULTS && command_columns(table) > ENOUGH_COMMAND + SHARE_COLUMNS)
		insert_column(table, (struct table_column){ TABLE_SHARE, SHARE_COLUMNS, " SHARE" });
	for (const uint8_t *id = columns_more; *id != COLUMN_COUNT; id++) {
		struct table_column column = make_column(*id, density);

		full |= command_columns(table) <= ENOUGH_COMMAND + column.width;
		if (!has_column(table, *id) &&
		    (*id == sort || (!full && column_is_known(model, *id))))
			insert_column(table, column);
	}
}

/* Takes columns away from the right, but never the process, the name and the sorted one. */
static void drop_columns(struct table *table, enum task_column_id sort)
{
	for (int i = table->count - 2; i >= 0 && command_columns(table) < LEAST_COMMAND; i--) {
		if (table->column[i].id == sort || table->column[i].id == COL_PID)
			continue;
		memmove(&table->column[i], &table->column[i + 1],
			(size_t)(table->count - i - 1) * sizeof(table->column[0]));
		table->count--;
	}
}

static bool is_more(enum task_column_id id)
{
	return memchr(columns_more, (int)id, sizeof(columns_more) - 1) != NULL;
}

static void choose(struct table *table, const struct model *model, enum top_kind kind, bool all,
		   enum density density)
{
	enum task_column_id sort = model->top_order[kind].sort;
	enum task_column_id own = top_tables[kind].sort;
	bool mixed = all && kind == TOP_CPU;
	const uint8_t *id = mixed ? columns_all : top_tables[kind].columns;

	table->count = 0;
	for (; *id != COLUMN_COUNT; id++) {
		enum task_column_id shown = *id;

		/* The other wait takes the place of the one that is not known. */
		if (shown == COL_DISK && mixed && sort != COL_DISK &&
		    !column_is_known(model, COL_DISK))
			shown = COL_RUNQ;
		if (shown == sort || shown == COL_COMMAND || column_is_known(model, shown))
			table->column[table->count++] = make_column(shown, density);
	}
	/* What the kind is ranked by stays, for the others not to move when it is not sorted by. */
	if (!has_column(table, own) && column_is_known(model, own == COL_WAIT ? COL_DISK : own))
		insert_column(table, make_column(own, density));
	if (!has_column(table, sort) && !is_more(sort))
		insert_column(table, make_column(sort, density));
}

static void choose_own(struct table *table, enum task_column_id sort,
		       const struct column_choice *chosen, enum density density)
{
	table->count = 0;
	for (int i = 0; i < chosen->count; i++)
		table->column[table->count++] =
			make_column((enum task_column_id)chosen->id[i], density);
	table->column[table->count++] = make_column(COL_COMMAND, density);
	if (!has_column(table, sort))
		insert_column(table, make_column(sort, density));
}

void table_choose(struct table *table, const struct model *model, enum top_kind kind, int width,
		  bool all, const struct column_choice *chosen)
{
	enum task_column_id sort = model->top_order[kind].sort;
	enum density density = DENSITY_LOOSE;

	table->width = width;
	table->indent = 0;
	if (chosen && chosen->count) {
		choose_own(table, sort, chosen, DENSITY_LOOSE);
		if (command_columns(table) < LEAST_COMMAND)
			choose_own(table, sort, chosen, DENSITY_DENSE);
		/* For the gap before the name. */
		if (command_columns(table) <= WHOLE_NAME)
			choose_own(table, sort, chosen, DENSITY_TIGHT);
		drop_columns(table, sort);
		indent_name(table);
		return;
	}
	if (all && width < DENSE_COLUMNS)
		density = kind == TOP_CPU ? DENSITY_TIGHT : DENSITY_DENSE;
	choose(table, model, kind, all, density);
	if (!density && command_columns(table) < LEAST_COMMAND) {
		density = DENSITY_DENSE;
		choose(table, model, kind, all, density);
	}
	drop_columns(table, sort);
	add_more(table, model, kind, density);
	drop_columns(table, sort);
	indent_name(table);
}

enum task_column_id table_neighbour(const struct table *table, enum task_column_id sort, int step)
{
	int at = 0;

	while (at < table->count && table->column[at].id != sort)
		at++;
	for (at += step; at >= 0 && at < table->count; at += step)
		if (table->column[at].id != TABLE_SHARE)
			return table->column[at].id;
	return sort;
}

/* How bad a number of a process is: the culprit's own is as bad as the verdict. */
static enum level cell_level(const struct model *model, const struct task_view *view,
			     enum task_column_id id, double value)
{
	const struct verdict *verdict = &model->verdict;

	if (verdict->rule && verdict->culprit == view->task && verdict->culprit_column == id)
		return verdict->level;
	return id == COL_MAJOR && value > 0 ? LEVEL_WARN : LEVEL_OK;
}

static void draw_number(struct canvas *canvas, int row, int column, const struct table_column *c,
			const struct model *model, const struct task_view *view, bool sorted)
{
	double value = task_columns[c->id].value(view);
	enum level level = cell_level(model, view, c->id, value);
	enum style ok = sorted || c->id == COL_CPU ? STYLE_BRIGHT : STYLE_TEXT;
	enum style style = isnan(value) ? STYLE_DIM : level_style(level, ok);
	char text[TEXT_CAP];

	canvas_text_right(canvas, row, column, c->width, style,
			  cell_text(text, sizeof(text), c->id, c->width, value,
				    model->settings.units, canvas->slow_link));
}

static bool is_blank(const struct canvas *canvas, int row, int column)
{
	if (row < 0 || row >= canvas->rows || column < 0 || column >= canvas->columns)
		return false;
	return canvas->cell[row * canvas->columns + column].ch == ' ';
}

/* The mark of a number stands behind it, in the gap; of "!!" the second where nothing else does. */
static void draw_mark(struct canvas *canvas, int row, int column, enum level level)
{
	enum style style = level_style(level, STYLE_TEXT);

	if (level == LEVEL_OK)
		return;
	canvas_put(canvas, row, column, '!', style);
	if (level == LEVEL_CRIT && is_blank(canvas, row, column + 1))
		canvas_put(canvas, row, column + 1, '!', style);
}

static void draw_share(struct canvas *canvas, int row, int column, int width,
		       const struct model *model, const struct task_view *view)
{
	double all = model->value[M_FAULTS_MAJOR_PER_S], own = (double)view->major_per_s;
	enum level level = cell_level(model, view, COL_MAJOR, own);

	/* An empty share is no bar at all. The mark of the number before it has its own column. */
	if (all > 0 && own > 0)
		draw_bar(canvas, row, column + 1, width - 1, own / all,
			 level_style(level, STYLE_GOOD));
}

#define DEPTH_COLUMNS 2 /* that a child stands to the right of its parent */

/* "  ▾ " before a name that has processes below it. Returns the columns taken. */
static int draw_branch(struct canvas *canvas, int row, int column, int width,
		       const struct table_row *process)
{
	/* Half of the columns stay for the name, however deep. */
	int most = width / 2 / DEPTH_COLUMNS, depth = (int)process->depth;
	int at = DEPTH_COLUMNS * (depth < most ? depth : most);
	uint32_t mark = process->folded ? 0x25b8 : 0x25be; /* ▸ ▾ */

	if (!process->tree || width < 2)
		return 0;
	if (canvas->ascii)
		mark = process->folded ? '+' : '-';
	if (process->below)
		canvas_put(canvas, row, column + at, mark, STYLE_DIM);
	return at + 2;
}

static void draw_command(struct canvas *canvas, int row, int column, int width,
			 const struct table_row *process)
{
	const struct task_view *view = process->view;
	const struct task *task = view->task;
	enum style style = task->flags & TASK_KTHREAD ? STYLE_DIM : STYLE_TEXT;
	int taken = draw_branch(canvas, row, column, width, process);
	char below[16];

	if (view->is_new)
		canvas_put(canvas, row, column - 1, '+', STYLE_GOOD);
	taken += canvas_text(canvas, row, column + taken, width - taken, style,
			     process->name ? process->name : task->comm);
	if (process->folded) {
		snprintf(below, sizeof(below), " +%u", process->below);
		taken += canvas_text(canvas, row, column + taken, width - taken, STYLE_DIM, below);
	}
	/* The whole word or none: the state says it too. */
	if (task->flags & TASK_EXITED && taken + (int)strlen(EXITED) <= width)
		canvas_text(canvas, row, column + taken, width - taken, STYLE_DIM, EXITED);
}

static void draw_name(struct canvas *canvas, int row, int column, int width,
		      const struct table_column *c, const struct model *model,
		      const struct table_row *process)
{
	const struct task_view *view = process->view;
	char state[2] = { view->task->state ? view->task->state : '?', '\0' };
	char name[USER_NAME_MAX];

	if (c->id == COL_STATE)
		canvas_text(canvas, row, column, width,
			    state[0] == 'D' || state[0] == 'Z' ? STYLE_WARN : STYLE_TEXT, state);
	else if (c->id == COL_USER)
		canvas_text(canvas, row, column, width, STYLE_TEXT,
			    users_name(model->current->users, view->task->uid, name));
	else
		draw_command(canvas, row, column, width, process);
}

/* When all else is there, for a mark may lie in the field of the number behind it. */
static void draw_marks(struct canvas *canvas, int row, int column, const struct table *table,
		       const struct model *model, const struct task_view *view)
{
	for (int i = 0; i < table->count - 1; i++) {
		const struct table_column *c = &table->column[i];

		column += c->width;
		if (c->id != TABLE_SHARE && task_columns[c->id].type != TYPE_NAME)
			draw_mark(canvas, row, column,
				  cell_level(model, view, c->id, task_columns[c->id].value(view)));
		column++;
	}
}

static void note_cell(struct numbers *numbers, int row, int column, int width, uint8_t id,
		      const struct table_row *process)
{
	const struct task *task = process->view->task;
	const struct number number = {
		.kind = NUMBER_TASK,
		.id = id,
		.of = task->pid,
		.start_ns = task->start_ns,
		.branch = process->folded,
		.thread = task->flags & TASK_THREAD,
	};

	numbers_put(numbers, row, column, width, &number);
}

void table_draw_row(struct canvas *canvas, int row, int column, const struct table *table,
		    const struct model *model, const struct table_row *process,
		    enum task_column_id sort)
{
	int first = column;

	for (int i = 0; i < table->count; i++) {
		const struct table_column *c = &table->column[i];
		int width = i == table->count - 1 ? command_columns(table) : c->width;

		if (c->id == COL_COMMAND)
			column += table->indent;
		if (c->id != TABLE_SHARE)
			note_cell(canvas->numbers, row, column, width, c->id, process);
		if (c->id == TABLE_SHARE)
			draw_share(canvas, row, column, width, model, process->view);
		else if (task_columns[c->id].type == TYPE_NAME)
			draw_name(canvas, row, column, width, c, model, process);
		else if (c->id == COL_BAR)
			time_bar_draw(canvas, row, column, width, process->view);
		else
			draw_number(canvas, row, column, c, model, process->view, c->id == sort);
		column += width + 1;
	}
	draw_marks(canvas, row, first, table, model, process->view);
}
