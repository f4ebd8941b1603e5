/* out/waybar: one JSON object a line that Waybar and Pango take whatever a process is called. */
#include "full_model.h"
#include "json_check.h"

#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "out/waybar.h"

static const struct waybar_info info = { .delay_s = 0.25 };

static const char *line_of(const struct full_model *full)
{
	static char buf[WAYBAR_LINE_MAX];
	long len = waybar_line(&full->model, &info, buf, sizeof(buf));
	const char *wrong;

	assert_true(len > 0);
	assert_int_equal(strlen(buf), len);
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

struct member {
	const char *path, *type;
	bool found;
};

static void see(void *context, const char *path, const char *type, const char *raw, size_t len)
{
	struct member *members = context;

	(void)raw;
	(void)len;
	for (int i = 0; i < 4; i++)
		if (!strcmp(members[i].path, path)) {
			assert_string_equal(type, members[i].type);
			members[i].found = true;
			return;
		}
	if (*path)
		fail_msg("%s is not for Waybar", path);
}

static void the_object_is_that_of_waybar(void **state)
{
	struct member members[] = { { "text", "string", false },
				    { "tooltip", "string", false },
				    { "class", "string", false },
				    { "percentage", "number", false } };
	static struct full_model full;
	const char *line;

	(void)state;
	full_model_init(&full);
	full.model.value[M_CPU_LOAD1] = 2.418;
	full.model.value[M_CPU_BUSY_PCT] = 37.6;
	line = line_of(&full);
	assert_null(json_check(line, strlen(line), see, members));
	for (int i = 0; i < 4; i++)
		assert_true(members[i].found);
	assert_has(line, "{\"text\":\"2.42\",");
	assert_has(line, "\"percentage\":38}\n");
	assert_null(strchr(strchr(line, '\n') + 1, '{'));
}

static void the_tooltip_says_what_and_who(void **state)
{
	static const char *const parts[] = {
		"load 0.50 0.25 0.10, 2 CPUs\\u000a",
		"\\u000aCPU 12.5%: user 1.5 system 2.5 wait 3.5 steal 4.5\\u000a",
		"\\u000a143 processes: 3 in D, 1 Z\\u000a",
		"\\u000atop CPU: task0[1001] 10.0%, task1[1002] 11.0%, task2[1003] 12.0%\\u000a",
		"\\u000amemory used 1.0G of 2.0G, 50.0% available, use medium\\u000a",
		"\\u000apressure: cpu 5.5, memory 6.5 full 7.5, io 8.5 full 9.5 %\\u000a",
		"\\u000aswap in 1.0K/s, out 2.0K/s, 512 of 3.0G used\\u000a",
		"\\u000afaults: minor 12,304/s, major 85/s\\u000a",
		"\\u000atop memory: task1[1002] 8.0K, ",
		"\\u000atop I/O: task2[1003] 8.8K/s, ",
		"\\u000asampled 12:00:00, every 0.25 s\"",
	};
	static struct full_model full;
	double *value = full.model.value;
	const char *line, *at;

	(void)state;
	setenv("TZ", "UTC", 1);
	tzset();
	full_model_init(&full);
	full.model.verdict.level = LEVEL_OK;
	value[M_CPU_LOAD1] = 0.5;
	value[M_CPU_LOAD5] = 0.25;
	value[M_CPU_LOAD15] = 0.1;
	value[M_CPU_COUNT] = 2;
	value[M_CPU_BUSY_PCT] = 12.5;
	value[M_CPU_USER_PCT] = 1.5;
	value[M_CPU_SYSTEM_PCT] = 2.5;
	value[M_CPU_IOWAIT_PCT] = 3.5;
	value[M_CPU_STEAL_PCT] = 4.5;
	value[M_TASKS_TOTAL] = 143;
	value[M_TASKS_BLOCKED] = 3;
	value[M_TASKS_ZOMBIE] = 1;
	value[M_MEMORY_USED] = 1 << 30;
	value[M_MEMORY_TOTAL] = 2.0 * (1 << 30);
	value[M_MEMORY_AVAILABLE_PCT] = 50;
	value[M_PRESSURE(PRESSURE_CPU, 0, PSI_NOW)] = 5.5;
	value[M_PRESSURE(PRESSURE_MEMORY, 0, PSI_NOW)] = 6.5;
	value[M_PRESSURE(PRESSURE_MEMORY, 1, PSI_NOW)] = 7.5;
	value[M_PRESSURE(PRESSURE_IO, 0, PSI_NOW)] = 8.5;
	value[M_PRESSURE(PRESSURE_IO, 1, PSI_NOW)] = 9.5;
	value[M_SWAP_IN_BYTES_PER_S] = 1024;
	value[M_SWAP_OUT_BYTES_PER_S] = 2048;
	value[M_MEMORY_SWAP_USED] = 512;
	value[M_MEMORY_SWAP_TOTAL] = 3.0 * (1 << 30);
	value[M_FAULTS_MINOR_PER_S] = 12304;
	value[M_FAULTS_MAJOR_PER_S] = 85;
	line = line_of(&full);
	at = line;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		assert_has(at, parts[i]); /* in this order */
		at = strstr(at, parts[i]);
	}
	assert_null(strstr(line, "kernel"));
	full.model.filter.no_kernel = true;
	assert_has(line_of(&full), "every 0.25 s, without kernel threads\"");
}

