#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/value.h"
#include "proc/stat.h"
#include "support/parse_check.h"

static const char good[] = "cpu  1125 1 520 13769 74 2 9 4 5 6\n"
			   "cpu0 313 0 169 7260 3 0 2 1 0 0\n"
			   "cpu2 812 1 351 6509 71 2 7 3 5 6\n"
			   "intr 74040 0 9 0 0 1\n"
			   "ctxt 167379\n"
			   "btime 1763710742\n"
			   "processes 1907\n"
			   "procs_running 2\n"
			   "procs_blocked 1\n"
			   "softirq 4313330 31538 132708\n";

#define CPUS 4

static int parse(struct proc_stat *stat, struct cpu_line *cpu, const char *text, size_t len)
{
	*stat = (struct proc_stat){ .cpu = cpu, .cpu_cap = CPUS };
	return stat_parse(stat, text, len);
}

static void every_field(void **state)
{
	const struct cpu_times total = { 1125, 1, 520, 13769, 74, 2, 9, 4, 5, 6 };
	const struct cpu_times second = { 812, 1, 351, 6509, 71, 2, 7, 3, 5, 6 };
	struct cpu_line cpu[CPUS];
	struct proc_stat stat;

	(void)state;
	assert_int_equal(parse(&stat, cpu, TEXT(good)), 0);
	assert_memory_equal(&stat.total, &total, sizeof(total));
	assert_int_equal(stat.cpu_count, 2);
	assert_int_equal(stat.cpu_seen, 2);
	assert_int_equal(cpu[0].id, 0);
	assert_int_equal(cpu[0].times.user, 313);
	assert_int_equal(cpu[1].id, 2);
	assert_memory_equal(&cpu[1].times, &second, sizeof(second));
	assert_int_equal(stat.intr, 74040);
	assert_int_equal(stat.ctxt, 167379);
	assert_int_equal(stat.btime, 1763710742);
	assert_int_equal(stat.processes, 1907);
	assert_int_equal(stat.procs_running, 2);
	assert_int_equal(stat.procs_blocked, 1);
}

static void missing(void **state)
{
	struct cpu_line cpu[CPUS];
	struct proc_stat stat;

	(void)state;
	assert_int_equal(parse(&stat, cpu, TEXT("")), -ENODATA);
	assert_int_equal(parse(&stat, cpu, TEXT("cpu0 1 2 3\nctxt 5\n")), -ENODATA);
	assert_int_equal(stat.cpu_count, 1);
	assert_int_equal(stat.ctxt, 5);
	assert_int_equal(stat.total.user, ABSENT);

	/* 2.4: four fields, no other line. */
	assert_int_equal(parse(&stat, cpu, TEXT("cpu 1 2 3 4\n")), 0);
	assert_int_equal(stat.total.idle, 4);
	assert_int_equal(stat.total.iowait, ABSENT);
	assert_int_equal(stat.total.guest_nice, ABSENT);
	assert_int_equal(stat.intr, ABSENT);
	assert_int_equal(stat.procs_blocked, ABSENT);
	assert_int_equal(stat.cpu_seen, 0);
}

static void one_bad_field(void **state)
{
	struct cpu_line cpu[CPUS];
	struct proc_stat stat;

	(void)state;
	assert_int_equal(
		parse(&stat, cpu,
		      TEXT("cpu 1 -2 3x 18446744073709551616 5\n"
			   "cpu1 - 2 3\n"
			   "cpufreq 7 8\ncpu-1 7\ncpu4294967296 7\ncpu0x1 7\n"
			   "\n \nctxt\nbtime abc\nprocesses 8 procs_running 9\nprocs_blocked 3")),
		0);
	assert_int_equal(stat.total.user, 1);
	assert_int_equal(stat.total.nice, ABSENT);
	assert_int_equal(stat.total.system, ABSENT);
	assert_int_equal(stat.total.idle, ABSENT);
	assert_int_equal(stat.total.iowait, 5);
	assert_int_equal(stat.cpu_count, 1);
	assert_int_equal(cpu[0].times.user, ABSENT);
	assert_int_equal(cpu[0].times.nice, 2);
	assert_int_equal(stat.ctxt, ABSENT);
	assert_int_equal(stat.btime, ABSENT);
	assert_int_equal(stat.processes, 8);
	assert_int_equal(stat.procs_running, ABSENT);
	assert_int_equal(stat.procs_blocked, 3);
}

static void more_cpus_than_room(void **state)
{
	struct cpu_line cpu[2] = { { .id = 77 }, { .id = 77 } };
	struct proc_stat stat = { .cpu = cpu, .cpu_cap = 1 };

	(void)state;
	assert_int_equal(stat_parse(&stat, TEXT(good)), 0);
	assert_int_equal(stat.cpu_count, 1);
	assert_int_equal(stat.cpu_seen, 2);
	assert_int_equal(cpu[1].id, 77);
	assert_int_equal(stat.procs_blocked, 1);
	stat.cpu = NULL;
	stat.cpu_cap = 0;
	assert_int_equal(stat_parse(&stat, TEXT(good)), 0);
	assert_int_equal(stat.cpu_count, 0);
	assert_int_equal(stat.cpu_seen, 2);
}

static void check(const char *text, size_t len)
{
	struct cpu_line cpu[CPUS];
	struct proc_stat stat;

	parse(&stat, cpu, text, len);
	assert_true(stat.cpu_count <= CPUS);
	assert_true(stat.cpu_count == (stat.cpu_seen < CPUS ? stat.cpu_seen : CPUS));
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
		cmocka_unit_test(every_field),	 cmocka_unit_test(missing),
		cmocka_unit_test(one_bad_field), cmocka_unit_test(more_cpus_than_room),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
