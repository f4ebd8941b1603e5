/* The screen on a real terminal: cells, colours, sizes, and what it costs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "screen_child.h"
#include "screen_run.h"

static void every_corner_is_drawn(void **state)
{
	static const int sizes[][2] = { { 24, 80 }, { 3, 40 }, { 45, 160 }, { 60, 300 } };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		int rows = sizes[i][0], cols = sizes[i][1];
		struct term *t =
			screen_open_on(&(struct term_options){ .rows = rows, .cols = cols }, "c");

		assert_string_equal(term_cell(t, 0, cols - 1).text, "T");
		assert_string_equal(term_cell(t, rows - 1, 0).text, "L");
		assert_string_equal(term_cell(t, rows - 1, cols - 1).text, "R");
		screen_finish(t);
	}
}

static void a_single_cell_is_a_screen(void **state)
{
	struct term *t = screen_open_plain();

	(void)state;
	term_resize(t, 1, 1);
	assert_int_equal(term_wait_text(t, "R", TERM_WAIT_MS), 0);
	term_resize(t, 1, 2);
	assert_int_equal(term_wait_text(t, "LR", TERM_WAIT_MS), 0);
	screen_end(t, "q\n");
}

static void colours_of_256(void **state)
{
	struct term *t = screen_open_plain();
	struct term_cell cell;

	(void)state;
	cell = term_cell(t, 2, SAMPLE_TEXT);
	assert_true(cell.fg.is_default && cell.bg.is_default && !cell.bold);
	cell = term_cell(t, 2, SAMPLE_DIM);
	assert_int_equal(cell.fg.index, 244);
	assert_true(cell.bg.is_default);
	cell = term_cell(t, 2, SAMPLE_BADGE);
	assert_int_equal(cell.fg.index, 234);
	assert_int_equal(cell.bg.index, 117);
	cell = term_cell(t, 2, SAMPLE_CRIT);
	assert_int_equal(cell.fg.index, 203);
	assert_true(cell.bold && cell.bg.is_default);
	cell = term_cell(t, 2, SAMPLE_SORT);
	assert_true(cell.underline);
	assert_int_equal(cell.fg.index, 117);
	cell = term_cell(t, 2, SAMPLE_SELECTED);
	assert_int_equal(cell.bg.index, 236);
	assert_int_equal(term_cell(t, 2, SAMPLE_SELECTED + 2).bg.index, 236);
	assert_true(term_cell(t, 2, SAMPLE_SELECTED + 3).bg.is_default);
	screen_finish(t);
}

static void colours_of_8(void **state)
{
	struct term *t = screen_open_on(&(struct term_options){ .name = "xterm" }, "c");

	(void)state;
	assert_true(term_shows(t, "depth 1"));
	assert_int_equal(term_cell(t, 2, SAMPLE_BADGE).fg.index, 0);
	assert_int_equal(term_cell(t, 2, SAMPLE_BADGE).bg.index, 6);
	assert_true(term_cell(t, 2, SAMPLE_TEXT).fg.is_default);
	assert_true(term_cell(t, 2, SAMPLE_SELECTED).reverse);
	screen_finish(t);
}

static void assert_no_colour(struct term *t)
{
	assert_true(term_shows(t, "depth 0"));
	for (int col = 0; col < term_cols(t); col++) {
		struct term_cell cell = term_cell(t, 2, col);

		assert_true(cell.fg.is_default && cell.bg.is_default);
	}
	assert_true(term_cell(t, 2, SAMPLE_BADGE).reverse);
	assert_true(term_cell(t, 2, SAMPLE_BADGE).bold);
	assert_true(term_cell(t, 2, SAMPLE_CRIT).bold);
	assert_true(term_cell(t, 2, SAMPLE_SORT).underline);
	assert_true(term_cell(t, 2, SAMPLE_SELECTED).reverse);
	assert_false(term_cell(t, 2, SAMPLE_TEXT).reverse);
}

static void no_colour_when_not_wanted(void **state)
{
	struct term *t = screen_open_on(&(struct term_options){ 0 }, "");

	(void)state;
	assert_no_colour(t);
	screen_finish(t);
}

static void no_colour_when_there_is_none(void **state)
{
	struct term *t = screen_open_on(&(struct term_options){ .name = "xterm-mono" }, "c");

	(void)state;
	assert_no_colour(t);
	screen_end(t, "q\n");
}

static void ascii_only_in_a_locale_without_utf8(void **state)
{
	static const char *const env[] = { "LANG=C", NULL };
	struct term *t = screen_open_on(&(struct term_options){ .env = env }, "ca");

	(void)state;
	term_keys(t, "w");
	assert_int_equal(term_wait_text(t, "a??b", TERM_WAIT_MS), 0);
	screen_finish(t);
}

static void wide_characters_replace_each_other(void **state)
{
	struct term *t = screen_open_plain();

	(void)state;
	screen_press(t, CHILD_WIDE, "a中文b");
	assert_int_equal(term_cell(t, 3, 1).width, 2);
	screen_press(t, CHILD_WIDE, "ab文中");
	assert_string_equal(term_row(t, 3), "ab文中");
	screen_press(t, CHILD_WIDE, "ab中x");
	assert_string_equal(term_row(t, 3), "ab中x");
	screen_press(t, CHILD_WIDE, "漢");
	assert_string_equal(term_row(t, 3), "漢");
	screen_press(t, CHILD_WIDE, "漢字z");
	screen_press(t, CHILD_WIDE, "漢字y");
	assert_string_equal(term_row(t, 3), "漢字y");
	screen_finish(t);
}

static void follows_the_size(void **state)
{
	static const int sizes[][2] = { { 30, 100 }, { 10, 40 }, { 50, 200 }, { 24, 80 } };
	struct term *t = screen_open_plain();
	char expected[64];

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		int rows = sizes[i][0], cols = sizes[i][1];

		assert_int_equal(term_resize(t, rows, cols), 0);
		snprintf(expected, sizeof(expected), "%dx%d depth", rows, cols);
		assert_int_equal(term_wait_text(t, expected, TERM_WAIT_MS), 0);
		assert_string_equal(term_cell(t, 0, cols - 1).text, "T");
		assert_string_equal(term_cell(t, rows - 1, cols - 1).text, "R");
		assert_string_equal(term_row(t, 1), ""); /* a new size is no key */
	}
	screen_finish(t);
}

