#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/value.h"

static void assert_written(struct json *j, const char *expected)
{
	long len = json_finish(j);

	assert_int_equal(len, strlen(expected));
	assert_string_equal(j->buf, expected);
}

static void objects_and_arrays(void **state)
{
	char buf[256];
	struct json j;

	(void)state;
	json_init(&j, buf, sizeof(buf));
	json_open(&j, NULL, '{');
	json_u64(&j, "schema", 1);
	json_open(&j, "empty", '{');
	json_close(&j, '}');
	json_open(&j, "list", '[');
	json_open(&j, NULL, '{');
	json_string(&j, "a", "b");
	json_bool(&j, "c", true);
	json_close(&j, '}');
	json_u64(&j, NULL, ABSENT);
	json_bool(&j, NULL, false);
	json_open(&j, NULL, '[');
	json_close(&j, ']');
	json_close(&j, ']');
	json_null(&j, "n");
	json_u64(&j, "max", UINT64_MAX - 1);
	json_close(&j, '}');
	assert_written(
		&j, "{\"schema\":1,\"empty\":{},\"list\":[{\"a\":\"b\",\"c\":true},null,false,[]],"
		    "\"n\":null,\"max\":18446744073709551614}\n");
}

static void strings(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "", "\"\"\n" },
		{ "plain", "\"plain\"\n" },
		{ "\"q'\\", "\"\\\"q'\\\\\"\n" },
		{ "two\nlines\t\x1b[2J\x01", "\"two\\u000alines\\u0009\\u001b[2J\\u0001\"\n" },
		{ "\x7f</&>", "\"\x7f</&>\"\n" },
		{ "\xe6\x97\xa5\xf0\x9f\x91\xa9", "\"\xe6\x97\xa5\xf0\x9f\x91\xa9\"\n" },
		{ "a\xff"
		  "b\xc3",
		  "\"a\xef\xbf\xbd"
		  "b\xef\xbf\xbd\"\n" },
		{ "\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"\n" },
		{ "\xef\xbf\xbd", "\"\xef\xbf\xbd\"\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char buf[64];
		struct json j;

		json_init(&j, buf, sizeof(buf));
		json_string(&j, NULL, cases[i].text);
		assert_written(&j, cases[i].expected);
	}
}

static void numbers(void **state)
{
	static const struct {
		double value;
		int decimals;
		const char *expected;
	} cases[] = {
		{ 0, 3, "0\n" },
		{ -0.0, 3, "0\n" },
		{ 1, 3, "1\n" },
		{ 37.25, 1, "37.3\n" },
		{ 37.2, 1, "37.2\n" },
		{ 100, 2, "100\n" },
		{ 0.05, 2, "0.05\n" },
		{ 0.004, 2, "0\n" },
		{ -0.004, 2, "0\n" },
		{ -0.005, 2, "-0.01\n" },
		{ 1.005, 3, "1.005\n" },
		{ 9.999, 2, "10\n" },
		{ 12.50, 3, "12.5\n" },
		{ -12.34, 2, "-12.34\n" },
		{ 5.5, 0, "6\n" },
		{ 1.23456789, 9, "1.23456789\n" },
		{ 25276497920, 3, "25276497920\n" },
		{ 1e15 + 1, 3, "1000000000000001\n" },
		{ 9e17, 3, "900000000000000000\n" },
		{ NAN, 3, "null\n" },
		{ INFINITY, 3, "null\n" },
		{ -INFINITY, 3, "null\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char buf[64];
		struct json j;

		json_init(&j, buf, sizeof(buf));
		json_double(&j, NULL, cases[i].value, cases[i].decimals);
		assert_written(&j, cases[i].expected);
	}
}

/* Whatever the size, what is written reads back as the number, to the decimals asked for. */
static void numbers_read_back(void **state)
{
	(void)state;
	for (double value = 1e-3; value < 1e300; value *= 3.7) {
		char buf[64], *end;
		struct json j;
		double back;

		json_init(&j, buf, sizeof(buf));
		json_double(&j, NULL, -value, 3);
		assert_true(json_finish(&j) > 0);
		back = strtod(buf, &end);
		assert_string_equal(end, "\n");
		assert_true(fabs(back + value) <= 0.0005 + value * 1e-13);
	}
}

static void write_some(struct json *j)
{
	json_open(j, NULL, '{');
	json_string(j, "name", "\x01 \xe6\x97\xa5");
	json_double(j, "value", 12.5, 3);
	json_close(j, '}');
}

static void too_small(void **state)
{
	char whole[64], buf[64];
	struct json j;
	long len;

	(void)state;
	json_init(&j, whole, sizeof(whole));
	write_some(&j);
	len = json_finish(&j);
	assert_true(len > 0);
	for (size_t cap = 0; cap < sizeof(buf); cap++) {
		memset(buf, '~', sizeof(buf));
		json_init(&j, buf, cap);
		write_some(&j);
		assert_int_equal(json_finish(&j), cap < (size_t)len ? -ENOSPC : len);
		assert_int_equal(j.need, len);
		assert_memory_equal(buf, whole, cap < (size_t)len ? cap : (size_t)len);
		for (size_t i = cap; i < sizeof(buf); i++)
			assert_int_equal(buf[i], '~');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(objects_and_arrays),
		cmocka_unit_test(strings),
		cmocka_unit_test(numbers),
		cmocka_unit_test(numbers_read_back),
		cmocka_unit_test(too_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
