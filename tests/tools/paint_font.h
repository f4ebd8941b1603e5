/*
 * Test tools: the fonts of a picture, and one cell's glyph from them.
 *
 * A struct paint_fonts owns its pango objects from _open to _close; _close is fine after a failed
 * _open and on a zeroed struct.
 */
#ifndef TESTS_TOOLS_PAINT_FONT_H
#define TESTS_TOOLS_PAINT_FONT_H

#include <pango/pangocairo.h>

#include "paint.h"

enum paint_face {
	PAINT_REGULAR,
	PAINT_BOLD,
	PAINT_ITALIC,
	PAINT_BOLD_ITALIC,
	PAINT_CJK,
	PAINT_FACES,
};

struct paint_fonts {
	PangoLayout *layout; /* one for all cells */
	PangoAttrList *plain; /* no ligatures, no font but the one asked for */
	PangoFontDescription *wanted[PAINT_FACES];
	PangoFont *font[PAINT_FACES];
	double baseline; /* below a cell's upper edge */
};

/* -1, and why in error: a font is not installed. */
int paint_fonts_open(struct paint_fonts *, char *error, size_t size);
void paint_fonts_close(struct paint_fonts *);

/*
 * Draws a cell's text in the current source colour. chars ends with 0. Returns 0, or the character
 * that no font has.
 */
uint32_t paint_glyph(struct paint_fonts *, cairo_t *, const struct term_cell *, int x, int y);

/* One line, centred between left and right, cut with an ellipsis if too long. Returns as above. */
uint32_t paint_line(struct paint_fonts *, cairo_t *, const char *text, int left, int right, int y);

#endif
