/*
 * Test tools: characters drawn as shapes, so that cells join without a seam and no font needs them:
 * box drawing (U+2500-257F), block elements (U+2580-259F), braille (U+2800-28FF), triangles, the
 * return symbol and the open box for a space.
 *
 * Source: the Unicode names, which tell each arm's direction and weight.
 */
#ifndef TESTS_TOOLS_PAINT_SHAPE_H
#define TESTS_TOOLS_PAINT_SHAPE_H

#include <cairo.h>

#include "paint.h"

/* False, having drawn nothing, if c is no shape. x and y: the cell's upper left corner. */
bool paint_shape(cairo_t *, uint32_t c, int x, int y, struct paint_rgb fg, struct paint_rgb bg);

void paint_source(cairo_t *, struct paint_rgb);

#endif
