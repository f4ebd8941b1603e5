#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "support/parse_check.h"

#define R "\xef\xbf\xbd"

static void assert_clean(const char *src, size_t len, const char *expected)
{
	char dst[128];

	assert_int_equal(text_clean(dst, sizeof(dst), src, len), strlen(expected));
	assert_string_equal(dst, expected);
}

static void names_that_stay(void **state)
{
	static const char *const names[] = {
		"",
		"python3",
		"tmux: server",
		"kworker/u4:2+flush-259:0",
		"x) R 1 (y",
		"\"q'\\",
		"<&>",
		"%s%n%d",
		"(",
		")",
		"               ",
		"\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e",
		"\xc3\xa9",
		"e\xcc\x81",
		"\xf0\x9f\x91\xa9",
		"\xef\xbf\xbd",
		"\xc2\xa0",
		"\xf4\x8f\xbf\xbd",
		"\xee\x80\x80",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_clean(names[i], strlen(names[i]), names[i]);
}

static void names_made_harmless(void **state)
{
	(void)state;
	assert_clean(TEXT("\x1b[2J"), R "[2J");
	assert_clean(TEXT("two\nlines"), "two" R "lines");
	assert_clean(TEXT("tab\there\x7f"), "tab" R "here" R);
	assert_clean(TEXT("nul\0nul"), "nul" R "nul");
	assert_clean(TEXT("c1\xc2\x9b[31m"), "c1" R "[31m");
	assert_clean(TEXT("\xc2\x80\xc2\x9f\xc2\x9d"
			  "0;title"),
		     R R R "0;title");
	assert_clean(TEXT("raw\x9b[31m"), "raw" R "[31m");
	assert_clean(TEXT("bad\xff\xfe\xc3("), "bad" R R R "(");
	assert_clean(TEXT("\xc3"), R);
	assert_clean(TEXT("\xe6\x97"), R R);
	assert_clean(TEXT("\xc0\xaf\xe0\x80\xaf"), R R R R R); /* overlong */
	assert_clean(TEXT("\xed\xa0\x80"), R R R); /* a surrogate */
	assert_clean(TEXT("\xf4\x90\x80\x80"), R R R R); /* beyond U+10FFFF */
	assert_clean(TEXT("\xf8\x88\x80\x80\x80"), R R R R R);
	assert_clean(TEXT("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb"),
		     "\xf0\x9f\x91\xa9" R "\xf0\x9f\x92\xbb"); /* zero-width joiner */
}

/* Writes a character as UTF-8, surrogates too. */
static size_t encode(char *dst, uint32_t c)
{
	if (c < 0x80) {
		dst[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		dst[0] = (char)(0xc0 | c >> 6);
		dst[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		dst[0] = (char)(0xe0 | c >> 12);
		dst[1] = (char)(0x80 | (c >> 6 & 0x3f));
		dst[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	dst[0] = (char)(0xf0 | c >> 18);
	dst[1] = (char)(0x80 | (c >> 12 & 0x3f));
	dst[2] = (char)(0x80 | (c >> 6 & 0x3f));
	dst[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

static bool has_bad(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) || (c >= 0xd800 && c <= 0xdfff) || c == 0x61c ||
	       (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfdd0 && c <= 0xfdef) ||
	       (c & 0xfffe) == 0xfffe || (c >= 0xe0000 && c <= 0xe0fff);
}

/* Every character there is: what must go is replaced, the others that have a width stay. */
static void every_character(void **state)
{
	unsigned kept = 0;

	(void)state;
	assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
	for (uint32_t c = 0; c <= 0x10ffff; c++) {
		char src[4], dst[8];
		size_t len = encode(src, c), got;
		const char *at = src;
		bool surrogate = c >= 0xd800 && c <= 0xdfff;

		if (!surrogate) {
			assert_int_equal(text_next(&at, src + len), c);
			assert_ptr_equal(at, src + len);
		}
		got = text_clean(dst, sizeof(dst), src, len);
		if (has_bad(c)) {
			assert_memory_equal(dst, R, 3);
		} else if (got == len && !memcmp(dst, src, len)) {
			kept++;
		} else {
			assert_string_equal(dst, R);
			/* Invisible, or blank where a letter is expected. */
			assert_true(text_columns(c) == 0 || c == 0xad || c == 0x115f ||
				    c == 0x3164 || (c >= 0x17b4 && c <= 0x180f) ||
				    (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xfff0 && c <= 0xfffb) ||
				    c == 0xffa0);
		}
	}
	assert_true(kept > 1000000);
}

static void cut_at_a_character(void **state)
{
	const char *name = "a\xe6\x97\xa5\xff"
			   "b";
	const char *const expected[] = { "a", "a\xe6\x97\xa5", "a\xe6\x97\xa5" R,
					 "a\xe6\x97\xa5" R "b" };
	const size_t least[] = { 4, 5, 8, 9 };

	(void)state;
	for (size_t cap = 4, i = 0; cap < 12; cap++) {
		char dst[16];

		memset(dst, '~', sizeof(dst));
		i += i < 3 && cap >= least[i + 1];
		assert_int_equal(text_clean(dst, cap, name, strlen(name)), strlen(expected[i]));
		assert_string_equal(dst, expected[i]);
		assert_int_equal(dst[cap], '~');
	}
}

static void check_clean(const char *text, size_t len)
{
	char dst[64], again[64];
	size_t got = text_clean(dst, sizeof(dst), text, len);

	assert_true(got < sizeof(dst));
	assert_int_equal(strlen(dst), got);
	assert_int_equal(text_clean(again, sizeof(again), dst, got), got);
	assert_string_equal(dst, again);
	for (size_t i = 0; i < got; i++)
		assert_true((unsigned char)dst[i] >= 0x20 && dst[i] != 0x7f);
}

static void any_bytes(void **state)
{
	static const char name[] =
		"\x1b[2J\xc2\x9b\xf0\x9f\x91\xa9\xe2\x80\x8d\xed\xa0\x80\n\xc3\xa9)";

	(void)state;
	parse_prefixes(check_clean, TEXT(name));
	parse_mutations(check_clean, TEXT(name), 20000);
}

static void columns(void **state)
{
	(void)state;
	assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
	assert_int_equal(text_columns('a'), 1);
	assert_int_equal(text_columns(0xe9), 1);
	assert_int_equal(text_columns(0x65e5), 2);
	assert_int_equal(text_columns(0x301), 0);
	assert_int_equal(text_columns(0x1b), 0);
	assert_int_equal(text_columns(0), 0);
}

struct number {
	double value;
	const char *expected;
};

static void assert_numbers(char *(*write)(char *, size_t, double), const struct number *cases,
			   size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char dst[32];

		assert_ptr_equal(write(dst, sizeof(dst), cases[i].value), dst);
		assert_string_equal(dst, cases[i].expected);
	}
}

#define ASSERT_NUMBERS(write, cases) \
	assert_numbers(write, cases, sizeof(cases) / sizeof((cases)[0]))

static const double K = 1024.0, M = 1048576.0, G = 1073741824.0;

static void bytes(void **state)
{
	const struct number cases[] = {
		{ 0, "0" },
		{ 0.4, "0" },
		{ 512, "512" },
		{ 1023, "1023" },
		{ 1023.4, "1023" },
		{ 1023.5, "1.0K" },
		{ 1024, "1.0K" },
		{ 1536, "1.5K" },
		{ 99.94 * K, "99.9K" },
		{ 99.95 * K, "100K" },
		{ 1023.4 * K, "1023K" },
		{ 1023.9 * K, "1.0M" },
		{ 12 * M, "12.0M" },
		{ 410 * M, "410M" },
		{ 6.1 * G, "6.1G" },
		{ 0.1 * G, "102M" },
		{ 1023.9 * G, "1.0T" },
		{ 1e15, "909T" },
		{ 0x1p64, "16.0E" },
		{ 1e30, "9999E" },
		{ INFINITY, "9999E" },
		{ -1536, "-1.5K" },
		{ -0.4, "0" },
		{ -INFINITY, "-9999E" },
		{ NAN, "-" },
	};

	(void)state;
	ASSERT_NUMBERS(text_bytes, cases);
}

static char *text_decimal_bytes(char *dst, size_t cap, double bytes)
{
	return text_bytes_in(dst, cap, bytes, UNITS_DECIMAL);
}

static void bytes_by_thousands(void **state)
{
	static const struct number cases[] = {
		{ 0, "0" },	    { 999, "999" },	{ 999.5, "1.0k" }, { 1000, "1.0k" },
		{ 1024, "1.0k" },   { 99949, "99.9k" }, { 99950, "100k" }, { 999499, "999k" },
		{ 999500, "1.0M" }, { 6.5e9, "6.5G" },	{ 1e30, "9999E" }, { -1500, "-1.5k" },
		{ NAN, "-" },
	};

	(void)state;
	ASSERT_NUMBERS(text_decimal_bytes, cases);
}

static void counts(void **state)
{
	const struct number cases[] = {
		{ 0, "0" },	      { 0.04, "0" },	  { 0.3, "0.3" },     { 3, "3" },
		{ 9.94, "9.9" },      { 9.96, "10" },	  { 81, "81" },	      { 81.4, "81" },
		{ 999, "999" },	      { 999.4, "999" },	  { 999.5, "1.0k" },  { 999.95, "1.0k" },
		{ 2249, "2.2k" },     { 12304, "12.3k" }, { 99949, "99.9k" }, { 99950, "100k" },
		{ 999499, "999k" },   { 999500, "1.0M" }, { 3.4e6, "3.4M" },  { 1e9, "1.0G" },
		{ 1e18, "1.0E" },     { 1e40, "9999E" },  { -0.04, "0" },     { -0.3, "-0.3" },
		{ -12304, "-12.3k" }, { NAN, "-" },
	};

	(void)state;
	ASSERT_NUMBERS(text_count, cases);
}

static void one_decimal(void **state)
{
	const struct number cases[] = {
		{ 0, "0.0" },	    { 0.04, "0.0" },	  { 12.4, "12.4" },    { 12.44, "12.4" },
		{ 12.46, "12.5" },  { 99.94, "99.9" },	  { 99.95, "100" },    { 100, "100" },
		{ 5431.2, "5431" }, { 99999.4, "99999" }, { 99999.5, "100k" }, { 1e7, "10.0M" },
		{ -0.04, "0.0" },   { -12.4, "-12.4" },	  { NAN, "-" },
	};

	(void)state;
	ASSERT_NUMBERS(text_fixed1, cases);
}

static void grouped(void **state)
{
	const struct number cases[] = {
		{ 0, "0" },
		{ 999.4, "999" },
		{ 999.5, "1,000" },
		{ 12304, "12,304" },
		{ 1000000, "1,000,000" },
		{ 1002003, "1,002,003" },
		{ -5431, "-5,431" },
		{ -0.2, "0" },
		{ NAN, "-" },
		{ 1e300, "1,000,000,000,000,000,000" },
	};

	(void)state;
	ASSERT_NUMBERS(text_grouped, cases);
}

static void uptimes(void **state)
{
	const struct number cases[] = {
		{ 0, "00:00:00" },     { 59.99, "00:00:59" },
		{ 15129, "04:12:09" }, { 86399.9, "23:59:59" },
		{ 86400, "1d 00:00" }, { 274320, "3d 04:12" },
		{ -1, "-" },	       { NAN, "-" },
	};

	(void)state;
	ASSERT_NUMBERS(text_uptime, cases);
}

static void delays(void **state)
{
	const struct number cases[] = {
		{ 0.05, "0.05" }, { 0.25, "0.25" }, { 0.5, "0.5" },	{ 1, "1.0" },
		{ 1.999, "2.0" }, { 2.5, "2.5" },   { 3600, "3600.0" },
	};

	(void)state;
	ASSERT_NUMBERS(text_delay, cases);
}

static void appended_texts_are_cut(void **state)
{
	char text[8] = "ab";

	(void)state;
	text_append(text, sizeof(text), "-%u", 12u);
	assert_string_equal(text, "ab-12");
	text_append(text, sizeof(text), "%s", "xyz");
	assert_string_equal(text, "ab-12xy");
	text_append(text, sizeof(text), "!");
	assert_string_equal(text, "ab-12xy");
}

/* No value is wider than a column of a table, none is written behind the buffer, in any locale. */
static void widths(void **state)
{
	char *(*const writers[])(char *, size_t, double) = { text_bytes, text_count, text_fixed1 };

	(void)state;
	for (size_t w = 0; w < 3; w++) {
		for (double value = 1e-3; value < 1e300; value *= 1.0009) {
			char dst[8];

			memset(dst, '~', sizeof(dst));
			assert_in_range(strlen(writers[w](dst, 7, value)), 1, 5);
			assert_in_range(strlen(writers[w](dst, 7, -value)), 1, 6);
			assert_int_equal(dst[7], '~');
			writers[w](dst, 3, value);
			assert_true(strlen(dst) <= 2);
		}
	}
}

/* What is shown is the value to half of its last digit. */
static void shown_is_near(void **state)
{
	(void)state;
	for (double value = 1000; value < 9e17; value *= 1.003) {
		static const char units[] = "kMGTPE";
		char dst[8], *unit;
		double shown;

		text_count(dst, sizeof(dst), value);
		shown = strtod(dst, &unit);
		shown *= pow(1000, (double)(strchr(units, *unit) - units) + 1);
		assert_true(fabs(shown - value) <= value * 0.051);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_that_stay), cmocka_unit_test(names_made_harmless),
		cmocka_unit_test(every_character), cmocka_unit_test(cut_at_a_character),
		cmocka_unit_test(any_bytes),	   cmocka_unit_test(columns),
		cmocka_unit_test(bytes),	   cmocka_unit_test(bytes_by_thousands),
		cmocka_unit_test(counts),	   cmocka_unit_test(one_decimal),
		cmocka_unit_test(grouped),	   cmocka_unit_test(uptimes),
		cmocka_unit_test(delays),	   cmocka_unit_test(appended_texts_are_cut),
		cmocka_unit_test(widths),	   cmocka_unit_test(shown_is_near),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