static void the_class_is_the_worst_alert(void **state)
{
	static struct full_model full;

	(void)state;
	full_model_init(&full);
	assert_has(line_of(&full), "\"class\":\"critical\"");
	assert_has(line_of(&full), "\"tooltip\":\"!! HIGH IO LATENCY: 85 major faults/s - task0[");
	full.model.verdict.level = LEVEL_WARN;
	assert_has(line_of(&full), "\"class\":\"warning\"");
	assert_has(line_of(&full), "\"tooltip\":\"! HIGH IO");
	full.model.verdict.level = LEVEL_OK;
	assert_has(line_of(&full), "\"class\":\"normal\"");
	assert_has(line_of(&full), "\"tooltip\":\"load ");
}

static void a_name_is_neither_markup_nor_json(void **state)
{
	static struct full_model full;
	const char *line;

	(void)state;
	full_model_init(&full);
	snprintf(full.task[0].comm, sizeof(full.task[0].comm), "<b>&\"\\'\n\xff");
	line = line_of(&full);
	assert_has(line, "top CPU: &lt;b&gt;&amp;\\\"\\\\'");
	assert_null(strpbrk(line, "<>"));
	for (const char *at = line; (at = strchr(at, '&')); at++)
		assert_true(!strncmp(at, "&lt;", 4) || !strncmp(at, "&gt;", 4) ||
			    !strncmp(at, "&amp;", 5));
}

/* Whatever there is in the names, no line of the tooltip is cut, and no escape. */
static void long_names_fit(void **state)
{
	static struct full_model full;
	const char *line;

	(void)state;
	full_model_init(&full);
	for (int i = 0; i < FULL_TASKS; i++) {
		memset(full.task[i].comm, '&', sizeof(full.task[i].comm) - 1);
		full.task[i].comm[sizeof(full.task[i].comm) - 1] = '\0';
	}
	memset(full.model.verdict.blame, '&', sizeof(full.model.verdict.blame) - 1);
	memset(full.model.verdict.evidence, '&', sizeof(full.model.verdict.evidence) - 1);
	line = line_of(&full);
	assert_has(line, "top memory: ");
	assert_null(strstr(line, "top I/O")); /* there was no room for the whole of it */
	assert_has(line, "every 0.25 s\"");
	for (const char *at = line; (at = strchr(at, '&')); at++)
		assert_memory_equal(at, "&amp;", 5);
}

static void what_is_not_known_is_a_dash(void **state)
{
	static struct full_model full;
	const char *line;

	(void)state;
	full_model_init(&full);
	full_model_forget(&full);
	line = line_of(&full);
	assert_has(line, "{\"text\":\"-\",");
	assert_has(line, "\"percentage\":null}");
	assert_has(line, "top I/O: -\\u000asampled -, every");
	assert_null(strstr(line, "nan"));
	full.model.interval_state = INTERVAL_FIRST;
	assert_int_equal(waybar_line(&full.model, &info, (char[16]){ 0 }, 16), 0);
}

static void no_buffer_is_too_small(void **state)
{
	static struct full_model full;
	size_t need;

	(void)state;
	full_model_init(&full);
	need = strlen(line_of(&full));
	for (size_t cap = 0; cap <= need; cap++) {
		char *buf = malloc(cap + 1);
		long len;

		assert_non_null(buf);
		buf[cap] = '~';
		len = waybar_line(&full.model, &info, buf, cap);
		assert_int_equal(len, cap < need ? -ENOSPC : (long)need);
		assert_int_equal(buf[cap], '~');
		free(buf);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_object_is_that_of_waybar),
		cmocka_unit_test(the_tooltip_says_what_and_who),
		cmocka_unit_test(the_class_is_the_worst_alert),
		cmocka_unit_test(a_name_is_neither_markup_nor_json),
		cmocka_unit_test(long_names_fit),
		cmocka_unit_test(what_is_not_known_is_a_dash),
		cmocka_unit_test(no_buffer_is_too_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
