/*
 * ui/theme: how a meaning looks, by what the terminal can show: 256, 16 or 8 colours, or none; by
 * the theme; and by the colours that a person chose one by one.
 */
#ifndef STALLTOP_UI_THEME_H
#define STALLTOP_UI_THEME_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/canvas.h"

enum color_depth { DEPTH_MONO, DEPTH_8, DEPTH_16, DEPTH_256, DEPTH_COUNT };

#define COLOR_DEFAULT (-1)
#define LOOK_BOLD 1
#define LOOK_UNDERLINE 2
#define LOOK_REVERSE 4
#define LOOK_DIM 8

struct look {
	int16_t fg, bg; /* palette index, or COLOR_DEFAULT */
	uint8_t attrs; /* LOOK_ bits */
};

/* In the order in which the key steps through them. */
enum theme_id { THEME_DEFAULT, THEME_COLORBLIND, THEME_CONTRAST, THEME_MONO, THEME_COUNT };

/* A theme, and what stands in its place. All zero: the default theme as it is. */
struct palette {
	enum theme_id theme;
	bool chosen[STYLE_COUNT];
	struct look look
		[STYLE_COUNT]; /* where chosen; colours that the terminal lacks stay the theme's */
};

/* Names of the styles, for the settings: "warn". */
extern const char *const style_names[STYLE_COUNT];

/*
 * The look of a style at a depth. A selected cell has the theme's selection behind it. Without
 * colours nothing that was chosen counts: every theme is the mono one then.
 */
struct look palette_look(const struct palette *palette, enum color_depth depth, enum style style,
			 bool selected);

/* The same of the default theme. */
struct look theme_look(enum color_depth depth, enum style style, bool selected);

#endif
