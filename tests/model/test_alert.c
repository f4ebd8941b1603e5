/*
 * The alert rules: each threshold at, below and above, and the order of what holds.
 */
#include <string.h>

#include "model/pair.h"

static const struct alert_rule *rule_of(const char *name)
{
	for (size_t i = 0; i < alert_rule_count; i++)
		if (!strcmp(alert_rules[i].name, name))
			return &alert_rules[i];
	fail_msg("no rule %s", name);
	return NULL;
}

static void thresholds(void **state)
{
	static const struct {
		const char *rule;
		double value;
		enum level level;
	} cases[] = {
		{ "context_switches", 4999.9, LEVEL_OK },
		{ "context_switches", 5000, LEVEL_OK },
		{ "context_switches", 5000.1, LEVEL_WARN },
		{ "context_switches", 1e9, LEVEL_WARN },
		{ "major_faults", 49.9, LEVEL_OK },
		{ "major_faults", 50, LEVEL_WARN },
		{ "major_faults", 499.9, LEVEL_WARN },
		{ "major_faults", 500, LEVEL_CRIT },
		{ "oom_kills", 0, LEVEL_OK },
		{ "oom_kills", 1, LEVEL_CRIT },
		{ "memory_high", 20.1, LEVEL_OK },
		{ "memory_high", 20, LEVEL_WARN },
		{ "memory_high", 0, LEVEL_WARN },
		{ "memory_critical", 10.1, LEVEL_OK },
		{ "memory_critical", 10, LEVEL_CRIT },
		{ "dirty", 5, LEVEL_OK },
		{ "dirty", 5.1, LEVEL_WARN },
		{ "load", 0.99, LEVEL_OK },
		{ "load", 1, LEVEL_WARN },
		{ "load", 1.99, LEVEL_WARN },
		{ "load", 2, LEVEL_CRIT },
		{ "memory_some", 9.9, LEVEL_OK },
		{ "memory_some", 10, LEVEL_WARN },
		{ "memory_some", 100, LEVEL_WARN },
		{ "memory_full", 9.9, LEVEL_OK },
		{ "memory_full", 10, LEVEL_CRIT },
		{ "io_some", 19.9, LEVEL_OK },
		{ "io_some", 20, LEVEL_WARN },
		{ "io_some", 49.9, LEVEL_WARN },
		{ "io_some", 50, LEVEL_CRIT },
		{ "cpu_some", 39.9, LEVEL_OK },
		{ "cpu_some", 40, LEVEL_WARN },
		{ "cpu_some", 79.9, LEVEL_WARN },
		{ "cpu_some", 80, LEVEL_CRIT },
	};

	const struct pair *pair = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (alert_level(&pair->model, rule_of(cases[i].rule), cases[i].value) !=
		    cases[i].level)
			fail_msg("%s at %g", cases[i].rule, cases[i].value);
	for (size_t i = 0; i < alert_rule_count; i++)
		assert_int_equal(alert_level(&pair->model, &alert_rules[i], NAN), LEVEL_OK);
}

static void every_rule_is_filled(void **state)
{
	(void)state;
	assert_true(alert_rule_count <= ALERT_MAX);
	assert_string_equal(alert_rules[0].name, "oom_kills");
	for (size_t i = 0; i < alert_rule_count; i++) {
		const struct alert_rule *rule = &alert_rules[i];
		const char *place = strstr(rule->evidence, "%s");

		assert_ptr_equal(rule_of(rule->name), rule);
		assert_true(rule->metric < METRIC_COUNT && rule->culprit <= COLUMN_COUNT);
		assert_true(strlen(rule->headline) < sizeof(((struct verdict *)0)->headline));
		assert_non_null(place);
		assert_null(strstr(place + 1, "%s"));
		assert_false(isnan(rule->warn) && isnan(rule->crit));
		if (!rule->also.text)
			continue;
		assert_non_null(strstr(rule->also.text, "%s"));
		assert_true(rule->also.metric < METRIC_COUNT && rule->also.plus <= METRIC_COUNT);
	}
}

