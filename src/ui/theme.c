#include "ui/theme.h"

#include <stddef.h>

#include "ui/themes.h"

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

const char *const style_names[STYLE_COUNT] = {
	[STYLE_TEXT] = "text",
	[STYLE_DIM] = "dim",
	[STYLE_BRIGHT] = "bright",
	[STYLE_HEADING] = "heading",
	[STYLE_SORT] = "sort",
	[STYLE_TITLE] = "title",
	[STYLE_BORDER] = "border",
	[STYLE_FOCUS] = "focus",
	[STYLE_GOOD] = "good",
	[STYLE_WARN] = "warn",
	[STYLE_CRIT] = "crit",
	[STYLE_CACHE] = "cache",
	[STYLE_TRACK] = "track",
	[STYLE_BADGE] = "badge",
	[STYLE_BANNER_OK] = "banner_ok",
	[STYLE_BANNER_WARN] = "banner_warn",
	[STYLE_BANNER_CRIT] = "banner_crit",
	[STYLE_KEY] = "key",
	[STYLE_KEY_LABEL] = "key_label",
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

/* The theme's own look, where it has one at this depth; else that of the default theme. */
static struct look own_look(const struct theme *theme, enum color_depth depth, enum style style)
{
	for (size_t i = 0; i < theme->count[depth]; i++)
		if (theme->own[depth][i].style == style)
			return theme->own[depth][i].look;
	return looks[depth][style];
}

/* A colour that a person chose, as far as the terminal has it. False: it has not. */
static bool fit(int16_t *color, uint8_t *attrs, enum color_depth depth)
{
	if (*color < 8 || depth == DEPTH_256 || (*color < 16 && depth == DEPTH_16))
		return true;
	if (*color >= 16)
		return false;
	/* Of eight colours the bright form is the bold one. */
	*color = (int16_t)(*color - 8);
	*attrs |= LOOK_BOLD;
	return true;
}

/* What a person chose takes the place of the theme's look, where the terminal can show it. */
static void choose(struct look *look, const struct palette *palette, enum color_depth depth,
		   enum style style)
{
	struct look chosen = palette->look[style];
	uint8_t none = 0;

	if (!palette->chosen[style] || depth == DEPTH_MONO)
		return;
	/* A bright background of eight colours is the plain one. */
	if (!fit(&chosen.fg, &chosen.attrs, depth) || !fit(&chosen.bg, &none, depth))
		return;
	/* Black on black helps nobody who named a background alone. */
	if (chosen.bg != COLOR_DEFAULT && chosen.fg == COLOR_DEFAULT)
		chosen.fg = chosen.bg == 0 ? 7 : 0;
	*look = chosen;
}

struct look palette_look(const struct palette *palette, enum color_depth depth, enum style style,
			 bool selected)
{
	const struct theme *theme = &themes[palette->theme];
	struct look look;

	if (theme->mono)
		depth = DEPTH_MONO;
	look = own_look(theme, depth, style);
	choose(&look, palette, depth, style);
	if (!selected || (look.bg != COLOR_DEFAULT && !theme->turns_over))
		return look;
	/* Few colours show on any other: there the row is turned over. */
	if (depth < DEPTH_16 || theme->turns_over) {
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

struct look theme_look(enum color_depth depth, enum style style, bool selected)
{
	static const struct palette plain = { .theme = THEME_DEFAULT };

	return palette_look(&plain, depth, style, selected);
}
