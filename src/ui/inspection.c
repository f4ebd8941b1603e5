#include "ui/inspection.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/value.h"
#include "model/interval.h"
#include "ui/draw.h"
#include "ui/inspection_parts.h"

void inspection_past(struct inspection *said, double value)
{
	if (!isnan(value) && said->count < HISTORY_ROWS)
		said->series[said->count++] = (float)value;
}

/* Whole numbers as they are; of others what a float holds, for that is how tables have them. */
static char *number_text(char *dst, size_t cap, double value)
{
	snprintf(dst, cap, floor(value) == value || fabs(value) >= 1e6 ? "%.0f" : "%.7g", value);
	return dst;
}

void inspection_value(struct inspection *said, double value, const char *unit, enum level level,
		      const char *why)
{
	bool per_second = !strcmp(unit, "1/s"); /* "85/s" */
	char text[32];

	said->bytes = !strncmp(unit, "bytes", 5);
	said->style = isnan(value) ? STYLE_WARN : level_style(level, STYLE_BRIGHT);
	if (isnan(value))
		snprintf(said->value, sizeof(said->value), "- %s", why);
	else
		snprintf(said->value, sizeof(said->value), "%s%s%s%s%s",
			 number_text(text, sizeof(text), value), *unit && !per_second ? " " : "",
			 per_second ? unit + 1 : unit, level ? " " : "", level_mark(level));
}

static const char *raw_text(char *dst, size_t cap, uint64_t raw)
{
	if (present(raw))
		snprintf(dst, cap, "%llu", (unsigned long long)raw);
	else
		snprintf(dst, cap, "-");
	return dst;
}

void inspection_raw(struct inspection *said, const char *name, uint64_t now, uint64_t before,
		    bool interval)
{
	size_t used = strlen(said->raw);
	char a[24], b[24];

	snprintf(said->raw + used, sizeof(said->raw) - used, "%s%s%s%s%s%s", used ? "; " : "", name,
		 *name ? " " : "", raw_text(a, sizeof(a), now), interval ? ", before " : "",
		 interval ? raw_text(b, sizeof(b), before) : "");
}

static void put_alerts(struct inspection *said, const struct model *model, enum metric_id id)
{
	char *text = said->alerts;
	size_t used = 0, cap = sizeof(said->alerts);

	text[0] = '\0';
	for (size_t i = 0; i < alert_rule_count && used < cap; i++) {
		const struct alert_rule *rule = &alert_rules[i];
		const struct alert_bounds bounds = alert_bounds(model, rule);
		const char *word = alert_test_word(rule->test);

		if (rule->metric != id)
			continue;
		if (!isnan(bounds.warn))
			used += (size_t)snprintf(text + used, cap - used, "! %s %g   ", word,
						 bounds.warn);
		if (!isnan(bounds.crit) && used < cap)
			used += (size_t)snprintf(text + used, cap - used, "!! %s %g   ", word,
						 bounds.crit);
	}
	if (!*text)
		snprintf(text, cap, "none");
}

static void say_metric(struct inspection *said, const struct inspected *what)
{
	const struct model *model = what->model;
	enum metric_id id = (enum metric_id)what->number->id;
	const struct metric *metric = &metrics[id];
	char unit[64], reason[INSPECTION_TEXT];

	snprintf(said->title, sizeof(said->title), "%s", metric->name);
	snprintf(unit, sizeof(unit), "%s%s", metric->unit,
		 model->totals && metric->kind == METRIC_RATE ? " summed since the mark" : "");
	inspection_value(said, model->value[id], unit, (enum level)model->level[id],
			 model_reason(model, id, reason, sizeof(reason)));
	said->help = metric->help;
	said->source = metric->source;
	said->formula = metric->formula;
	if (metric->raw == METRIC_NO_RAW)
		snprintf(said->raw, sizeof(said->raw),
			 "not one counter: the formula names several");
	else
		inspection_raw(said, "", raw_at(model->current, metric->raw),
			       raw_at(what->frame->previous, metric->raw), metric->interval);
	if (metric->interval)
		said->seconds = model->interval_s;
	put_alerts(said, model, id);
	for (size_t age = 0; age < model->history.count; age++)
		inspection_past(said, (double)ring_get(&model->history, age, (size_t)id));
}

/* A row of a kernel file, at its offset in struct sample. */
static void say_row(struct inspection *said, const struct inspected *what, const char *name,
		    size_t offset)
{
	const struct sample *now = what->model->current, *before = what->frame->previous;

	snprintf(said->title, sizeof(said->title), "%s", name);
	inspection_value(said, known(raw_at(now, offset)), "", LEVEL_OK,
			 "this kernel does not print it");
	inspection_raw(said, "", raw_at(now, offset), raw_at(before, offset), true);
	if (what->model->interval_state == INTERVAL_OK)
		said->seconds = what->model->interval_s;
}

