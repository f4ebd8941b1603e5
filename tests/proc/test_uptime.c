#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/value.h"
#include "proc/uptime.h"
#include "support/parse_check.h"

static void assert_uptime(const char *text, size_t len, int rc, uint64_t up, uint64_t idle)
{
	struct uptime uptime;

	assert_int_equal(uptime_parse(&uptime, text, len), rc);
	assert_int_equal(uptime.up_centi, up);
	assert_int_equal(uptime.idle_centi, idle);
}

static void both_numbers(void **state)
{
	(void)state;
	assert_uptime(TEXT("3723.41 7321.92\n"), 0, 372341, 732192);
	assert_uptime(TEXT("3723.41 7321.92"), 0, 372341, 732192);
}

static void missing_and_bad(void **state)
{
	(void)state;
	assert_uptime(TEXT(""), -ENODATA, ABSENT, ABSENT);
	assert_uptime(TEXT("\n3723.41\n"), -ENODATA, ABSENT, ABSENT);
	assert_uptime(TEXT("3723.41\n7321.92\n"), 0, 372341, ABSENT);
	assert_uptime(TEXT("3723.41 -1.00\n"), 0, 372341, ABSENT);
	assert_uptime(TEXT("-3723.41 1.00\n"), -ENODATA, ABSENT, 100);
	assert_uptime(TEXT("18446744073709551616.00 1.00\n"), -ENODATA, ABSENT, 100);
	assert_uptime(TEXT("1\0.00 1.00\n"), -ENODATA, ABSENT, 100);
}

static void check(const char *text, size_t len)
{
	struct uptime uptime;
	int rc = uptime_parse(&uptime, text, len);

	assert_int_equal(rc, uptime.up_centi == ABSENT ? -ENODATA : 0);
}

static void any_bytes(void **state)
{
	(void)state;
	parse_prefixes(check, TEXT("3723.41 7321.92\n"));
	parse_mutations(check, TEXT("3723.41 7321.92\n"), 20000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_numbers),
		cmocka_unit_test(missing_and_bad),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
