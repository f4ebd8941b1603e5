#include "ui/draw.h"

#include <string.h>

struct glyphs {
	uint32_t top_left, top_right, bottom_left, bottom_right, across, down;
	uint32_t bar, track;
};

static const struct glyphs unicode_glyphs = {
	.top_left = 0x256d, /* ╭ */
	.top_right = 0x256e, /* ╮ */
	.bottom_left = 0x2570, /* ╰ */
	.bottom_right = 0x256f, /* ╯ */
	.across = 0x2500, /* ─ */
	.down = 0x2502, /* │ */
	.bar = 0x2501, /* ━ */
	.track = 0x2500, /* ─ */
};

static const struct glyphs ascii_glyphs = { '+', '+', '+', '+', '-', '|', '#', '-' };

static const struct glyphs *glyphs_of(const struct canvas *canvas)
{
	return canvas->ascii ? &ascii_glyphs : &unicode_glyphs;
}

/* One horizontal edge with its corners. */
static void draw_edge(struct canvas *canvas, struct rect area, int row, uint32_t left,
		      uint32_t right, enum style style)
{
	struct rect between = { row, area.column + 1, 1, area.columns - 2 };

	canvas_put(canvas, row, area.column, left, style);
	canvas_fill(canvas, between, glyphs_of(canvas)->across, style);
	canvas_put(canvas, row, area.column + area.columns - 1, right, style);
}

void draw_frame(struct canvas *canvas, struct rect area, const char *title, bool focus)
{
	const struct glyphs *glyphs = glyphs_of(canvas);
	enum style style = focus ? STYLE_FOCUS : STYLE_BORDER;
	int right = area.column + area.columns - 1, bottom = area.row + area.rows - 1;
	int room = area.columns - 6, taken;

	if (area.columns < 2 || area.rows < 1)
		return;
	draw_edge(canvas, area, area.row, glyphs->top_left, glyphs->top_right, style);
	if (area.rows > 1)
		draw_edge(canvas, area, bottom, glyphs->bottom_left, glyphs->bottom_right, style);
	for (int row = area.row + 1; row < bottom; row++) {
		canvas_put(canvas, row, area.column, glyphs->down, style);
		canvas_put(canvas, row, right, glyphs->down, style);
	}
	if (!title || !*title || room < 1)
		return;
	taken = canvas_text(canvas, area.row, area.column + 3, room, STYLE_TITLE, title);
	canvas_put(canvas, area.row, area.column + 2, ' ', style);
	canvas_put(canvas, area.row, area.column + 3 + taken, ' ', style);
}

/* Whether these columns of a top edge are still bare, or lie outside of the canvas. */
static bool edge_is_bare(const struct canvas *canvas, int row, int column, int columns)
{
	uint32_t across = glyphs_of(canvas)->across;

	if (row < 0 || row >= canvas->rows)
		return false;
	for (int at = column; at < column + columns; at++) {
		bool inside = at >= 0 && at < canvas->columns;

		if (inside && canvas->cell[row * canvas->columns + at].ch != across)
			return false;
	}
	return true;
}

int draw_frame_note(struct canvas *canvas, struct rect area, enum style style, const char *text)
{
	int taken = canvas_text_columns(canvas, text);
	int column = area.column + area.columns - 3 - taken;

	if (taken == 0 || area.rows < 1 || column < area.column + 2)
		return -1;
	if (!edge_is_bare(canvas, area.row, column - 1, taken + 2))
		return -1;
	canvas_put(canvas, area.row, column - 1, ' ', style);
	canvas_text(canvas, area.row, column, taken, style, text);
	canvas_put(canvas, area.row, column + taken, ' ', style);
	return column;
}

void draw_frame_number(struct canvas *canvas, struct rect area, enum style style, const char *text,
		       unsigned metric)
{
	int column = draw_frame_note(canvas, area, style, text);

	if (column >= 0)
		numbers_add(canvas->numbers, area.row, column, canvas_text_columns(canvas, text),
			    metric);
}

void draw_bar(struct canvas *canvas, int row, int column, int columns, double share,
	      enum style style)
{
	const struct glyphs *glyphs = glyphs_of(canvas);
	int filled;

	if (columns <= 0)
		return;
	if (!(share > 0))
		share = 0;
	if (share > 1)
		share = 1;
	filled = (int)(share * columns + 0.5);
	canvas_fill(canvas, (struct rect){ row, column, 1, filled }, glyphs->bar, style);
	canvas_fill(canvas, (struct rect){ row, column + filled, 1, columns - filled },
		    glyphs->track, STYLE_TRACK);
}

void draw_too_small(struct canvas *canvas, struct rect area)
{
	static const char *const hints[] = { "a larger screen is needed", "enlarge me", "small" };
	size_t i = 0;

	if (area.rows < 1 || area.columns < 1)
		return;
	canvas_fill(canvas, area, ' ', STYLE_TEXT);
	while (i < 2 && (int)strlen(hints[i]) > area.columns)
		i++;
	canvas_text(canvas, area.row, area.column, area.columns, STYLE_WARN, hints[i]);
}

int draw_pair(struct canvas *canvas, int row, int column, int end, const char *label,
	      enum style style, const char *value)
{
	int gap = *label && *value;
	int columns = canvas_text_columns(canvas, label) + gap + canvas_text_columns(canvas, value);

	if (columns > end - column)
		return column;
	column += canvas_text(canvas, row, column, columns, STYLE_DIM, label) + gap;
	return column + canvas_text(canvas, row, column, columns, style, value);
}

enum style level_style(enum level level, enum style ok)
{
	return level == LEVEL_CRIT ? STYLE_CRIT : level == LEVEL_WARN ? STYLE_WARN : ok;
}

const char *level_mark(enum level level)
{
	return level == LEVEL_CRIT ? "!!" : level == LEVEL_WARN ? "!" : "";
}
