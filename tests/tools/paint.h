/*
 * Test tools: a picture of a terminal's screen, drawn as a window with cairo and pango.
 *
 * The same cells, fonts and libraries give the same bytes. Lengths are device pixels; a cell is
 * PAINT_CELL_WIDTH by PAINT_CELL_HEIGHT, meant to be shown at half that size.
 * Text is in JetBrains Mono, or in WenQuanYi Micro Hei where that has no glyph; lines, blocks,
 * braille and arrows are drawn as shapes (paint_shape.h). A character that neither font has is an
 * error, as a picture with an empty box in it must not go unseen.
 */
#ifndef TESTS_TOOLS_PAINT_H
#define TESTS_TOOLS_PAINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/term.h"

#define PAINT_CELL_WIDTH 14
#define PAINT_CELL_HEIGHT 32

struct paint_rgb {
	uint8_t red, green, blue;
};

struct paint_options {
	const char *title; /* in the window's bar */
	bool cursor; /* drawn as a block where the terminal has it visible */
};

/* Writes a PNG. 0, or a negative number and why in error. */
int paint_png(struct term *, const struct paint_options *, const char *path, char *error,
	      size_t size);

#endif
