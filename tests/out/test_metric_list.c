/* out/metric_list: every metric with all that its row says. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "full_model.h"
#include "json_check.h"
#include "model/alert.h"
#include "model/metric.h"
#include "out/json.h"
#include "out/json_names.h"
#include "out/metric_list.h"

#define JSON_NAMES_MAX 200

struct text {
	char buf[256 * 1024];
	size_t len;
	int calls, fail_at;
};

static int collect(void *to, const char *text, size_t len)
{
	struct text *all = to;

	if (++all->calls == all->fail_at)
		return -EPIPE;
	assert_true(all->len + len < sizeof(all->buf));
	memcpy(all->buf + all->len, text, len);
	all->len += len;
	all->buf[all->len] = '\0';
	return 0;
}

/* The entry of a metric: from its name at the start of a line. */
static const char *entry_of(const char *text, const char *name)
{
	size_t len = strlen(name);

	for (; text; text = strchr(text, '\n')) {
		text += *text == '\n';
		if (!strncmp(text, name, len) && text[len] == ' ')
			return text;
	}
	return NULL;
}

static void every_metric_is_listed_with_its_row(void **state)
{
	static struct text all;
	char want[1024];

	(void)state;
	assert_int_equal(metric_list(collect, &all), 0);
	for (int i = 0; i < METRIC_COUNT; i++) {
		const char *entry = entry_of(all.buf, metrics[i].name), *detail;

		if (!entry)
			fail_msg("%s is not listed", metrics[i].name);
		assert_null(entry_of(strchr(entry, '\n'), metrics[i].name));
		detail = strchr(entry, '\n');
		assert_non_null(memmem(entry, (size_t)(detail - entry), metrics[i].unit,
				       strlen(metrics[i].unit)));
		snprintf(want, sizeof(want), "\n\t%s\n\t%s: %s\n", metrics[i].help,
			 metrics[i].source, metrics[i].formula);
		assert_memory_equal(detail, want, strlen(want));
	}
}

static void kinds_stand_in_one_column(void **state)
{
	static struct text all;
	long column = -1;

	(void)state;
	metric_list(collect, &all);
	for (const char *line = all.buf; *line; line = strchr(line, '\n') + 1) {
		const char *end = strchr(line, '\n');

		if (*line == '\t')
			continue;
		while (end[-1] != ' ')
			end--;
		if (column < 0)
			column = end - line;
		assert_int_equal(end - line, column);
	}
	assert_true(column > 0);
}

static void alerts_stand_below_their_metric(void **state)
{
	static struct text all;
	const char *entry;

	(void)state;
	metric_list(collect, &all);
	entry = entry_of(all.buf, "faults.major_per_s");
	entry = strstr(entry, "\talert ");
	assert_memory_equal(entry, "\talert major_faults: warning from 50, critical from 500\n",
			    56);
	assert_non_null(strstr(all.buf, "\talert context_switches: warning above 5,000\n"));
	assert_non_null(strstr(all.buf, "\talert memory_critical: critical at most 10\n"
					"\talert memory_high: warning at most 20\n"));
}

struct member {
	const char *path, *type;
	unsigned times;
};

static void count_member(void *context, const char *path, const char *type, const char *raw,
			 size_t len)
{
	(void)raw;
	(void)len;
	for (struct member *member = context; member->path; member++)
		member->times += !strcmp(member->path, path) && strstr(member->type, type);
}

/* A line for each metric, which json_check() takes; what its row says is in it. */
static void as_json_it_says_the_same(void **state)
{
	struct member members[] = { { "name", "string", 0 },
				    { "unit", "string", 0 },
				    { "kind", "string", 0 },
				    { "help", "string", 0 },
				    { "source", "string", 0 },
				    { "formula", "string", 0 },
				    { "interval", "boolean", 0 },
				    { "unknown", "string null", 0 },
				    { "alerts", "array", 0 },
				    { "alerts[].name", "string", 0 },
				    { "alerts[].test", "string", 0 },
				    { "alerts[].warning", "number null", 0 },
				    { "alerts[].critical", "number null", 0 },
				    { "alerts[].headline", "string", 0 },
				    { NULL, NULL, 0 } };
	static struct text all;
	char want[256];
	const char *line;
	int id = 0;

	(void)state;
	assert_int_equal(metric_list_json(collect, &all), 0);
	for (line = all.buf; *line; line = strchr(line, '\n') + 1, id++) {
		size_t len = (size_t)(strchr(line, '\n') - line) + 1;

		assert_null(json_check(line, len, count_member, members));
		if (id >= METRIC_COUNT)
			continue;
		snprintf(want, sizeof(want), "{\"name\":\"%s\",\"unit\":\"%s\",", metrics[id].name,
			 metrics[id].unit);
		assert_memory_equal(line, want, strlen(want));
	}
	assert_int_equal(id, METRIC_COUNT + json_name_count);
	for (int i = 0; i < 9; i++)
		assert_int_equal(members[i].times, id);
	for (int i = 9; i < 14; i++)
		assert_int_equal(members[i].times, alert_rule_count);
	assert_non_null(strstr(all.buf,
			       "\"alerts\":[{\"name\":\"context_switches\",\"test\":\"above\","
			       "\"warning\":5000,\"critical\":null,"));
	all.calls = 0;
	all.fail_at = 3;
	assert_int_equal(metric_list_json(collect, &all), -EPIPE);
}

struct names {
	bool seen[JSON_NAMES_MAX];
	size_t unknown;
};

/* "top.io[].pid" as "top.*[].pid". */
static void see_name(void *context, const char *path, const char *type, const char *raw, size_t len)
{
	struct names *names = context;
	char name[128];
	const char *list = strstr(path, "[]");

	(void)raw;
	(void)len;
	if (!strcmp(type, "object") || !strcmp(type, "array") || metric_find(path) >= 0)
		return;
	snprintf(name, sizeof(name), "%s%s", strncmp(path, "top.", 4) ? path : "top.*",
		 strncmp(path, "top.", 4) ? "" : list);
	for (size_t i = 0; i < json_name_count; i++)
		if (!strcmp(json_names[i].name, name)) {
			names->seen[i] = true;
			return;
		}
	print_error("%s is in no list\n", path);
	names->unknown++;
}

/* No name of --json is without its row, and no row without its name. */
static void every_name_of_the_object_is_listed(void **state)
{
	static struct full_model full;
	static struct names names;
	static char line[65536];

	(void)state;
	full_model_init(&full);
	assert_true(json_line(&full.model, &(struct json_info){ "proc" }, line, sizeof(line)) > 0);
	assert_null(json_check(line, strlen(line), see_name, &names));
	assert_int_equal(names.unknown, 0);
	assert_true(json_name_count <= JSON_NAMES_MAX);
	for (size_t i = 0; i < json_name_count; i++)
		if (!names.seen[i])
			fail_msg("%s is listed and not in the object", json_names[i].name);
}

static void a_sink_that_fails_ends_the_list(void **state)
{
	static struct text all = { .fail_at = 3 };

	(void)state;
	assert_int_equal(metric_list(collect, &all), -EPIPE);
	assert_int_equal(all.calls, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_metric_is_listed_with_its_row),
		cmocka_unit_test(kinds_stand_in_one_column),
		cmocka_unit_test(alerts_stand_below_their_metric),
		cmocka_unit_test(as_json_it_says_the_same),
		cmocka_unit_test(every_name_of_the_object_is_listed),
		cmocka_unit_test(a_sink_that_fails_ends_the_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
