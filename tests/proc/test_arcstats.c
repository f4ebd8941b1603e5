#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/value.h"
#include "proc/arcstats.h"
#include "support/parse_check.h"

static const char good[] = "12 1 0x01 123 33456 16771914747167 300000000000000\n"
			   "name                            type data\n"
			   "hits                            4    91223344\n"
			   "misses                          4    1223344\n"
			   "demand_data_hits                4    5\n"
			   "c                               4    8000000000\n"
			   "c_min                           4    536870912\n"
			   "c_max                           4    8589934592\n"
			   "size                            4    8291041280\n"
			   "compressed_size                 4    7\n";

static void every_row(void **state)
{
	struct arcstats arc;

	(void)state;
	assert_int_equal(arcstats_parse(&arc, TEXT(good)), 0);
	assert_int_equal(arc.hits, 91223344);
	assert_int_equal(arc.misses, 1223344);
	assert_int_equal(arc.c, 8000000000);
	assert_int_equal(arc.c_min, 536870912);
	assert_int_equal(arc.c_max, 8589934592);
	assert_int_equal(arc.size, 8291041280);
}

static void missing_and_bad(void **state)
{
	struct arcstats arc;

	(void)state;
	assert_int_equal(arcstats_parse(&arc, TEXT("")), -ENODATA);
	assert_int_equal(arcstats_parse(&arc, TEXT("name type data\nc_min 4 5\n")), -ENODATA);
	assert_int_equal(arc.c_min, 5);
	assert_int_equal(arcstats_parse(&arc, TEXT("size 4\n")), -ENODATA);
	assert_int_equal(arcstats_parse(&arc, TEXT("size 4 -1\n")), -ENODATA);
	assert_int_equal(arcstats_parse(&arc, TEXT("c_max 4 18446744073709551616\nsize 4 9")), 0);
	assert_int_equal(arc.size, 9);
	assert_int_equal(arc.c_max, ABSENT);
	assert_int_equal(arc.c_min, ABSENT);
}

static void check(const char *text, size_t len)
{
	struct arcstats arc;
	int rc = arcstats_parse(&arc, text, len);

	assert_int_equal(rc, arc.size == ABSENT ? -ENODATA : 0);
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
		cmocka_unit_test(every_row),
		cmocka_unit_test(missing_and_bad),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
