/*
 * ui/theme: how a meaning looks, by what the terminal can show: 256, 16 or 8 colours, or none.
 */
#ifndef STALLTOP_UI_THEME_H
#define STALLTOP_UI_THEME_H

#include <stdint.h>

#include "ui/canvas.h"

enum color_depth { DEPTH_MONO, DEPTH_8, DEPTH_16, DEPTH_256 };

#define COLOR_DEFAULT (-1)
#define LOOK_BOLD 1
#define LOOK_UNDERLINE 2
#define LOOK_REVERSE 4
#define LOOK_DIM 8

struct look {
	int16_t fg, bg; /* palette index, or COLOR_DEFAULT */
	uint8_t attrs; /* LOOK_ bits */
};

/* The look of a style at a depth. A selected cell has the theme's selection behind it. */
struct look theme_look(enum color_depth depth, enum style style, bool selected);

#endif
