#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/value.h"
#include "proc/loadavg.h"
#include "support/parse_check.h"

static const char good[] = "0.42 10.51 385.40 2/390 12345\n";

static void assert_load(const char *text, size_t len, int rc, const struct loadavg *expected)
{
	struct loadavg load;

	assert_int_equal(loadavg_parse(&load, text, len), rc);
	assert_memory_equal(&load, expected, sizeof(load));
}

static void every_field(void **state)
{
	const struct loadavg expected = { 42, 1051, 38540, 2, 390, 12345 };

	(void)state;
	assert_load(TEXT(good), 0, &expected);
	assert_load(good, sizeof(good) - 2, 0, &expected);
}

static void missing(void **state)
{
	const struct loadavg none = { ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT };
	const struct loadavg first = { 42, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT };
	const struct loadavg no_threads = { 42, 51, 40, 2, ABSENT, 7 };
	const struct loadavg no_slash = { 42, 51, 40, ABSENT, ABSENT, 7 };

	(void)state;
	assert_load(TEXT(""), -ENODATA, &none);
	assert_load(TEXT("\n0.42\n"), -ENODATA, &none);
	assert_load(TEXT("0.42\n0.51\n"), 0, &first);
	assert_load(TEXT("0.42 0.51 0.40 2/ 7\n"), 0, &no_threads);
	assert_load(TEXT("0.42 0.51 0.40 2 7\n"), 0, &no_slash);
}

static void one_bad_field(void **state)
{
	const struct loadavg bad_first = { ABSENT, 51, 40, 2, 390, 7 };
	const struct loadavg others = { 42, ABSENT, ABSENT, ABSENT, 390, ABSENT };

	(void)state;
	assert_load(TEXT("-0.42 0.51 0.40 2/390 7\n"), -ENODATA, &bad_first);
	assert_load(TEXT("0.42 x 0,40 -2/390 18446744073709551616\n"), 0, &others);
}

static void check(const char *text, size_t len)
{
	struct loadavg load;
	int rc = loadavg_parse(&load, text, len);

	assert_int_equal(rc, load.load1_centi == ABSENT ? -ENODATA : 0);
}

static void any_bytes(void **state)
{
	(void)state;
	parse_prefixes(check, TEXT(good));
	parse_mutations(check, TEXT(good), 20000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field),
		cmocka_unit_test(missing),
		cmocka_unit_test(one_bad_field),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
