/* A line is edited by whole characters, and its window keeps the cursor in sight. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/line_edit.h"
#include "ui/screen.h"

#define CTRL(letter) ((letter)&0x1f)

static struct line_edit line_of(const char *text)
{
	struct line_edit line = { .cursor = 0 };

	line_edit_set(&line, text);
	return line;
}

/* Text with the cursor as '|'. */
static void expect(const struct line_edit *line, const char *with_cursor)
{
	char shown[LINE_EDIT_MAX + 2];

	memcpy(shown, line->text, line->cursor);
	shown[line->cursor] = '|';
	strncpy(shown + line->cursor + 1, line->text + line->cursor,
		sizeof(shown) - line->cursor - 1);
	assert_string_equal(shown, with_cursor);
}

static void it_is_typed_and_moved_in(void **state)
{
	struct line_edit line = { .cursor = 0 };

	(void)state;
	for (const char *at = "acd"; *at; at++)
		assert_true(line_edit_insert(&line, *at));
	assert_true(line_edit_key(&line, SCREEN_KEY_LEFT));
	assert_true(line_edit_key(&line, SCREEN_KEY_LEFT));
	assert_true(line_edit_insert(&line, 'b'));
	expect(&line, "ab|cd");
	assert_true(line_edit_key(&line, SCREEN_KEY_HOME));
	assert_false(line_edit_key(&line, SCREEN_KEY_LEFT));
	assert_false(line_edit_key(&line, SCREEN_KEY_BACKSPACE));
	assert_true(line_edit_key(&line, SCREEN_KEY_DELETE));
	expect(&line, "|bcd");
	assert_true(line_edit_key(&line, SCREEN_KEY_END));
	assert_false(line_edit_key(&line, SCREEN_KEY_RIGHT));
	assert_false(line_edit_key(&line, SCREEN_KEY_DELETE));
	assert_true(line_edit_key(&line, SCREEN_KEY_BACKSPACE));
	expect(&line, "bc|");
	assert_true(line_edit_key(&line, CTRL('a')));
	assert_true(line_edit_key(&line, SCREEN_KEY_RIGHT));
	expect(&line, "b|c");
	assert_true(line_edit_key(&line, CTRL('e')));
	expect(&line, "bc|");
	assert_false(line_edit_key(&line, 'x'));
	assert_false(line_edit_key(&line, SCREEN_KEY_PAGE_UP));
}

static void parts_are_deleted(void **state)
{
	struct line_edit line = line_of("one two  three");

	(void)state;
	assert_true(line_edit_key(&line, CTRL('w')));
	expect(&line, "one two  |");
	assert_true(line_edit_key(&line, CTRL('w')));
	expect(&line, "one |");
	line = line_of("one two three");
	for (int i = 0; i < 6; i++)
		line_edit_key(&line, SCREEN_KEY_LEFT);
	expect(&line, "one two| three");
	assert_true(line_edit_key(&line, CTRL('k')));
	expect(&line, "one two|");
	assert_false(line_edit_key(&line, CTRL('k')));
	line_edit_key(&line, SCREEN_KEY_LEFT);
	assert_true(line_edit_key(&line, CTRL('u')));
	expect(&line, "|o");
	assert_false(line_edit_key(&line, CTRL('u')));
	assert_false(line_edit_key(&line, CTRL('w')));
}

static void characters_are_whole(void **state)
{
	struct line_edit line = { .cursor = 0 };

	(void)state;
	assert_true(line_edit_insert(&line, 0xe9)); /* é */
	assert_true(line_edit_insert(&line, 0x6f22)); /* 漢 */
	assert_true(line_edit_insert(&line, 0x1f600));
	assert_true(line_edit_insert(&line, 'e'));
	assert_true(line_edit_insert(&line, 0x301)); /* an accent upon the e */
	expect(&line, "é漢\U0001f600e\u0301|");
	assert_true(line_edit_key(&line, SCREEN_KEY_LEFT));
	expect(&line, "é漢\U0001f600|e\u0301");
	assert_true(line_edit_key(&line, SCREEN_KEY_LEFT));
	assert_true(line_edit_key(&line, SCREEN_KEY_BACKSPACE));
	expect(&line, "é|\U0001f600e\u0301");
	assert_true(line_edit_key(&line, SCREEN_KEY_DELETE));
	assert_true(line_edit_key(&line, SCREEN_KEY_DELETE));
	expect(&line, "é|");
	assert_true(line_edit_key(&line, SCREEN_KEY_BACKSPACE));
	expect(&line, "|");
}

