#include "ui/pens.h"

#define NCURSES_NOMACROS
#include <curses.h>

static enum color_depth find_depth(bool color)
{
	if (!color || !has_colors() || start_color() != OK)
		return DEPTH_MONO;
	/* Where a terminal counts millions, a number from 8 on is an RGB value, not a palette's. */
	if (COLORS > 256)
		return DEPTH_8;
	if (COLORS == 256)
		return DEPTH_256;
	return COLORS >= 16 ? DEPTH_16 : COLORS >= 8 ? DEPTH_8 : DEPTH_MONO;
}

static attr_t attrs_of(struct look look)
{
	attr_t attrs = A_NORMAL;

	if (look.attrs & LOOK_BOLD)
		attrs |= A_BOLD;
	if (look.attrs & LOOK_UNDERLINE)
		attrs |= A_UNDERLINE;
	if (look.attrs & LOOK_REVERSE)
		attrs |= A_REVERSE;
	if (look.attrs & LOOK_DIM)
		attrs |= A_DIM;
	return attrs;
}

/* Few terminals with 8 colours have more than 64 pairs, so that equal ones are shared. */
static int16_t pair_of(int16_t fg, int16_t bg, int16_t *used)
{
	short pair_fg, pair_bg;
	int16_t next = (int16_t)(*used + 1);

	if (fg == COLOR_DEFAULT && bg == COLOR_DEFAULT)
		return 0;
	for (int16_t pair = 1; pair <= *used; pair++) {
		if (pair_content(pair, &pair_fg, &pair_bg) == OK && pair_fg == fg && pair_bg == bg)
			return pair;
	}
	if (next >= COLOR_PAIRS || init_pair(next, fg, bg) != OK)
		return 0;
	*used = next;
	return next;
}

void pens_init(struct pens *pens, bool color, const struct palette *palette)
{
	bool own = true;
	int16_t used = 0;

	pens->depth = find_depth(color);
	if (pens->depth != DEPTH_MONO)
		own = use_default_colors() == OK;
	for (int i = 0; i < STYLE_COUNT * 2; i++) {
		struct pen *pen = &pens->pen[i / 2][i % 2];
		struct look look = palette_look(palette, pens->depth, (enum style)(i / 2), i % 2);

		pen->attrs = attrs_of(look);
		/* The terminal cannot go back to its own colours, so ncurses takes these for them. */
		if (!own && look.fg == COLOR_DEFAULT)
			look.fg = COLOR_WHITE;
		if (!own && look.bg == COLOR_DEFAULT)
			look.bg = COLOR_BLACK;
		pen->pair = pens->depth == DEPTH_MONO ? 0 : pair_of(look.fg, look.bg, &used);
	}
}
