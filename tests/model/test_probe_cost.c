/*
 * What a context switch costs: a mean that neither jumps nor goes away on a quiet machine.
 */
#include "model/pair.h"

/* The next sample, so many seconds later, with so many more runs timed at so many nanoseconds each. */
static double step(struct pair *pair, double seconds, uint64_t runs, uint64_t ns_each)
{
	struct sample *now = &pair->now, *before = &pair->before;

	before->mono_ns = now->mono_ns;
	before->boot_ns = now->boot_ns;
	before->sequence = now->sequence;
	before->tasks.probe_runs = now->tasks.probe_runs;
	before->tasks.probe_ns = now->tasks.probe_ns;
	now->mono_ns += (uint64_t)(seconds * NS_PER_S);
	now->boot_ns += (uint64_t)(seconds * NS_PER_S);
	now->sequence++;
	now->tasks.probe_runs += runs;
	now->tasks.probe_ns += runs * ns_each;
	assert_int_equal(model_update(&pair->model, before, now), 0);
	return pair->model.value[M_SELF_PROBE_NS];
}

static int setup(void **state)
{
	struct pair *pair;

	pair_setup(state);
	pair = *state;
	pair->before.tasks.probe_runs = pair->now.tasks.probe_runs = 1000;
	pair->before.tasks.probe_ns = pair->now.tasks.probe_ns = 50000;
	assert_int_equal(model_update(&pair->model, NULL, &pair->now), 0);
	assert_unknown(pair->model.value[M_SELF_PROBE_NS]);
	return 0;
}

static void few_runs_say_nothing_and_the_last_mean_stands(void **state)
{
	struct pair *pair = *state;

	assert_unknown(step(pair, 1, 7, 100));
	assert_near(step(pair, 1, 1, 100), 100);
	for (int i = 0; i < 200; i++)
		assert_near(step(pair, 1, 0, 0), 100);
}

static void one_slow_run_is_one_of_many(void **state)
{
	struct pair *pair = *state;

	for (int i = 0; i < 40; i++)
		step(pair, 1, 10, 50);
	/* Ten of the 300 of the last half a minute. */
	assert_near(step(pair, 1, 10, 350), 60);
	for (int i = 0; i < 29; i++)
		assert_near(step(pair, 1, 10, 50), 60);
	/* Then it is forgotten. */
	assert_near(step(pair, 1, 10, 50), 50);
}

static void the_delay_does_not_matter(void **state)
{
	struct pair *pair = *state;

	for (int i = 0; i < 4000; i++)
		step(pair, 0.05, 1, 50);
	assert_near(step(pair, 0.05, 1, 50), 50);
	for (int i = 0; i < 600; i++)
		step(pair, 0.05, 1, 90);
	assert_near(step(pair, 1, 20, 90), 90);
	/* A sample a minute: the mean is of that minute. */
	assert_near(step(pair, 60, 100, 70), 70);
	assert_near(step(pair, 60, 100, 40), 40);
}

static void a_new_probe_begins_anew(void **state)
{
	struct pair *pair = *state;

	step(pair, 1, 100, 50);
	pair->now.tasks.probe_runs = pair->now.tasks.probe_ns = 0;
	assert_near(step(pair, 1, 20, 80), 80);
	pair->now.tasks.probe_runs = pair->now.tasks.probe_ns = ABSENT;
	pair->before.tasks.probe_runs = ABSENT;
	pair->now.mono_ns += NS_PER_S;
	assert_int_equal(model_update(&pair->model, &pair->before, &pair->now), 0);
	assert_unknown(pair->model.value[M_SELF_PROBE_NS]);
}

/* Since a mark: of all that was timed since, and not of the last half a minute. */
static void since_a_mark_it_is_the_mean_since_then(void **state)
{
	struct pair *pair = *state;
	struct sample *now = &pair->now;

	for (uint64_t i = 1; i <= 100; i++) {
		now->mono_ns += NS_PER_S;
		now->boot_ns += NS_PER_S;
		now->sequence++;
		now->tasks.probe_runs += 10;
		now->tasks.probe_ns += 10 * i;
		assert_int_equal(model_update(&pair->model, &pair->before, now), 0);
	}
	assert_near(pair->model.value[M_SELF_PROBE_NS], 50.5);
}

#define probe_test(name) cmocka_unit_test_setup_teardown(name, setup, pair_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		probe_test(few_runs_say_nothing_and_the_last_mean_stands),
		probe_test(one_slow_run_is_one_of_many),
		probe_test(the_delay_does_not_matter),
		probe_test(a_new_probe_begins_anew),
		probe_test(since_a_mark_it_is_the_mean_since_then),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
