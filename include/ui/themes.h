/*
 * ui/themes: the themes as one const table: in what each differs from the default theme, whose own
 * looks are those of ui/theme.
 *
 * A colour says the same in every theme: good, warn, crit, cache. colorblind tells them apart by
 * blue against yellow and by lightness, never by red against green (deuteranopia, protanopia);
 * contrast names black behind everything and keeps at least 7:1 to it (WCAG 2, 1.4.6).
 */
#ifndef STALLTOP_UI_THEMES_H
#define STALLTOP_UI_THEMES_H

#include <stddef.h>

#include "ui/theme.h"

struct own_look {
	enum style style;
	struct look look;
};

struct theme {
	const char *name; /* "colorblind", as in the settings */
	const char *help; /* a few words */
	bool mono; /* no colours, whatever the terminal has */
	bool turns_over; /* a selected cell is turned over */
	const struct own_look *own[DEPTH_COUNT]; /* of the rest the default theme's */
	size_t count[DEPTH_COUNT];
};

extern const struct theme themes[THEME_COUNT];

#endif
