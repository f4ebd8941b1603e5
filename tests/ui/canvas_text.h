/*
 * Test support: a canvas as text, so that a test can say literally what it wants to see.
 *
 * Sources: ui/canvas.h.
 */
#ifndef TESTS_UI_CANVAS_TEXT_H
#define TESTS_UI_CANVAS_TEXT_H

#include "ui/canvas.h"

/* A row as UTF-8, whole width; valid until the next 7 calls of the two. "" outside of the canvas. */
const char *canvas_row_text(const struct canvas *canvas, int row);

/*
 * A character for the style of each cell of a row: one of "tdbhsT-=gwca_BoWCkl" in the order of enum
 * style, and '*' for a selected cell.
 */
const char *canvas_row_styles(const struct canvas *canvas, int row);

#endif
