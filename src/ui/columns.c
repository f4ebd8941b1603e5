#include "ui/columns.h"

#include <stdio.h>
#include <string.h>

#include "ui/draw.h"
#include "ui/hits.h"
#include "ui/pane_top.h"
#include "ui/screen.h"
#include "ui/say.h"

#define ROWS COLUMNS_TO_CHOOSE
#define BOX_COLUMNS 76
#define LEAST_ASIDE 6 /* columns beside the box, or none */
#define LEAST_COLUMNS 12 /* fewer, and no name of a column fits */

static struct column_choice *choice_of(struct view *view)
{
	return &view->columns[view->zoom - PANE_TOP];
}

static void add(struct column_list *list, int *count, uint8_t id, bool on)
{
	if (id >= COLUMN_COUNT || id == COL_COMMAND)
		return;
	for (int i = 0; i < *count; i++)
		if (list->id[i] == id)
			return;
	list->id[*count] = id;
	list->on[(*count)++] = on;
}

/* Those that show in their order, then the others. */
static void fill(struct view *view, const struct model *model, int screen_columns)
{
	struct rect whole = { 0, 0, 0, screen_columns };
	struct table table;
	int count = 0;

	pane_top_choose(&table, view, model, (enum top_kind)(view->zoom - PANE_TOP), whole,
			screen_columns);
	if (choice_of(view)->count) {
		for (int i = 0; i < choice_of(view)->count; i++)
			add(&view->column_list, &count, choice_of(view)->id[i], true);
	} else {
		for (int i = 0; i < table.count; i++)
			add(&view->column_list, &count, table.column[i].id, true);
	}
	for (uint8_t id = 0; id < COLUMN_COUNT; id++)
		add(&view->column_list, &count, id, false);
}

void columns_open(struct view *view, const struct model *model, int screen_columns)
{
	fill(view, model, screen_columns);
	view->choice = 0;
	view->mode = MODE_COLUMNS;
}

static void apply(struct view *view)
{
	struct column_choice *choice = choice_of(view);

	choice->count = 0;
	for (int i = 0; i < ROWS; i++)
		if (view->column_list.on[i])
			choice->id[choice->count++] = view->column_list.id[i];
}

static bool toggle(struct view *view)
{
	struct column_list *list = &view->column_list;

	if (list->id[view->choice] == COL_PID)
		return say(view, "the process id is always there");
	list->on[view->choice] = !list->on[view->choice];
	apply(view);
	return true;
}

/* Moves the column along, and the cursor with it. */
static bool move(struct view *view, int step)
{
	struct column_list *list = &view->column_list;
	int from = view->choice, to = from + step;
	uint8_t id = list->id[from];
	bool on = list->on[from];

	if (to < 0 || to >= ROWS)
		return false;
	list->id[from] = list->id[to];
	list->on[from] = list->on[to];
	list->id[to] = id;
	list->on[to] = on;
	view->choice = to;
	apply(view);
	return true;
}

bool columns_key(struct view *view, const struct model *model, int screen_columns, int key)
{
	switch (key) {
	case SCREEN_KEY_UP:
		view->choice = (view->choice + ROWS - 1) % ROWS;
		return true;
	case SCREEN_KEY_DOWN:
		view->choice = (view->choice + 1) % ROWS;
		return true;
	case SCREEN_KEY_LEFT:
	case '<':
		return move(view, -1);
	case SCREEN_KEY_RIGHT:
	case '>':
		return move(view, 1);
	case ' ':
		return toggle(view);
	case 'a':
		choice_of(view)->count = 0;
		fill(view, model, screen_columns);
		return true;
	case SCREEN_KEY_ENTER:
	case SCREEN_KEY_ESCAPE:
	case 'q':
		view->mode = MODE_PANES;
		return true;
	default:
		return false;
	}
}

static void draw_row(struct canvas *canvas, struct rect line, const struct view *view, int i)
{
	const struct column_list *list = &view->column_list;
	const struct task_column *column = &task_columns[list->id[i]];
	char text[160];

	snprintf(text, sizeof(text), "[%c] %-8s", list->on[i] ? 'x' : ' ', column->heading);
	canvas_text(canvas, line.row, line.column + 1, line.columns - 1,
		    list->on[i] ? STYLE_BRIGHT : STYLE_DIM, text);
	canvas_text(canvas, line.row, line.column + 15, line.columns - 15, STYLE_TEXT,
		    column->help);
	if (i == view->choice)
		canvas_select(canvas, line.row, line.column, line.columns);
	hits_add(canvas->hits, HIT_CHOICE, line, (uint32_t)i);
}

void columns_draw(struct canvas *canvas, struct rect area, const struct view *view)
{
	/* Over the whole width rather than with a sliver of the table on either side. */
	int columns = area.columns < BOX_COLUMNS + 2 * LEAST_ASIDE ? area.columns : BOX_COLUMNS;
	int rows = area.rows < ROWS + 3 ? area.rows : ROWS + 3;
	/* Below the headings, so that one sees what comes of it; over them where rows are few. */
	int row = area.rows - rows;
	struct rect box = { area.row + row, area.column + (area.columns - columns) / 2, rows,
			    columns };
	int shown = rows - 3, first;
	char note[48];

	canvas_fill(canvas, box, ' ', STYLE_TEXT);
	if (shown < 1 || columns < LEAST_COLUMNS) {
		draw_too_small(canvas, box);
		return;
	}
	draw_frame(canvas, box, "COLUMNS", true);
	canvas_text(canvas, box.row + 1, box.column + 2, box.columns - 4, STYLE_DIM,
		    "Space shows or hides, < > move, a lets the width decide, Esc leaves");
	first = view->choice >= shown ? view->choice - shown + 1 : 0;
	if (shown < ROWS) {
		snprintf(note, sizeof(note), "%d-%d of %d", first + 1, first + shown, ROWS);
		draw_frame_note(canvas, box, STYLE_DIM, note);
	}
	for (int i = 0; i < shown && first + i < ROWS; i++)
		draw_row(canvas,
			 (struct rect){ box.row + 2 + i, box.column + 1, 1, box.columns - 2 }, view,
			 first + i);
}
