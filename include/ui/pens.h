/*
 * ui/pens: each style of the theme as ncurses wants it, attributes and a colour pair, set up once.
 *
 * Uses the current screen of ncurses. Source: init_pair(3x), default_colors(3x).
 */
#ifndef STALLTOP_UI_PENS_H
#define STALLTOP_UI_PENS_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/canvas.h"
#include "ui/theme.h"

struct pen {
	uint32_t attrs; /* ncurses' A_ bits */
	int16_t pair;
};

struct pens {
	enum color_depth depth;
	struct pen pen[STYLE_COUNT][2]; /* [style][selected] */
};

/*
 * color false: attributes alone, whatever the terminal can do. Again with another palette: what is
 * on the screen is drawn in other colours, and has to be drawn afresh.
 */
void pens_init(struct pens *pens, bool color, const struct palette *palette);

#endif
