#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/value.h"
#include "proc/pid_schedstat.h"
#include "support/parse_check.h"

static void three_numbers(void **state)
{
	struct pid_schedstat sched;

	(void)state;
	assert_int_equal(pid_schedstat_parse(&sched, TEXT("202255268 15596652 414\n")), 0);
	assert_int_equal(sched.run_ns, 202255268);
	assert_int_equal(sched.run_delay_ns, 15596652);
	assert_int_equal(sched.timeslices, 414);
	assert_int_equal(pid_schedstat_parse(&sched, TEXT("0 0 1")), 0);
	assert_int_equal(sched.timeslices, 1);
}

static void missing_and_bad(void **state)
{
	static const char *const texts[] = {
		"",
		"\n",
		"1\n",
		"1 2\n",
		"1\n2 3\n",
		"0 0 0\n",
		"1 2 x\n",
		"1 -2 3\n",
		"18446744073709551616 2 3\n",
		"1 2 18446744073709551615\n",
		"1,2,3\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct pid_schedstat sched;

		assert_int_equal(pid_schedstat_parse(&sched, texts[i], strlen(texts[i])), -ENODATA);
	}
}

static void check(const char *text, size_t len)
{
	struct pid_schedstat sched;

	if (!pid_schedstat_parse(&sched, text, len))
		assert_true(sched.run_ns != ABSENT && sched.run_delay_ns != ABSENT &&
			    sched.timeslices != ABSENT);
}

static void any_bytes(void **state)
{
	(void)state;
	parse_prefixes(check, TEXT("202255268 15596652 414\n"));
	parse_mutations(check, TEXT("202255268 15596652 414\n"), 20000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_numbers),
		cmocka_unit_test(missing_and_bad),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
