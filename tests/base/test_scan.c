#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/scan.h"
#include "support/parse_check.h"

static void assert_text(struct scan s, const char *text)
{
	assert_int_equal(scan_left(&s), strlen(text));
	assert_memory_equal(s.at, text, strlen(text));
}

static void lines(void **state)
{
	struct scan text = scan_text(TEXT("one\n\ntwo three\nlast")), line;

	(void)state;
	assert_true(scan_line(&text, &line));
	assert_text(line, "one");
	assert_true(scan_line(&text, &line));
	assert_text(line, "");
	assert_true(scan_line(&text, &line));
	assert_text(line, "two three");
	assert_true(scan_line(&text, &line));
	assert_text(line, "last");
	assert_false(scan_line(&text, &line));
}

static void words(void **state)
{
	struct scan s = scan_text(TEXT("  a\tbc  d ")), word;

	(void)state;
	assert_true(scan_word(&s, &word));
	assert_text(word, "a");
	scan_skip(&s, 1);
	assert_true(scan_word(&s, &word));
	assert_text(word, "d");
	assert_false(scan_word(&s, &word));
	assert_text(word, "");
	scan_skip(&s, 3);
	assert_false(scan_blank(&s));
}

static void unsigned_numbers(void **state)
{
	static const struct {
		const char *text;
		uint64_t value;
	} cases[] = {
		{ "0", 0 },
		{ "007", 7 },
		{ "18446744073709551614", UINT64_MAX - 1 },
		{ "18446744073709551615", ABSENT },
		{ "18446744073709551616", ABSENT },
		{ "99999999999999999999999999999999999999", ABSENT },
		{ "-1", ABSENT },
		{ "+1", ABSENT },
		{ "1.5", ABSENT },
		{ "12x", ABSENT },
		{ "x12", ABSENT },
		{ "0x10", ABSENT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[64];
		uint64_t value = 1, next = 1;
		struct scan s;

		/* What follows a field is read whatever the field was. */
		snprintf(text, sizeof(text), "%s 42", cases[i].text);
		s = scan_text(text, strlen(text));
		assert_true(scan_u64(&s, &value));
		assert_int_equal(value, cases[i].value);
		assert_true(scan_u64(&s, &next));
		assert_int_equal(next, 42);
		assert_false(scan_u64(&s, &next));
		assert_int_equal(next, ABSENT);
	}
}

static void signed_numbers(void **state)
{
	struct scan s = scan_text(TEXT("-20 19 9223372036854775808 - -- -9223372036854775807 x 3"));
	int64_t value = 5;

	(void)state;
	assert_true(scan_s64(&s, &value));
	assert_int_equal(value, -20);
	assert_true(scan_s64(&s, &value));
	assert_int_equal(value, 19);
	assert_false(scan_s64(&s, &value));
	assert_false(scan_s64(&s, &value));
	assert_false(scan_s64(&s, &value));
	assert_int_equal(value, 19);
	assert_true(scan_s64(&s, &value));
	assert_int_equal(value, -INT64_MAX);
	assert_false(scan_s64(&s, &value));
	assert_true(scan_s64(&s, &value));
	assert_int_equal(value, 3);
	assert_false(scan_s64(&s, &value));
}

static void hundredths(void **state)
{
	static const struct {
		const char *text;
		uint64_t value;
	} cases[] = {
		{ "0.00", 0 },
		{ "12.34", 1234 },
		{ "12.349", 1234 },
		{ "12.3", 1230 },
		{ "12.", 1200 },
		{ "12", 1200 },
		{ "184467440737095516.14", UINT64_MAX - 1 },
		{ "184467440737095516.15", ABSENT },
		{ "18446744073709551614", ABSENT },
		{ ".5", ABSENT },
		{ "-0.5", ABSENT },
		{ "1.2.3", ABSENT },
		{ "1.-2", ABSENT },
		{ "1,5", ABSENT },
		{ "nan", ABSENT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct scan s = scan_text(cases[i].text, strlen(cases[i].text));
		uint64_t value = 1;

		assert_true(scan_hundredths(&s, &value));
		assert_int_equal(value, cases[i].value);
		assert_false(scan_hundredths(&s, &value));
		assert_int_equal(value, ABSENT);
	}
}

static void comparisons(void **state)
{
	struct scan s = scan_text(TEXT("cpu12"));

	(void)state;
	assert_true(scan_is(s, "cpu12"));
	assert_false(scan_is(s, "cpu1"));
	assert_false(scan_is(s, "cpu123"));
	assert_true(scan_starts(s, "cpu"));
	assert_true(scan_starts(s, ""));
	assert_false(scan_starts(s, "cpu123"));
}

static void check_all(const char *text, size_t len)
{
	struct scan all = scan_text(text, len), line, word, copy;
	uint64_t number;
	int64_t signed_number;

	while (scan_line(&all, &line)) {
		copy = line;
		while (scan_u64(&copy, &number))
			;
		copy = line;
		while (scan_hundredths(&copy, &number))
			;
		copy = line;
		while (scan_word(&copy, &word)) {
			assert_true(word.at < word.end);
			assert_true(word.end <= line.end);
			scan_s64(&word, &signed_number);
		}
		assert_false(scan_blank(&copy));
	}
	assert_ptr_equal(all.at, text + len);
}

static void any_bytes(void **state)
{
	(void)state;
	parse_prefixes(check_all, TEXT("some 12.34 -5 x.y\n\t 18446744073709551616 1.\n- 3"));
	parse_mutations(check_all, TEXT("some 12.34 -5 x.y\n\t 18446744073709551616 1.\n- 3\n"),
			20000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),
		cmocka_unit_test(words),
		cmocka_unit_test(unsigned_numbers),
		cmocka_unit_test(signed_numbers),
		cmocka_unit_test(hundredths),
		cmocka_unit_test(comparisons),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
