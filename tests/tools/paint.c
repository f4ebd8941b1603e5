#include "paint.h"
#include "paint_font.h"
#include "paint_shape.h"

#include <stdio.h>

#define BAR 56 /* the window's title bar */
#define MARGIN 24 /* around the cells */
#define CORNER 20 /* radius */
#define BUTTON 11 /* radius */
#define BUTTONS_END 140
#define UNDERLINE 2 /* thickness */
#define UNDERLINE_AT 4 /* below the baseline */

static const struct paint_rgb paper = { 0x16, 0x18, 0x1f };
static const struct paint_rgb ink = { 0xd7, 0xda, 0xe0 };
static const struct paint_rgb bar = { 0x26, 0x2a, 0x35 };
static const struct paint_rgb title_ink = { 0x9a, 0xa0, 0xad };
static const struct paint_rgb buttons[] = {
	{ 0xff, 0x5f, 0x57 },
	{ 0xfe, 0xbc, 0x2e },
	{ 0x28, 0xc8, 0x40 },
};

/* Colours 0 to 15; black is the paper, so that programs which paint it leave no patches. */
static const struct paint_rgb base[16] = {
	{ 0x16, 0x18, 0x1f }, { 0xf2, 0x54, 0x5b }, { 0x7c, 0xcf, 0x7c }, { 0xe6, 0xc0, 0x55 },
	{ 0x5c, 0x9c, 0xf5 }, { 0xc5, 0x86, 0xe8 }, { 0x56, 0xc8, 0xd8 }, { 0xc8, 0xcc, 0xd4 },
	{ 0x6b, 0x72, 0x80 }, { 0xff, 0x7b, 0x7b }, { 0x9c, 0xe8, 0x9c }, { 0xff, 0xdf, 0x80 },
	{ 0x82, 0xb8, 0xff }, { 0xdd, 0xa6, 0xff }, { 0x87, 0xe4, 0xf2 }, { 0xf4, 0xf6, 0xfa },
};

struct painter {
	struct term *t;
	cairo_t *cr;
	struct paint_fonts fonts;
	uint32_t missing; /* the first character without a glyph, 0 if none */
};

static struct paint_rgb resolve(struct term_color color, struct paint_rgb otherwise)
{
	if (color.is_default)
		return otherwise;
	if (color.index >= 0 && color.index < 16)
		return base[color.index];
	return (struct paint_rgb){ color.red, color.green, color.blue };
}

static void cell_colors(const struct term_cell *cell, bool cursor, struct paint_rgb *fg,
			struct paint_rgb *bg)
{
	*fg = resolve(cell->fg, ink);
	*bg = resolve(cell->bg, paper);
	if (cell->reverse != cursor) {
		struct paint_rgb swap = *fg;

		*fg = *bg;
		*bg = swap;
	}
}

static void fill(cairo_t *cr, double x, double y, double w, double h, struct paint_rgb rgb)
{
	paint_source(cr, rgb);
	cairo_rectangle(cr, x, y, w, h);
	cairo_fill(cr);
}

/* The window: everything drawn later stays inside its round corners. */
static void draw_frame(struct painter *p, const char *title, int width, int height)
{
	const double quarter = 3.14159265358979 / 2;
	cairo_t *cr = p->cr;

	cairo_arc(cr, CORNER, CORNER, CORNER, 2 * quarter, 3 * quarter);
	cairo_arc(cr, width - CORNER, CORNER, CORNER, 3 * quarter, 4 * quarter);
	cairo_arc(cr, width - CORNER, height - CORNER, CORNER, 0, quarter);
	cairo_arc(cr, CORNER, height - CORNER, CORNER, quarter, 2 * quarter);
	cairo_close_path(cr);
	cairo_clip(cr);
	fill(cr, 0, 0, width, height, paper);
	fill(cr, 0, 0, width, BAR, bar);
	for (int i = 0; i < 3; i++) {
		paint_source(cr, buttons[i]);
		cairo_arc(cr, 34 + 38 * i, BAR / 2, BUTTON, 0, 4 * quarter);
		cairo_fill(cr);
	}
	/* Below that width the buttons leave no room. */
	if (width <= 2 * BUTTONS_END)
		return;
	paint_source(cr, title_ink);
	p->missing = paint_line(&p->fonts, cr, title, BUTTONS_END, width - BUTTONS_END,
				(BAR - PAINT_CELL_HEIGHT) / 2);
}

