/* out/rows: columns that stay apart and in line, a heading on each screen. */
#include "full_model.h"

#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "base/value.h"

#include "out/rows.h"

#define COLUMNS 19

/* Column of the screen behind each word of a line; their number. */
static size_t word_ends(const char *line, size_t *end)
{
	size_t count = 0;

	for (size_t i = 0; line[i] && line[i] != '\n'; i++)
		if (line[i] != ' ' && (line[i + 1] == ' ' || line[i + 1] == '\n'))
			end[count++] = i + 1;
	return count;
}

static const char *next_line(const char *text)
{
	return strchr(text, '\n') + 1;
}

/* The nth word of a line as a number. */
static unsigned long long word(const char *line, int n)
{
	for (;; n--) {
		line += strspn(line, " ");
		if (!n)
			return strtoull(line, NULL, 10);
		line += strcspn(line, " \n");
	}
}

static void set_all(struct full_model *full, double value)
{
	for (int i = 0; i < METRIC_COUNT; i++)
		full->model.value[i] = value;
}

static void numbers_end_where_their_heading_ends(void **state)
{
	static struct full_model full;
	struct row_stream stream = { .screen_rows = 0 };
	size_t heading[COLUMNS * 2], row[COLUMNS * 2];
	char text[ROW_TEXT_MAX];
	const char *names;
	long len;

	(void)state;
	full_model_init(&full);
	set_all(&full, 4);
	len = row_text(&stream, &full.model, text, sizeof(text));
	assert_int_equal(len, strlen(text));
	names = next_line(text);
	assert_int_equal(word_ends(names, heading), COLUMNS);
	assert_int_equal(word_ends(next_line(names), row), COLUMNS);
	assert_memory_equal(heading, row, COLUMNS * sizeof(row[0]));
	/* The line of groups is as long as the two below. */
	assert_int_equal(names - text, next_line(names) - names);
	assert_int_equal(strlen(next_line(names)), names - text);
	assert_string_equal(next_line(next_line(names)), "");
	set_all(&full, NAN);
	row_text(&stream, &full.model, text, sizeof(text));
	assert_int_equal(word_ends(text, row), COLUMNS);
	assert_memory_equal(heading, row, COLUMNS * sizeof(row[0]));
	assert_int_equal(strspn(text, " -\n"), strlen(text));
}

static void the_heading_is_that_of_vmstat_with_faults(void **state)
{
	static const char *const names[COLUMNS] = { "r",     "b",  "swpd", "free", "buff",
						    "cache", "si", "so",   "bi",   "bo",
						    "in",    "cs", "min",  "maj",  "us",
						    "sy",    "id", "wa",   "st" };
	static struct full_model full;
	struct row_stream stream = { .screen_rows = 0 };
	char text[ROW_TEXT_MAX];
	const char *at;

	(void)state;
	full_model_init(&full);
	row_text(&stream, &full.model, text, sizeof(text));
	at = next_line(text);
	for (int i = 0; i < COLUMNS; i++) {
		at += strspn(at, " ");
		assert_memory_equal(at, names[i], strlen(names[i]));
		at += strlen(names[i]);
	}
	assert_int_equal(*at, '\n');
}

