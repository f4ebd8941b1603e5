/* The canvas: what is drawn is there, and nothing outside of it is touched. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "canvas_text.h"

static int make(void **state)
{
	struct canvas *canvas = calloc(1, sizeof(*canvas));

	if (!canvas || canvas_resize(canvas, 3, 10) < 0)
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

static void assert_rows(const struct canvas *canvas, const char *a, const char *b, const char *c)
{
	assert_string_equal(canvas_row_text(canvas, 0), a);
	assert_string_equal(canvas_row_text(canvas, 1), b);
	assert_string_equal(canvas_row_text(canvas, 2), c);
}

#define BLANK "          "

static void begins_blank(void **state)
{
	const struct canvas *canvas = *state;

	assert_rows(canvas, BLANK, BLANK, BLANK);
	assert_string_equal(canvas_row_styles(canvas, 0), "tttttttttt");
}

static void text_has_its_style(void **state)
{
	struct canvas *canvas = *state;

	assert_int_equal(canvas_text(canvas, 1, 2, 8, STYLE_WARN, "load"), 4);
	assert_rows(canvas, BLANK, "  load    ", BLANK);
	assert_string_equal(canvas_row_styles(canvas, 1), "ttwwwwtttt");
}

static void text_is_cut_to_its_field(void **state)
{
	struct canvas *canvas = *state;

	assert_int_equal(canvas_text(canvas, 0, 1, 3, STYLE_TEXT, "python3"), 3);
	assert_int_equal(canvas_text(canvas, 1, 1, 0, STYLE_TEXT, "python3"), 0);
	assert_int_equal(canvas_text(canvas, 2, 1, -4, STYLE_TEXT, "python3"), 0);
	assert_rows(canvas, " pyt      ", BLANK, BLANK);
}

static void right_text_ends_at_its_edge(void **state)
{
	struct canvas *canvas = *state;

	canvas_text_right(canvas, 0, 1, 6, STYLE_TEXT, "41.0");
	canvas_text_right(canvas, 1, 1, 6, STYLE_TEXT, "123456789");
	canvas_text_right(canvas, 2, 1, 6, STYLE_TEXT, "中3");
	assert_rows(canvas, "   41.0   ", " 123456   ", "    中3   ");
}

static void every_side_clips(void **state)
{
	struct canvas *canvas = *state;

	assert_int_equal(canvas_text(canvas, 0, -2, 20, STYLE_TEXT, "abcdef"), 6);
	assert_int_equal(canvas_text(canvas, 2, 8, 20, STYLE_TEXT, "abcdef"), 6);
	assert_int_equal(canvas_text(canvas, -1, 0, 20, STYLE_TEXT, "above"), 5);
	assert_int_equal(canvas_text(canvas, 3, 0, 20, STYLE_TEXT, "below"), 5);
	canvas_put(canvas, 1, -1, 'x', STYLE_TEXT);
	canvas_put(canvas, 1, 10, 'x', STYLE_TEXT);
	canvas_select(canvas, -1, 0, 10);
	canvas_select(canvas, 3, 0, 10);
	canvas_select(canvas, 1, 7, 1000);
	canvas_select(canvas, 1, -7, 8);
	assert_rows(canvas, "cdef      ", BLANK, "        ab");
	assert_string_equal(canvas_row_styles(canvas, 1), "*tttttt***");
}

static void fill_clips(void **state)
{
	struct canvas *canvas = *state;

	canvas_fill(canvas, (struct rect){ -5, -5, 7, 8 }, '#', STYLE_GOOD);
	canvas_fill(canvas, (struct rect){ 2, 8, 50, 50 }, '=', STYLE_GOOD);
	canvas_fill(canvas, (struct rect){ 0, 5, 2, -3 }, '!', STYLE_GOOD);
	canvas_fill(canvas, (struct rect){ 20, 20, 4, 4 }, '!', STYLE_GOOD);
	canvas_fill(canvas, (struct rect){ -9, -9, 4, 4 }, '!', STYLE_GOOD);
	assert_rows(canvas, "###       ", "###       ", "        ==");
	assert_string_equal(canvas_row_styles(canvas, 0), "gggttttttt");
}

static void fill_with_wide_characters_leaves_no_half(void **state)
{
	struct canvas *canvas = *state;

	canvas_fill(canvas, (struct rect){ 0, 0, 1, 5 }, 0x4e2d, STYLE_TEXT);
	assert_rows(canvas, "中中      ", BLANK, BLANK);
}

static void wide_characters_take_two_cells(void **state)
{
	struct canvas *canvas = *state;

	assert_int_equal(canvas_text(canvas, 0, 0, 10, STYLE_TEXT, "a中b文"), 6);
	assert_rows(canvas, "a中b文    ", BLANK, BLANK);
	assert_int_equal(canvas->cell[1].ch, 0x4e2d);
	assert_int_equal(canvas->cell[2].ch, CELL_WIDE);
	assert_int_equal(canvas->cell[3].ch, 'b');
	assert_int_equal(canvas_text_columns(canvas, "a中b文"), 6);
}

static void a_wide_character_is_not_halved_by_a_field(void **state)
{
	struct canvas *canvas = *state;

	assert_int_equal(canvas_text(canvas, 0, 0, 4, STYLE_TEXT, "a中文"), 3);
	assert_rows(canvas, "a中       ", BLANK, BLANK);
}

static void half_a_wide_character_at_an_edge_is_blank(void **state)
{
	struct canvas *canvas = *state;

	canvas_text(canvas, 0, 0, 10, STYLE_TEXT, "abcdefghij");
	canvas_put(canvas, 0, 9, 0x4e2d, STYLE_TEXT);
	canvas_put(canvas, 0, -1, 0x4e2d, STYLE_TEXT);
	canvas_put(canvas, 1, 9, 0x4e2d, STYLE_TEXT);
	assert_rows(canvas, " bcdefghi ", BLANK, BLANK);
}

static void overwriting_a_half_blanks_the_other(void **state)
{
	struct canvas *canvas = *state;

	for (int row = 0; row < 3; row++)
		canvas_text(canvas, row, 0, 10, STYLE_TEXT, "中文中文中");
	canvas_put(canvas, 0, 2, 'l', STYLE_TEXT);
	canvas_put(canvas, 1, 3, 'r', STYLE_TEXT);
	canvas_put(canvas, 2, 1, 0x5b57, STYLE_TEXT);
	assert_rows(canvas, "中l 中文中", "中 r中文中", " 字 中文中");
}

static void what_has_no_width_is_left_out(void **state)
{
	struct canvas *canvas = *state;

	assert_int_equal(canvas_text(canvas, 0, 0, 10, STYLE_TEXT, "e\xcc\x81\x1b[1m\x7f\xc2\x9bz"),
			 5);
	canvas_put(canvas, 1, 0, 0x200b, STYLE_TEXT);
	canvas_put(canvas, 1, 1, '\n', STYLE_TEXT);
	canvas_put(canvas, 1, 2, 0, STYLE_TEXT);
	assert_rows(canvas, "e[1mz     ", BLANK, BLANK);
}

static void bytes_that_are_not_utf8_show_as_such(void **state)
{
	struct canvas *canvas = *state;

	assert_int_equal(canvas_text(canvas, 0, 0, 10, STYLE_TEXT, "a\xff\xe4\xb8z"), 5);
	assert_rows(canvas, "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz     ", BLANK, BLANK);
}

static void ascii_has_a_question_mark_a_column(void **state)
{
	struct canvas *canvas = *state;

	canvas->ascii = true;
	assert_int_equal(canvas_text(canvas, 0, 0, 10, STYLE_TEXT, "a\xc3\xa9中b"), 5);
	canvas_put(canvas, 1, 9, 0x4e2d, STYLE_TEXT);
	canvas_put(canvas, 2, 0, 0x2502, STYLE_TEXT);
	assert_int_equal(canvas_text(canvas, 2, 4, 4, STYLE_TEXT, "\x1b~\x7f"), 1);
	assert_rows(canvas, "a???b     ", "         ?", "?   ~     ");
}

/* There wcwidth() knows no width for any of them, and nothing may vanish for that. */
static void ascii_works_in_the_c_locale(void **state)
{
	struct canvas *canvas = *state;

	canvas->ascii = true;
	setlocale(LC_ALL, "C");
	assert_int_equal(canvas_text(canvas, 0, 0, 10, STYLE_TEXT, "a\xc3\xa9z"), 3);
	setlocale(LC_ALL, "C.UTF-8");
	assert_rows(canvas, "a?z       ", BLANK, BLANK);
}

