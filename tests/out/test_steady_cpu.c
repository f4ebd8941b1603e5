/* CPU times of a scrape: a small step back is held, a large one is a new beginning. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/value.h"
#include "out/steady_cpu.h"

static struct cpu_line line(uint32_t id, uint64_t iowait)
{
	return (struct cpu_line){ .id = id,
				  .times = { 1, 2, 3, 4, iowait, 6, 7, 8, ABSENT, ABSENT } };
}

static void update(struct steady_cpu *steady, struct cpu_line *lines, size_t count)
{
	struct proc_stat stat = { .cpu = lines, .cpu_cap = count, .cpu_count = count };

	assert_int_equal(steady_cpu_update(steady, &stat), 0);
}

static void a_small_step_back_is_held(void **state)
{
	static const struct {
		uint64_t now, told;
	} steps[] = {
		{ 1000, 1000 }, { 999, 1000 },	    { 701, 1000 }, { 1001, 1001 },
		{ 701, 701 },	{ ABSENT, ABSENT }, { 5, 5 },
	};
	struct steady_cpu steady = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		struct cpu_line now = line(0, steps[i].now);

		update(&steady, &now, 1);
		assert_int_equal(steady.count, 1);
		assert_true(steady.cpu[0].line.times.iowait == steps[i].told);
		assert_int_equal(steady.cpu[0].line.times.user, 1);
		assert_true(steady.cpu[0].line.times.guest == ABSENT);
	}
	steady_cpu_release(&steady);
}

static void cpus_come_and_go(void **state)
{
	struct cpu_line first[] = { line(0, 10), line(2, 20), line(5, 50) };
	struct cpu_line second[] = { line(5, 49), line(7, 70), line(0, 11) };
	struct steady_cpu steady = { 0 };
	static const uint64_t told[] = { 11, 20, 50, 70 };
	static const bool online[] = { true, false, true, true };

	(void)state;
	update(&steady, first, 3);
	update(&steady, second, 3);
	assert_int_equal(steady.count, 4);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(steady.cpu[i].line.times.iowait, told[i]);
		assert_int_equal(steady.cpu[i].online, online[i]);
	}
	update(&steady, first, 3);
	assert_int_equal(steady.count, 4);
	assert_true(steady.cpu[1].online && !steady.cpu[3].online);
	steady_cpu_release(&steady);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_small_step_back_is_held),
		cmocka_unit_test(cpus_come_and_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
