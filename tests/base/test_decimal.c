/* What a person types as a number, and what is none. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/decimal.h"

static void numbers_are_taken(void **state)
{
	static const struct {
		const char *text;
		double value;
	} good[] = {
		{ "0", 0 },	  { "1", 1 },	   { "0.05", 0.05 }, { ".5", 0.5 },  { "2.", 2 },
		{ "3600", 3600 }, { "1e3", 1000 }, { "1E-2", 0.01 }, { "1e+1", 10 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		double value = -1;

		assert_true(decimal_parse(good[i].text, &value));
		assert_true(value == good[i].value);
	}
}

static void anything_else_is_none(void **state)
{
	static const char *const bad[] = {
		"",    ".",   "-1",    "+1",	" 1", "1 ", "1,5", "0x10",
		"inf", "nan", "1e999", "1.2.3", "e5", "1s", "1e",  "--",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		double value;

		if (decimal_parse(bad[i], &value))
			fail_msg("'%s' was taken", bad[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_taken),
		cmocka_unit_test(anything_else_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
