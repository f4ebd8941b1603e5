#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/value.h"
#include "proc/pressure.h"
#include "support/parse_check.h"

static const char good[] = "some avg10=0.18 avg60=1.00 avg300=100.00 total=1660609\n"
			   "full avg10=0.05 avg60=12.34 avg300=0.00 total=0\n";

static void assert_line(const struct pressure_line *line, uint64_t avg10, uint64_t avg60,
			uint64_t avg300, uint64_t total)
{
	assert_int_equal(line->avg10_centi, avg10);
	assert_int_equal(line->avg60_centi, avg60);
	assert_int_equal(line->avg300_centi, avg300);
	assert_int_equal(line->total_us, total);
}

static void both_lines(void **state)
{
	struct pressure p;

	(void)state;
	assert_int_equal(pressure_parse(&p, TEXT(good)), 0);
	assert_line(&p.some, 18, 100, 10000, 1660609);
	assert_line(&p.full, 5, 1234, 0, 0);
}

static void one_line(void **state)
{
	struct pressure p;

	(void)state;
	assert_int_equal(
		pressure_parse(&p, TEXT("some avg10=1.00 avg60=2.00 avg300=3.00 total=4\n")), 0);
	assert_line(&p.some, 100, 200, 300, 4);
	assert_line(&p.full, ABSENT, ABSENT, ABSENT, ABSENT);
	assert_int_equal(pressure_parse(&p, TEXT("full avg10=1.00 avg60=2.00 avg300=3.00 total=4")),
			 0);
	assert_line(&p.some, ABSENT, ABSENT, ABSENT, ABSENT);
	assert_line(&p.full, 100, 200, 300, 4);
}

static void missing(void **state)
{
	struct pressure p;

	(void)state;
	assert_int_equal(pressure_parse(&p, TEXT("")), -ENODATA);
	assert_int_equal(pressure_parse(&p, TEXT("\n\nsomething avg10=1.00\nful avg10=1.00\n")),
			 -ENODATA);
	assert_int_equal(pressure_parse(&p, TEXT("some\n")), 0);
	assert_line(&p.some, ABSENT, ABSENT, ABSENT, ABSENT);
}

static void one_bad_field(void **state)
{
	struct pressure p;

	(void)state;
	assert_int_equal(pressure_parse(&p,
					TEXT("some avg10=-1.00 avg60= avg300=1.0.0 total=7\n"
					     "full total=18446744073709551616 avg300=3.00 avg10 5 "
					     "avg60=nan total\n")),
			 0);
	assert_line(&p.some, ABSENT, ABSENT, ABSENT, 7);
	assert_line(&p.full, ABSENT, ABSENT, 300, ABSENT);
}

static void check(const char *text, size_t len)
{
	struct pressure p;

	pressure_parse(&p, text, len);
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
		cmocka_unit_test(both_lines), cmocka_unit_test(one_line),
		cmocka_unit_test(missing),    cmocka_unit_test(one_bad_field),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