static void values_are_in_the_units_of_vmstat(void **state)
{
	static struct full_model full;
	struct row_stream stream = { .begun = true };
	double *value = full.model.value;
	char text[ROW_TEXT_MAX];

	(void)state;
	full_model_init(&full);
	set_all(&full, 0);
	value[M_CPU_RUNNABLE] = 3;
	value[M_MEMORY_FREE] = 5 * 1024;
	value[M_MEMORY_CACHED] = 4096;
	value[M_MEMORY_SRECLAIMABLE] = 1024;
	value[M_SWAP_OUT_BYTES_PER_S] = 8192;
	value[M_DISK_PAGED_IN_BYTES_PER_S] = 1536;
	value[M_FAULTS_MINOR_PER_S] = 1234.5;
	value[M_FAULTS_MAJOR_PER_S] = 85.4;
	value[M_CPU_USER_PCT] = 10.3;
	value[M_CPU_NICE_PCT] = 1.3;
	value[M_CPU_IRQ_PCT] = 2;
	value[M_CPU_SOFTIRQ_PCT] = 3;
	value[M_CPU_IDLE_PCT] = -0.1;
	row_text(&stream, &full.model, text, sizeof(text));
	assert_int_equal(word(text, 0), 3);
	assert_int_equal(word(text, 3), 5);
	assert_int_equal(word(text, 5), 5);
	assert_int_equal(word(text, 7), 8);
	assert_int_equal(word(text, 8), 2);
	assert_int_equal(word(text, 12), 1235);
	assert_int_equal(word(text, 13), 85);
	assert_int_equal(word(text, 14), 12);
	assert_int_equal(word(text, 15), 5);
	assert_int_equal(word(text, 16), 0);
}

static void wide_numbers_stay_apart(void **state)
{
	static const double wide[] = { 99999, 123456789, 1e13, 1e18, 1e300, INFINITY };
	static struct full_model full;
	struct row_stream stream = { .screen_rows = 0 };
	size_t end[COLUMNS * 2];
	char text[ROW_TEXT_MAX];

	(void)state;
	full_model_init(&full);
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
		set_all(&full, wide[i]);
		stream.begun = false;
		assert_true(row_text(&stream, &full.model, text, sizeof(text)) > 0);
		assert_int_equal(word_ends(next_line(next_line(text)), end), COLUMNS);
	}
}

/* A wide number takes the blanks of those behind it: the columns further on are in line again. */
static void columns_behind_a_wide_number_are_in_line(void **state)
{
	static struct full_model full;
	struct row_stream stream = { .begun = true };
	size_t usual[COLUMNS * 2], end[COLUMNS * 2];
	char text[ROW_TEXT_MAX];

	(void)state;
	full_model_init(&full);
	set_all(&full, 4);
	row_text(&stream, &full.model, text, sizeof(text));
	word_ends(text, usual);
	full.model.value[M_MEMORY_FREE] = 1e12 * 1024; /* 13 digits in 10 columns */
	row_text(&stream, &full.model, text, sizeof(text));
	assert_int_equal(word(text, 3), 1000000000000);
	assert_int_equal(word_ends(text, end), COLUMNS);
	assert_int_equal(end[3], usual[3] + 3);
	assert_memory_equal(end + 4, usual + 4, (COLUMNS - 4) * sizeof(end[0]));
}

static void the_unit_is_that_of_memory_and_swap(void **state)
{
	static const struct {
		double bytes;
		unsigned long long free, si;
	} units[] = { { 0, 9765, 3 },
		      { 1024, 9765, 3 },
		      { 1000, 10000, 3 },
		      { 1e6, 10, 0 },
		      { 1048576, 9, 0 } };
	static struct full_model full;
	char text[ROW_TEXT_MAX];

	(void)state;
	full_model_init(&full);
	set_all(&full, 2048);
	full.model.value[M_MEMORY_FREE] = 1e7;
	full.model.value[M_SWAP_IN_BYTES_PER_S] = 2900;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		struct row_stream stream = { .begun = true, .memory_unit = units[i].bytes };

		row_text(&stream, &full.model, text, sizeof(text));
		assert_int_equal(word(text, 3), units[i].free);
		assert_int_equal(word(text, 6), units[i].si);
		assert_int_equal(word(text, 8), 2); /* bi is in blocks of 1 KiB */
	}
}

