#include "ui/inspect.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "ui/draw.h"
#include "ui/hits.h"
#include "ui/inspection.h"
#include "ui/pane.h"
#include "ui/rows.h"
#include "ui/say.h"
#include "ui/screen.h"

#define BOX_ROWS 11
#define BOX_COLUMNS 100
#define LABEL_COLUMNS 11
#define LEAST_COLUMNS 20 /* fewer, and only labels fit */

void inspect_open(struct view *view)
{
	view->mode = MODE_INSPECT;
	view->inspected = (struct number){ .kind = NUMBER_KINDS };
}

/* At the edge of a zoomed list it scrolls, and the number that comes there is taken. */
static bool go_beyond(struct view *view, int rows)
{
	struct number *at = &view->inspected;
	int scroll = view->scroll + rows;

	if (view->zoom == PANE_NONE || !rows || scroll < 0 || at->kind != NUMBER_TASK)
		return false;
	view->scroll = scroll;
	at->of = 0;
	return true;
}

static bool go(struct view *view, int rows, int columns)
{
	int from = numbers_find(&view->numbers, &view->inspected), to;
	const struct number *next;

	if (from < 0)
		return false;
	to = numbers_next(&view->numbers, from, rows, columns);
	next = &view->numbers.place[to];
	/* Not from the rows of a list to what stands above it, while the list goes on there. */
	if (rows && (to == from || (rows < 0 && view->scroll > 0 && next->kind != NUMBER_TASK)) &&
	    go_beyond(view, rows))
		return true;
	view->inspected = *next;
	return true;
}

bool inspect_key(struct view *view, int key)
{
	switch (key) {
	case SCREEN_KEY_UP:
		return go(view, -1, 0);
	case SCREEN_KEY_DOWN:
		return go(view, 1, 0);
	case SCREEN_KEY_LEFT:
		return go(view, 0, -1);
	case SCREEN_KEY_RIGHT:
		return go(view, 0, 1);
	case SCREEN_KEY_ESCAPE:
	case SCREEN_KEY_ENTER:
		view->mode = MODE_PANES;
		return true;
	default:
		return false;
	}
}

/* A box that is written line by line. */
struct page {
	struct canvas *canvas;
	struct rect area;
	int spare; /* rows that no line needs for itself */
};

/* Where a text that is too long for its row goes on in the next; 0: nowhere, or it fits. */
static size_t break_at(const struct page *page, const char *text, int columns)
{
	size_t at = columns > 0 ? (size_t)columns : 0;

	if (page->spare < 1 || strlen(text) <= at)
		return 0;
	while (at > 0 && text[at] != ' ')
		at--;
	return at;
}

__attribute__((format(printf, 4, 5))) static void line(struct page *page, const char *label,
						       enum style style, const char *format, ...)
{
	struct rect row = pane_take(&page->area, 1);
	char text[200];
	va_list args;
	size_t rest;

	if (row.rows < 1)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	canvas_text(page->canvas, row.row, row.column, row.columns, STYLE_DIM, label);
	rest = break_at(page, text, row.columns - LABEL_COLUMNS);
	if (rest)
		text[rest] = '\0';
	canvas_text(page->canvas, row.row, row.column + LABEL_COLUMNS, row.columns - LABEL_COLUMNS,
		    style, text);
	if (!rest)
		return;
	page->spare--;
	row = pane_take(&page->area, 1);
	canvas_text(page->canvas, row.row, row.column + LABEL_COLUMNS, row.columns - LABEL_COLUMNS,
		    style, text + rest + 1);
}

