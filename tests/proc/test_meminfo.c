#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/value.h"
#include "proc/meminfo.h"
#include "support/parse_check.h"

static uint64_t field(const struct meminfo *mem, size_t row)
{
	return *(const uint64_t *)((const char *)mem + meminfo_rows[row].offset);
}

/* Each row alone fills its own field and no other. */
static void every_row(void **state)
{
	(void)state;
	assert_int_equal(sizeof(struct meminfo), meminfo_row_count * sizeof(uint64_t));
	for (size_t row = 0; row < meminfo_row_count; row++) {
		char text[96];
		struct meminfo mem;
		int len = snprintf(text, sizeof(text), "%s:   %zu kB\n", meminfo_rows[row].name,
				   row + 7);

		assert_int_equal(meminfo_parse(&mem, text, (size_t)len), row ? -ENODATA : 0);
		for (size_t i = 0; i < meminfo_row_count; i++)
			assert_int_equal(field(&mem, i), i == row ? row + 7 : ABSENT);
	}
}

/* The rows in any order: the last first, and each twice. */
static void rows_in_any_order(void **state)
{
	char text[8192] = "";
	size_t len = 0;
	struct meminfo mem;

	(void)state;
	for (size_t row = meminfo_row_count; row--;)
		for (int twice = 0; twice < 2; twice++)
			len += (size_t)snprintf(text + len, sizeof(text) - len, "%s: %zu kB\n",
						meminfo_rows[row].name, row);
	assert_int_equal(meminfo_parse(&mem, text, len), 0);
	for (size_t i = 0; i < meminfo_row_count; i++)
		assert_int_equal(field(&mem, i), i);
}

static void a_kernels_file(void **state)
{
	char text[8192];
	struct meminfo mem;

	(void)state;
	assert_int_equal(meminfo_parse(&mem, text,
				       fixture_read("web3/0/proc/meminfo", text, sizeof(text))),
			 0);
	assert_int_equal(mem.memtotal_kb, 16357784);
	assert_int_equal(mem.memavailable_kb, 1962936);
	assert_int_equal(mem.cached_kb + mem.buffers_kb - mem.shmem_kb, 5409176);
	assert_int_equal(mem.swaptotal_kb - mem.swapfree_kb, 524288);
	assert_int_equal(mem.hugepagesize_kb, 2048);
	assert_int_equal(mem.hugepages_total, 0);
	assert_int_equal(mem.vmalloctotal_kb, 34359738367);
	assert_int_equal(mem.cmatotal_kb, ABSENT);
}

static void lines_that_bite(void **state)
{
	struct meminfo mem;

	(void)state;
	assert_int_equal(meminfo_parse(&mem, TEXT("")), -ENODATA);
	assert_int_equal(meminfo_parse(&mem, TEXT("MemTotal 12 kB\n")), -ENODATA);
	assert_int_equal(meminfo_parse(&mem, TEXT(" MemTotal: 12 kB\n")), -ENODATA);
	assert_int_equal(meminfo_parse(&mem, TEXT("MemTotal: -12 kB\n")), -ENODATA);
	assert_int_equal(meminfo_parse(&mem,
				       TEXT(":\n::\nMemTotal:12\nMemFre: 1\nMemFreee: 2\n"
					    "Dirty: 18446744073709551615 kB\n"
					    "Writeback: 18446744073709551616 kB\n"
					    "Active(anon): 5 kB\nActive: x\nBuffers:\nMapped: 7")),
			 0);
	assert_int_equal(mem.memtotal_kb, 12);
	assert_int_equal(mem.memfree_kb, ABSENT);
	assert_int_equal(mem.dirty_kb, ABSENT);
	assert_int_equal(mem.writeback_kb, ABSENT);
	assert_int_equal(mem.active_anon_kb, 5);
	assert_int_equal(mem.active_kb, ABSENT);
	assert_int_equal(mem.buffers_kb, ABSENT);
	assert_int_equal(mem.mapped_kb, 7);
}

static void check(const char *text, size_t len)
{
	struct meminfo mem;
	int rc = meminfo_parse(&mem, text, len);

	assert_int_equal(rc, mem.memtotal_kb == ABSENT ? -ENODATA : 0);
}

static void any_bytes(void **state)
{
	char text[8192];
	size_t len = fixture_read("web3/0/proc/meminfo", text, sizeof(text));

	(void)state;
	parse_prefixes(check, text, len);
	parse_mutations(check, text, len, 20000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row),	  cmocka_unit_test(rows_in_any_order),
		cmocka_unit_test(a_kernels_file), cmocka_unit_test(lines_that_bite),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
