/*
 * model/alert: the rules that call a number bad, as one const table. Colours, the marks '!' and '!!'
 * and the verdict line all come from it.
 */
#ifndef STALLTOP_MODEL_ALERT_H
#define STALLTOP_MODEL_ALERT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/metric.h"
#include "model/task_column.h"

enum level { LEVEL_OK, LEVEL_WARN, LEVEL_CRIT };

enum alert_test {
	ABOVE, /* value > threshold */
	FROM, /* value >= threshold */
	AT_MOST, /* value <= threshold */
};

const char *alert_test_word(enum alert_test test); /* "above", "from", "up to" */

struct alert_rule {
	const char *name; /* "major_faults", for streams and the configuration */
	enum metric_id metric;
	enum alert_test test;
	double warn, crit; /* NAN: no such level */
	const char *headline; /* "HIGH IO LATENCY" */
	const char *evidence; /* one %s stands for the number: "%s major faults/s", "io some %s%" */
	/*
	 * The process with most of this is named; the next column is asked when nobody has any of the
	 * one before. Ended by COLUMN_COUNT.
	 */
	enum task_column_id culprit, otherwise, at_last;
	/* Further evidence, the sum of two metrics, shown when above 0; text NULL: none. */
	struct {
		const char *text; /* as evidence: ", disk %s/s" */
		enum metric_id metric, plus; /* plus: METRIC_COUNT for one metric alone */
	} also;
};

extern const struct alert_rule alert_rules[];
extern const size_t alert_rule_count;
#define ALERT_MAX 32 /* at least alert_rule_count */

/* The two bounds of a rule; NAN: no such level. */
struct alert_bounds {
	double warn, crit;
};

/* What is in force in place of the rules' own, which are the defaults. */
struct thresholds {
	struct alert_bounds bounds[ALERT_MAX]; /* by the index of alert_rules[] */
	bool per_cpu; /* those of context switches are of one CPU */
};

struct model;

void thresholds_default(struct thresholds *thresholds);

/* The bounds of a rule on this machine: what is of one CPU is multiplied. */
struct alert_bounds alert_bounds(const struct model *model, const struct alert_rule *rule);

/* The level of a value by the bounds of a rule; NAN is LEVEL_OK. */
enum level alert_level(const struct model *model, const struct alert_rule *rule, double value);

/* "low" above 0.5 of memory available, "medium" above 0.2, "high" above 0.1, "critical" below. */
const char *memory_level_name(double available_pct); /* NULL for NAN */

/* An alert that holds at this instant. */
struct alert {
	const struct alert_rule *rule;
	enum level level;
	double value;
	double ago_s; /* since it happened: above 0 only for an OOM kill, which is held for a while */
};

struct verdict {
	enum level level;
	const struct alert_rule *rule; /* NULL: no stalls */
	const struct task *culprit; /* of the current sample; NULL: nobody stands out */
	enum task_column_id culprit_column; /* by which it was found */
	double culprit_value; /* in that column */
	double culprit_share_pct; /* of the sum over all processes; NAN when not known */
	char headline[40]; /* "HIGH IO LATENCY" or "no stalls" */
	char evidence[96]; /* "85 major faults/s", further evidence behind commas */
	char blame[96]; /* "python3[1234] 81/s, 92% of them" or "" */
};

/* Fills level[] and the list of alerts from value[]. */
void alert_update(struct model *model);

/* The evidence of an alert with its number, "85 major faults/s". Cut at cap; returns dst. */
char *alert_evidence(const struct alert *alert, char *dst, size_t cap);

#endif