static bool is_blank(const struct term_cell *cell)
{
	return !cell->chars[0] || (cell->chars[0] == ' ' && !cell->chars[1]);
}

static void draw_cell(struct painter *p, const struct term_cell *cell, bool cursor, int x, int y)
{
	int width = cell->width * PAINT_CELL_WIDTH;
	struct paint_rgb fg, bg;
	uint32_t missing = 0;

	cell_colors(cell, cursor, &fg, &bg);
	if (!is_blank(cell) &&
	    (cell->chars[1] || !paint_shape(p->cr, cell->chars[0], x, y, fg, bg))) {
		paint_source(p->cr, fg);
		missing = paint_glyph(&p->fonts, p->cr, cell, x, y);
	}
	if (!p->missing)
		p->missing = missing;
	if (cell->underline)
		fill(p->cr, x, y + p->fonts.baseline + UNDERLINE_AT, width, UNDERLINE, fg);
	if (cell->strike)
		fill(p->cr, x, y + PAINT_CELL_HEIGHT / 2, width, UNDERLINE, fg);
}

/* Backgrounds first: a glyph may reach a little into its neighbour. */
static void draw_cells(struct painter *p, bool with_cursor)
{
	int cursor_row = -1, cursor_col = -1;

	if (with_cursor && term_cursor_visible(p->t))
		term_cursor(p->t, &cursor_row, &cursor_col);
	for (int pass = 0; pass < 2; pass++) {
		for (int row = 0; row < term_rows(p->t); row++) {
			for (int col = 0; col < term_cols(p->t); col++) {
				struct term_cell cell = term_cell(p->t, row, col);
				bool cursor = row == cursor_row && col == cursor_col;
				int x = MARGIN + col * PAINT_CELL_WIDTH;
				int y = BAR + MARGIN + row * PAINT_CELL_HEIGHT;
				struct paint_rgb fg, bg;

				if (cell.width == 0)
					continue;
				cell_colors(&cell, cursor, &fg, &bg);
				if (pass == 0)
					fill(p->cr, x, y, cell.width * PAINT_CELL_WIDTH,
					     PAINT_CELL_HEIGHT, bg);
				else
					draw_cell(p, &cell, cursor, x, y);
			}
		}
	}
}

static int write_png(struct painter *p, const char *path, char *error, size_t size)
{
	cairo_status_t status = cairo_status(p->cr);

	if (p->missing) {
		snprintf(error, size, "no font has a glyph for U+%04X", (unsigned int)p->missing);
		return -1;
	}
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_write_to_png(cairo_get_target(p->cr), path);
	if (status != CAIRO_STATUS_SUCCESS) {
		snprintf(error, size, "%s: %s", path, cairo_status_to_string(status));
		return -1;
	}
	return 0;
}

int paint_png(struct term *t, const struct paint_options *options, const char *path, char *error,
	      size_t size)
{
	int width = 2 * MARGIN + term_cols(t) * PAINT_CELL_WIDTH;
	int height = BAR + 2 * MARGIN + term_rows(t) * PAINT_CELL_HEIGHT;
	struct painter p = { .t = t };
	cairo_surface_t *surface;
	int result = paint_fonts_open(&p.fonts, error, size);

	if (result == 0) {
		surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
		p.cr = cairo_create(surface);
		cairo_surface_destroy(surface);
		draw_frame(&p, options->title, width, height);
		draw_cells(&p, options->cursor);
		result = write_png(&p, path, error, size);
		cairo_destroy(p.cr);
	}
	paint_fonts_close(&p.fonts);
	return result;
}
