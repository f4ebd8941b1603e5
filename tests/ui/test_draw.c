/* Frames, bars, graphs and pairs, as they look in UTF-8 and in ASCII. */
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

#include "canvas_text.h"
#include "ui/draw.h"
#include "ui/graph.h"

static int make(void **state)
{
	struct canvas *canvas = calloc(1, sizeof(*canvas));

	if (!canvas || canvas_resize(canvas, 4, 24) < 0)
		return -1;
	*state = canvas;
	return 0;
}

static int drop(void **state)
{
	canvas_release(*state);
	free(*state);
	return 0;
}

static const struct rect all = { 0, 0, 4, 24 };

static void frame_with_title_and_note(void **state)
{
	struct canvas *canvas = *state;

	draw_frame(canvas, all, "CPU 2", false);
	draw_frame_note(canvas, all, STYLE_GOOD, "37.2%");
	assert_string_equal(canvas_row_text(canvas, 0), "╭─ CPU 2 ────── 37.2% ─╮");
	assert_string_equal(canvas_row_text(canvas, 1), "│                      │");
	assert_string_equal(canvas_row_text(canvas, 2), "│                      │");
	assert_string_equal(canvas_row_text(canvas, 3), "╰──────────────────────╯");
	assert_string_equal(canvas_row_styles(canvas, 0), "---TTTTT-------ggggggg--");
}

static void frame_in_focus(void **state)
{
	struct canvas *canvas = *state;

	draw_frame(canvas, all, "TOP", true);
	assert_string_equal(canvas_row_styles(canvas, 0), "===TTT==================");
	assert_string_equal(canvas_row_styles(canvas, 1), "=tttttttttttttttttttttt=");
	assert_string_equal(canvas_row_styles(canvas, 3), "========================");
}

static void frame_in_ascii(void **state)
{
	struct canvas *canvas = *state;

	canvas->ascii = true;
	draw_frame(canvas, all, "CPU 2", false);
	draw_frame_note(canvas, all, STYLE_GOOD, "37.2%");
	assert_string_equal(canvas_row_text(canvas, 0), "+- CPU 2 ------ 37.2% -+");
	assert_string_equal(canvas_row_text(canvas, 1), "|                      |");
	assert_string_equal(canvas_row_text(canvas, 3), "+----------------------+");
}

static void frame_leaves_its_inside(void **state)
{
	struct canvas *canvas = *state;

	canvas_text(canvas, 1, 3, 20, STYLE_TEXT, "inside");
	draw_frame(canvas, (struct rect){ 0, 2, 3, 8 }, NULL, false);
	assert_string_equal(canvas_row_text(canvas, 0), "  ╭──────╮              ");
	assert_string_equal(canvas_row_text(canvas, 1), "  │inside│              ");
	assert_string_equal(canvas_row_text(canvas, 2), "  ╰──────╯              ");
	assert_string_equal(canvas_row_text(canvas, 3), "                        ");
}

static void title_is_cut_and_note_gives_way(void **state)
{
	struct canvas *canvas = *state;
	const struct rect narrow = { 0, 0, 2, 14 };

	draw_frame(canvas, narrow, "PRESSURE OF ALL", false);
	draw_frame_note(canvas, narrow, STYLE_DIM, "now");
	assert_string_equal(canvas_row_text(canvas, 0), "╭─ PRESSURE ─╮          ");
	draw_frame(canvas, narrow, "IO", false);
	draw_frame_note(canvas, narrow, STYLE_DIM, "12345");
	assert_string_equal(canvas_row_text(canvas, 0), "╭─ IO ───────╮          ");
	draw_frame_note(canvas, narrow, STYLE_DIM, "1234");
	assert_string_equal(canvas_row_text(canvas, 0), "╭─ IO  1234 ─╮          ");
}

static void smallest_frames(void **state)
{
	struct canvas *canvas = *state;

	draw_frame(canvas, (struct rect){ 0, 0, 2, 2 }, "T", false);
	draw_frame(canvas, (struct rect){ 0, 3, 2, 6 }, "T", false);
	draw_frame(canvas, (struct rect){ 0, 10, 2, 7 }, "T", false);
	draw_frame(canvas, (struct rect){ 3, 0, 1, 9 }, "T", false);
	draw_frame(canvas, (struct rect){ 2, 20, 3, 1 }, "T", false);
	draw_frame(canvas, (struct rect){ 2, 20, 0, 4 }, "T", false);
	assert_string_equal(canvas_row_text(canvas, 0), "╭╮ ╭────╮ ╭─ T ─╮       ");
	assert_string_equal(canvas_row_text(canvas, 1), "╰╯ ╰────╯ ╰─────╯       ");
	assert_string_equal(canvas_row_text(canvas, 2), "                        ");
	assert_string_equal(canvas_row_text(canvas, 3), "╭─ T ───╮               ");
}

