#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/value.h"
#include "proc/vmstat.h"
#include "support/parse_check.h"

static uint64_t field(const struct vmstat *vm, size_t row)
{
	return *(const uint64_t *)((const char *)vm + vmstat_rows[row].offset);
}

/* Each row alone fills its own field and no other. */
static void every_row(void **state)
{
	(void)state;
	assert_int_equal(sizeof(struct vmstat), vmstat_row_count * sizeof(uint64_t));
	for (size_t row = 0; row < vmstat_row_count; row++) {
		char text[96];
		struct vmstat vm;
		const char *name = vmstat_rows[row].name;
		int len = snprintf(text, sizeof(text), "%s %zu\n", name, row + 7);

		assert_int_equal(vmstat_parse(&vm, text, (size_t)len),
				 strcmp(name, "pgfault") ? -ENODATA : 0);
		for (size_t i = 0; i < vmstat_row_count; i++)
			assert_int_equal(field(&vm, i), i == row ? row + 7 : ABSENT);
	}
}

/* The rows in any order, among others that nobody knows. */
static void rows_in_any_order(void **state)
{
	char text[16384];
	size_t len = 0;
	struct vmstat vm;

	(void)state;
	for (size_t i = 0; i < vmstat_row_count; i++) {
		size_t row = i * 37 % vmstat_row_count;

		len += (size_t)snprintf(text + len, sizeof(text) - len, "unknown_%zu 1\n%s %zu\n",
					i, vmstat_rows[row].name, row);
	}
	assert_int_not_equal(vmstat_row_count % 37, 0);
	assert_int_equal(vmstat_parse(&vm, text, len), 0);
	for (size_t i = 0; i < vmstat_row_count; i++)
		assert_int_equal(field(&vm, i), i);
}

static void exact_names(void **state)
{
	struct vmstat vm;

	(void)state;
	assert_int_equal(vmstat_parse(&vm, TEXT("pgfault 10\n"
						"pgscan_direct_throttle 1\n"
						"pgscan_direct_normal 2\n"
						"pgscan_direct_dma32 4\n"
						"pgsteal_kswapd_normal 8\n"
						"pgmajfaul 16\n"
						"pgmajfaultx 32\n"
						"Pgmajfault 64\n")),
			 0);
	assert_int_equal(vm.pgscan_direct, ABSENT);
	assert_int_equal(vm.pgscan_direct_throttle, 1);
	assert_int_equal(vm.pgsteal_kswapd, ABSENT);
	assert_int_equal(vm.pgmajfault, ABSENT);
}

/* A name as long as a row's, modulo 256, is not that row. */
static void long_names(void **state)
{
	char text[600];
	struct vmstat vm;

	(void)state;
	for (size_t len = 7; len < 263 + 7; len++) {
		memset(text, 'x', len);
		memcpy(text, "pgfault", 7);
		memcpy(text + len, " 5\n", 3);
		assert_int_equal(vmstat_parse(&vm, text, len + 3), len == 7 ? 0 : -ENODATA);
	}
}

static void lines_that_bite(void **state)
{
	struct vmstat vm;

	(void)state;
	assert_int_equal(vmstat_parse(&vm, TEXT("")), -ENODATA);
	assert_int_equal(vmstat_parse(&vm, TEXT("pgfault\n")), -ENODATA);
	assert_int_equal(vmstat_parse(&vm, TEXT("pgfault -5\n")), -ENODATA);
	assert_int_equal(vmstat_parse(&vm, TEXT("pgfault 18446744073709551616\n")), -ENODATA);
	assert_int_equal(
		vmstat_parse(&vm, TEXT("\n \npgmajfault \npswpin 1 2\npswpout 3\0\noom_kill -1\n"
				       "drop_slab 4\r\npgfault 5")),
		0);
	assert_int_equal(vm.pgfault, 5);
	assert_int_equal(vm.pgmajfault, ABSENT);
	assert_int_equal(vm.pswpin, 1);
	assert_int_equal(vm.pswpout, ABSENT);
	assert_int_equal(vm.oom_kill, ABSENT);
	assert_int_equal(vm.drop_slab, ABSENT);
}

static void check(const char *text, size_t len)
{
	struct vmstat vm;
	int rc = vmstat_parse(&vm, text, len);

	assert_int_equal(rc, vm.pgfault == ABSENT ? -ENODATA : 0);
}

static void any_bytes(void **state)
{
	char text[16384];
	size_t len = fixture_read("web3/0/proc/vmstat", text, sizeof(text));

	(void)state;
	parse_prefixes(check, text, len);
	parse_mutations(check, text, len, 20000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row),	   cmocka_unit_test(rows_in_any_order),
		cmocka_unit_test(exact_names),	   cmocka_unit_test(long_names),
		cmocka_unit_test(lines_that_bite), cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