static void selection_marks_and_drawing_unmarks(void **state)
{
	struct canvas *canvas = *state;

	canvas_text(canvas, 1, 0, 10, STYLE_GOOD, "abcdef");
	canvas_select(canvas, 1, 1, 8);
	assert_string_equal(canvas_row_styles(canvas, 1), "g********t");
	assert_string_equal(canvas_row_text(canvas, 1), "abcdef    ");
	assert_int_equal(canvas->cell[11].style, STYLE_GOOD | CELL_SELECTED);
	canvas_put(canvas, 1, 4, 'x', STYLE_GOOD);
	assert_string_equal(canvas_row_styles(canvas, 1), "g***g****t");
}

static void resizing_clears(void **state)
{
	struct canvas *canvas = *state;

	canvas_text(canvas, 0, 0, 10, STYLE_GOOD, "abcdef");
	assert_int_equal(canvas_resize(canvas, 2, 3), 0);
	assert_string_equal(canvas_row_text(canvas, 0), "   ");
	assert_string_equal(canvas_row_styles(canvas, 1), "ttt");
	assert_int_equal(canvas_resize(canvas, 200, 500), 0);
	assert_int_equal(strlen(canvas_row_text(canvas, 199)), 500);
}

static void there_is_room_for_no_cell(void **state)
{
	struct canvas *canvas = *state;

	assert_int_equal(canvas_resize(canvas, 0, 80), 0);
	canvas_text(canvas, 0, 0, 80, STYLE_TEXT, "nowhere");
	assert_int_equal(canvas_resize(canvas, -4, -80), 0);
	canvas_fill(canvas, (struct rect){ 0, 0, 5, 5 }, '#', STYLE_TEXT);
	canvas_clear(canvas);
	assert_int_equal(canvas->rows, 0);
	assert_int_equal(canvas->columns, 0);
}

static void an_absurd_size_is_refused(void **state)
{
	struct canvas *canvas = *state;

	assert_true(canvas_resize(canvas, 1 << 20, 1 << 20) < 0);
	assert_string_equal(canvas_row_text(canvas, 0), BLANK);
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
		TEST(begins_blank),
		TEST(text_has_its_style),
		TEST(text_is_cut_to_its_field),
		TEST(right_text_ends_at_its_edge),
		TEST(every_side_clips),
		TEST(fill_clips),
		TEST(fill_with_wide_characters_leaves_no_half),
		TEST(wide_characters_take_two_cells),
		TEST(a_wide_character_is_not_halved_by_a_field),
		TEST(half_a_wide_character_at_an_edge_is_blank),
		TEST(overwriting_a_half_blanks_the_other),
		TEST(what_has_no_width_is_left_out),
		TEST(bytes_that_are_not_utf8_show_as_such),
		TEST(ascii_has_a_question_mark_a_column),
		TEST(ascii_works_in_the_c_locale),
		TEST(selection_marks_and_drawing_unmarks),
		TEST(resizing_clears),
		TEST(there_is_room_for_no_cell),
		TEST(an_absurd_size_is_refused),
	};

	return cmocka_run_group_tests(tests, utf8, NULL);
}
