/* The text format: heads, labels, escapes, numbers, and a buffer that is too small. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/value.h"
#include "out/exposition.h"

static const struct family load = { "load1", "one \"minute\"", "/proc/loadavg", false };
static const struct family reads = { "disk.reads_total", "a\\b\nc", NULL, true };

static void put_some(struct exposition *x)
{
	static const struct label labels[] = { { "device", "sda" }, { "comm", "a\"b\\c\nd{}=,#" } };

	exposition_family(x, &load);
	exposition_put(x, NULL, 0, 42, 2);
	exposition_family(x, &reads);
	exposition_put(x, labels, 1, 7, 0);
	exposition_put(x, labels, 2, 8, 0);
}

static const char some[] = "# HELP stalltop_load1 one \"minute\" (/proc/loadavg)\n"
			   "# TYPE stalltop_load1 gauge\n"
			   "stalltop_load1 0.42\n"
			   "# HELP stalltop_disk_reads_total a\\\\b\\nc\n"
			   "# TYPE stalltop_disk_reads_total counter\n"
			   "stalltop_disk_reads_total{device=\"sda\"} 7\n"
			   "stalltop_disk_reads_total{device=\"sda\","
			   "comm=\"a\\\"b\\\\c\\nd{}=,#\"} 8\n";

static void families_and_labels(void **state)
{
	struct exposition x;
	char text[1024];
	long len;

	(void)state;
	exposition_init(&x, text, sizeof(text));
	put_some(&x);
	len = exposition_finish(&x);
	assert_int_equal(len, sizeof(some) - 1);
	assert_memory_equal(text, some, sizeof(some) - 1);
}

static void what_is_absent_has_no_head(void **state)
{
	struct exposition x;
	char text[64];

	(void)state;
	exposition_init(&x, text, sizeof(text));
	exposition_family(&x, &load);
	exposition_put(&x, NULL, 0, ABSENT, 0);
	assert_int_equal(exposition_finish(&x), 0);
}

static void numbers(void **state)
{
	static const struct {
		uint64_t value;
		int decimals;
		const char *text;
	} cases[] = {
		{ 0, 0, "0" },
		{ 0, 9, "0" },
		{ 1, 9, "0.000000001" },
		{ 1500, 3, "1.5" },
		{ 100, 2, "1" },
		{ 1000000005, 9, "1.000000005" },
		{ 10, 1, "1" },
		{ ABSENT - 1, 0, "18446744073709551614" },
		{ ABSENT - 1, 9, "18446744073.709551614" },
	};
	static const struct family family = { "x", "", NULL, false };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct exposition x;
		char text[128];
		const char *last;

		exposition_init(&x, text, sizeof(text));
		exposition_family(&x, &family);
		exposition_put(&x, NULL, 0, cases[i].value, cases[i].decimals);
		text[exposition_finish(&x) - 1] = '\0';
		last = strrchr(text, ' ') + 1;
		assert_string_equal(last, cases[i].text);
	}
}

static void a_small_buffer_is_not_overrun(void **state)
{
	(void)state;
	for (size_t cap = 0; cap < sizeof(some) - 1; cap++) {
		struct exposition x;
		char text[sizeof(some)];

		memset(text, '#', sizeof(text));
		exposition_init(&x, text, cap);
		put_some(&x);
		assert_int_equal(exposition_finish(&x), -ENOSPC);
		assert_int_equal(x.need, sizeof(some) - 1);
		assert_memory_equal(text, some, cap);
		assert_int_equal(text[cap], '#');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(families_and_labels),
		cmocka_unit_test(what_is_absent_has_no_head),
		cmocka_unit_test(numbers),
		cmocka_unit_test(a_small_buffer_is_not_overrun),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