static void the_time_stands_at_the_end(void **state)
{
	static struct full_model full;
	struct row_stream stream = { .timestamp = true };
	char text[ROW_TEXT_MAX];
	const char *names;

	(void)state;
	setenv("TZ", "XYZ-1", 1);
	tzset();
	full_model_init(&full);
	row_text(&stream, &full.model, text, sizeof(text));
	names = next_line(text);
	assert_int_equal(names - text, next_line(names) - names);
	assert_int_equal(strlen(next_line(names)), names - text);
	assert_non_null(strstr(text, "-----timestamp-----\n"));
	assert_memory_equal(next_line(names) - 5, " XYZ\n", 5);
	assert_non_null(strstr(text, " 2026-11-20 13:00:00\n"));
	full.sample.real_ns = ABSENT;
	row_text(&stream, &full.model, text, sizeof(text));
	assert_string_equal(text + strlen(text) - 5, "   -\n");
}

/* Puts these values, with the levels that the rules give them. */
static void put_bad(struct full_model *full, double switches, double major, double kills)
{
	struct model *model = &full->model;

	set_all(full, 4);
	model->value[M_CPU_CONTEXT_SWITCHES_PER_S] = switches;
	model->value[M_FAULTS_MAJOR_PER_S] = major;
	model->value[M_FAULTS_OOM_KILLS_INTERVAL] = kills;
	memset(model->level, LEVEL_OK, sizeof(model->level));
	for (size_t i = 0; i < alert_rule_count; i++) {
		enum metric_id id = alert_rules[i].metric;

		if (id == M_CPU_CONTEXT_SWITCHES_PER_S || id == M_FAULTS_MAJOR_PER_S ||
		    id == M_FAULTS_OOM_KILLS_INTERVAL)
			model->level[id] =
				(uint8_t)alert_level(model, &alert_rules[i], model->value[id]);
	}
}

static void what_is_bad_colours_its_row_and_is_said(void **state)
{
	static const struct {
		double switches, major, kills;
		const char *color, *messages;
	} rows[] = {
		{ 5000, 49, 0, "", "" },
		{ 5000, 85, 0, "\033[33m", "! HIGH IO LATENCY: 85 major faults/s\n" },
		{ 5001, 0, 0, "\033[31m", "! MANY CONTEXT SWITCHES: 5,001 context switches/s\n" },
		{ 12304, 500, 0, "\033[31m",
		  "! MANY CONTEXT SWITCHES: 12,304 context switches/s\n"
		  "!! HIGH IO LATENCY: 500 major faults/s\n" },
		{ 12304, 4, 2, "\033[1;31m",
		  "!! OOM KILL: 2 processes killed\n"
		  "! MANY CONTEXT SWITCHES: 12,304 context switches/s\n" },
	};
	static struct full_model full;
	char text[ROW_TEXT_MAX], said[ROW_MESSAGES_MAX];

	(void)state;
	full_model_init(&full);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct row_stream plain = { .begun = true }, full_row = plain;
		bool colored = *rows[i].color;

		put_bad(&full, rows[i].switches, rows[i].major, rows[i].kills);
		assert_int_equal(row_messages(&full.model, said, sizeof(said)),
				 strlen(rows[i].messages));
		assert_string_equal(*rows[i].messages ? said : "", rows[i].messages);
		/* To a file: the numbers alone. */
		row_text(&plain, &full.model, text, sizeof(text));
		assert_null(strchr(text, '\033'));
		assert_null(strchr(text, '!'));
		full_row.messages = true;
		row_text(&full_row, &full.model, text, sizeof(text));
		assert_null(strchr(text, '\033'));
		assert_string_equal(next_line(text), rows[i].messages);
		full_row.color = true;
		row_text(&full_row, &full.model, text, sizeof(text));
		assert_memory_equal(text, rows[i].color, strlen(rows[i].color));
		assert_int_equal(strchr(text, '\033') != NULL, colored);
		if (colored)
			assert_memory_equal(next_line(text) - 5, "\033[0m\n", 5);
	}
	assert_int_equal(row_messages(&full.model, said, 40), -ENOSPC);
	full.model.interval_state = INTERVAL_FIRST;
	assert_int_equal(row_messages(&full.model, said, sizeof(said)), 0);
}

