#include "out/rows.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define KB 1024.0
#define HEADING_LINES 2
#define WORST 1e18 /* what a column shows at most */

struct row_column {
	const char *group; /* above the heading; the same pointer for neighbours */
	const char *heading;
	int width;
	double unit; /* what the value is divided by */
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
	{ procs, "r", 4, 1, ONE(M_CPU_RUNNABLE) },
	{ procs, "b", 4, 1, ONE(M_CPU_BLOCKED) },
	{ memory, "swpd", 10, KB, ONE(M_MEMORY_SWAP_USED) },
	{ memory, "free", 10, KB, ONE(M_MEMORY_FREE) },
	{ memory, "buff", 10, KB, ONE(M_MEMORY_BUFFERS) },
	{ memory, "cache", 10, KB, { M_MEMORY_CACHED, M_MEMORY_SRECLAIMABLE, METRIC_COUNT } },
	{ swap, "si", 6, KB, ONE(M_SWAP_IN_BYTES_PER_S) },
	{ swap, "so", 6, KB, ONE(M_SWAP_OUT_BYTES_PER_S) },
	{ io, "bi", 7, KB, ONE(M_DISK_PAGED_IN_BYTES_PER_S) },
	{ io, "bo", 7, KB, ONE(M_DISK_PAGED_OUT_BYTES_PER_S) },
	{ system_group, "in", 7, 1, ONE(M_CPU_INTERRUPTS_PER_S) },
	{ system_group, "cs", 7, 1, ONE(M_CPU_CONTEXT_SWITCHES_PER_S) },
	{ faults, "min", 8, 1, ONE(M_FAULTS_MINOR_PER_S) },
	{ faults, "maj", 6, 1, ONE(M_FAULTS_MAJOR_PER_S) },
	{ cpu, "us", 3, 1, { M_CPU_USER_PCT, M_CPU_NICE_PCT, METRIC_COUNT } },
	{ cpu, "sy", 3, 1, { M_CPU_SYSTEM_PCT, M_CPU_IRQ_PCT, M_CPU_SOFTIRQ_PCT, METRIC_COUNT } },
	{ cpu, "id", 3, 1, ONE(M_CPU_IDLE_PCT) },
	{ cpu, "wa", 3, 1, ONE(M_CPU_IOWAIT_PCT) },
	{ cpu, "st", 3, 1, ONE(M_CPU_STEAL_PCT) },
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

/* "---memory---" over all columns of a group. */
static void put_groups(struct line *line)
{
	for (size_t i = 0; i < COLUMNS;) {
		const char *group = columns[i].group;
		size_t name = strlen(group), width = 0, left;

		if (i)
			put(line, " ");
		for (; i < COLUMNS && columns[i].group == group; i++)
			width += (size_t)columns[i].width + (width ? 1 : 0);
		left = (width - name) / 2;
		put_dashes(line, left);
		put(line, "%s", group);
		put_dashes(line, width - name - left);
	}
	put(line, "\n");
}

static void put_headings(struct line *line)
{
	for (size_t i = 0; i < COLUMNS; i++)
		put(line, "%s%*s", i ? " " : "", columns[i].width, columns[i].heading);
	put(line, "\n");
}

static void put_values(struct line *line, const struct model *model)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		const struct row_column *column = &columns[i];
		double value = 0;

		for (const enum metric_id *id = column->metric; *id != METRIC_COUNT; id++)
			value += model->value[*id];
		value /= column->unit;
		if (i)
			put(line, " ");
		if (isnan(value))
			put(line, "%*s", column->width, "-");
		else
			put(line, "%*llu", column->width,
			    (unsigned long long)(fmax(0, fmin(value, WORST)) + 0.5));
	}
	put(line, "\n");
}

long row_text(struct row_stream *stream, const struct model *model, char *buf, size_t cap)
{
	struct line line = { .buf = buf, .cap = cap };
	bool heading = !stream->begun;

	if (model->interval_state == INTERVAL_FIRST)
		return 0;
	if (stream->screen_rows > HEADING_LINES)
		heading |= stream->since >= stream->screen_rows - HEADING_LINES;
	if (!cap)
		return -ENOSPC;
	if (heading) {
		put_groups(&line);
		put_headings(&line);
	}
	put_values(&line, model);
	if (line.full)
		return -ENOSPC;
	stream->since = heading ? 1 : stream->since + 1;
	stream->begun = true;
	return (long)line.len;
}