static void what_is_no_text_is_left_out(void **state)
{
	static const int keys[] = { 0, 9, 27, 0x7f, 0x80, 0x9b, 0xd800, SCREEN_KEY_UP, -1 };
	struct line_edit line = line_of("x");

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		assert_false(line_edit_insert(&line, keys[i]));
	expect(&line, "x|");
}

static void what_does_not_fit_is_left_out_whole(void **state)
{
	struct line_edit line = { .cursor = 0 };
	char text[LINE_EDIT_MAX + 8];

	(void)state;
	for (int i = 0; i < LINE_EDIT_MAX - 2; i++)
		assert_true(line_edit_insert(&line, 'a'));
	assert_false(line_edit_insert(&line, 0xe9));
	assert_true(line_edit_insert(&line, 'b'));
	assert_false(line_edit_insert(&line, 'c'));
	assert_int_equal(strlen(line.text), LINE_EDIT_MAX - 1);
	memset(text, 'a', sizeof(text));
	memcpy(text + LINE_EDIT_MAX - 2, "é", sizeof("é"));
	line_edit_set(&line, text);
	assert_int_equal(strlen(line.text), LINE_EDIT_MAX - 2);
	assert_int_equal(line.cursor, LINE_EDIT_MAX - 2);
}

static void check_window(const struct line_edit *line, int columns)
{
	struct line_window window = line_edit_window(line, columns);

	assert_true(window.first <= line->cursor);
	assert_true(window.end >= line->cursor || columns < 2);
	assert_true(window.cursor >= 0);
	if (columns >= window.cursor_columns)
		assert_true(window.cursor + window.cursor_columns <= columns);
	/* Never in the middle of a character. */
	assert_int_not_equal(line->text[window.first] & 0xc0, 0x80);
	assert_int_not_equal(line->text[window.end] & 0xc0, 0x80);
}

static void the_cursor_stays_in_sight(void **state)
{
	static const char *const texts[] = { "0123456789abcdefghijklmnopqrstuvwxyz", "",
					     "漢字漢字漢字漢字漢字漢字", "éa漢e\u0301éa漢e\u0301" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		for (int columns = 1; columns < 50; columns++) {
			struct line_edit line = line_of(texts[i]);

			do
				check_window(&line, columns);
			while (line_edit_key(&line, SCREEN_KEY_LEFT));
		}
	}
}

static void a_window_has_something_on_either_side(void **state)
{
	struct line_edit line = line_of("0123456789abcdefghij");
	struct line_window window = line_edit_window(&line, 10);

	(void)state;
	/* The cursor behind the last takes a column. */
	assert_int_equal(window.end, 20);
	assert_int_equal(window.first, 15);
	assert_int_equal(window.cursor, 5);
	line.cursor = 12;
	window = line_edit_window(&line, 10);
	assert_int_equal(window.first, 5);
	assert_int_equal(window.end, 15);
	line.cursor = 9;
	window = line_edit_window(&line, 10);
	assert_int_equal(window.first, 0);
	assert_int_equal(window.cursor, 9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_typed_and_moved_in),
		cmocka_unit_test(parts_are_deleted),
		cmocka_unit_test(characters_are_whole),
		cmocka_unit_test(what_is_no_text_is_left_out),
		cmocka_unit_test(what_does_not_fit_is_left_out_whole),
		cmocka_unit_test(the_cursor_stays_in_sight),
		cmocka_unit_test(a_window_has_something_on_either_side),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
