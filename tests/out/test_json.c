/* out/json: the names are a contract, and the text is JSON whatever a process is called. */
#include "full_model.h"
#include "json_check.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/value.h"
#include "out/json.h"

#define LINE_CAP 65536

static const struct json_info info = { .source = "proc" };

/* The line of a model, in a buffer that the next call uses again. */
static const char *line_of(const struct full_model *full)
{
	static char buf[LINE_CAP];
	long len = json_line(&full->model, &info, buf, sizeof(buf));
	const char *wrong;

	assert_true(len > 0);
	assert_int_equal((size_t)len, strlen(buf));
	assert_int_equal((size_t)len, json_line_size(&full->model, &info));
	wrong = json_check(buf, (size_t)len, NULL, NULL);
	if (wrong)
		fail_msg("%s in: %s", wrong, buf);
	return buf;
}

static void assert_has(const char *line, const char *part)
{
	if (!strstr(line, part))
		fail_msg("no %s in: %s", part, line);
}

static void the_checker_rejects_what_is_not_json(void **state)
{
	static const char *const bad[] = {
		"",
		"[]\n",
		"{}",
		"{}\n\n",
		"{\"a\":}\n",
		"{\"a\":01}\n",
		"{\"a\":1,}\n",
		"{\"a\":1.}\n",
		"{\"a\":nan}\n",
		"{a:1}\n",
		"{\"a\":1\n",
		"{\"a\":\"\n\"}\n",
		"{\"a\":\"\\x\"}\n",
		"{\"a\":\"\xff\"}\n",
		"{\"a\":-}\n",
		"{\"a\":1 }\n",
		"{\"a\":[1,]}\n",
		"{\"a\":1,5}\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (!json_check(bad[i], strlen(bad[i]), NULL, NULL))
			fail_msg("taken for JSON: %s", bad[i]);
	assert_null(json_check("{\"a\":[-1.5e+3,\"\\u00e9\\n\",{},null]}\n", 35, NULL, NULL));
}

/* --- the metrics */

struct found {
	unsigned times[METRIC_COUNT];
	size_t wrong;
};

static void check_metric(void *context, const char *path, const char *type, const char *raw,
			 size_t len)
{
	struct found *found = context;
	int id = metric_find(path);
	double value;

	if (id < 0)
		return;
	found->times[id]++;
	value = strtod(raw, NULL);
	if (!strcmp(type, "number") && fabs(value - (id + 0.25)) <= 0.5 + 1e-9)
		return;
	print_error("%s is %.*s, a %s, not %g\n", path, (int)len, raw, type, id + 0.25);
	found->wrong++;
}

static void every_metric_stands_once_at_its_path(void **state)
{
	static struct full_model full;
	struct found found = { .wrong = 0 };
	const char *line;

	(void)state;
	full_model_init(&full);
	line = line_of(&full);
	assert_null(json_check(line, strlen(line), check_metric, &found));
	for (int id = 0; id < METRIC_COUNT; id++)
		if (found.times[id] != 1)
			fail_msg("%s stands %u times", metrics[id].name, found.times[id]);
	assert_int_equal(found.wrong, 0);
}

static void the_schema_comes_first(void **state)
{
	static struct full_model full;
	static const char start[] = "{\"schema\":1,\"time\":\"2026-11-20T12:00:00.123Z\","
				    "\"interval_s\":1,\"source\":\"proc\",";

	(void)state;
	full_model_init(&full);
	assert_memory_equal(line_of(&full), start, strlen(start));
}

static void what_is_not_known_is_null(void **state)
{
	static struct full_model full;
	const char *line;

	(void)state;
	full_model_init(&full);
	full_model_forget(&full);
	line = line_of(&full);
	assert_has(line, "\"time\":null,\"interval_s\":null");
	assert_has(line, "\"busy_pct\":null");
	assert_has(line, "\"per_cpu\":[]");
	assert_has(line, "\"level\":null");
	assert_has(line, "\"devices\":[]");
	assert_has(line, "\"top\":{\"cpu\":[],\"memory\":[],\"io\":[],\"faults\":[],\"waits\":[]}");
	assert_has(line, "\"alerts\":[]");
	assert_has(line,
		   "\"verdict\":{\"level\":\"ok\",\"headline\":\"no stalls\",\"evidence\":\"\","
		   "\"blame\":\"\",\"text\":\"no stalls\",\"pid\":null,\"comm\":null}");
	assert_null(strstr(line, "nan"));
}

static void a_process_that_hides_its_figures_has_nulls(void **state)
{
	static struct full_model full;
	const char *line;

	(void)state;
	full_model_init(&full);
	full.task[0].anon_bytes = full.task[0].swap_bytes = full.task[0].rss_bytes = ABSENT;
	full.task[0].start_ns = ABSENT;
	full.view[0].read_bytes_per_s = full.view[0].write_bytes_per_s = NAN;
	line = line_of(&full);
	assert_has(line,
		   "{\"pid\":1001,\"start_time\":null,\"comm\":\"task0\","
		   "\"user\":\"4000000001\",\"state\":\"S\",\"cpu_pct\":10,\"rss_bytes\":null,"
		   "\"anon_bytes\":null,\"swap_bytes\":null,\"rss_growth_bytes_per_s\":-4096,"
		   "\"read_bytes_per_s\":null,\"write_bytes_per_s\":null,");
	assert_has(line, "{\"pid\":1002,\"start_time\":5.25,\"comm\":\"task1\"");
}

static void tables_hold_five_in_their_order(void **state)
{
	static struct full_model full;
	const char *line, *waits;

	(void)state;
	full_model_init(&full);
	line = line_of(&full);
	waits = strstr(line, "\"waits\":[{\"pid\":1005,");
	assert_non_null(waits);
	assert_has(line, "\"top\":{\"cpu\":[{\"pid\":1001,");
	assert_has(line, "\"memory\":[{\"pid\":1002,");
	for (int i = 0; i < TOP_ROWS; i++) {
		assert_non_null(waits);
		waits = strstr(waits + 1, "\"pid\":");
	}
	assert_non_null(waits);
	/* The sixth is the verdict's. */
	waits = strstr(waits + 1, "\"pid\":");
	assert_memory_equal(waits, "\"pid\":1001,\"comm\":\"task0\"}", 26);
}

static void alerts_say_what_they_saw(void **state)
{
	static struct full_model full;
	const struct alert_rule *rule;

	(void)state;
	full_model_init(&full);
	rule = full.model.verdict.rule;
	full.model.alert_count = 1;
	full.model.alert[0] = (struct alert){ .rule = rule, .level = LEVEL_WARN, .value = 85 };
	assert_has(line_of(&full),
		   "\"alerts\":[{\"name\":\"major_faults\",\"level\":\"warning\","
		   "\"metric\":\"faults.major_per_s\",\"value\":85,\"threshold\":50,"
		   "\"text\":\"HIGH IO LATENCY: 85 major faults/s\"}]");
	full.model.alert[0] = (struct alert){ .rule = rule, .level = LEVEL_CRIT, .value = 501 };
	assert_has(line_of(&full), "\"level\":\"critical\",\"metric\":\"faults.major_per_s\","
				   "\"value\":501,\"threshold\":500,");
	assert_has(
		line_of(&full),
		"\"text\":\"HIGH IO LATENCY: 85 major faults/s - task0[1001] 81/s, 92% of them\","
		"\"pid\":1001,\"comm\":\"task0\"}");
}

/* --- names that bite */

static void call_it(struct full_model *full, const char *name)
{
	full_model_init(full);
	snprintf(full->task[0].comm, sizeof(full->task[0].comm), "%s", name);
	snprintf(full->model.verdict.blame, sizeof(full->model.verdict.blame), "%s[1001]", name);
}

static void any_name_is_json(void **state)
{
	static struct full_model full;
	static const char *const names[] = {
		"",	  "\"",	      "\\",   "a\"b\\c\"",    "\x1b[2J",	  "\n",
		"\t\r\b", "x) R",     "<&>'", "\x9b[31m",     "\xc2\x9b",	  "\xff\xfe",
		"\xc3",	  "\xe2\x82", "%s%n", "\xed\xa0\x80", "\xf4\x90\x80\x80", "日本語",
		"\x7f",	  "{}[],:",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		call_it(&full, names[i]);
		line_of(&full);
	}
	call_it(&full, "\"\\\n\xff日");
	assert_has(line_of(&full), "\"comm\":\"\\\"\\\\\\u000a\xef\xbf\xbd日\"");
}

/* What a command prints of the line, without its newline. */
static void ask(const char *command, const char *line, char *answer, int cap)
{
	char path[] = "/tmp/stalltop-json-XXXXXX";
	int fd = mkstemp(path);
	char shell[256];
	FILE *output;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, line, strlen(line)), strlen(line));
	close(fd);
	snprintf(shell, sizeof(shell), "%s <%s 2>&1", command, path);
	output = popen(shell, "r");
	assert_non_null(output);
	if (!fgets(answer, cap, output))
		answer[0] = '\0';
	answer[strcspn(answer, "\n")] = '\0';
	assert_int_equal(pclose(output), 0);
	unlink(path);
}

