#include "model/verdict.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/interval.h"
#include "model/phrase.h"

#define NAME_BYTES 48 /* of the culprit: a kernel worker's name may be longer */

/* What a culprit did, by the column that found it. */
static const struct deed {
	enum task_column_id column;
	const char *unit; /* as in the metric table */
	const char *pattern;
	const char *share;
} deeds[] = {
	{ COL_CPU, "percent", " %s% CPU", ", %s% of all" },
	{ COL_RSS, "bytes", " %s resident", ", %s% of all" },
	{ COL_GROWTH, "bytes/s", " +%s/s resident", ", %s% of all" },
	{ COL_WRITE, "bytes/s", " %s/s written", ", %s% of all" },
	{ COL_IO, "bytes/s", " %s/s", ", %s% of all" },
	{ COL_DISK, "percent", " %s% waiting for disk", ", %s% of all" },
	{ COL_MAJOR, "1/s", " %s/s", ", %s% of them" },
};

/*
 * The process with most of a column, if it has any. What is unknown is nobody's fault, but then the
 * share of the sum is not known either.
 */
static bool blame_by(struct verdict *verdict, const struct model *model, enum task_column_id column)
{
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
	verdict->culprit_share_pct =
		verdict->culprit && complete ? 100 * verdict->culprit_value / sum : NAN;
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

static void write_blame(struct verdict *verdict)
{
	const struct task *task = verdict->culprit;
	char *blame = verdict->blame;
	char name[NAME_BYTES], share[8];

	text_clean(name, sizeof(name), task->comm, strlen(task->comm));
	snprintf(blame, sizeof(verdict->blame), "%s[%u]", name, task->pid);
	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
		const struct deed *deed = &deeds[i];

		if (deed->column != verdict->culprit_column)
			continue;
		phrase_append(blame, sizeof(verdict->blame), deed->pattern, deed->unit,
			      verdict->culprit_value);
		if (isnan(verdict->culprit_share_pct))
			continue;
		snprintf(share, sizeof(share), "%.0f", verdict->culprit_share_pct);
		phrase_append_text(blame, sizeof(verdict->blame), deed->share, share);
	}
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
			      metrics[rule->also.metric].unit, also);
}

void verdict_update(struct model *model)
{
	struct verdict *verdict = &model->verdict;
	const struct alert *alert = model->alert;

	*verdict = (struct verdict){
		.culprit_column = COLUMN_COUNT,
		.culprit_value = NAN,
		.culprit_share_pct = NAN,
		.headline = "no stalls",
	};
	if (!model->alert_count)
		return;
	verdict->level = alert->level;
	verdict->rule = alert->rule;
	snprintf(verdict->headline, sizeof(verdict->headline), "%s", alert->rule->headline);
	write_evidence(verdict, model, alert);
	find_culprit(verdict, model);
	if (verdict->culprit)
		write_blame(verdict);
}
