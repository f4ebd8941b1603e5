#include "model/verdict.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/interval.h"
#include "model/phrase.h"

#define NAME_BYTES 48 /* of the culprit: a kernel worker's name may be longer */
#define IDLE_BELOW_PCT 25 /* of all CPUs */

/*
 * What a culprit did, by the column that found it, and of what it is a share: a figure of the system,
 * which knows of processes that have ended too, or the sum over the processes.
 */
static const struct deed {
	enum task_column_id column;
	double least; /* nobody is blamed for less */
	const char *unit; /* as in the metric table */
	const char *pattern;
	const char *share;
	enum metric_id whole; /* METRIC_COUNT: the sum */
	double scale; /* of the whole, to the unit of the column */
} deeds[] = {
	{ COL_CPU, 10, "percent", " %s% CPU", ", %s% of all", M_CPU_CORES_USED, 100 },
	{ COL_RSS, 0, "bytes", " %s resident", ", %s% of memory", M_MEMORY_TOTAL, 1 },
	{ COL_GROWTH, 0, "bytes/s", " +%s/s resident", ", %s% of all", METRIC_COUNT, 1 },
	{ COL_WRITE, 0, "bytes/s", " %s/s written", ", %s% of all", METRIC_COUNT, 1 },
	{ COL_IO, 0, "bytes/s", " %s/s", ", %s% of all", METRIC_COUNT, 1 },
	{ COL_DISK, 1, "percent", " %s% waiting for disk", ", %s% of all", METRIC_COUNT, 1 },
	{ COL_MAJOR, 0, "1/s", " %s/s", ", %s% of them", M_FAULTS_MAJOR_PER_S, 1 },
};

static const struct deed *find_deed(enum task_column_id column)
{
	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++)
		if (deeds[i].column == column)
			return &deeds[i];
	return NULL;
}

/* A process may be read a moment after the system: it never did more than all of it. */
static double share_of(const struct deed *deed, const struct model *model, double value, double sum,
		       bool complete)
{
	double share = complete ? 100 * value / sum : NAN;

	if (deed->whole != METRIC_COUNT)
		share = 100 * value / (model->value[deed->whole] * deed->scale);
	return share > 100 ? 100 : share;
}

/*
 * The process with most of a column, if it has any. What is unknown is nobody's fault, but then the
 * share of the sum is not known either.
 */
static bool blame_by(struct verdict *verdict, const struct model *model, enum task_column_id column)
{
	const struct deed *deed = find_deed(column);
	double sum = 0;
	bool complete = true;

	verdict->culprit = NULL;
	verdict->culprit_column = column;
	verdict->culprit_value = 0;
	for (size_t i = 0; i < model->all_count; i++) {
		double value = task_columns[column].value(&model->all[i]);

		complete &= !isnan(value);
		if (!(value > 0))
			continue;
		sum += value;
		if (value > verdict->culprit_value) {
			verdict->culprit = model->all[i].task;
			verdict->culprit_value = value;
		}
	}
	if (deed && verdict->culprit_value < deed->least)
		verdict->culprit = NULL;
	verdict->culprit_share_pct = NAN;
	if (deed && verdict->culprit)
		verdict->culprit_share_pct =
			share_of(deed, model, verdict->culprit_value, sum, complete);
	return verdict->culprit;
}

static void find_culprit(struct verdict *verdict, const struct model *model)
{
	const struct alert_rule *rule = verdict->rule;
	const enum task_column_id columns[] = { rule->culprit, rule->otherwise, rule->at_last };

	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		if (columns[i] == COLUMN_COUNT || blame_by(verdict, model, columns[i]))
			return;
}

static void write_blame(struct verdict *verdict, enum byte_units units)
{
	const struct task *task = verdict->culprit;
	const struct deed *deed = find_deed(verdict->culprit_column);
	char *blame = verdict->blame;
	char name[NAME_BYTES], share[8];

	text_clean(name, sizeof(name), task->comm, strlen(task->comm));
	snprintf(blame, sizeof(verdict->blame), "%s[%u]", name, task->pid);
	if (!deed)
		return;
	phrase_append(blame, sizeof(verdict->blame), deed->pattern, deed->unit,
		      verdict->culprit_value, units);
	if (isnan(verdict->culprit_share_pct))
		return;
	snprintf(share, sizeof(share), "%.0f", verdict->culprit_share_pct);
	phrase_append_text(blame, sizeof(verdict->blame), deed->share, share);
}

static void write_evidence(struct verdict *verdict, const struct model *model,
			   const struct alert *alert)
{
	const struct alert_rule *rule = alert->rule;
	double also;

	alert_evidence(alert, verdict->evidence, sizeof(verdict->evidence));
	if (!rule->also.text)
		return;
	also = model->value[rule->also.metric];
	if (rule->also.plus != METRIC_COUNT)
		also = sum_known(also, model->value[rule->also.plus]);
	if (also > 0)
		phrase_append(verdict->evidence, sizeof(verdict->evidence), rule->also.text,
			      metrics[rule->also.metric].unit, also, model->settings.units);
}

/*
 * The load is a mean that falls for minutes after what caused it. Where the CPUs are idle and nothing
 * waits for a disk, it is no answer to what the machine waits for now.
 */
static bool is_of_the_past(const struct model *model, const struct alert *alert)
{
	return alert->rule->metric == M_CPU_LOAD1_PER_CPU &&
	       model->value[M_CPU_BUSY_PCT] < IDLE_BELOW_PCT && model->value[M_CPU_BLOCKED] == 0 &&
	       model->value[M_TASKS_BLOCKED] == 0;
}

static const struct alert *worst_of_now(const struct model *model)
{
	for (size_t i = 0; i < model->alert_count; i++)
		if (!is_of_the_past(model, &model->alert[i]))
			return &model->alert[i];
	return NULL;
}

void verdict_update(struct model *model)
{
	struct verdict *verdict = &model->verdict;
	const struct alert *alert = worst_of_now(model);

	*verdict = (struct verdict){
		.culprit_column = COLUMN_COUNT,
		.culprit_value = NAN,
		.culprit_share_pct = NAN,
		.headline = "no stalls",
	};
	if (!alert)
		return;
	verdict->level = alert->level;
	verdict->rule = alert->rule;
	snprintf(verdict->headline, sizeof(verdict->headline), "%s", alert->rule->headline);
	write_evidence(verdict, model, alert);
	find_culprit(verdict, model);
	if (verdict->culprit)
		write_blame(verdict, model->settings.units);
}