static void others_read_the_same(void **state)
{
	static struct full_model full;
	char answer[256];

	(void)state;
	call_it(&full, "a\"b\\c\x1b)<&>'é日\xff");
	ask("jq -ce '[.schema,.interval_s,.top.cpu[0].comm,.top.cpu[0].rss_growth_bytes_per_s]'",
	    line_of(&full), answer, sizeof(answer));
	assert_string_equal(answer, "[1,1,\"a\\\"b\\\\c\\u001b)<&>'é日\xef\xbf\xbd\",-4096]");
	ask("python3 -c 'import json,sys; d=json.load(sys.stdin.buffer); "
	    "print(d[\"schema\"], ascii(d[\"top\"][\"cpu\"][0][\"comm\"]))'",
	    line_of(&full), answer, sizeof(answer));
	assert_string_equal(answer, "1 'a\"b\\\\c\\x1b)<&>\\'\\xe9\\u65e5\\ufffd'");
	full_model_forget(&full);
	ask("jq -ce '[.interval_s, .faults.major_per_s, .self.probe_ns_per_switch, .top.io]'",
	    line_of(&full), answer, sizeof(answer));
	assert_string_equal(answer, "[null,null,null,[]]");
}

static void a_decimal_comma_changes_nothing(void **state)
{
	static struct full_model full;
	char directory[] = "/tmp/stalltop-locale-XXXXXX", command[256], english[LINE_CAP];

	(void)state;
	full_model_init(&full);
	snprintf(english, sizeof(english), "%s", line_of(&full));
	assert_non_null(mkdtemp(directory));
	snprintf(command, sizeof(command), "localedef -i de_DE -f UTF-8 %s/de_DE.UTF-8", directory);
	assert_int_equal(system(command), 0);
	setenv("LOCPATH", directory, 1);
	assert_non_null(setlocale(LC_ALL, "de_DE.UTF-8"));
	assert_string_equal(localeconv()->decimal_point, ",");
	assert_string_equal(line_of(&full), english);
	setlocale(LC_ALL, "C");
	unsetenv("LOCPATH");
	snprintf(command, sizeof(command), "rm -r %s", directory);
	assert_int_equal(system(command), 0);
}

