#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/value.h"
#include "proc/pid_stat.h"
#include "support/parse_check.h"

#define AFTER_NAME \
	" S 41 1234 1234 0 -1 4194560 301 7 81 8 12 34 9 10 39 -19 4 0 5012 104857600 3072 " \
	"18446744073709551615 1 1 0 0 0 0 0 4096 1260 0 0 0 17 3 0 0 357 0 0 0 0 0 0 0 0 0 0\n"

static const char good[] = "1234 (python3)" AFTER_NAME;

static void every_field(void **state)
{
	struct pid_stat stat;

	(void)state;
	assert_int_equal(pid_stat_parse(&stat, TEXT(good)), 0);
	assert_int_equal(stat.pid, 1234);
	assert_int_equal(stat.comm_len, 7);
	assert_ptr_equal(stat.comm, good + 6);
	assert_int_equal(stat.state, 'S');
	assert_int_equal(stat.ppid, 41);
	assert_int_equal(stat.flags, 4194560);
	assert_int_equal(stat.minflt, 301);
	assert_int_equal(stat.majflt, 81);
	assert_int_equal(stat.utime, 12);
	assert_int_equal(stat.stime, 34);
	assert_int_equal(stat.nice, -19);
	assert_int_equal(stat.num_threads, 4);
	assert_int_equal(stat.starttime, 5012);
	assert_int_equal(stat.vsize, 104857600);
	assert_int_equal(stat.rss, 3072);
	assert_int_equal(stat.processor, 3);
	assert_int_equal(stat.blkio_ticks, 357);
}

static void names(void **state)
{
	static const char *const names[] = {
		"",
		"x) R 1 (y",
		"(",
		")",
		"two\nlines",
		" ",
		"a) S 1 2 3 4 5 6 7 8 9 10 11 12 13 (",
		"\xff",
		"kworker/u4:2+flush-259:0-and-a-long-name-of-a-worker",
		"%s%n%d",
		"))))",
		"((((",
		"\x1b[2J",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char text[512];
		struct pid_stat stat;
		int len = snprintf(text, sizeof(text), "7 (%s)" AFTER_NAME, names[i]);

		assert_int_equal(pid_stat_parse(&stat, text, (size_t)len), 0);
		assert_int_equal(stat.pid, 7);
		assert_int_equal(stat.comm_len, strlen(names[i]));
		assert_memory_equal(stat.comm, names[i], stat.comm_len);
		assert_int_equal(stat.state, 'S');
		assert_int_equal(stat.ppid, 41);
		assert_int_equal(stat.blkio_ticks, 357);
	}
}

/* A name that holds a NUL, which no C string shows. */
static void name_with_nul(void **state)
{
	struct pid_stat stat;

	(void)state;
	assert_int_equal(pid_stat_parse(&stat, TEXT("7 (a\0b)" AFTER_NAME)), 0);
	assert_int_equal(stat.comm_len, 3);
	assert_memory_equal(stat.comm, "a\0b", 3);
	assert_int_equal(stat.rss, 3072);
}

static void cut_short(void **state)
{
	const char *rss = strstr(good, " 3072");
	struct pid_stat stat;

	(void)state;
	assert_int_equal(pid_stat_parse(&stat, good, 0), -ENODATA);
	for (size_t len = 1; len < sizeof(good); len++) {
		size_t least = (size_t)(rss - good) + 2;

		assert_int_equal(pid_stat_parse(&stat, good, len), len < least ? -EINVAL : 0);
	}
	/* 2.6.17 and before: 41 fields. */
	assert_int_equal(pid_stat_parse(&stat, good, (size_t)(strstr(good, " 357") - good)), 0);
	assert_int_equal(stat.processor, 3);
	assert_int_equal(stat.blkio_ticks, ABSENT);
	assert_int_equal(pid_stat_parse(&stat, good, (size_t)(rss - good) + 5), 0);
	assert_int_equal(stat.rss, 3072);
	assert_int_equal(stat.processor, ABSENT);
}

static void no_process(void **state)
{
	struct pid_stat stat;

	(void)state;
	assert_int_equal(pid_stat_parse(&stat, TEXT("1234\n")), -EINVAL);
	assert_int_equal(pid_stat_parse(&stat, TEXT("1234 (x\n")), -EINVAL);
	assert_int_equal(pid_stat_parse(&stat, TEXT("1234 x) S 1 2\n")), -EINVAL);
	assert_int_equal(pid_stat_parse(&stat, TEXT(")(")), -EINVAL);
	assert_int_equal(pid_stat_parse(&stat, TEXT("\n")), -EINVAL);
	assert_int_equal(pid_stat_parse(&stat, TEXT("\0\xff\xfe garbage \x80 ((((\n")), -EINVAL);
	/* The second line of a text is none of the process's. */
	assert_int_equal(
		pid_stat_parse(&stat,
			       TEXT("1 (x) S 1 1 1\n0 -1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1\n")),
		-EINVAL);
}

static void bad_fields(void **state)
{
	struct pid_stat stat;

	(void)state;
	assert_int_equal(
		pid_stat_parse(&stat, TEXT("x (n) \x1b -1 0 0 0 0 12x 18446744073709551615 0 "
					   "18446744073709551616 0 -5 6 0 0 20 nice 1 0 77 . 9\n")),
		0);
	assert_int_equal(stat.pid, ABSENT);
	assert_int_equal(stat.state, '?');
	assert_int_equal(stat.ppid, ABSENT);
	assert_int_equal(stat.flags, ABSENT);
	assert_int_equal(stat.minflt, ABSENT);
	assert_int_equal(stat.majflt, ABSENT);
	assert_int_equal(stat.utime, ABSENT);
	assert_int_equal(stat.stime, 6);
	assert_int_equal(stat.nice, 0);
	assert_int_equal(stat.num_threads, 1);
	assert_int_equal(stat.starttime, 77);
	assert_int_equal(stat.vsize, ABSENT);
	assert_int_equal(stat.rss, 9);
}

static void check(const char *text, size_t len)
{
	struct pid_stat stat;

	if (pid_stat_parse(&stat, text, len))
		return;
	assert_true(stat.comm > text && stat.comm + stat.comm_len < text + len);
	assert_int_equal(stat.comm[-1], '(');
	assert_int_equal(stat.comm[stat.comm_len], ')');
	assert_true(stat.state == '?' || (stat.state >= 'A' && stat.state <= 'z'));
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
		cmocka_unit_test(every_field),	 cmocka_unit_test(names),
		cmocka_unit_test(name_with_nul), cmocka_unit_test(cut_short),
		cmocka_unit_test(no_process),	 cmocka_unit_test(bad_fields),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
