#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/words.h"

static void words_come_one_by_one(void **state)
{
	const char *text = "  one,two\t three ,, ";
	char word[WORD_MAX];

	(void)state;
	assert_true(words_next(&text, word));
	assert_string_equal(word, "one");
	assert_true(words_next(&text, word));
	assert_string_equal(word, "two");
	assert_true(words_next(&text, word));
	assert_string_equal(word, "three");
	assert_false(words_next(&text, word));
	assert_false(words_next(&text, word));
}

static void a_long_word_is_cut_and_left_behind(void **state)
{
	const char *text = "0123456789012345678901234567890123456789 next";
	char word[WORD_MAX];

	(void)state;
	assert_true(words_next(&text, word));
	assert_string_equal(word, "0123456789012345678901234567890");
	assert_true(words_next(&text, word));
	assert_string_equal(word, "next");
}

static void words_are_put_together(void **state)
{
	char text[8] = "";

	(void)state;
	words_append(text, sizeof(text), "ab");
	words_append(text, sizeof(text), "cd");
	assert_string_equal(text, "ab cd");
	words_append(text, sizeof(text), "efgh");
	assert_string_equal(text, "ab cd e");
	words_append(text, sizeof(text), "x");
	assert_string_equal(text, "ab cd e");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_come_one_by_one),
		cmocka_unit_test(a_long_word_is_cut_and_left_behind),
		cmocka_unit_test(words_are_put_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