static void memory_levels(void **state)
{
	(void)state;
	assert_string_equal(memory_level_name(100), "low");
	assert_string_equal(memory_level_name(50.1), "low");
	assert_string_equal(memory_level_name(50), "medium");
	assert_string_equal(memory_level_name(20.1), "medium");
	assert_string_equal(memory_level_name(20), "high");
	assert_string_equal(memory_level_name(10.1), "high");
	assert_string_equal(memory_level_name(10), "critical");
	assert_string_equal(memory_level_name(0), "critical");
	assert_null(memory_level_name(NAN));
}

/* Puts the machine just past, or just at, each threshold from raw numbers on. */
static void thresholds_from_raw_numbers(void **state)
{
	struct pair *pair = *state;
	const uint8_t *level = pair->model.level;
	struct sample *now = &pair->now;

	now->stat.ctxt += 5000;
	now->vmstat.pgmajfault += 50;
	now->vmstat.pgfault += 50;
	now->meminfo.memavailable_kb = MEMORY_KB / 10; /* a little below a tenth, cut */
	now->meminfo.dirty_kb = MEMORY_KB / 20;
	now->loadavg.load1_centi = 200;
	now->pressure[PRESSURE_MEMORY].some.total_us += 100000;
	now->pressure[PRESSURE_MEMORY].full.total_us += 99999;
	now->pressure[PRESSURE_IO].some.total_us += 200000;
	now->pressure[PRESSURE_CPU].some.total_us += 800000;
	pair_update(pair);
	assert_int_equal(level[M_CPU_CONTEXT_SWITCHES_PER_S], LEVEL_OK);
	assert_int_equal(level[M_FAULTS_MAJOR_PER_S], LEVEL_WARN);
	assert_int_equal(level[M_MEMORY_AVAILABLE_PCT], LEVEL_CRIT);
	assert_int_equal(level[M_MEMORY_AVAILABLE], LEVEL_CRIT);
	assert_int_equal(level[M_CACHE_DIRTY_PCT], LEVEL_OK);
	assert_int_equal(level[M_CPU_LOAD1_PER_CPU], LEVEL_WARN);
	assert_int_equal(level[M_CPU_LOAD1], LEVEL_WARN);
	assert_int_equal(level[M_PRESSURE(PRESSURE_MEMORY, 0, PSI_NOW)], LEVEL_WARN);
	assert_int_equal(level[M_PRESSURE(PRESSURE_MEMORY, 1, PSI_NOW)], LEVEL_OK);
	assert_int_equal(level[M_PRESSURE(PRESSURE_IO, 0, PSI_NOW)], LEVEL_WARN);
	assert_int_equal(level[M_PRESSURE(PRESSURE_CPU, 0, PSI_NOW)], LEVEL_CRIT);
	assert_int_equal(level[M_MEMORY_FREE], LEVEL_OK);

	now->stat.ctxt += 1;
	now->meminfo.dirty_kb += 1;
	now->pressure[PRESSURE_MEMORY].full.total_us += 1;
	now->loadavg.load1_centi = 400;
	pair_again(pair);
	assert_int_equal(level[M_CPU_CONTEXT_SWITCHES_PER_S], LEVEL_WARN);
	assert_int_equal(level[M_CACHE_DIRTY_PCT], LEVEL_WARN);
	assert_int_equal(level[M_CACHE_DIRTY], LEVEL_WARN);
	assert_int_equal(level[M_CPU_LOAD1], LEVEL_CRIT);
	assert_int_equal(level[M_PRESSURE(PRESSURE_MEMORY, 1, PSI_NOW)], LEVEL_CRIT);
}

static void assert_alerts(const struct model *model, const char *const *names, size_t count)
{
	assert_int_equal(model->alert_count, count);
	for (size_t i = 0; i < count; i++)
		assert_string_equal(model->alert[i].rule->name, names[i]);
}

static void a_quiet_machine_has_none(void **state)
{
	struct pair *pair = *state;

	pair_update(pair);
	assert_alerts(&pair->model, NULL, 0);
	for (int id = 0; id < METRIC_COUNT; id++)
		assert_int_equal(pair->model.level[id], LEVEL_OK);
}

