#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/value.h"
#include "proc/pid_status.h"
#include "support/parse_check.h"

static const char good[] =
	"Name:\tUid:\\n\nUmask:\t0022\nState:\tS (sleeping)\nPid:\t733\nPPid:\t1\n"
	"Uid:\t1000\t1001\t1002\t1003\nGid:\t1\t2\t3\t4\nVmPeak:\t  300000 kB\n"
	"VmRSS:\t  104960 kB\nRssAnon:\t   80000 kB\nRssFile:\t   20000 kB\n"
	"RssShmem:\t    4960 kB\nVmData:\t 9 kB\nVmSwap:\t     512 kB\nThreads:\t1\n"
	"voluntary_ctxt_switches:\t150\nnonvoluntary_ctxt_switches:\t545\n";

static void every_row(void **state)
{
	const struct pid_status expected = { 1001, 104960, 80000, 20000, 4960, 512, 150, 545 };
	struct pid_status status;

	(void)state;
	assert_int_equal(pid_status_parse(&status, TEXT(good)), 0);
	assert_memory_equal(&status, &expected, sizeof(status));
}

/* A kernel thread has no memory rows, 4.4 no RssAnon. */
static void missing_rows(void **state)
{
	struct pid_status status;

	(void)state;
	assert_int_equal(pid_status_parse(&status, TEXT("Name:\tkthreadd\nUid:\t0\t0\t0\t0\n"
							"voluntary_ctxt_switches:\t7\n")),
			 0);
	assert_int_equal(status.euid, 0);
	assert_int_equal(status.rss_kb, ABSENT);
	assert_int_equal(status.swap_kb, ABSENT);
	assert_int_equal(status.voluntary_ctxt_switches, 7);
	assert_int_equal(status.nonvoluntary_ctxt_switches, ABSENT);
}

static void no_uid(void **state)
{
	struct pid_status status;

	(void)state;
	assert_int_equal(pid_status_parse(&status, TEXT("")), -ENODATA);
	assert_int_equal(pid_status_parse(&status, TEXT("Uid:\t1000\n")), -ENODATA);
	assert_int_equal(pid_status_parse(&status, TEXT("Uid:\t0\t-1\t0\n")), -ENODATA);
	assert_int_equal(pid_status_parse(&status, TEXT("Uid \t0\t1\nVmRSS:\t5 kB")), -ENODATA);
	assert_int_equal(status.rss_kb, 5);
	assert_int_equal(pid_status_parse(&status,
					  TEXT("Uid:\tx\t1\nVmRSS:\t18446744073709551616 kB\n")),
			 0);
	assert_int_equal(status.euid, 1);
	assert_int_equal(status.rss_kb, ABSENT);
}

static void check(const char *text, size_t len)
{
	struct pid_status status;
	int rc = pid_status_parse(&status, text, len);

	assert_int_equal(rc, status.euid == ABSENT ? -ENODATA : 0);
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
		cmocka_unit_test(missing_rows),
		cmocka_unit_test(no_uid),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
