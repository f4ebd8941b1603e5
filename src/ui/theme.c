#include "ui/theme.h"

#include <stdbool.h>

#define D COLOR_DEFAULT
#define BOLD LOOK_BOLD
#define LINE LOOK_UNDERLINE
#define REV LOOK_REVERSE
#define DIM LOOK_DIM

/*
 * The terminal's background may be black or white, so plain and bright text take its own foreground,
 * and only styles with a background of their own name black or white.
 */
static const struct look looks[][STYLE_COUNT] = {
	[DEPTH_MONO] = {
		[STYLE_TEXT] = { D, D, 0 },
		[STYLE_DIM] = { D, D, DIM },
		[STYLE_BRIGHT] = { D, D, BOLD },
		[STYLE_HEADING] = { D, D, BOLD },
		[STYLE_SORT] = { D, D, BOLD | LINE },
		[STYLE_TITLE] = { D, D, BOLD },
		[STYLE_BORDER] = { D, D, DIM },
		[STYLE_FOCUS] = { D, D, BOLD },
		[STYLE_GOOD] = { D, D, 0 },
		[STYLE_WARN] = { D, D, BOLD },
		[STYLE_CRIT] = { D, D, BOLD },
		[STYLE_CACHE] = { D, D, 0 },
		[STYLE_TRACK] = { D, D, DIM },
		[STYLE_BADGE] = { D, D, BOLD | REV },
		[STYLE_BANNER_OK] = { D, D, 0 },
		[STYLE_BANNER_WARN] = { D, D, REV },
		[STYLE_BANNER_CRIT] = { D, D, BOLD | REV },
		[STYLE_KEY] = { D, D, REV },
		[STYLE_KEY_LABEL] = { D, D, 0 },
	},
	/* Black, red, green, yellow, blue, magenta, cyan, white. */
	[DEPTH_8] = {
		[STYLE_TEXT] = { D, D, 0 },
		[STYLE_DIM] = { D, D, DIM },
		[STYLE_BRIGHT] = { D, D, BOLD },
		[STYLE_HEADING] = { D, D, BOLD },
		[STYLE_SORT] = { 6, D, LINE },
		[STYLE_TITLE] = { 6, D, BOLD },
		[STYLE_BORDER] = { D, D, DIM },
		[STYLE_FOCUS] = { 6, D, 0 },
		[STYLE_GOOD] = { 2, D, 0 },
		[STYLE_WARN] = { 3, D, 0 },
		[STYLE_CRIT] = { 1, D, BOLD },
		[STYLE_CACHE] = { 4, D, BOLD },
		[STYLE_TRACK] = { D, D, DIM },
		[STYLE_BADGE] = { 0, 6, 0 },
		[STYLE_BANNER_OK] = { 2, D, 0 },
		[STYLE_BANNER_WARN] = { 0, 3, 0 },
		[STYLE_BANNER_CRIT] = { 7, 1, BOLD },
		[STYLE_KEY] = { 0, 7, 0 },
		[STYLE_KEY_LABEL] = { D, D, DIM },
	},
	/* The same, then their bright forms from 8 on; 8 is grey. */
	[DEPTH_16] = {
		[STYLE_TEXT] = { D, D, 0 },
		[STYLE_DIM] = { 8, D, 0 },
		[STYLE_BRIGHT] = { D, D, BOLD },
		[STYLE_HEADING] = { D, D, BOLD },
		[STYLE_SORT] = { 6, D, LINE },
		[STYLE_TITLE] = { 6, D, BOLD },
		[STYLE_BORDER] = { 8, D, 0 },
		[STYLE_FOCUS] = { 6, D, 0 },
		[STYLE_GOOD] = { 2, D, 0 },
		[STYLE_WARN] = { 3, D, 0 },
		[STYLE_CRIT] = { 9, D, BOLD },
		[STYLE_CACHE] = { 12, D, 0 },
		[STYLE_TRACK] = { 8, D, 0 },
		[STYLE_BADGE] = { 0, 14, BOLD },
		[STYLE_BANNER_OK] = { 2, D, 0 },
		[STYLE_BANNER_WARN] = { 0, 11, BOLD },
		[STYLE_BANNER_CRIT] = { 15, 1, BOLD },
		[STYLE_KEY] = { 0, 7, BOLD },
		[STYLE_KEY_LABEL] = { 8, D, 0 },
	},
	/* From 16 on a colour is the same on every terminal: a cube of 6x6x6, then greys from 232. */
	[DEPTH_256] = {
		[STYLE_TEXT] = { D, D, 0 },
		[STYLE_DIM] = { 244, D, 0 },
		[STYLE_BRIGHT] = { D, D, BOLD },
		[STYLE_HEADING] = { D, D, BOLD },
		[STYLE_SORT] = { 117, D, LINE },
		[STYLE_TITLE] = { 117, D, BOLD },
		[STYLE_BORDER] = { 240, D, 0 },
		[STYLE_FOCUS] = { 117, D, 0 },
		[STYLE_GOOD] = { 114, D, 0 },
		[STYLE_WARN] = { 221, D, 0 },
		[STYLE_CRIT] = { 203, D, BOLD },
		[STYLE_CACHE] = { 75, D, 0 },
		[STYLE_TRACK] = { 240, D, 0 },
		[STYLE_BADGE] = { 234, 117, BOLD },
		[STYLE_BANNER_OK] = { 114, D, 0 },
		[STYLE_BANNER_WARN] = { 234, 221, BOLD },
		[STYLE_BANNER_CRIT] = { 231, 124, BOLD },
		[STYLE_KEY] = { 234, 245, BOLD },
		[STYLE_KEY_LABEL] = { 244, D, 0 },
	},
};

/* What lies behind a selected row, and what takes the place of colours that do not show on it. */
static const struct selection {
	int16_t bg, fg; /* fg for text in the terminal's own foreground */
	int16_t faint; /* for the grey ones */
} selections[] = {
	[DEPTH_16] = { .bg = 8, .fg = 15, .faint = 7 },
	[DEPTH_256] = { .bg = 236, .fg = 253, .faint = 246 },
};

static bool is_faint(enum style style)
{
	return style == STYLE_DIM || style == STYLE_KEY_LABEL || style == STYLE_BORDER ||
	       style == STYLE_TRACK;
}

struct look theme_look(enum color_depth depth, enum style style, bool selected)
{
	struct look look = looks[depth][style];

	if (!selected || look.bg != COLOR_DEFAULT)
		return look;
	/* Few colours show on any other: there the row is turned over. */
	if (depth < DEPTH_16) {
		look.attrs = (uint8_t)((look.attrs ^ REV) & ~DIM);
		return look;
	}
	look.bg = selections[depth].bg;
	if (is_faint(style))
		look.fg = selections[depth].faint;
	else if (look.fg == COLOR_DEFAULT)
		look.fg = selections[depth].fg;
	return look;
}