static void frame_off_the_canvas_is_clipped(void **state)
{
	struct canvas *canvas = *state;
	const struct rect beyond = { 2, 14, 5, 20 };

	draw_frame(canvas, beyond, "FAULTS", false);
	draw_frame_note(canvas, beyond, STYLE_DIM, "oom");
	assert_string_equal(canvas_row_text(canvas, 2), "              ╭─ FAULTS ");
	assert_string_equal(canvas_row_text(canvas, 3), "              │         ");
}

static void bars(void **state)
{
	struct canvas *canvas = *state;

	draw_bar(canvas, 0, 1, 10, 0.62, STYLE_GOOD);
	draw_bar(canvas, 1, 0, 4, 0, STYLE_GOOD);
	draw_bar(canvas, 1, 5, 4, NAN, STYLE_GOOD);
	draw_bar(canvas, 1, 10, 4, -3, STYLE_GOOD);
	draw_bar(canvas, 2, 0, 4, 1, STYLE_CRIT);
	draw_bar(canvas, 2, 5, 4, INFINITY, STYLE_CRIT);
	draw_bar(canvas, 3, 5, 0, 0.5, STYLE_CRIT);
	draw_bar(canvas, 3, 5, -3, 0.5, STYLE_CRIT);
	assert_string_equal(canvas_row_text(canvas, 0), " ━━━━━━────             ");
	assert_string_equal(canvas_row_styles(canvas, 0), "tgggggg____ttttttttttttt");
	assert_string_equal(canvas_row_text(canvas, 1), "──── ──── ────          ");
	assert_string_equal(canvas_row_text(canvas, 2), "━━━━ ━━━━               ");
	assert_string_equal(canvas_row_text(canvas, 3), "                        ");
}

static void bars_in_ascii(void **state)
{
	struct canvas *canvas = *state;

	canvas->ascii = true;
	draw_bar(canvas, 0, 1, 10, 0.62, STYLE_GOOD);
	assert_string_equal(canvas_row_text(canvas, 0), " ######----             ");
}

/* Oldest first, as they stand on the screen; what lies before them is absent. */
struct series {
	const float *values;
	int count;
};

static float series_value(const void *data, int age)
{
	const struct series *series = data;

	return age < series->count ? series->values[series->count - 1 - age] : NAN;
}

static enum style series_style(const void *data, float value)
{
	(void)data;
	return value >= 8 ? STYLE_CRIT : value >= 6 ? STYLE_WARN : STYLE_GOOD;
}

static void graph(struct canvas *canvas, struct rect area, double top, const float *values,
		  int count)
{
	const struct series series = { values, count };
	const struct graph g = { series_value, series_style, &series, top, 0 };

	graph_draw(canvas, area, &g);
}

#define GRAPH(canvas, area, top, ...) \
	graph(canvas, area, top, (const float[]){ __VA_ARGS__ }, \
	      sizeof((const float[]){ __VA_ARGS__ }) / sizeof(float))

static void graph_has_two_values_a_column(void **state)
{
	struct canvas *canvas = *state;

	GRAPH(canvas, ((struct rect){ 0, 0, 1, 5 }), 4, 0, 1, 2, 3, 4, 4, 3, 0, 1, 2);
	assert_string_equal(canvas_row_text(canvas, 0), "⣀⣴⣿⣆⣠                   ");
	assert_string_equal(canvas_row_styles(canvas, 0), "gggggttttttttttttttttttt");
}

static void newest_is_at_the_right(void **state)
{
	struct canvas *canvas = *state;

	GRAPH(canvas, ((struct rect){ 0, 2, 1, 4 }), 4, 4, 1, 1);
	GRAPH(canvas, ((struct rect){ 1, 2, 1, 2 }), 4, 4, 4, 4, 1, 1, 1, 1);
	assert_string_equal(canvas_row_text(canvas, 0), "    ⢸⣀                  ");
	assert_string_equal(canvas_row_text(canvas, 1), "  ⣀⣀                    ");
}

static void absent_values_leave_a_gap(void **state)
{
	struct canvas *canvas = *state;

	GRAPH(canvas, ((struct rect){ 0, 0, 1, 4 }), 4, 4, NAN, NAN, NAN, NAN, 4, 0, 0);
	assert_string_equal(canvas_row_text(canvas, 0), "⡇ ⢸⣀                    ");
}

static void rows_stack(void **state)
{
	struct canvas *canvas = *state;

	GRAPH(canvas, ((struct rect){ 0, 0, 3, 4 }), 12, 0, 3, 5, 8, 9, 12, 100, 1);
	assert_string_equal(canvas_row_text(canvas, 0), "  ⣸⡇                    ");
	assert_string_equal(canvas_row_text(canvas, 1), " ⣸⣿⡇                    ");
	assert_string_equal(canvas_row_text(canvas, 2), "⣰⣿⣿⣇                    ");
}

static void worse_of_two_colours_a_column(void **state)
{
	struct canvas *canvas = *state;

	GRAPH(canvas, ((struct rect){ 0, 0, 2, 5 }), 8, 1, 6, 8, 6, 6, 1, NAN, 8, 7, NAN);
	assert_string_equal(canvas_row_styles(canvas, 1), "wcwcwttttttttttttttttttt");
	assert_string_equal(canvas_row_styles(canvas, 0), "wcwcwttttttttttttttttttt");
}

