#include "out/metric_list.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "model/alert.h"
#include "model/metric.h"

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
	char entry[ENTRY_MAX];

	for (size_t i = 0; i < METRIC_COUNT; i++) {
		name = longest(name, metrics[i].name);
		unit = longest(unit, metrics[i].unit);
	}
	for (size_t i = 0; i < METRIC_COUNT && !error; i++) {
		const struct metric *m = &metrics[i];
		int len = snprintf(entry, sizeof(entry), "%-*s  %-*s  %s\n\t%s\n\t%s: %s\n", name,
				   m->name, unit, m->unit, kind_names[m->kind], m->help, m->source,
				   m->formula);

		if (len < 0 || (size_t)len >= sizeof(entry) - ALERTS_MAX)
			return -EOVERFLOW;
		error = sink(to, entry, put_alerts(entry, sizeof(entry), (size_t)len, (int)i));
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

static void put_metric(struct json *j, int id)
{
	const struct metric *m = &metrics[id];

	json_open(j, NULL, '{');
	json_string(j, "name", m->name);
	json_string(j, "unit", m->unit);
	json_string(j, "kind", kind_names[m->kind]);
	json_string(j, "help", m->help);
	json_string(j, "source", m->source);
	json_string(j, "formula", m->formula);
	json_u64(j, "decimals", m->decimals);
	json_bool(j, "interval", m->interval);
	if (m->unknown)
		json_string(j, "unknown", m->unknown);
	else
		json_null(j, "unknown");
	json_open(j, "alerts", '[');
	for (size_t i = 0; i < alert_rule_count; i++)
		if ((int)alert_rules[i].metric == id)
			put_rule(j, &alert_rules[i]);
	json_close(j, ']');
	json_close(j, '}');
}

int metric_list_json(metric_sink *sink, void *to)
{
	char entry[ENTRY_MAX];
	int error = 0;

	for (int id = 0; id < METRIC_COUNT && !error; id++) {
		struct json j;
		long len;

		json_init(&j, entry, sizeof(entry));
		put_metric(&j, id);
		len = json_finish(&j);
		error = len < 0 ? (int)len : sink(to, entry, (size_t)len);
	}
	return error;
}
