/* Thresholds that a person set count in place of the rules' own, everywhere a model is judged. */
#include "model/pair.h"

#include <string.h>

#include "model/history.h"
#include "model/since.h"

static struct alert_bounds *bounds_of(struct model *model, const char *name)
{
	for (size_t i = 0; i < alert_rule_count; i++)
		if (!strcmp(alert_rules[i].name, name))
			return &model->settings.thresholds.bounds[i];
	fail_msg("no rule %s", name);
	return NULL;
}

/* The metrics as they are, judged anew. */
static void judge(struct pair *pair, enum metric_id metric, double value)
{
	pair->model.value[metric] = value;
	alert_update(&pair->model);
}

static void the_defaults_are_the_rules_own(void **state)
{
	struct pair *pair = *state;

	for (size_t i = 0; i < alert_rule_count; i++) {
		struct alert_bounds bounds = alert_bounds(&pair->model, &alert_rules[i]);

		assert_true(isnan(bounds.warn) == isnan(alert_rules[i].warn));
		assert_true(isnan(bounds.crit) == isnan(alert_rules[i].crit));
		assert_true(isnan(bounds.warn) || bounds.warn == alert_rules[i].warn);
		assert_true(isnan(bounds.crit) || bounds.crit == alert_rules[i].crit);
	}
}

static void what_was_set_counts(void **state)
{
	struct pair *pair = *state;
	struct model *model = &pair->model;

	pair_update(pair);
	judge(pair, M_FAULTS_MAJOR_PER_S, 40);
	assert_int_equal(model->level[M_FAULTS_MAJOR_PER_S], LEVEL_OK);
	*bounds_of(model, "major_faults") = (struct alert_bounds){ 5, 30 };
	judge(pair, M_FAULTS_MAJOR_PER_S, 29.9);
	assert_int_equal(model->level[M_FAULTS_MAJOR_PER_S], LEVEL_WARN);
	judge(pair, M_FAULTS_MAJOR_PER_S, 30);
	assert_int_equal(model->level[M_FAULTS_MAJOR_PER_S], LEVEL_CRIT);
	assert_int_equal(model->alert_count, 1);
	assert_string_equal(model->alert[0].rule->name, "major_faults");
	/* What never comes does not. */
	*bounds_of(model, "major_faults") = (struct alert_bounds){ NAN, NAN };
	judge(pair, M_FAULTS_MAJOR_PER_S, 1e9);
	assert_int_equal(model->level[M_FAULTS_MAJOR_PER_S], LEVEL_OK);
	assert_int_equal(model->alert_count, 0);
	/* What counts down does so with other numbers too. */
	*bounds_of(model, "memory_high") = (struct alert_bounds){ 70, NAN };
	judge(pair, M_MEMORY_AVAILABLE_PCT, 70);
	assert_int_equal(model->level[M_MEMORY_AVAILABLE_PCT], LEVEL_WARN);
	judge(pair, M_MEMORY_AVAILABLE_PCT, 70.1);
	assert_int_equal(model->level[M_MEMORY_AVAILABLE_PCT], LEVEL_OK);
}

static void context_switches_may_be_of_one_cpu(void **state)
{
	struct pair *pair = *state;
	struct model *model = &pair->model;

	pair_update(pair);
	model->value[M_CPU_COUNT] = 8;
	judge(pair, M_CPU_CONTEXT_SWITCHES_PER_S, 39000);
	assert_int_equal(model->level[M_CPU_CONTEXT_SWITCHES_PER_S], LEVEL_WARN);
	model->settings.thresholds.per_cpu = true;
	judge(pair, M_CPU_CONTEXT_SWITCHES_PER_S, 39000);
	assert_int_equal(model->level[M_CPU_CONTEXT_SWITCHES_PER_S], LEVEL_OK);
	judge(pair, M_CPU_CONTEXT_SWITCHES_PER_S, 40000.1);
	assert_int_equal(model->level[M_CPU_CONTEXT_SWITCHES_PER_S], LEVEL_WARN);
	/* No other number is of one CPU, and nobody knows how many there are: as it stands. */
	assert_near(alert_bounds(model, &alert_rules[3]).warn, 50);
	model->value[M_CPU_COUNT] = NAN;
	judge(pair, M_CPU_CONTEXT_SWITCHES_PER_S, 5001);
	assert_int_equal(model->level[M_CPU_CONTEXT_SWITCHES_PER_S], LEVEL_WARN);
}

static void the_past_and_the_mark_are_judged_alike(void **state)
{
	struct pair *pair = *state;
	struct history history = { 0 };
	struct since since = { 0 };

	*bounds_of(&pair->model, "major_faults") = (struct alert_bounds){ 1, 2 };
	pair->model.settings.units = UNITS_DECIMAL;
	pair_update(pair);
	assert_int_equal(history_push(&history, &pair->model), 0);
	assert_int_equal(history_show(&history, 0, &pair->model), 0);
	assert_near(bounds_of(&history.past, "major_faults")->crit, 2);
	assert_int_equal(history.past.settings.units, UNITS_DECIMAL);
	history_release(&history);

	assert_int_equal(since_mark(&since, &pair->model), 0);
	pair->now.mono_ns += 10 * NS_PER_S;
	pair->now.boot_ns += 10 * NS_PER_S;
	pair->now.vmstat.pgmajfault += 30;
	pair->now.vmstat.pgfault += 30;
	assert_int_equal(since_update(&since, &pair->model, false), 0);
	assert_int_equal(since.model.level[M_FAULTS_MAJOR_PER_S], LEVEL_CRIT);
	since_release(&since);
}

static void the_verdict_names_bytes_in_the_units_chosen(void **state)
{
	struct pair *pair = *state;
	struct task *task = pair_add_task(pair, 9, "hog");

	task->rss_bytes = 3u << 30;
	*bounds_of(&pair->model, "memory_high") = (struct alert_bounds){ 100, NAN };
	pair_update(pair);
	assert_non_null(strstr(pair->model.verdict.blame, "3.0G resident"));
	pair->model.settings.units = UNITS_DECIMAL;
	pair->now.mono_ns += NS_PER_S;
	pair->now.boot_ns += NS_PER_S;
	assert_int_equal(model_update(&pair->model, &pair->before, &pair->now), 0);
	assert_non_null(strstr(pair->model.verdict.blame, "3.2G resident"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		pair_test(the_defaults_are_the_rules_own),
		pair_test(what_was_set_counts),
		pair_test(context_switches_may_be_of_one_cpu),
		pair_test(the_past_and_the_mark_are_judged_alike),
		pair_test(the_verdict_names_bytes_in_the_units_chosen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
