/*
 * model/column_source: where the numbers of a process come from, as one const table beside
 * task_columns[]: for each column its unit, what either source reads, the formula, and the raw
 * values behind it.
 *
 * Rows are found by the key of the column, so that the two tables need no common order.
 */
#ifndef STALLTOP_MODEL_COLUMN_SOURCE_H
#define STALLTOP_MODEL_COLUMN_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COLUMN_RAWS 2
#define COLUMN_NO_RAW SIZE_MAX

struct column_source {
	const char *key; /* of task_columns[] */
	const char *unit; /* "percent", "bytes/s"; "" for a name or an id */
	const char *proc; /* what the /proc source reads; PID stands for the process */
	const char *bpf; /* what the probe reads */
	const char *formula; /* in the names of struct task */
	size_t raw[COLUMN_RAWS]; /* offsets in struct task of the uint64_t behind it */
	bool interval; /* needs two samples */
};

/* The row of a column's key, or NULL. */
const struct column_source *column_source_find(const char *key);

#endif