/* Messages are lines of the screen too. */
static void messages_bring_the_heading_sooner(void **state)
{
	static struct full_model full;
	struct row_stream stream = { .screen_rows = 12, .messages = true };
	char text[ROW_TEXT_MAX];
	unsigned rows = 0;

	(void)state;
	full_model_init(&full);
	put_bad(&full, 0, 85, 0);
	do
		row_text(&stream, &full.model, text, sizeof(text));
	while ((!rows++ || !strstr(text, "procs")) && rows < 100);
	assert_int_equal(rows, 4 + 1);
}

static void the_first_sample_gives_no_row(void **state)
{
	static struct full_model full;
	struct row_stream stream = { .screen_rows = 0 };
	char text[ROW_TEXT_MAX] = "as it was";

	(void)state;
	full_model_init(&full);
	full.model.interval_state = INTERVAL_FIRST;
	assert_int_equal(row_text(&stream, &full.model, text, sizeof(text)), 0);
	assert_string_equal(text, "as it was");
	full.model.interval_state = INTERVAL_OK;
	row_text(&stream, &full.model, text, sizeof(text));
	assert_non_null(strstr(text, "procs"));
}

/* The lines between two headings on a terminal of so many lines; 0: none came again. */
static unsigned rows_to_a_screen(unsigned screen_rows)
{
	static struct full_model full;
	struct row_stream stream = { .screen_rows = screen_rows };
	char text[ROW_TEXT_MAX];
	unsigned rows = 0;

	full_model_init(&full);
	for (; rows < 200; rows++) {
		row_text(&stream, &full.model, text, sizeof(text));
		if (rows && strstr(text, "procs"))
			return rows;
		assert_int_equal(strstr(text, "procs") != NULL, rows == 0);
	}
	return 0;
}

static void the_heading_comes_again_on_each_screen(void **state)
{
	(void)state;
	assert_int_equal(rows_to_a_screen(24), 21);
	assert_int_equal(rows_to_a_screen(4), 1);
	assert_int_equal(rows_to_a_screen(3), 0);
	assert_int_equal(rows_to_a_screen(0), 0);
}

static void no_buffer_is_too_small(void **state)
{
	static struct full_model full;
	char whole[ROW_TEXT_MAX];
	struct row_stream stream = { .screen_rows = 24 };
	size_t need;

	(void)state;
	full_model_init(&full);
	need = (size_t)row_text(&stream, &full.model, whole, sizeof(whole)) + 1;
	for (size_t cap = 0; cap <= need; cap++) {
		struct row_stream fresh = { .screen_rows = 24 };
		char *buf = malloc(cap + 1);
		long len;

		assert_non_null(buf);
		buf[cap] = '~';
		len = row_text(&fresh, &full.model, buf, cap);
		assert_int_equal(len, cap < need ? -ENOSPC : (long)need - 1);
		assert_int_equal(fresh.begun, cap >= need);
		assert_int_equal(buf[cap], '~');
		if (cap == need)
			assert_string_equal(buf, whole);
		free(buf);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_end_where_their_heading_ends),
		cmocka_unit_test(the_heading_is_that_of_vmstat_with_faults),
		cmocka_unit_test(values_are_in_the_units_of_vmstat),
		cmocka_unit_test(wide_numbers_stay_apart),
		cmocka_unit_test(columns_behind_a_wide_number_are_in_line),
		cmocka_unit_test(the_unit_is_that_of_memory_and_swap),
		cmocka_unit_test(the_time_stands_at_the_end),
		cmocka_unit_test(what_is_bad_colours_its_row_and_is_said),
		cmocka_unit_test(messages_bring_the_heading_sooner),
		cmocka_unit_test(the_first_sample_gives_no_row),
		cmocka_unit_test(the_heading_comes_again_on_each_screen),
		cmocka_unit_test(no_buffer_is_too_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
