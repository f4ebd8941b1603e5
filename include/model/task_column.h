/*
 * model/task_column: the columns that a process can have, as one const table. Panes draw them, -s and
 * the sort keys choose among them, the top-5 tables rank by them, streams name them.
 */
#ifndef STALLTOP_MODEL_TASK_COLUMN_H
#define STALLTOP_MODEL_TASK_COLUMN_H

#include <stdbool.h>
#include <stdint.h>

#include "tasks/task.h"

/* What one interval says of one process. A figure that is not known is NAN. */
struct task_view {
	const struct task *task; /* of the current sample */
	bool is_new; /* started within the interval */
	float cpu_pct; /* of one CPU */
	float minor_per_s, major_per_s;
	float read_bytes_per_s, write_bytes_per_s;
	float runq_pct; /* time it waited for a CPU; above 100 when several threads wait */
	float disk_wait_pct;
	float voluntary_per_s, involuntary_per_s; /* context switches */
	float rss_bytes_per_s; /* growth of its RSS a second, negative when it shrinks */
};

enum task_column_id {
	COL_PID,
	COL_PPID,
	COL_USER,
	COL_STATE,
	COL_CPU,
	COL_BAR,
	COL_TIME,
	COL_RSS,
	COL_ANON,
	COL_SWAP,
	COL_GROWTH,
	COL_READ,
	COL_WRITE,
	COL_IO,
	COL_MINOR,
	COL_MAJOR,
	COL_RUNQ,
	COL_DISK,
	COL_WAIT,
	COL_BLOCKED,
	COL_VOLUNTARY,
	COL_INVOLUNTARY,
	COL_THREADS,
	COL_NICE,
	COL_COMMAND,
	COLUMN_COUNT
};

enum column_type {
	TYPE_ID, /* an integer as it is */
	TYPE_PCT,
	TYPE_BYTES,
	TYPE_BYTES_RATE,
	TYPE_SIGNED_BYTES_RATE,
	TYPE_COUNT_RATE,
	TYPE_DURATION, /* seconds */
	/* No number, and left aligned. */
	TYPE_BAR, /* drawn; its value is to sort by */
	TYPE_NAME, /* text */
};

struct task_column {
	const char *key; /* for -s and the configuration: "cpu", "rss", "maj" */
	const char *heading; /* "CPU%" */
	const char *help; /* one line: what, unit, source, formula */
	enum column_type type;
	uint8_t width; /* columns on the screen; 0 takes the rest */
	bool ascending; /* sorts from small to large at first (pid, user, command) */
	/* The number to show and to sort by; NAN when not known or when the column is text. */
	double (*value)(const struct task_view *view);
};

extern const struct task_column task_columns[COLUMN_COUNT];

/* The id of a key, or -1. */
int task_column_find(const char *key);

/*
 * What a process is ranked by: the column's value, with shares that show as 0.0 taken as 0, so that
 * rows do not trade places by digits that nobody sees. NAN when not known.
 */
double task_column_key(enum task_column_id column, const struct task_view *view);

/* The five top tables. */
enum top_kind { TOP_CPU, TOP_MEMORY, TOP_IO, TOP_FAULTS, TOP_WAITS, TOP_KINDS };

struct top_table {
	const char *name; /* "cpu", as in JSON */
	const char *title; /* "CPU" */
	char key; /* P M I F W */
	enum task_column_id sort; /* first key */
	enum task_column_id then; /* second key */
	const uint8_t *columns; /* enum task_column_id, for the wide table, ended by COLUMN_COUNT */
};

extern const struct top_table top_tables[TOP_KINDS];

struct users;

/*
 * Orders a before b: negative, 0 or positive, as qsort(3). Unknown values come last either way; ties
 * fall to `then`, and to the pid at last, so that the order is total and rows do not jump.
 */
struct task_order {
	enum task_column_id sort, then;
	bool reverse; /* against the column's own direction */
	const struct users *users; /* for COL_USER */
};
int task_order_compare(const struct task_order *order, const struct task_view *a,
		       const struct task_view *b);

#endif
