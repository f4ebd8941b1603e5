#include "out/rows.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/value.h"

#define KB 1024.0
#define TAKEN_LINES 3 /* of a screen: the heading, and the line of the cursor */
#define TIMESTAMP 19 /* columns of a date and time */
#define WORST 1e18 /* what a column shows at most */

struct row_column {
	const char *group; /* above the heading; the same pointer for neighbours */
	const char *heading;
	int width;
	double unit; /* what the value is divided by; 0: what is asked for */
	bool cut; /* a size, of which vmstat shows the whole units */
	/* Their sum is the value; METRIC_COUNT ends it. */
	enum metric_id metric[4];
};

static const char procs[] = "procs", memory[] = "memory", swap[] = "swap", io[] = "io";
static const char system_group[] = "system", faults[] = "faults", cpu[] = "cpu";

#define ONE(id) \
	{ \
		id, METRIC_COUNT \
	}

static const struct row_column columns[] = {
	{ procs, "r", 4, 1, false, ONE(M_CPU_RUNNABLE) },
	{ procs, "b", 4, 1, false, ONE(M_CPU_BLOCKED) },
	{ memory, "swpd", 10, 0, true, ONE(M_MEMORY_SWAP_USED) },
	{ memory, "free", 10, 0, true, ONE(M_MEMORY_FREE) },
	{ memory, "buff", 10, 0, true, ONE(M_MEMORY_BUFFERS) },
	{ memory, "cache", 10, 0, true, { M_MEMORY_CACHED, M_MEMORY_SRECLAIMABLE, METRIC_COUNT } },
	{ swap, "si", 6, 0, false, ONE(M_SWAP_IN_BYTES_PER_S) },
	{ swap, "so", 6, 0, false, ONE(M_SWAP_OUT_BYTES_PER_S) },
	{ io, "bi", 7, KB, false, ONE(M_DISK_PAGED_IN_BYTES_PER_S) },
	{ io, "bo", 7, KB, false, ONE(M_DISK_PAGED_OUT_BYTES_PER_S) },
	{ system_group, "in", 7, 1, false, ONE(M_CPU_INTERRUPTS_PER_S) },
	{ system_group, "cs", 7, 1, false, ONE(M_CPU_CONTEXT_SWITCHES_PER_S) },
	{ faults, "min", 8, 1, false, ONE(M_FAULTS_MINOR_PER_S) },
	{ faults, "maj", 6, 1, false, ONE(M_FAULTS_MAJOR_PER_S) },
	{ cpu, "us", 3, 1, false, { M_CPU_USER_PCT, M_CPU_NICE_PCT, METRIC_COUNT } },
	{ cpu,
	  "sy",
	  3,
	  1,
	  false,
	  { M_CPU_SYSTEM_PCT, M_CPU_IRQ_PCT, M_CPU_SOFTIRQ_PCT, METRIC_COUNT } },
	{ cpu, "id", 3, 1, false, ONE(M_CPU_IDLE_PCT) },
	{ cpu, "wa", 3, 1, false, ONE(M_CPU_IOWAIT_PCT) },
	{ cpu, "st", 3, 1, false, ONE(M_CPU_STEAL_PCT) },
};

#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

/* A text that grows in a fixed buffer; once it is full, `full` stays. */
struct line {
	char *buf;
	size_t cap, len;
	bool full;
};

static void __attribute__((format(printf, 2, 3))) put(struct line *line, const char *format, ...)
{
	va_list arguments;
	int len;

	if (line->full)
		return;
	va_start(arguments, format);
	len = vsnprintf(line->buf + line->len, line->cap - line->len, format, arguments);
	va_end(arguments);
	if (len < 0 || (size_t)len >= line->cap - line->len)
		line->full = true;
	else
		line->len += (size_t)len;
}

static void put_dashes(struct line *line, size_t count)
{
	while (count--)
		put(line, "-");
}

/* What colours a row, the worst first, and is said below it. */
static const struct {
	enum metric_id metric;
	const char *color;
} bad[] = {
	{ M_FAULTS_OOM_KILLS_INTERVAL, "\033[1;31m" },
	{ M_CPU_CONTEXT_SWITCHES_PER_S, "\033[31m" },
	{ M_FAULTS_MAJOR_PER_S, "\033[33m" },
};

#define BAD (sizeof(bad) / sizeof(bad[0]))
#define COLOR_OFF "\033[0m"

static const char *row_color(const struct row_stream *stream, const struct model *model)
{
	for (size_t i = 0; stream->color && i < BAD; i++)
		if (model->level[bad[i].metric] != LEVEL_OK)
			return bad[i].color;
	return NULL;
}

static void put_group(struct line *line, const char *group, size_t width)
{
	size_t name = strlen(group), left = (width - name) / 2;

	put_dashes(line, left);
	put(line, "%s", group);
	put_dashes(line, width - name - left);
}