/* HugePages_ rows count pages; the others are in kB. */
static void say_meminfo(struct inspection *said, const struct inspected *what)
{
	const struct meminfo_row *row = &meminfo_rows[what->number->id];
	bool pages = !strncmp(row->name, "HugePages_", 10);
	size_t offset = offsetof(struct sample, meminfo) + row->offset, length;
	const struct history *history = what->frame->history;

	say_row(said, what, row->name, offset);
	length = strlen(said->value);
	if (said->style != STYLE_WARN)
		snprintf(said->value + length, sizeof(said->value) - length,
			 pages ? " pages" : " kB; the pane shows bytes: kB * 1024");
	said->help = "a row of the kernel's table of memory, as it is: proc_meminfo(5)";
	said->source = "/proc/meminfo, the row of that name";
	said->formula = "as it is";
	for (size_t age = what->frame->age; history && age < history->count; age++)
		inspection_past(said, known(raw_at(history_sample(history, age), offset)));
}

/* The counter since boot; history is of its growth a second. */
static void say_vmstat(struct inspection *said, const struct inspected *what)
{
	const struct vmstat_row *row = &vmstat_rows[what->number->id];
	size_t offset = offsetof(struct sample, vmstat) + row->offset;
	const struct history *history = what->frame->history;

	say_row(said, what, row->name, offset);
	said->help = "a row of the kernel's counters of memory management, since boot or now";
	said->source = "/proc/vmstat, the row of that name";
	said->formula = "as it is; history is of its growth a second";
	for (size_t age = what->frame->age; history && age + 1 < history->count; age++) {
		const struct sample *now = history_sample(history, age);
		const struct sample *before = history_sample(history, age + 1);
		double seconds = (double)(now->mono_ns - before->mono_ns) / 1e9;

		if (seconds > 0)
			inspection_past(said, growth(raw_at(before, offset), raw_at(now, offset)) /
						      seconds);
	}
}

static void say_other(struct inspection *said, const struct inspected *what)
{
	static const struct {
		const char *title, *unit, *help, *source, *formula;
	} others[OTHERS] = {
		[OTHER_UPTIME] = { "up", "seconds", "time since boot, suspended time included",
				   "/proc/uptime, the first number", "hundredths / 100" },
		[OTHER_DELAY] = { "delay", "seconds", "time between two samples",
				  "-d, the settings, or its key", "as it was set" },
		[OTHER_CLOCK] = { "clock", "seconds since 1970",
				  "when the sample that shows was taken, by the wall clock",
				  "clock_gettime(CLOCK_REALTIME)", "local time of day" },
		[OTHER_MARK] = { "since the mark", "seconds",
				 "time over which rates and totals are",
				 "clock_gettime(CLOCK_MONOTONIC)",
				 "newest sample - marked sample" },
		[OTHER_PAST] = { "ago", "seconds", "how long before the newest sample this was",
				 "clock_gettime(CLOCK_MONOTONIC)",
				 "newest sample - sample that shows" },
	};
	const struct sample *now = what->model->current;
	int id = what->number->id;
	const double values[OTHERS] = {
		[OTHER_UPTIME] = known(now->uptime.up_centi) / 100,
		[OTHER_DELAY] = what->view->delay_s,
		[OTHER_CLOCK] = known(now->real_ns) / 1e9,
		[OTHER_MARK] = what->view->marked_s,
		[OTHER_PAST] = what->view->back_s,
	};

	snprintf(said->title, sizeof(said->title), "%s", others[id].title);
	inspection_value(said, values[id], others[id].unit, LEVEL_OK, "not known");
	said->help = others[id].help;
	said->source = others[id].source;
	said->formula = others[id].formula;
	if (id == OTHER_UPTIME)
		inspection_raw(said, "", now->uptime.up_centi, ABSENT, false);
	else
		snprintf(said->raw, sizeof(said->raw), "the value itself");
	said->no_history = "not kept";
}

static void (*const parts[NUMBER_KINDS])(struct inspection *, const struct inspected *) = {
	[NUMBER_METRIC] = say_metric,	[NUMBER_TASK] = inspection_task,
	[NUMBER_CPU] = inspection_cpu,	[NUMBER_DISK] = inspection_disk,
	[NUMBER_MEMINFO] = say_meminfo, [NUMBER_VMSTAT] = say_vmstat,
	[NUMBER_OTHER] = say_other,
};

void inspection_fill(struct inspection *said, const struct inspected *what)
{
	*said = (struct inspection){
		.style = STYLE_BRIGHT,
		.help = "",
		.source = "",
		.formula = "",
		.seconds = NAN,
		.alerts = "none",
		.no_history = "none",
	};
	parts[what->number->kind](said, what);
}