/* --- buffers */

static void no_buffer_is_too_small(void **state)
{
	static struct full_model full;
	size_t need;

	(void)state;
	full_model_init(&full);
	need = json_line_size(&full.model, &info);
	for (size_t cap = 0; cap <= need; cap++) {
		/* Of just this size: a sanitizer sees a byte written behind it, and so do we. */
		char *buf = malloc(cap + 1);
		long len;

		assert_non_null(buf);
		buf[cap] = '~';
		len = json_line(&full.model, &info, cap ? buf : NULL, cap);
		assert_int_equal(len, cap < need ? -ENOSPC : (long)need);
		assert_int_equal(buf[cap], '~');
		free(buf);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_checker_rejects_what_is_not_json),
		cmocka_unit_test(every_metric_stands_once_at_its_path),
		cmocka_unit_test(the_schema_comes_first),
		cmocka_unit_test(what_is_not_known_is_null),
		cmocka_unit_test(a_process_that_hides_its_figures_has_nulls),
		cmocka_unit_test(tables_hold_five_in_their_order),
		cmocka_unit_test(alerts_say_what_they_saw),
		cmocka_unit_test(any_name_is_json),
		cmocka_unit_test(others_read_the_same),
		cmocka_unit_test(a_decimal_comma_changes_nothing),
		cmocka_unit_test(no_buffer_is_too_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