static void without_a_top_the_largest_is_full(void **state)
{
	struct canvas *canvas = *state;

	GRAPH(canvas, ((struct rect){ 0, 0, 1, 2 }), 0, 900, 1, 2, 4, 2);
	GRAPH(canvas, ((struct rect){ 1, 0, 1, 2 }), 0, 0, 0, 0, 0);
	GRAPH(canvas, ((struct rect){ 2, 0, 1, 2 }), 0, NAN, NAN, NAN, NAN);
	GRAPH(canvas, ((struct rect){ 3, 0, 1, 2 }), 0, 1, INFINITY, -5, 1);
	assert_string_equal(canvas_row_text(canvas, 0), "⣠⣧                      ");
	assert_string_equal(canvas_row_text(canvas, 1), "⣀⣀                      ");
	assert_string_equal(canvas_row_text(canvas, 2), "                        ");
	assert_string_equal(canvas_row_text(canvas, 3), "⣸⣀                      ");
}

static void graph_in_ascii(void **state)
{
	struct canvas *canvas = *state;

	canvas->ascii = true;
	GRAPH(canvas, ((struct rect){ 0, 0, 1, 8 }), 5, 0, 1, 2, 3, 4, 5, NAN, 9);
	assert_string_equal(canvas_row_text(canvas, 0), "__.-=# #                ");
	GRAPH(canvas, ((struct rect){ 1, 0, 2, 6 }), 10, 1, 5, 6, 8, 10, 0);
	assert_string_equal(canvas_row_text(canvas, 1), "  _-#                   ");
	assert_string_equal(canvas_row_text(canvas, 2), "_####_                  ");
}

static void graph_without_room(void **state)
{
	struct canvas *canvas = *state;

	GRAPH(canvas, ((struct rect){ 0, 0, 0, 4 }), 4, 1, 2, 3, 4);
	GRAPH(canvas, ((struct rect){ 0, 0, 1, -4 }), 4, 1, 2, 3, 4);
	GRAPH(canvas, ((struct rect){ -1, 22, 2, 4 }), 4, 4, 4, 4, 4, 4, 4, 4, 4);
	assert_string_equal(canvas_row_text(canvas, 0), "                      ⣿⣿");
}

static void pairs(void **state)
{
	struct canvas *canvas = *state;

	assert_int_equal(draw_pair(canvas, 0, 1, 24, "us", STYLE_BRIGHT, "30.1"), 8);
	assert_string_equal(canvas_row_text(canvas, 0), " us 30.1                ");
	assert_string_equal(canvas_row_styles(canvas, 0), "tddtbbbbtttttttttttttttt");
	assert_int_equal(draw_pair(canvas, 1, 0, 24, "", STYLE_BRIGHT, "7"), 1);
	assert_string_equal(canvas_row_text(canvas, 1), "7                       ");
	assert_int_equal(draw_pair(canvas, 2, 4, 24, "D", STYLE_WARN, ""), 5);
	assert_string_equal(canvas_row_text(canvas, 2), "    D                   ");
}

static void a_pair_is_whole_or_not_there(void **state)
{
	struct canvas *canvas = *state;

	assert_int_equal(draw_pair(canvas, 0, 3, 12, "dirty", STYLE_BRIGHT, "120M"), 3);
	assert_string_equal(canvas_row_text(canvas, 0), "                        ");
	assert_int_equal(draw_pair(canvas, 0, 3, 13, "dirty", STYLE_BRIGHT, "120M"), 13);
	assert_string_equal(canvas_row_text(canvas, 0), "   dirty 120M           ");
}

static void levels(void **state)
{
	(void)state;
	assert_int_equal(level_style(LEVEL_OK, STYLE_CACHE), STYLE_CACHE);
	assert_int_equal(level_style(LEVEL_WARN, STYLE_CACHE), STYLE_WARN);
	assert_int_equal(level_style(LEVEL_CRIT, STYLE_CACHE), STYLE_CRIT);
	assert_string_equal(level_mark(LEVEL_OK), "");
	assert_string_equal(level_mark(LEVEL_WARN), "!");
	assert_string_equal(level_mark(LEVEL_CRIT), "!!");
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
		TEST(frame_with_title_and_note),
		TEST(frame_in_focus),
		TEST(frame_in_ascii),
		TEST(frame_leaves_its_inside),
		TEST(title_is_cut_and_note_gives_way),
		TEST(smallest_frames),
		TEST(frame_off_the_canvas_is_clipped),
		TEST(bars),
		TEST(bars_in_ascii),
		TEST(graph_has_two_values_a_column),
		TEST(newest_is_at_the_right),
		TEST(absent_values_leave_a_gap),
		TEST(rows_stack),
		TEST(worse_of_two_colours_a_column),
		TEST(without_a_top_the_largest_is_full),
		TEST(graph_in_ascii),
		TEST(graph_without_room),
		TEST(pairs),
		TEST(a_pair_is_whole_or_not_there),
		TEST(levels),
	};

	return cmocka_run_group_tests(tests, utf8, NULL);
}
