/* Forms of a graph beside braille and ASCII (test_draw.c has those), the sweep, and numbers of axes. */
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "canvas_text.h"
#include "ui/console.h"
#include "ui/graph.h"

static int make(void **state)
{
	struct canvas *canvas = calloc(1, sizeof(*canvas));

	*state = canvas;
	return canvas ? canvas_resize(canvas, 3, 24) : -1;
}

static int drop(void **state)
{
	canvas_release(*state);
	free(*state);
	return 0;
}

/* Sample n of a machine that was started at sample 1 has the value n modulo 5, and 7 has none. */
static float value(const void *data, int age)
{
	long n = (long)*(const size_t *)data - age;

	return n < 1 || n == 7 ? NAN : (float)(n % 5);
}

static enum style style(const void *data, float value)
{
	(void)data;
	return value >= 4 ? STYLE_CRIT : STYLE_GOOD;
}

static void draw(struct canvas *canvas, int rows, int columns, size_t newest)
{
	const struct graph graph = { value, style, &newest, 4, newest };

	canvas_clear(canvas);
	graph_draw(canvas, (struct rect){ 0, 0, rows, columns }, &graph);
}

static void half_blocks_on_a_console(void **state)
{
	struct canvas *canvas = *state;

	canvas->console = true;
	draw(canvas, 2, 12, 10);
	assert_string_equal(canvas_row_text(canvas, 0), "    ▄█   ▄█             ");
	assert_string_equal(canvas_row_text(canvas, 1), "  ▄███▄▄ ██▄            ");
	assert_string_equal(canvas_row_styles(canvas, 1), "ttgggcggtgcgtttttttttttt");
}

static void a_sweep_stays_in_place(void **state)
{
	struct canvas *canvas = *state;

	canvas->slow_link = true;
	/* The column of sample n is n modulo 12; the gap is the one behind the newest. */
	draw(canvas, 1, 12, 3);
	assert_string_equal(canvas_row_text(canvas, 0), " ⣀⣤⣶                    ");
	draw(canvas, 1, 12, 4);
	assert_string_equal(canvas_row_text(canvas, 0), " ⣀⣤⣶⣿                   ");
	draw(canvas, 1, 12, 11);
	assert_string_equal(canvas_row_text(canvas, 0), " ⣀⣤⣶⣿⣀⣀ ⣶⣿⣀⣀            ");
	draw(canvas, 1, 12, 12);
	assert_string_equal(canvas_row_text(canvas, 0), "⣤ ⣤⣶⣿⣀⣀ ⣶⣿⣀⣀            ");
	draw(canvas, 1, 12, 16);
	assert_string_equal(canvas_row_text(canvas, 0), "⣤⣶⣿⣀⣀ ⣀ ⣶⣿⣀⣀            ");
}

static void a_wide_sweep_has_two_columns_ahead(void **state)
{
	struct canvas *canvas = *state;

	canvas->slow_link = canvas->ascii = true;
	draw(canvas, 1, 22, 30);
	assert_string_equal(canvas_row_text(canvas, 0), "-=#_.-=#_  .-=#_.-=#_.  ");
}

static void columns_know_their_age(void **state)
{
	struct canvas *canvas = *state;

	assert_int_equal(graph_age(canvas, 100, 10, 9), 0);
	assert_int_equal(graph_age(canvas, 100, 10, 0), 18);
	canvas->console = true;
	assert_int_equal(graph_age(canvas, 100, 10, 0), 9);
	canvas->slow_link = true;
	assert_int_equal(graph_age(canvas, 103, 10, 3), 0);
	assert_int_equal(graph_age(canvas, 103, 10, 2), 1);
	assert_int_equal(graph_age(canvas, 103, 10, 4), -1);
	assert_int_equal(graph_age(canvas, 103, 10, 5), 8);
}

static void tops_are_round(void **state)
{
	(void)state;
	assert_true(graph_round_top(0, 50, false) == 50);
	assert_true(graph_round_top(50, 50, false) == 50);
	assert_true(graph_round_top(51, 50, false) == 100);
	assert_true(graph_round_top(101, 50, false) == 250);
	assert_true(graph_round_top(12304, 100, false) == 20000);
	assert_true(graph_round_top(1025, 1024, true) == 2048);
	assert_true(graph_round_top(5e9, 1048576, true) == 8589934592.0);
	assert_true(graph_round_top(INFINITY, 1, true) < INFINITY);
}

static void numbers_of_scales(void **state)
{
	char text[24];

	(void)state;
	assert_string_equal(graph_axis_text(text, sizeof(text), 0, false), "0");
	assert_string_equal(graph_axis_text(text, sizeof(text), 100, false), "100");
	assert_string_equal(graph_axis_text(text, sizeof(text), 2500, false), "2.5k");
	assert_string_equal(graph_axis_text(text, sizeof(text), 20000, false), "20k");
	assert_string_equal(graph_axis_text(text, sizeof(text), 16 * 1048576.0, true), "16M");
	assert_string_equal(graph_axis_text(text, sizeof(text), 524288, true), "512K");
}

static void numbers_of_times(void **state)
{
	char text[24];

	(void)state;
	assert_true(graph_time_step(0.1) == 1);
	assert_true(graph_time_step(24) == 30);
	assert_true(graph_time_step(61) == 120);
	assert_true(graph_time_step(1e9) == 86400);
	assert_string_equal(graph_ago_text(text, sizeof(text), 30), "-30s");
	assert_string_equal(graph_ago_text(text, sizeof(text), 90), "-1m30s");
	assert_string_equal(graph_ago_text(text, sizeof(text), 300), "-5m");
	assert_string_equal(graph_ago_text(text, sizeof(text), 5400), "-1h30m");
	assert_string_equal(graph_ago_text(text, sizeof(text), 7200), "-2h");
}

static void a_console_is_known_by_its_type(void **state)
{
	(void)state;
	assert_true(console_is("linux"));
	assert_true(console_is("linux-16color"));
	assert_false(console_is("linuxish"));
	assert_false(console_is("xterm-256color"));
	assert_false(console_is(""));
	assert_false(console_is(NULL));
}

static void a_console_gets_what_it_has(void **state)
{
	struct canvas *canvas = *state;

	canvas->console = true;
	canvas_text(canvas, 0, 0, 24, STYLE_TEXT, "╭─╮│╰╯ ━━ ▾▴▸ ✖ ⏎ ␣ é文");
	assert_string_equal(canvas_row_text(canvas, 0), "┌─┐│└┘ ══ ▼▲► ‼ ← _ é文 ");
}

static int utf8(void **state)
{
	(void)state;
	return setlocale(LC_ALL, "C.UTF-8") ? 0 : -1;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(half_blocks_on_a_console),
		TEST(a_sweep_stays_in_place),
		TEST(a_wide_sweep_has_two_columns_ahead),
		TEST(columns_know_their_age),
		cmocka_unit_test(tops_are_round),
		cmocka_unit_test(numbers_of_scales),
		cmocka_unit_test(numbers_of_times),
		cmocka_unit_test(a_console_is_known_by_its_type),
		TEST(a_console_gets_what_it_has),
	};

	return cmocka_run_group_tests(tests, utf8, NULL);
}
