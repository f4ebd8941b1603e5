/* The theme: at every depth what has to stand out does, and nothing is white on white. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <cmocka.h>

#include "ui/theme.h"

static const enum color_depth depths[] = { DEPTH_MONO, DEPTH_8, DEPTH_16, DEPTH_256 };
#define DEPTHS (sizeof(depths) / sizeof(depths[0]))

static bool same(struct look a, struct look b)
{
	return a.fg == b.fg && a.bg == b.bg && a.attrs == b.attrs;
}

static struct look plain(enum color_depth depth, enum style style)
{
	return theme_look(depth, style, false);
}

static void colours_are_in_the_palette(void **state)
{
	static const int sizes[] = { [DEPTH_8] = 8, [DEPTH_16] = 16, [DEPTH_256] = 256 };

	(void)state;
	for (size_t d = 0; d < DEPTHS; d++) {
		for (int i = 0; i < STYLE_COUNT * 2; i++) {
			struct look look = theme_look(depths[d], (enum style)(i / 2), i % 2);

			assert_in_range(look.fg + 1, 0, sizes[depths[d]]);
			assert_in_range(look.bg + 1, 0, sizes[depths[d]]);
		}
	}
}

static void mono_has_no_colour(void **state)
{
	(void)state;
	for (int i = 0; i < STYLE_COUNT * 2; i++) {
		struct look look = theme_look(DEPTH_MONO, (enum style)(i / 2), i % 2);

		assert_int_equal(look.fg, COLOR_DEFAULT);
		assert_int_equal(look.bg, COLOR_DEFAULT);
	}
}

static void what_must_stand_out_does(void **state)
{
	static const enum style loud[] = {
		STYLE_BRIGHT,	   STYLE_HEADING, STYLE_SORT,  STYLE_TITLE,
		STYLE_WARN,	   STYLE_CRIT,	  STYLE_BADGE, STYLE_BANNER_WARN,
		STYLE_BANNER_CRIT, STYLE_KEY,	  STYLE_FOCUS,
	};

	(void)state;
	for (size_t d = 0; d < DEPTHS; d++) {
		struct look text = plain(depths[d], STYLE_TEXT);

		for (size_t i = 0; i < sizeof(loud) / sizeof(loud[0]); i++)
			assert_false(same(plain(depths[d], loud[i]), text));
		for (int s = 0; s < STYLE_COUNT; s++) {
			enum style style = (enum style)s;

			if (plain(depths[d], style).bg == COLOR_DEFAULT &&
			    !(plain(depths[d], style).attrs & LOOK_REVERSE))
				assert_false(same(theme_look(depths[d], style, true),
						  plain(depths[d], style)));
		}
		assert_false(same(plain(depths[d], STYLE_SORT), plain(depths[d], STYLE_HEADING)));
		assert_true(plain(depths[d], STYLE_SORT).attrs & LOOK_UNDERLINE);
		assert_false(same(plain(depths[d], STYLE_KEY), plain(depths[d], STYLE_KEY_LABEL)));
		assert_false(same(plain(depths[d], STYLE_FOCUS), plain(depths[d], STYLE_BORDER)));
		assert_false(same(plain(depths[d], STYLE_BANNER_WARN),
				  plain(depths[d], STYLE_BANNER_OK)));
		assert_false(same(plain(depths[d], STYLE_BANNER_CRIT),
				  plain(depths[d], STYLE_BANNER_OK)));
	}
}

/* The terminal's own background may be either, so what lies on it is neither black nor white. */
static void neither_black_nor_white_on_the_terminals_own(void **state)
{
	(void)state;
	for (size_t d = 0; d < DEPTHS; d++) {
		for (int s = 0; s < STYLE_COUNT; s++) {
			struct look look = plain(depths[d], (enum style)s);

			if (look.bg != COLOR_DEFAULT)
				continue;
			assert_true(look.fg != 0 && look.fg != 7 && look.fg != 15);
			assert_true(look.fg != 16 && look.fg != 231 && look.fg < 250);
		}
	}
}

static void what_has_a_background_names_its_foreground(void **state)
{
	(void)state;
	for (size_t d = 0; d < DEPTHS; d++) {
		for (int i = 0; i < STYLE_COUNT * 2; i++) {
			struct look look = theme_look(depths[d], (enum style)(i / 2), i % 2);

			if (look.bg != COLOR_DEFAULT)
				assert_true(look.fg != COLOR_DEFAULT && look.fg != look.bg);
		}
	}
}

static void looks_of_256_colours(void **state)
{
	struct look look;

	(void)state;
	look = theme_look(DEPTH_256, STYLE_TEXT, false);
	assert_true(look.fg == COLOR_DEFAULT && look.bg == COLOR_DEFAULT && look.attrs == 0);
	look = theme_look(DEPTH_256, STYLE_BANNER_CRIT, false);
	assert_true(look.fg == 231 && look.bg == 124 && look.attrs == LOOK_BOLD);
	look = theme_look(DEPTH_256, STYLE_BANNER_CRIT, true);
	assert_true(look.fg == 231 && look.bg == 124);
	look = theme_look(DEPTH_256, STYLE_CRIT, true);
	assert_true(look.fg == 203 && look.bg == 236 && look.attrs == LOOK_BOLD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(colours_are_in_the_palette),
		cmocka_unit_test(mono_has_no_colour),
		cmocka_unit_test(what_must_stand_out_does),
		cmocka_unit_test(neither_black_nor_white_on_the_terminals_own),
		cmocka_unit_test(what_has_a_background_names_its_foreground),
		cmocka_unit_test(looks_of_256_colours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
