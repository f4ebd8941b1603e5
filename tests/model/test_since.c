/* The difference since a mark: rates over all of it, or their sums. */
#include "model/pair.h"

#include <string.h>

#include "model/since.h"

/* A second sample after `now`: `seconds` later. */
static void go_on(struct pair *pair, double seconds)
{
	pair->now.mono_ns += (uint64_t)(seconds * 1e9);
	pair->now.boot_ns += (uint64_t)(seconds * 1e9);
	pair->now.sequence += 2;
	pair->now.vmstat.pgmajfault += 30;
	pair->now.vmstat.pgfault += 30;
	for (size_t i = 0; i < pair->now.tasks.count; i++) {
		struct task *task = &pair->now.tasks.task[i];

		task->at_ns = task->run_delay_at_ns = pair->now.mono_ns;
		task->major_faults += 30;
		task->cpu_ns += NS_PER_S;
	}
}

static void marked(struct pair *pair, struct since *since)
{
	pair_add_task(pair, 7, "worker");
	pair_update(pair);
	assert_int_equal(since_mark(since, &pair->model), 0);
	/* No time has passed. */
	assert_int_equal(since_update(since, &pair->model, false), 0);
	assert_unknown(since->model.value[M_FAULTS_MAJOR_PER_S]);
	assert_int_equal(since->model.task_count, 1);
}

static void take_in(struct pair *pair, struct sample *before)
{
	assert_int_equal(model_update(&pair->model, before, &pair->now), 0);
}

static void rates_are_over_all_the_time(void **state)
{
	struct pair *pair = *state;
	struct since since = { 0 };
	double whole;

	marked(pair, &since);
	for (int i = 0; i < 3; i++) {
		go_on(pair, 10);
		take_in(pair, &pair->before);
		assert_int_equal(since_update(&since, &pair->model, false), 0);
	}
	whole = since.model.interval_s;
	assert_near(whole, 30);
	assert_near(since.model.value[M_FAULTS_MAJOR_PER_S], 3);
	assert_near(view_of_pid(&since.model, 7)->major_per_s, 3);
	assert_near(view_of_pid(&since.model, 7)->cpu_pct, 10);
	assert_int_equal(since_update(&since, &pair->model, true), 0);
	assert_near(since.model.value[M_FAULTS_MAJOR_PER_S], 90);
	assert_near(view_of_pid(&since.model, 7)->major_per_s, 90);
	/* A share of time has no sum, and memory is what it is now. */
	assert_near(view_of_pid(&since.model, 7)->cpu_pct, 10);
	assert_true(since.model.value[M_MEMORY_TOTAL] == pair->model.value[M_MEMORY_TOTAL]);
	since_release(&since);
}

/* It ran after the mark and sleeps now: what it did is not forgotten, nor made more. */
static void who_sleeps_now_did_what_it_did(void **state)
{
	struct pair *pair = *state;
	struct since since = { 0 };
	uint64_t ran_ns;

	marked(pair, &since);
	go_on(pair, 10);
	ran_ns = pair->now.mono_ns;
	pair->now.mono_ns += 20 * NS_PER_S;
	pair->now.boot_ns += 20 * NS_PER_S;
	pair->now.tasks.task[0].flags |= TASK_IDLE;
	assert_true(pair->now.tasks.task[0].at_ns == ran_ns);
	take_in(pair, &pair->before);
	assert_int_equal(since_update(&since, &pair->model, false), 0);
	assert_near(view_of_pid(&since.model, 7)->major_per_s, 1);
	assert_near(view_of_pid(&since.model, 7)->cpu_pct, 100.0 / 30);
	since_release(&since);
}

static void graphs_and_verdict_are_of_now(void **state)
{
	struct pair *pair = *state;
	struct since since = { 0 };

	marked(pair, &since);
	go_on(pair, 10);
	take_in(pair, &pair->before);
	since_update(&since, &pair->model, false);
	assert_int_equal(since.model.history.count, pair->model.history.count);
	assert_string_equal(since.model.verdict.headline, pair->model.verdict.headline);
	/* Marking again begins anew. */
	assert_int_equal(since_mark(&since, &pair->model), 0);
	assert_int_equal(since_update(&since, &pair->model, false), 0);
	assert_unknown(since.model.value[M_FAULTS_MAJOR_PER_S]);
	since_release(&since);
	since_release(&since);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		pair_test(rates_are_over_all_the_time),
		pair_test(who_sleeps_now_did_what_it_did),
		pair_test(graphs_and_verdict_are_of_now),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
