#include "model/alert.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "model/model.h"
#include "model/phrase.h"

#define CULPRIT(column) column, COLUMN_COUNT, COLUMN_COUNT
#define MEMORY_CULPRIT COL_MAJOR, COL_GROWTH, COL_RSS
#define IO_CULPRIT COL_IO, COL_DISK, COLUMN_COUNT
#define ALSO_SUM(text, metric, plus) \
	{ \
		text, metric, plus \
	}
#define ALSO(text, metric) ALSO_SUM(text, metric, METRIC_COUNT)
#define ALONE ALSO_SUM(NULL, METRIC_COUNT, METRIC_COUNT)
#define MEMORY_FULL M_PRESSURE(PRESSURE_MEMORY, 1, PSI_NOW)
#define MEMORY_SOME M_PRESSURE(PRESSURE_MEMORY, 0, PSI_NOW)
#define IO_SOME M_PRESSURE(PRESSURE_IO, 0, PSI_NOW)
#define CPU_SOME M_PRESSURE(PRESSURE_CPU, 0, PSI_NOW)

/*
 * In order of importance among equals: what already stalls work stands before what may come to.
 * A metric has one alert at most, by its first rule that holds: memory that is nearly gone comes
 * early, memory that is short comes late.
 */
const struct alert_rule alert_rules[] = {
	{ "oom_kills", M_FAULTS_OOM_KILLS_INTERVAL, ABOVE, NAN, 0, "OOM KILL", "%s killed",
	  CULPRIT(COLUMN_COUNT), ALONE }, /* the one behind it is dead */
	{ "memory_full", MEMORY_FULL, FROM, NAN, 10, "MEMORY STALL", "memory full %s%",
	  MEMORY_CULPRIT, ALSO(": %s major faults/s", M_FAULTS_MAJOR_PER_S) },
	{ "memory_critical", M_MEMORY_AVAILABLE_PCT, AT_MOST, NAN, 10, "LOW MEMORY",
	  "%s% available", CULPRIT(COL_RSS), ALSO(", swap out %s/s", M_SWAP_OUT_BYTES_PER_S) },
	{ "major_faults", M_FAULTS_MAJOR_PER_S, FROM, 50, 500, "HIGH IO LATENCY",
	  "%s major faults/s", CULPRIT(COL_MAJOR), ALONE },
	{ "memory_some", MEMORY_SOME, FROM, 10, NAN, "MEMORY STALL", "memory some %s%",
	  MEMORY_CULPRIT, ALSO(": %s major faults/s", M_FAULTS_MAJOR_PER_S) },
	{ "io_some", IO_SOME, FROM, 20, 50, "IO STALL", "io some %s%", IO_CULPRIT,
	  ALSO_SUM(", disk %s/s", M_DISK_READ_BYTES_PER_S, M_DISK_WRITE_BYTES_PER_S) },
	{ "cpu_some", CPU_SOME, FROM, 40, 80, "CPU STALL", "cpu some %s%", CULPRIT(COL_CPU),
	  ALSO(", %s runnable", M_CPU_RUNNABLE) },
	{ "memory_high", M_MEMORY_AVAILABLE_PCT, AT_MOST, 20, NAN, "LOW MEMORY", "%s% available",
	  CULPRIT(COL_RSS), ALSO(", swap out %s/s", M_SWAP_OUT_BYTES_PER_S) },
	{ "context_switches", M_CPU_CONTEXT_SWITCHES_PER_S, ABOVE, 5000, NAN,
	  "MANY CONTEXT SWITCHES", "%s context switches/s", CULPRIT(COL_CPU), ALONE },
	{ "dirty", M_CACHE_DIRTY_PCT, ABOVE, 5, NAN, "DIRTY PAGES", "%s% of memory dirty",
	  CULPRIT(COL_WRITE), ALSO(", writeback %s", M_CACHE_WRITEBACK) },
	{ "load", M_CPU_LOAD1_PER_CPU, FROM, 1, 2, "HIGH LOAD", "%s per CPU in the last minute",
	  CULPRIT(COL_CPU), ALSO(", %s blocked", M_CPU_BLOCKED) },
};

const size_t alert_rule_count = sizeof(alert_rules) / sizeof(alert_rules[0]);

_Static_assert(sizeof(alert_rules) / sizeof(alert_rules[0]) <= ALERT_MAX, "ALERT_MAX");

/* Numbers that say the same as one that has a rule, and are coloured alike. */
static const struct {
	enum metric_id metric, as;
} mirrors[] = {
	{ M_MEMORY_AVAILABLE, M_MEMORY_AVAILABLE_PCT },
	{ M_CACHE_DIRTY, M_CACHE_DIRTY_PCT },
	{ M_CPU_LOAD1, M_CPU_LOAD1_PER_CPU },
};

/* A threshold that is NAN is never reached, and a value that is NAN reaches none. */
static bool reaches(enum alert_test test, double value, double threshold)
{
	switch (test) {
	case ABOVE:
		return value > threshold;
	case FROM:
		return value >= threshold;
	case AT_MOST:
		return value <= threshold;
	}
	return false;
}