static void the_worst_comes_first(void **state)
{
	struct pair *pair = *state;
	struct sample *now = &pair->now;

	now->stat.ctxt += 9000;
	now->vmstat.pgmajfault += 60;
	now->meminfo.memavailable_kb = MEMORY_KB / 8;
	now->meminfo.dirty_kb = MEMORY_KB / 10;
	now->loadavg.load1_centi = 500;
	now->pressure[PRESSURE_IO].some.total_us += 300000;
	now->pressure[PRESSURE_CPU].some.total_us += 900000;
	pair_update(pair);
	assert_alerts(&pair->model,
		      (const char *const[]){ "cpu_some", "load", "major_faults", "io_some",
					     "memory_high", "context_switches", "dirty" },
		      7);
	assert_int_equal(pair->model.alert[1].level, LEVEL_CRIT);
	assert_near(pair->model.alert[1].value, 2.5);
	assert_int_equal(pair->model.alert[2].level, LEVEL_WARN);

	/* Memory has one alert, the graver one; an OOM kill stands before everything. */
	now->meminfo.memavailable_kb = MEMORY_KB / 20;
	now->vmstat.oom_kill += 1;
	pair_again(pair);
	assert_alerts(&pair->model,
		      (const char *const[]){ "oom_kills", "memory_critical", "cpu_some", "load",
					     "major_faults", "io_some", "context_switches",
					     "dirty" },
		      8);
}

static void unknown_alerts_nobody(void **state)
{
	struct pair *pair = *state;
	struct sample *now = &pair->now;

	memset(&now->vmstat, 0xff, sizeof(now->vmstat));
	memset(&now->meminfo, 0xff, sizeof(now->meminfo));
	memset(now->pressure, 0xff, sizeof(now->pressure));
	memset(&now->loadavg, 0xff, sizeof(now->loadavg));
	memset(&now->stat.total, 0xff, sizeof(now->stat.total));
	now->stat.ctxt = ABSENT;
	pair_update(pair);
	assert_alerts(&pair->model, NULL, 0);
}

/* --- an OOM kill is held for a while */

/* The next sample, so many seconds later and with so many kills more. */
static void step(struct pair *pair, double seconds, unsigned kills)
{
	uint64_t ns = (uint64_t)(seconds * NS_PER_S);

	assert_int_equal(sample_copy(&pair->before, &pair->now), 0);
	pair->now.mono_ns += ns;
	pair->now.boot_ns += ns;
	pair->now.vmstat.oom_kill += kills;
	assert_int_equal(model_update(&pair->model, &pair->before, &pair->now), 0);
}

static void an_oom_kill_is_held_for_a_minute(void **state)
{
	struct pair *pair = *state;
	const struct model *model = &pair->model;

	pair->now.vmstat.oom_kill += 1;
	pair_update(pair);
	assert_string_equal(model->alert[0].rule->name, "oom_kills");
	assert_int_equal(model->level[M_FAULTS_OOM_KILLS_INTERVAL], LEVEL_CRIT);
	assert_int_equal(model->level[M_FAULTS_OOM_KILLS], LEVEL_CRIT);
	assert_near(model->alert[0].ago_s, 0);

	step(pair, 12, 0);
	assert_alerts(model, (const char *const[]){ "oom_kills" }, 1);
	assert_near(model->value[M_FAULTS_OOM_KILLS_INTERVAL], 0);
	assert_near(model->alert[0].value, 1);
	assert_near(model->alert[0].ago_s, 12);
	assert_int_equal(model->level[M_FAULTS_OOM_KILLS], LEVEL_CRIT);
	assert_int_equal(model->level[M_FAULTS_OOM_KILLS_INTERVAL], LEVEL_OK);

	step(pair, 8, 2); /* two more: the minute begins again */
	assert_near(model->alert[0].value, 3);
	assert_near(model->alert[0].ago_s, 0);
	step(pair, 60, 0);
	assert_near(model->alert[0].ago_s, 60);
	step(pair, 0.01, 0);
	assert_alerts(model, NULL, 0);
	assert_int_equal(model->level[M_FAULTS_OOM_KILLS], LEVEL_OK);

	step(pair, 1, 1); /* those before are forgotten */
	assert_near(model->alert[0].value, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		pair_test(thresholds),
		cmocka_unit_test(every_rule_is_filled),
		cmocka_unit_test(memory_levels),
		pair_test(thresholds_from_raw_numbers),
		pair_test(a_quiet_machine_has_none),
		pair_test(the_worst_comes_first),
		pair_test(unknown_alerts_nobody),
		pair_test(an_oom_kill_is_held_for_a_minute),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