static int compare_floats(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

static char *past_text(char *dst, size_t cap, const struct inspection *said, enum byte_units units,
		       double value)
{
	return said->bytes ? text_bytes_in(dst, cap, value, units) : text_count(dst, cap, value);
}

static void put_history(struct page *page, struct inspection *said, enum byte_units units)
{
	char min[32], mean[32], high[32], max[32];
	float *value = said->series;
	size_t count = said->count, rank;
	double sum = 0;

	if (!count) {
		line(page, "history", STYLE_TEXT, "%s", said->no_history);
		return;
	}
	for (size_t i = 0; i < count; i++)
		sum += (double)value[i];
	sort_in_place(value, count, sizeof(*value), compare_floats);
	/* Nearest rank. */
	rank = (count * 95 + 99) / 100;
	line(page, "history", STYLE_TEXT, "min %s  mean %s  95th pct %s  max %s  of %zu samples",
	     past_text(min, sizeof(min), said, units, (double)value[0]),
	     past_text(mean, sizeof(mean), said, units, sum / (double)count),
	     past_text(high, sizeof(high), said, units, (double)value[rank - 1]),
	     past_text(max, sizeof(max), said, units, (double)value[count - 1]), count);
}

#define LINES 7 /* of an inspection, without the interval */

static void put_all(struct page *page, struct inspection *said, enum byte_units units)
{
	page->spare = page->area.rows - LINES - !isnan(said->seconds);
	line(page, "value", said->style, "%s", said->value);
	line(page, "", STYLE_TEXT, "%s", said->help);
	line(page, "source", STYLE_BRIGHT, "%s", said->source);
	line(page, "formula", STYLE_TEXT, "%s", said->formula);
	line(page, "raw", STYLE_TEXT, "%s", said->raw);
	if (!isnan(said->seconds))
		line(page, "interval", STYLE_TEXT, "%.3f s", said->seconds);
	line(page, "alerts", STYLE_TEXT, "%s", said->alerts);
	put_history(page, said, units);
}

static bool is_selected(const struct view *view, const struct number *number)
{
	return view->selected_pid && number->kind == NUMBER_TASK &&
	       number->of == view->selected_pid && number->start_ns == view->selected_start_ns &&
	       (number->thread == view->selected_thread || !view->listing.tree);
}

/* Of the row of a process: the number that the table is sorted by, where it shows. */
static int sorted_number(const struct view *view, const struct model *model, int first)
{
	const struct number *from = &view->numbers.place[first];
	enum pane_id table = rows_table(view);

	if (from->kind != NUMBER_TASK || table == PANE_NONE)
		return first;
	for (int i = first; i < view->numbers.count; i++) {
		const struct number *place = &view->numbers.place[i];

		if (place->kind != NUMBER_TASK || place->row != from->row || place->of != from->of)
			break;
		if (place->id == model->top_order[table - PANE_TOP].sort)
			return i;
	}
	return first;
}

/* The first number of the selected row, or of the pane in focus, or of the screen. */
static int first_number(const struct view *view, const struct model *model, struct rect pane)
{
	int first = -1;

	for (int i = 0; i < view->numbers.count; i++) {
		const struct number *place = &view->numbers.place[i];

		if (place->row < pane.row || place->row >= pane.row + pane.rows ||
		    place->column < pane.column || place->column >= pane.column + pane.columns)
			continue;
		if (is_selected(view, place))
			return sorted_number(view, model, i);
		if (first < 0)
			first = i;
	}
	if (first >= 0)
		return sorted_number(view, model, first);
	return view->numbers.count ? 0 : -1;
}

/* In the half of the area where the number is not. */
static struct rect box_of(struct rect area, int number_row)
{
	int rows = area.rows < BOX_ROWS ? area.rows : BOX_ROWS;
	int columns = area.columns < BOX_COLUMNS ? area.columns : BOX_COLUMNS;
	bool below = number_row < area.row + area.rows / 2;

	return (struct rect){ below ? area.row + area.rows - rows : area.row,
			      area.column + (area.columns - columns) / 2, rows, columns };
}

void inspect_draw(struct canvas *canvas, struct rect area, struct view *view,
		  const struct model *model, const struct frame *frame)
{
	struct number *at = &view->inspected;
	const struct inspected what = { at, model, frame, view };
	struct page page = { .canvas = canvas };
	struct inspection said;
	char note[32 + KEY_NAME_MAX];
	struct rect box;
	int found = at->kind == NUMBER_KINDS ? first_number(view, model, view->inspect_pane)
					     : numbers_find(&view->numbers, at);

	if (found < 0)
		found = first_number(view, model, area);
	box = box_of(area, found < 0 ? area.row : view->numbers.place[found].row);
	if (found >= 0) {
		*at = view->numbers.place[found];
		canvas_select(canvas, at->row, at->column, at->columns);
	}
	canvas_fill(canvas, box, ' ', STYLE_TEXT);
	hits_add(canvas->hits, HIT_COVER, box, 0);
	if (box.rows < 3 || box.columns < LEAST_COLUMNS) {
		draw_too_small(canvas, box);
		return;
	}
	page.area = (struct rect){ box.row + 1, box.column + 2, box.rows - 2, box.columns - 4 };
	if (found < 0) {
		draw_frame(canvas, box, "INSPECT", true);
		line(&page, "", STYLE_TEXT, "no number shows here");
		return;
	}
	inspection_fill(&said, &what);
	draw_frame(canvas, box, said.title, true);
	draw_frame_note(canvas, box, STYLE_DIM,
			say_text(note, sizeof(note), &view->keys, "arrows move, {inspect} leaves"));
	put_all(&page, &said, model->settings.units);
}
