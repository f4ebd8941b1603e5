#include "ui/canvas.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ui/console.h"

/* Columns that ch takes on this canvas; 0: it cannot be drawn at all. */
static int columns_of(const struct canvas *canvas, uint32_t ch)
{
	if (ch >= ' ' && ch < 0x7f)
		return 1;
	if (ch < ' ' || ch == 0x7f)
		return 0;
	/* A locale without UTF-8 knows no width but 0 for it, and the '?' still has to show. */
	if (canvas->ascii && text_columns(ch) == 0)
		return 1;
	return text_columns(ch);
}

int canvas_resize(struct canvas *canvas, int rows, int columns)
{
	if (rows < 0)
		rows = 0;
	if (columns < 0)
		columns = 0;
	if (columns > 0 && rows > INT_MAX / (int)sizeof(struct cell) / columns)
		return -ENOMEM;
	if (rows * columns > canvas->cap) {
		size_t size = (size_t)(rows * columns) * sizeof(struct cell);
		struct cell *grown = realloc(canvas->cell, size);

		if (!grown)
			return -ENOMEM;
		canvas->cell = grown;
		canvas->cap = rows * columns;
	}
	canvas->rows = rows;
	canvas->columns = columns;
	canvas_clear(canvas);
	return 0;
}

void canvas_release(struct canvas *canvas)
{
	free(canvas->cell);
	*canvas = (struct canvas){ .ascii = canvas->ascii, .console = canvas->console };
}

void canvas_clear(struct canvas *canvas)
{
	const struct cell blank = { .ch = ' ', .style = STYLE_TEXT };
	int count = canvas->rows * canvas->columns;

	for (int i = 0; i < count; i++)
		canvas->cell[i] = blank;
}

/* The cell is about to change: the other half of a wide character there becomes a blank. */
static void part(struct canvas *canvas, struct cell *cell, int column)
{
	if (cell->ch == CELL_WIDE && column > 0)
		cell[-1].ch = ' ';
	if (column + 1 < canvas->columns && cell[1].ch == CELL_WIDE)
		cell[1].ch = ' ';
}

static void put_cell(struct canvas *canvas, int row, int column, uint32_t ch, enum style style)
{
	struct cell *cell;

	if (row < 0 || row >= canvas->rows || column < 0 || column >= canvas->columns)
		return;
	cell = &canvas->cell[row * canvas->columns + column];
	part(canvas, cell, column);
	cell->ch = ch;
	cell->style = (uint8_t)style;
}

/* Half a wide character at an edge of the canvas is a blank. */
static void put_wide(struct canvas *canvas, int row, int column, uint32_t ch, enum style style)
{
	bool whole = column >= 0 && column + 1 < canvas->columns;

	put_cell(canvas, row, column, ' ', style);
	put_cell(canvas, row, column + 1, ' ', style);
	if (whole && row >= 0 && row < canvas->rows) {
		struct cell *cell = &canvas->cell[row * canvas->columns + column];

		cell[0].ch = ch;
		cell[1].ch = CELL_WIDE;
	}
}

static void put(struct canvas *canvas, int row, int column, uint32_t ch, int width,
		enum style style)
{
	bool foreign = canvas->ascii && ch >= 0x7f;

	if (canvas->console)
		ch = console_glyph(ch);

	if (width == 2 && !foreign) {
		put_wide(canvas, row, column, ch, style);
		return;
	}
	for (int i = 0; i < width; i++)
		put_cell(canvas, row, column + i, foreign ? '?' : ch, style);
}

void canvas_put(struct canvas *canvas, int row, int column, uint32_t ch, enum style style)
{
	put(canvas, row, column, ch, columns_of(canvas, ch), style);
}

int canvas_text(struct canvas *canvas, int row, int column, int columns, enum style style,
		const char *text)
{
	const char *end = text + strlen(text);
	int taken = 0;

	while (text < end) {
		uint32_t ch = text_next(&text, end);
		int width = columns_of(canvas, ch);

		if (width > columns - taken)
			break;
		put(canvas, row, column + taken, ch, width, style);
		taken += width;
	}
	return taken;
}

int canvas_text_columns(const struct canvas *canvas, const char *text)
{
	const char *end = text + strlen(text);
	int columns = 0;

	while (text < end)
		columns += columns_of(canvas, text_next(&text, end));
	return columns;
}

void canvas_text_right(struct canvas *canvas, int row, int column, int columns, enum style style,
		       const char *text)
{
	int room = columns - canvas_text_columns(canvas, text);

	if (room < 0)
		room = 0;
	canvas_text(canvas, row, column + room, columns - room, style, text);
}

/* The part of area that lies on the canvas; without any, rows or columns are 0 or less. */
static struct rect clip(const struct canvas *canvas, struct rect area)
{
	if (area.row < 0) {
		area.rows += area.row;
		area.row = 0;
	}
	if (area.column < 0) {
		area.columns += area.column;
		area.column = 0;
	}
	if (area.rows > canvas->rows - area.row)
		area.rows = canvas->rows - area.row;
	if (area.columns > canvas->columns - area.column)
		area.columns = canvas->columns - area.column;
	return area;
}

void canvas_select(struct canvas *canvas, int row, int column, int columns)
{
	struct rect area = clip(canvas, (struct rect){ row, column, 1, columns });

	if (area.rows <= 0)
		return;
	for (int i = 0; i < area.columns; i++)
		canvas->cell[row * canvas->columns + area.column + i].style |= CELL_SELECTED;
}

void canvas_fill(struct canvas *canvas, struct rect area, uint32_t ch, enum style style)
{
	int width = columns_of(canvas, ch);

	area = clip(canvas, area);
	if (width == 0)
		return;
	for (int row = area.row; row < area.row + area.rows; row++) {
		int column = area.column, end = area.column + area.columns;

		for (; column + width <= end; column += width)
			put(canvas, row, column, ch, width, style);
		for (; column < end; column++)
			put_cell(canvas, row, column, ' ', style);
	}
}
