/*
 * ui/canvas: the screen as a grid of cells that panes draw on. It knows no ncurses, so drawing is a
 * pure function of model and view; ui/screen hands what changed to ncurses.
 *
 * Every call clips to the canvas: drawing outside of it is allowed and does nothing. Columns are
 * terminal columns; a wide character takes two cells, the second with ch CELL_WIDE. Overwriting one
 * half blanks the other; half a wide character at an edge is a blank. Controls and zero-width
 * characters are left out. With ascii, each column of anything else becomes '?'.
 *
 * The caller owns the struct (all zero at first), the canvas its cells.
 */
#ifndef STALLTOP_UI_CANVAS_H
#define STALLTOP_UI_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/numbers.h"

struct hits;

/* Meanings, not colours; ui/theme gives each its look. */
enum style {
	STYLE_TEXT, /* values in tables */
	STYLE_DIM, /* labels */
	STYLE_BRIGHT, /* values that matter */
	STYLE_HEADING, /* column headings */
	STYLE_SORT, /* heading of the sort column: accent, underlined */
	STYLE_TITLE, /* pane titles: accent */
	STYLE_BORDER,
	STYLE_FOCUS, /* border of the pane in focus: accent */
	STYLE_GOOD, /* green: bars and graphs within bounds */
	STYLE_WARN, /* yellow */
	STYLE_CRIT, /* red */
	STYLE_CACHE, /* blue: memory that can be taken back */
	STYLE_TRACK, /* the empty part of a bar */
	STYLE_BADGE, /* the program's name: dark on accent */
	STYLE_BANNER_OK, /* verdict line */
	STYLE_BANNER_WARN,
	STYLE_BANNER_CRIT,
	STYLE_KEY, /* key caps of the key bar */
	STYLE_KEY_LABEL,
	STYLE_COUNT,
};

#define CELL_WIDE 1u /* ch: the right half of a wide character */
#define CELL_SELECTED 0x80 /* flag of style: on the selected row */

struct cell {
	uint32_t ch; /* Unicode; ' ' is blank */
	uint8_t style;
};

struct canvas {
	struct cell *cell; /* rows * columns */
	int rows, columns;
	int cap; /* cells allocated */
	struct numbers *numbers; /* where panes note what they draw; NULL: nobody asks. Not owned */
	struct hits *hits; /* where panes note what a click finds; NULL: nobody asks. Not owned */
	bool ascii; /* only ASCII may be drawn: non-ASCII text becomes '?' */
	bool console; /* a console's font: what it lacks becomes the nearest that it has */
	bool slow_link; /* graphs sweep in place; see ui/graph */
};

struct rect {
	int row, column, rows, columns;
};

int canvas_resize(struct canvas *canvas, int rows, int columns); /* 0 or -ENOMEM; clears */
void canvas_release(struct canvas *canvas);
void canvas_clear(struct canvas *canvas);

void canvas_put(struct canvas *canvas, int row, int column, uint32_t ch, enum style style);

/*
 * Draws UTF-8 text in at most `columns` columns, cut at a whole character. Returns the columns taken,
 * those outside of the canvas included.
 */
int canvas_text(struct canvas *canvas, int row, int column, int columns, enum style style,
		const char *text);
/* The same, ended at the right edge of the field; a text that is too long shows its beginning. */
void canvas_text_right(struct canvas *canvas, int row, int column, int columns, enum style style,
		       const char *text);

/* The columns that the whole text takes. */
int canvas_text_columns(const struct canvas *canvas, const char *text);

/* Marks the cells of a row as selected, whatever is drawn there; drawing again takes the mark off. */
void canvas_select(struct canvas *canvas, int row, int column, int columns);
void canvas_fill(struct canvas *canvas, struct rect area, uint32_t ch, enum style style);

#endif
