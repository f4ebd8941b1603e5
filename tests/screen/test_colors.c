/* A colour means something, and never stands alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "screen/session.h"
#include "ui/theme.h"

static const char *const fast[] = { "-d", "0.05", NULL };
static const struct term_options small = { .rows = 24, .cols = 80 };
static const struct term_options large = { .rows = 45, .cols = 160 };

static struct term_cell cell_of(struct session *session, const char *text)
{
	int row, column;

	assert_true(term_find(session->term, text, &row, &column));
	return term_cell(session->term, row, column + (int)strspn(text, " "));
}

static int color_of(enum style style)
{
	return theme_look(DEPTH_256, style, false).fg;
}

static void what_is_out_of_bounds_is_coloured_and_marked(void **state)
{
	struct session session;
	struct term_cell mark;

	(void)state;
	session_settle(&session, "web3", &small, fast, WEB3_SETTLED);
	assert_int_equal(cell_of(&session, "85/s!").fg.index, color_of(STYLE_WARN));
	assert_int_equal(cell_of(&session, "12.4!").fg.index, color_of(STYLE_WARN));
	assert_int_equal(cell_of(&session, "5,431!").fg.index, color_of(STYLE_WARN));
	assert_int_equal(cell_of(&session, "2.42!").fg.index, color_of(STYLE_WARN));
	/* Within bounds, beside the others. */
	assert_true(cell_of(&session, "12,304/s").fg.is_default);
	assert_true(cell_of(&session, "8.2 ").fg.is_default);
	assert_true(cell_of(&session, "1,204").fg.is_default);
	/* The verdict: a warning's background over the whole line. */
	mark = cell_of(&session, "! HIGH IO");
	assert_int_equal(mark.bg.index, theme_look(DEPTH_256, STYLE_BANNER_WARN, false).bg);
	assert_int_equal(term_cell(session.term, 1, 79).bg.index, mark.bg.index);
	session_quit(&session);
	session_close(&session);
}

static bool is_red(struct term_color color)
{
	return !color.is_default && color.red > 100 && color.red > color.green * 2 - 60 &&
	       color.green < 130 && color.blue < 130;
}

static bool is_yellow(struct term_color color)
{
	return !color.is_default && color.red > 170 && color.green > 130 && color.blue < 130;
}

struct warmth {
	int red, yellow;
};

static struct warmth look_at(struct term *term)
{
	struct warmth warmth = { 0, 0 };

	for (int row = 0; row < term_rows(term); row++)
		for (int column = 0; column < term_cols(term); column++) {
			struct term_cell cell = term_cell(term, row, column);

			warmth.red += is_red(cell.fg) || is_red(cell.bg);
			warmth.yellow += is_yellow(cell.fg) || is_yellow(cell.bg);
		}
	return warmth;
}

static void what_is_critical_is_red_and_said_first(const char *machine, const char *settled,
						   const char *value)
{
	struct session session;
	struct term_cell cell;

	session_settle(&session, machine, &small, fast, settled);
	cell = term_cell(session.term, 1, 1);
	assert_string_equal(cell.text, "!");
	assert_string_equal(term_cell(session.term, 1, 2).text, "!");
	assert_true(is_red(cell.bg));
	assert_int_equal(cell.bg.index, theme_look(DEPTH_256, STYLE_BANNER_CRIT, false).bg);
	cell = cell_of(&session, value);
	assert_int_equal(cell.fg.index, color_of(STYLE_CRIT));
	assert_true(is_red(cell.fg));
	assert_true(cell.bold);
	session_quit(&session);
	session_close(&session);
}

static void critical_is_red_and_said_first(void **state)
{
	(void)state;
	what_is_critical_is_red_and_said_first("zram", "1,800/s", "1,800/s!!");
	what_is_critical_is_red_and_said_first("oom", "oom 1", "!!oom 1");
}

static void a_quiet_machine_is_neither_red_nor_yellow(void **state)
{
	struct session session;
	struct warmth warmth;

	(void)state;
	session_settle(&session, "quiet", &large, fast, QUIET_SETTLED);
	warmth = look_at(session.term);
	assert_int_equal(warmth.red, 0);
	assert_int_equal(warmth.yellow, 0);
	assert_false(term_shows(session.term, "!"));
	session_quit(&session);
	session_close(&session);
	/* The eye that found none there does find them. */
	session_settle(&session, "zram", &large, fast, "1,800/s");
	warmth = look_at(session.term);
	assert_true(warmth.red > 0);
	assert_true(warmth.yellow > 0);
	session_quit(&session);
	session_close(&session);
}

static void the_focus_has_the_accent_alone(void **state)
{
	struct session session;

	(void)state;
	session_settle(&session, "web3", &small, fast, WEB3_SETTLED);
	assert_int_equal(cell_of(&session, "╭─ TOP").fg.index, color_of(STYLE_FOCUS));
	assert_int_equal(cell_of(&session, "╭─ CPU").fg.index, color_of(STYLE_BORDER));
	session_press(&session, "\t", "╭─ CPU");
	assert_int_equal(cell_of(&session, "╭─ TOP").fg.index, color_of(STYLE_BORDER));
	assert_int_equal(cell_of(&session, "╭─ CPU").fg.index, color_of(STYLE_FOCUS));
	session_quit(&session);
	session_close(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_out_of_bounds_is_coloured_and_marked),
		cmocka_unit_test(critical_is_red_and_said_first),
		cmocka_unit_test(a_quiet_machine_is_neither_red_nor_yellow),
		cmocka_unit_test(the_focus_has_the_accent_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