static void many_sizes_in_a_row(void **state)
{
	struct term *t = screen_open_plain();

	(void)state;
	for (int i = 0; i < 200; i++) {
		term_resize(t, 1 + i * 37 % 60, 1 + i * 53 % 200);
		if (i % 8 == 0)
			term_wait_quiet(t, 1, TERM_WAIT_MS);
	}
	term_resize(t, 30, 90);
	assert_int_equal(term_wait_text(t, "30x90 depth", TERM_WAIT_MS), 0);
	assert_string_equal(term_cell(t, 0, 89).text, "T");
	assert_string_equal(term_cell(t, 29, 89).text, "R");
	screen_press(t, CHILD_QUIT, "closed");
	screen_assert_left(t);
	screen_end(t, "\n");
}

static void a_terminal_without_a_size_has_80x24(void **state)
{
	struct term *t = screen_open_on(&(struct term_options){ .unsized = true }, "c");

	(void)state;
	assert_true(term_shows(t, "24x80 depth"));
	screen_finish(t);
}

static void a_terminal_without_a_size_asks_the_environment(void **state)
{
	static const char *const env[] = { "LINES=20", "COLUMNS=70", NULL };
	struct term *t = screen_open_on(&(struct term_options){ .unsized = true, .env = env }, "c");

	(void)state;
	assert_true(term_shows(t, "20x70 depth"));
	screen_finish(t);
}

static void the_environment_does_not_belie_a_size(void **state)
{
	static const char *const env[] = { "LINES=20", "COLUMNS=70", NULL };
	struct term *t = screen_open_on(&(struct term_options){ .env = env }, "c");

	(void)state;
	assert_true(term_shows(t, "24x80 depth"));
	screen_finish(t);
}

static void an_unchanged_frame_writes_nothing(void **state)
{
	struct term *t = screen_open_plain();
	uint64_t before;

	(void)state;
	screen_press(t, CHILD_UNCHANGED, "same");
	before = term_bytes(t);
	screen_press(t, 'k', "key 6b");
	screen_press(t, CHILD_UNCHANGED, "same");
	assert_in_range(term_bytes(t) - before, 1, 150);
	screen_finish(t);
}

static void a_frame_is_one_write(void **state)
{
	struct term *t = screen_open_plain();

	(void)state;
	screen_press(t, CHILD_SCATTER, "writes 1");
	assert_string_equal(term_row(t, 1), "writes 1");
	screen_press(t, 'k', "key 6b");
	screen_press(t, CHILD_SCATTER, "writes 1");
	assert_string_equal(term_row(t, 1), "writes 1");
	assert_string_equal(term_cell(t, 10, 71).text, "2");
	screen_finish(t);
}

static void drawing_afresh_removes_what_is_strange(void **state)
{
	struct term *t = screen_open_plain();

	(void)state;
	screen_press(t, CHILD_JUNK, "junk");
	screen_press(t, CHILD_WHOLE, "key 6c");
	assert_false(term_shows(t, "junk"));
	assert_true(term_shows(t, "badge"));
	screen_finish(t);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_corner_is_drawn),
		cmocka_unit_test(a_single_cell_is_a_screen),
		cmocka_unit_test(colours_of_256),
		cmocka_unit_test(colours_of_8),
		cmocka_unit_test(no_colour_when_not_wanted),
		cmocka_unit_test(no_colour_when_there_is_none),
		cmocka_unit_test(ascii_only_in_a_locale_without_utf8),
		cmocka_unit_test(wide_characters_replace_each_other),
		cmocka_unit_test(follows_the_size),
		cmocka_unit_test(many_sizes_in_a_row),
		cmocka_unit_test(a_terminal_without_a_size_has_80x24),
		cmocka_unit_test(a_terminal_without_a_size_asks_the_environment),
		cmocka_unit_test(the_environment_does_not_belie_a_size),
		cmocka_unit_test(an_unchanged_frame_writes_nothing),
		cmocka_unit_test(a_frame_is_one_write),
		cmocka_unit_test(drawing_afresh_removes_what_is_strange),
	};

	if (argc == 3 && strcmp(argv[1], SCREEN_CHILD) == 0)
		return screen_child(argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
