#include "out/metric_list.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "model/alert.h"
#include "model/metric.h"
#include "out/json_names.h"

#define ENTRY_MAX 2048
#define ALERTS_MAX 512 /* of an entry, for its alerts */

static const char *const kind_names[] = {
	[METRIC_GAUGE] = "gauge",
	[METRIC_COUNTER] = "counter",
	[METRIC_RATE] = "rate",
	[METRIC_RATIO] = "ratio",
};

static const char *const test_names[] = {
	[ABOVE] = "above",
	[FROM] = "from",
	[AT_MOST] = "at most",
};

/* A metric, or a name that stands beside them. */
struct entry {
	struct json_name is;
	int metric; /* -1: none */
};

static size_t entry_count(void)
{
	return METRIC_COUNT + json_name_count;
}

static struct entry entry_at(size_t i)
{
	const struct metric *m = &metrics[i < METRIC_COUNT ? i : 0];

	if (i >= METRIC_COUNT)
		return (struct entry){ json_names[i - METRIC_COUNT], -1 };
	return (struct entry){
		{ m->name, m->unit, kind_names[m->kind], m->help, m->source, m->formula }, (int)i
	};
}

static int longest(int width, const char *text)
{
	int len = (int)strlen(text);

	return len > width ? len : width;
}

/* ": warning from 50, critical from 500" */
static size_t put_threshold(char *buf, size_t cap, size_t at, const char *level, double value,
			    const struct alert_rule *rule)
{
	char number[32];

	if (isnan(value))
		return at;
	text_grouped(number, sizeof(number), value);
	return at + (size_t)snprintf(buf + at, cap - at, "%s%s %s %s",
				     buf[at - 1] == ':' ? " " : ", ", level, test_names[rule->test],
				     number);
}

static size_t put_alerts(char *buf, size_t cap, size_t at, int metric)
{
	for (size_t i = 0; i < alert_rule_count; i++) {
		const struct alert_rule *rule = &alert_rules[i];

		if ((int)rule->metric != metric)
			continue;
		at += (size_t)snprintf(buf + at, cap - at, "\talert %s:", rule->name);
		at = put_threshold(buf, cap, at, "warning", rule->warn, rule);
		at = put_threshold(buf, cap, at, "critical", rule->crit, rule);
		at += (size_t)snprintf(buf + at, cap - at, "\n");
	}
	return at;
}

int metric_list(metric_sink *sink, void *to)
{
	int name = 0, unit = 0, error = 0;
	char text[ENTRY_MAX];

	for (size_t i = 0; i < entry_count(); i++) {
		name = longest(name, entry_at(i).is.name);
		unit = longest(unit, entry_at(i).is.unit);
	}
	for (size_t i = 0; i < entry_count() && !error; i++) {
		struct entry e = entry_at(i);
		int len = snprintf(text, sizeof(text), "%-*s  %-*s  %s\n\t%s\n\t%s: %s\n", name,
				   e.is.name, unit, e.is.unit, e.is.kind, e.is.help, e.is.source,
				   e.is.formula);

		if (len < 0 || (size_t)len >= sizeof(text) - ALERTS_MAX)
			return -EOVERFLOW;
		error = sink(to, text, put_alerts(text, sizeof(text), (size_t)len, e.metric));
	}
	return error;
}

static void put_rule(struct json *j, const struct alert_rule *rule)
{
	json_open(j, NULL, '{');
	json_string(j, "name", rule->name);
	json_string(j, "test", test_names[rule->test]);
	json_double(j, "warning", rule->warn, 3);
	json_double(j, "critical", rule->crit, 3);
	json_string(j, "headline", rule->headline);
	json_close(j, '}');
}

static bool needs_interval(const struct json_name *name)
{
	return !strcmp(name->kind, "rate") || !strcmp(name->kind, "ratio") ||
	       !strncmp(name->formula, "growth", 6);
}

static void put_entry(struct json *j, const struct entry *e)
{
	const struct metric *m = e->metric < 0 ? NULL : &metrics[e->metric];

	json_open(j, NULL, '{');
	json_string(j, "name", e->is.name);
	json_string(j, "unit", e->is.unit);
	json_string(j, "kind", e->is.kind);
	json_string(j, "help", e->is.help);
	json_string(j, "source", e->is.source);
	json_string(j, "formula", e->is.formula);
	json_bool(j, "interval", m ? m->interval : needs_interval(&e->is));
	if (m && m->unknown)
		json_string(j, "unknown", m->unknown);
	else
		json_null(j, "unknown");
	json_open(j, "alerts", '[');
	for (size_t i = 0; i < alert_rule_count; i++)
		if ((int)alert_rules[i].metric == e->metric)
			put_rule(j, &alert_rules[i]);
	json_close(j, ']');
	json_close(j, '}');
}

int metric_list_json(metric_sink *sink, void *to)
{
	char text[ENTRY_MAX];
	int error = 0;

	for (size_t i = 0; i < entry_count() && !error; i++) {
		struct entry e = entry_at(i);
		struct json j;
		long len;

		json_init(&j, text, sizeof(text));
		put_entry(&j, &e);
		len = json_finish(&j);
		error = len < 0 ? (int)len : sink(to, text, (size_t)len);
	}
	return error;
}
