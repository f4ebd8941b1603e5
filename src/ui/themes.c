#include "ui/themes.h"

#include "base/count.h"

#define D COLOR_DEFAULT
#define BOLD LOOK_BOLD
#define LINE LOOK_UNDERLINE
#define REV LOOK_REVERSE

/* Blue is good and yellow is not; what is critical is turned over, for eight colours have no orange. */
static const struct own_look colorblind_8[] = {
	{ STYLE_SORT, { 4, D, BOLD | LINE } }, { STYLE_TITLE, { 4, D, BOLD } },
	{ STYLE_FOCUS, { 4, D, BOLD } },       { STYLE_GOOD, { 6, D, 0 } },
	{ STYLE_WARN, { 3, D, 0 } },	       { STYLE_CRIT, { 3, D, BOLD | REV } },
	{ STYLE_CACHE, { 4, D, 0 } },	       { STYLE_BADGE, { 7, 4, BOLD } },
	{ STYLE_BANNER_OK, { 6, D, 0 } },      { STYLE_BANNER_WARN, { 0, 3, 0 } },
	{ STYLE_BANNER_CRIT, { 7, 5, BOLD } },
};

static const struct own_look colorblind_16[] = {
	{ STYLE_SORT, { 12, D, LINE } },	{ STYLE_TITLE, { 12, D, BOLD } },
	{ STYLE_FOCUS, { 12, D, 0 } },		{ STYLE_GOOD, { 14, D, 0 } },
	{ STYLE_WARN, { 11, D, 0 } },		{ STYLE_CRIT, { 11, D, BOLD | REV } },
	{ STYLE_CACHE, { 12, D, 0 } },		{ STYLE_BADGE, { 15, 4, BOLD } },
	{ STYLE_BANNER_OK, { 14, D, 0 } },	{ STYLE_BANNER_WARN, { 0, 11, BOLD } },
	{ STYLE_BANNER_CRIT, { 15, 5, BOLD } },
};

/* Sky blue, yellow and vermilion are those of Okabe and Ito. */
static const struct own_look colorblind_256[] = {
	{ STYLE_GOOD, { 74, D, 0 } },
	{ STYLE_WARN, { 227, D, 0 } },
	{ STYLE_CRIT, { 202, D, BOLD } },
	{ STYLE_CACHE, { 61, D, 0 } },
	{ STYLE_BANNER_OK, { 74, D, 0 } },
	{ STYLE_BANNER_WARN, { 234, 227, BOLD } },
	{ STYLE_BANNER_CRIT, { 231, 130, BOLD } },
};

static const struct own_look contrast_8[] = {
	{ STYLE_TEXT, { 7, 0, 0 } },	       { STYLE_DIM, { 7, 0, 0 } },
	{ STYLE_BRIGHT, { 7, 0, BOLD } },      { STYLE_HEADING, { 7, 0, BOLD } },
	{ STYLE_SORT, { 6, 0, BOLD | LINE } }, { STYLE_TITLE, { 6, 0, BOLD } },
	{ STYLE_BORDER, { 7, 0, 0 } },	       { STYLE_FOCUS, { 6, 0, BOLD } },
	{ STYLE_GOOD, { 2, 0, BOLD } },	       { STYLE_WARN, { 3, 0, BOLD } },
	{ STYLE_CRIT, { 7, 1, BOLD } },	       { STYLE_CACHE, { 6, 0, 0 } },
	{ STYLE_TRACK, { 7, 0, 0 } },	       { STYLE_BADGE, { 0, 6, 0 } },
	{ STYLE_BANNER_OK, { 2, 0, BOLD } },   { STYLE_BANNER_WARN, { 0, 3, 0 } },
	{ STYLE_BANNER_CRIT, { 7, 1, BOLD } }, { STYLE_KEY, { 0, 7, 0 } },
	{ STYLE_KEY_LABEL, { 7, 0, 0 } },
};

static const struct own_look contrast_16[] = {
	{ STYLE_TEXT, { 15, 0, 0 } },		{ STYLE_DIM, { 7, 0, 0 } },
	{ STYLE_BRIGHT, { 15, 0, BOLD } },	{ STYLE_HEADING, { 15, 0, BOLD } },
	{ STYLE_SORT, { 14, 0, BOLD | LINE } }, { STYLE_TITLE, { 14, 0, BOLD } },
	{ STYLE_BORDER, { 7, 0, 0 } },		{ STYLE_FOCUS, { 14, 0, BOLD } },
	{ STYLE_GOOD, { 10, 0, 0 } },		{ STYLE_WARN, { 11, 0, BOLD } },
	{ STYLE_CRIT, { 15, 1, BOLD } },	{ STYLE_CACHE, { 14, 0, 0 } },
	{ STYLE_TRACK, { 7, 0, 0 } },		{ STYLE_BADGE, { 0, 14, BOLD } },
	{ STYLE_BANNER_OK, { 10, 0, 0 } },	{ STYLE_BANNER_WARN, { 0, 11, BOLD } },
	{ STYLE_BANNER_CRIT, { 15, 1, BOLD } }, { STYLE_KEY, { 0, 15, BOLD } },
	{ STYLE_KEY_LABEL, { 15, 0, 0 } },
};

static const struct own_look contrast_256[] = {
	{ STYLE_TEXT, { 231, 16, 0 } },		  { STYLE_DIM, { 252, 16, 0 } },
	{ STYLE_BRIGHT, { 231, 16, BOLD } },	  { STYLE_HEADING, { 231, 16, BOLD } },
	{ STYLE_SORT, { 51, 16, BOLD | LINE } },  { STYLE_TITLE, { 51, 16, BOLD } },
	{ STYLE_BORDER, { 250, 16, 0 } },	  { STYLE_FOCUS, { 51, 16, BOLD } },
	{ STYLE_GOOD, { 120, 16, 0 } },		  { STYLE_WARN, { 226, 16, BOLD } },
	{ STYLE_CRIT, { 231, 88, BOLD } },	  { STYLE_CACHE, { 117, 16, 0 } },
	{ STYLE_TRACK, { 250, 16, 0 } },	  { STYLE_BADGE, { 16, 51, BOLD } },
	{ STYLE_BANNER_OK, { 120, 16, 0 } },	  { STYLE_BANNER_WARN, { 16, 226, BOLD } },
	{ STYLE_BANNER_CRIT, { 231, 88, BOLD } }, { STYLE_KEY, { 16, 231, BOLD } },
	{ STYLE_KEY_LABEL, { 231, 16, 0 } },
};

#define LOOKS(name) \
	.own = { [DEPTH_8] = name##_8, [DEPTH_16] = name##_16, [DEPTH_256] = name##_256 }, \
	.count = { [DEPTH_8] = COUNT(name##_8), \
		   [DEPTH_16] = COUNT(name##_16), \
		   [DEPTH_256] = COUNT(name##_256) }

const struct theme themes[THEME_COUNT] = {
	[THEME_DEFAULT] = { .name = "default", .help = "green, yellow, red" },
	[THEME_COLORBLIND] = { .name = "colorblind",
			       .help = "blue, yellow, orange: no red against green",
			       LOOKS(colorblind) },
	[THEME_CONTRAST] = { .name = "contrast",
			     .help = "high contrast on black",
			     .turns_over = true,
			     LOOKS(contrast) },
	[THEME_MONO] = { .name = "mono", .help = "no colours", .mono = true },
};