const char *alert_test_word(enum alert_test test)
{
	static const char *const words[] = {
		[ABOVE] = "above",
		[FROM] = "from",
		[AT_MOST] = "up to",
	};

	return words[test];
}

void thresholds_default(struct thresholds *thresholds)
{
	*thresholds = (struct thresholds){ .per_cpu = false };
	for (size_t i = 0; i < alert_rule_count; i++)
		thresholds->bounds[i] =
			(struct alert_bounds){ alert_rules[i].warn, alert_rules[i].crit };
}

struct alert_bounds alert_bounds(const struct model *model, const struct alert_rule *rule)
{
	const struct thresholds *thresholds = &model->settings.thresholds;
	struct alert_bounds bounds = thresholds->bounds[rule - alert_rules];
	double cpus = model->value[M_CPU_COUNT];

	if (rule->metric == M_CPU_CONTEXT_SWITCHES_PER_S && thresholds->per_cpu && cpus > 0) {
		bounds.warn *= cpus;
		bounds.crit *= cpus;
	}
	return bounds;
}

enum level alert_level(const struct model *model, const struct alert_rule *rule, double value)
{
	struct alert_bounds bounds = alert_bounds(model, rule);

	if (reaches(rule->test, value, bounds.crit))
		return LEVEL_CRIT;
	return reaches(rule->test, value, bounds.warn) ? LEVEL_WARN : LEVEL_OK;
}

const char *memory_level_name(double available_pct)
{
	if (isnan(available_pct))
		return NULL;
	if (available_pct > 50)
		return "low";
	if (available_pct > 20)
		return "medium";
	return available_pct > 10 ? "high" : "critical";
}

static double oom_ago_s(const struct model *model)
{
	return (double)(model->current->mono_ns - model->oom.mono_ns) / NS_PER_S;
}

static void oom_remember(struct model *model)
{
	struct oom_memory *oom = &model->oom;
	double kills = model->value[M_FAULTS_OOM_KILLS_INTERVAL];
	uint64_t now = model->current->mono_ns;

	if (now < oom->mono_ns || now - oom->mono_ns > OOM_HOLD_S * NS_PER_S)
		oom->kills = 0;
	if (kills > 0) {
		oom->kills += kills;
		oom->mono_ns = now;
	}
}

static void raise_level(uint8_t *level, enum level to)
{
	if (*level < (uint8_t)to)
		*level = (uint8_t)to;
}

static bool has_alert(const struct model *model, enum metric_id metric)
{
	for (size_t i = 0; i < model->alert_count; i++)
		if (model->alert[i].rule->metric == metric)
			return true;
	return false;
}

/* Rules come in order of importance: a new alert goes behind its equals. */
static void add_alert(struct model *model, const struct alert *alert)
{
	size_t at = model->alert_count++;

	for (; at > 0 && model->alert[at - 1].level < alert->level; at--)
		model->alert[at] = model->alert[at - 1];
	model->alert[at] = *alert;
}

void alert_update(struct model *model)
{
	oom_remember(model);
	memset(model->level, LEVEL_OK, sizeof(model->level));
	model->alert_count = 0;
	for (size_t i = 0; i < alert_rule_count; i++) {
		const struct alert_rule *rule = &alert_rules[i];
		struct alert alert = { .rule = rule, .value = model->value[rule->metric] };

		raise_level(&model->level[rule->metric], alert_level(model, rule, alert.value));
		if (rule->metric == M_FAULTS_OOM_KILLS_INTERVAL && model->oom.kills > 0) {
			alert.value = model->oom.kills;
			alert.ago_s = oom_ago_s(model);
			raise_level(&model->level[M_FAULTS_OOM_KILLS], LEVEL_CRIT);
		}
		alert.level = alert_level(model, rule, alert.value);
		if (alert.level != LEVEL_OK && !has_alert(model, rule->metric))
			add_alert(model, &alert);
	}
	for (size_t i = 0; i < sizeof(mirrors) / sizeof(mirrors[0]); i++)
		model->level[mirrors[i].metric] = model->level[mirrors[i].as];
}

/* "1 process killed", "2 processes killed 12 s ago" */
static void oom_evidence(const struct alert *alert, char *dst, size_t cap)
{
	char who[32];

	snprintf(who, sizeof(who), "%.0f %s", alert->value,
		 alert->value > 1 ? "processes" : "process");
	phrase_append_text(dst, cap, alert->rule->evidence, who);
	if (alert->ago_s >= 0.5) {
		char ago[16];

		snprintf(ago, sizeof(ago), "%.0f", alert->ago_s);
		phrase_append_text(dst, cap, " %s s ago", ago);
	}
}

char *alert_evidence(const struct alert *alert, char *dst, size_t cap)
{
	const struct alert_rule *rule = alert->rule;

	dst[0] = '\0';
	if (rule->metric == M_FAULTS_OOM_KILLS_INTERVAL)
		oom_evidence(alert, dst, cap);
	else
		/* No rule is of bytes. */
		phrase_append(dst, cap, rule->evidence, metrics[rule->metric].unit, alert->value,
			      UNITS_BINARY);
	return dst;
}