/* "---memory---" over all columns of a group. */
static void put_groups(struct line *line, const struct row_stream *stream)
{
	for (size_t i = 0; i < COLUMNS;) {
		const char *group = columns[i].group;
		size_t width = 0;

		if (i)
			put(line, " ");
		for (; i < COLUMNS && columns[i].group == group; i++)
			width += (size_t)columns[i].width + (width ? 1 : 0);
		put_group(line, group, width);
	}
	if (stream->timestamp) {
		put(line, " ");
		put_group(line, "timestamp", TIMESTAMP);
	}
	put(line, "\n");
}

/* The local time of the sample in some format; "-" where it is not known. */
static void put_time(struct line *line, const struct model *model, const char *format)
{
	uint64_t real_ns = model->current->real_ns;
	time_t seconds = (time_t)(real_ns / NS_PER_S);
	char text[40] = "-";
	struct tm local;

	if (present(real_ns) && localtime_r(&seconds, &local) &&
	    !strftime(text, sizeof(text), format, &local))
		text[0] = '\0';
	put(line, " %*s", TIMESTAMP, text);
}

static void put_headings(struct line *line, const struct row_stream *stream,
			 const struct model *model)
{
	for (size_t i = 0; i < COLUMNS; i++)
		put(line, "%s%*s", i ? " " : "", columns[i].width, columns[i].heading);
	if (stream->timestamp)
		put_time(line, model, "%Z");
	put(line, "\n");
}

static double value_of(const struct row_column *column, const struct row_stream *stream,
		       const struct model *model)
{
	double asked = stream->memory_unit > 0 ? stream->memory_unit : KB, value = 0;

	for (const enum metric_id *id = column->metric; *id != METRIC_COUNT; id++)
		value += model->value[*id];
	value /= column->unit > 0 ? column->unit : asked;
	return column->cut ? value : value + 0.5;
}

static void put_values(struct line *line, const struct row_stream *stream,
		       const struct model *model)
{
	int over = 0; /* columns that the numbers so far have taken from those behind them */

	for (size_t i = 0; i < COLUMNS; i++) {
		double value = value_of(&columns[i], stream, model);
		char text[24] = "-";
		int blanks;

		if (!isnan(value))
			snprintf(text, sizeof(text), "%llu",
				 (unsigned long long)fmax(0, fmin(value, WORST)));
		blanks = columns[i].width - (int)strlen(text) - over;
		over = blanks < 0 ? -blanks : 0;
		put(line, "%s%*s%s", i ? " " : "", blanks > 0 ? blanks : 0, "", text);
	}
	if (stream->timestamp)
		put_time(line, model, "%Y-%m-%d %H:%M:%S");
}

static const struct alert_rule *rule_of(const struct model *model, enum metric_id metric,
					enum level level, double value)
{
	for (size_t i = 0; i < alert_rule_count; i++)
		if (alert_rules[i].metric == metric &&
		    alert_level(model, &alert_rules[i], value) == level)
			return &alert_rules[i];
	return NULL;
}

static unsigned count_messages(const struct model *model)
{
	unsigned count = 0;

	for (size_t i = 0; i < BAD; i++)
		count += model->level[bad[i].metric] != LEVEL_OK;
	return count;
}

static void put_messages(struct line *line, const struct model *model, bool color)
{
	for (size_t i = 0; i < BAD; i++) {
		struct alert alert = { .level = (enum level)model->level[bad[i].metric],
				       .value = model->value[bad[i].metric] };
		char evidence[96];

		alert.rule = rule_of(model, bad[i].metric, alert.level, alert.value);
		if (alert.level == LEVEL_OK || !alert.rule)
			continue;
		put(line, "%s%s %s: %s%s\n", color ? bad[i].color : "",
		    alert.level == LEVEL_CRIT ? "!!" : "!", alert.rule->headline,
		    alert_evidence(&alert, evidence, sizeof(evidence)), color ? COLOR_OFF : "");
	}
}

static void put_row(struct line *line, const struct row_stream *stream, const struct model *model)
{
	const char *color = row_color(stream, model);

	put(line, "%s", color ? color : "");
	put_values(line, stream, model);
	put(line, "%s\n", color ? COLOR_OFF : "");
}

long row_text(struct row_stream *stream, const struct model *model, char *buf, size_t cap)
{
	struct line line = { .buf = buf, .cap = cap };
	bool heading = !stream->begun;
	unsigned messages = 0;

	if (model->interval_state == INTERVAL_FIRST)
		return 0;
	if (stream->messages)
		messages = count_messages(model);
	if (stream->screen_rows > TAKEN_LINES)
		heading |= stream->since + 1 + messages > stream->screen_rows - TAKEN_LINES;
	if (!cap)
		return -ENOSPC;
	if (heading) {
		put_groups(&line, stream);
		put_headings(&line, stream, model);
	}
	put_row(&line, stream, model);
	if (stream->messages)
		put_messages(&line, model, stream->color);
	if (line.full)
		return -ENOSPC;
	stream->since = (heading ? 1 : stream->since + 1) + messages;
	stream->begun = true;
	return (long)line.len;
}

long row_messages(const struct model *model, char *buf, size_t cap)
{
	struct line line = { .buf = buf, .cap = cap };

	if (model->interval_state == INTERVAL_FIRST)
		return 0;
	put_messages(&line, model, false);
	return line.full ? -ENOSPC : (long)line.len;
}
