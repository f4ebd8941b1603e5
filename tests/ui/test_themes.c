/*
 * The themes: what must differ does at every depth, high contrast is high, and good, warning and
 * critical are told apart without telling red from green.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <math.h>

#include "ui/look.h"
#include "ui/themes.h"

struct rgb {
	double r, g, b; /* linear, 0 to 1 */
};

static double linear(int value)
{
	double c = value / 255.0;

	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

/* xterm's palette, from 16 on the same everywhere. */
static struct rgb rgb_of(int color)
{
	static const int steps[] = { 0, 95, 135, 175, 215, 255 };
	int grey = 8 + (color - 232) * 10;

	assert_in_range(color, 16, 255);
	if (color >= 232)
		return (struct rgb){ linear(grey), linear(grey), linear(grey) };
	color -= 16;
	return (struct rgb){ linear(steps[color / 36]), linear(steps[color / 6 % 6]),
			     linear(steps[color % 6]) };
}

static double luminance(struct rgb c)
{
	return 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b;
}

/* WCAG 2, 1.4.3. */
static double contrast(int fg, int bg)
{
	double a = luminance(rgb_of(fg)) + 0.05, b = luminance(rgb_of(bg)) + 0.05;

	return a > b ? a / b : b / a;
}

/* What is seen without the L or the M cones: Vienot, Brettel and Mollon, 1999. */
static struct rgb without_red(struct rgb c)
{
	double rg = 0.11238 * c.r + 0.88762 * c.g;

	return (struct rgb){ rg, rg, 0.00401 * c.r - 0.00401 * c.g + c.b };
}

static struct rgb without_green(struct rgb c)
{
	double rg = 0.29275 * c.r + 0.70725 * c.g;

	return (struct rgb){ rg, rg, -0.02234 * c.r + 0.02234 * c.g + c.b };
}

/* How far apart two colours are seen to be, in steps of lightness and of blue against yellow. */
static double apart(struct rgb a, struct rgb b)
{
	double light = cbrt(luminance(a)) - cbrt(luminance(b));
	double blue = (cbrt(fmax(a.b, 0)) - cbrt(luminance(a))) -
		      (cbrt(fmax(b.b, 0)) - cbrt(luminance(b)));

	return sqrt(light * light + blue * blue);
}

static struct look look_in(enum theme_id theme, enum color_depth depth, enum style style)
{
	const struct palette palette = { .theme = theme };

	return palette_look(&palette, depth, style, false);
}

static double least_apart(enum theme_id theme)
{
	static const enum style levels[] = { STYLE_GOOD, STYLE_WARN, STYLE_CRIT, STYLE_CACHE };
	double least = 10;

	for (int i = 0; i < 4; i++)
		for (int k = i + 1; k < 4; k++) {
			struct rgb a = rgb_of(look_in(theme, DEPTH_256, levels[i]).fg);
			struct rgb b = rgb_of(look_in(theme, DEPTH_256, levels[k]).fg);

			least = fmin(least, apart(without_red(a), without_red(b)));
			least = fmin(least, apart(without_green(a), without_green(b)));
		}
	return least;
}

static void colorblind_tells_levels_apart(void **state)
{
	(void)state;
	assert_true(least_apart(THEME_COLORBLIND) > 0.2);
	/* The eye that sees no difference in the default theme is the one to please. */
	assert_true(least_apart(THEME_DEFAULT) < 0.15);
}

static void colorblind_has_neither_red_nor_green_of_the_sixteen(void **state)
{
	(void)state;
	for (int depth = DEPTH_8; depth <= DEPTH_16; depth++)
		for (int style = 0; style < STYLE_COUNT; style++) {
			struct look look = look_in(THEME_COLORBLIND, (enum color_depth)depth,
						   (enum style)style);

			assert_true(look.fg < 0 || (look.fg % 8 != 1 && look.fg % 8 != 2));
			assert_true(look.bg < 0 || (look.bg % 8 != 1 && look.bg % 8 != 2));
		}
}

static void contrast_is_high(void **state)
{
	(void)state;
	for (int style = 0; style < STYLE_COUNT; style++) {
		struct look look = look_in(THEME_CONTRAST, DEPTH_256, (enum style)style);

		if (!(contrast(look.fg, look.bg) >= 7))
			fail_msg("%s has %.1f:1", style_names[style], contrast(look.fg, look.bg));
	}
	/* A label of the default theme, on black, has not. */
	assert_true(contrast(look_in(THEME_DEFAULT, DEPTH_256, STYLE_DIM).fg, 16) < 7);
}

static bool same(struct look a, struct look b)
{
	return a.fg == b.fg && a.bg == b.bg && a.attrs == b.attrs;
}

static void levels_differ_at_every_depth(void **state)
{
	static const enum style pairs[][2] = {
		{ STYLE_GOOD, STYLE_WARN },
		{ STYLE_WARN, STYLE_CRIT },
		{ STYLE_GOOD, STYLE_CRIT },
		{ STYLE_TEXT, STYLE_WARN },
		{ STYLE_BANNER_OK, STYLE_BANNER_WARN },
		{ STYLE_BANNER_WARN, STYLE_BANNER_CRIT },
		{ STYLE_SORT, STYLE_HEADING },
		{ STYLE_FOCUS, STYLE_BORDER },
		{ STYLE_KEY, STYLE_KEY_LABEL },
		{ STYLE_GOOD, STYLE_CACHE },
	};

	(void)state;
	for (int theme = 0; theme < THEME_MONO; theme++)
		for (int depth = DEPTH_8; depth < DEPTH_COUNT; depth++)
			for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
				assert_false(same(look_in((enum theme_id)theme,
							  (enum color_depth)depth, pairs[i][0]),
						  look_in((enum theme_id)theme,
							  (enum color_depth)depth, pairs[i][1])));
}

static void colours_exist_and_a_selection_shows(void **state)
{
	static const int sizes[] = { 1, 8, 16, 256 };

	(void)state;
	for (int theme = 0; theme < THEME_COUNT; theme++)
		for (int depth = 0; depth < DEPTH_COUNT; depth++)
			for (int style = 0; style < STYLE_COUNT; style++) {
				const struct palette palette = { .theme = (enum theme_id)theme };
				struct look plain = palette_look(&palette, (enum color_depth)depth,
								 (enum style)style, false);
				struct look selected = palette_look(
					&palette, (enum color_depth)depth, (enum style)style, true);

				assert_in_range(plain.fg + 1, 0, depth ? sizes[depth] : 0);
				assert_in_range(plain.bg + 1, 0, depth ? sizes[depth] : 0);
				if (plain.bg != COLOR_DEFAULT)
					assert_true(plain.fg != COLOR_DEFAULT &&
						    plain.fg != plain.bg);
				if (style == STYLE_TEXT || style == STYLE_DIM ||
				    style == STYLE_CRIT)
					assert_false(same(plain, selected));
			}
}

static void mono_has_no_colour_whatever_the_terminal(void **state)
{
	(void)state;
	for (int style = 0; style < STYLE_COUNT; style++)
		assert_true(same(look_in(THEME_MONO, DEPTH_256, (enum style)style),
				 theme_look(DEPTH_MONO, (enum style)style, false)));
}

/* --- colours that a person chose */

static struct look chosen(const char *text, enum theme_id theme, enum color_depth depth)
{
	struct palette palette = { .theme = theme };

	palette.chosen[STYLE_WARN] = true;
	assert_int_equal(look_parse(text, &palette.look[STYLE_WARN]), 0);
	return palette_look(&palette, depth, STYLE_WARN, false);
}

static void a_chosen_colour_goes_before_the_theme(void **state)
{
	struct look look;

	(void)state;
	look = chosen("208 on 17 bold underline", THEME_CONTRAST, DEPTH_256);
	assert_true(look.fg == 208 && look.bg == 17);
	assert_int_equal(look.attrs, LOOK_BOLD | LOOK_UNDERLINE);
	/* What the terminal has no colour for looks as in the theme. */
	assert_true(same(chosen("208", THEME_COLORBLIND, DEPTH_16),
			 look_in(THEME_COLORBLIND, DEPTH_16, STYLE_WARN)));
	assert_true(same(chosen("208", THEME_DEFAULT, DEPTH_MONO),
			 theme_look(DEPTH_MONO, STYLE_WARN, false)));
	assert_true(same(chosen("208", THEME_MONO, DEPTH_256),
			 theme_look(DEPTH_MONO, STYLE_WARN, false)));
	/* The bright eight are the bold ones where there are no others. */
	look = chosen("bright_magenta", THEME_DEFAULT, DEPTH_8);
	assert_true(look.fg == 5 && look.attrs == LOOK_BOLD);
	look = chosen("bright_magenta", THEME_DEFAULT, DEPTH_16);
	assert_true(look.fg == 13 && look.attrs == 0);
	/* A background alone gets a foreground that shows. */
	look = chosen("default on black", THEME_DEFAULT, DEPTH_256);
	assert_true(look.fg == 7 && look.bg == 0);
}

static void looks_are_read_as_they_are_written(void **state)
{
	static const char *const good[] = {
		"yellow",
		"default",
		"default bold",
		"white on red bold",
		"221 on 17 underline reverse",
		"bright_black dim",
		"default on 255",
	};
	static const char *const bad[] = {
		"",
		"  ",
		"yelow",
		"256",
		"-1",
		"red on",
		"red on bold",
		"red green",
		"red on blue on cyan",
		"on",
		"0x10",
		"1e2",
	};
	struct look look, kept = { 1, 2, LOOK_DIM };
	char text[LOOK_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_int_equal(look_parse(good[i], &look), 0);
		assert_string_equal(look_text(text, sizeof(text), look), good[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		look = kept;
		if (look_parse(bad[i], &look) != -EINVAL || !same(look, kept))
			fail_msg("'%s' is taken", bad[i]);
	}
	assert_int_equal(look_parse("bold", &look), 0);
	assert_true(look.fg == COLOR_DEFAULT && look.attrs == LOOK_BOLD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(colorblind_tells_levels_apart),
		cmocka_unit_test(colorblind_has_neither_red_nor_green_of_the_sixteen),
		cmocka_unit_test(contrast_is_high),
		cmocka_unit_test(levels_differ_at_every_depth),
		cmocka_unit_test(colours_exist_and_a_selection_shows),
		cmocka_unit_test(mono_has_no_colour_whatever_the_terminal),
		cmocka_unit_test(a_chosen_colour_goes_before_the_theme),
		cmocka_unit_test(looks_are_read_as_they_are_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
