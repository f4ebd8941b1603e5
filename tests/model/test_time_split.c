/*
 * How an interval went for a process: parts that fill the whole, and what is not known.
 */
#include "model/pair.h"
#include "model/time_split.h"

static struct time_split split(float cpu, float runq, float disk)
{
	struct task_view view = { .cpu_pct = cpu, .runq_pct = runq, .disk_wait_pct = disk };

	return time_split_of(&view);
}

static void the_rest_of_the_interval_is_sleep(void **state)
{
	struct time_split of = split(41, 2, 55);

	(void)state;
	assert_near(of.running, 0.41);
	assert_near(of.runnable, 0.02);
	assert_near(of.blocked, 0.55);
	assert_near(of.asleep, 0.02);
	assert_near(split(0, 0, 0).asleep, 1);
	assert_near(split(100, 0, 0).asleep, 0);
}

/* Several threads: more than the interval holds. */
static void beyond_the_interval_the_sum_is_the_whole(void **state)
{
	struct time_split of = split(150, 50, 200);

	(void)state;
	assert_near(of.running, 0.375);
	assert_near(of.runnable, 0.125);
	assert_near(of.blocked, 0.5);
	assert_near(of.asleep, 0);
	of = split(101, 0, 0);
	assert_near(of.running, 1);
	assert_near(of.asleep, 0);
}

static void what_is_not_known_leaves_no_sleep(void **state)
{
	struct time_split of = split(40, 10, NAN);

	(void)state;
	assert_near(of.running, 0.4);
	assert_near(of.runnable, 0.1);
	assert_unknown(of.blocked);
	assert_unknown(of.asleep);
	of = split(40, NAN, 20);
	assert_near(of.blocked, 0.2);
	assert_unknown(of.runnable);
	assert_unknown(of.asleep);
	of = split(NAN, 10, 20);
	assert_unknown(of.running);
	assert_unknown(of.runnable);
	assert_unknown(of.blocked);
	assert_unknown(of.asleep);
}

/* It can be sorted by: who was awake the longest comes first. */
static void the_column_sorts_by_time_awake(void **state)
{
	struct task_view view = { .cpu_pct = 40, .runq_pct = 10, .disk_wait_pct = 20 };

	(void)state;
	assert_near(task_columns[COL_BAR].value(&view), 70);
	view.disk_wait_pct = NAN;
	assert_near(task_columns[COL_BAR].value(&view), 50);
	view.cpu_pct = NAN;
	assert_unknown(task_columns[COL_BAR].value(&view));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rest_of_the_interval_is_sleep),
		cmocka_unit_test(beyond_the_interval_the_sum_is_the_whole),
		cmocka_unit_test(what_is_not_known_leaves_no_sleep),
		cmocka_unit_test(the_column_sorts_by_time_awake),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
