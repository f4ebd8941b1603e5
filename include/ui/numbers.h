/*
 * ui/numbers: which number stands where on the canvas, filled while panes draw, so that one can go
 * from number to number and ask where it comes from.
 */
#ifndef STALLTOP_UI_NUMBERS_H
#define STALLTOP_UI_NUMBERS_H

#include <stdbool.h>
#include <stdint.h>

#define NUMBERS_MAX 4096 /* a zoomed table of 200 rows */

enum number_kind {
	NUMBER_METRIC, /* id: enum metric_id */
	NUMBER_TASK, /* id: enum task_column_id; of: the process, start_ns its start */
	NUMBER_CPU, /* id: offset of the float in struct cpu_view; of: the kernel's id */
	NUMBER_DISK, /* id: offset of the float in struct disk_view; of: index of model->disk[] */
	NUMBER_MEMINFO, /* id: index of meminfo_rows[] */
	NUMBER_VMSTAT, /* id: index of vmstat_rows[] */
	NUMBER_OTHER, /* id: enum number_other */
	NUMBER_KINDS
};

/* What is no metric, and shows none the less. */
enum number_other { OTHER_UPTIME, OTHER_DELAY, OTHER_CLOCK, OTHER_MARK, OTHER_PAST, OTHERS };

struct number {
	int16_t row, column, columns;
	uint8_t kind; /* enum number_kind */
	bool branch; /* a folded row of a tree: the sum of all below */
	bool thread; /* `of` is a thread */
	uint16_t id;
	uint32_t of;
	uint64_t start_ns;
};

struct numbers {
	struct number place[NUMBERS_MAX];
	int count;
};

/* Notes a number of the metric table; beyond NUMBERS_MAX, or where numbers is NULL, nothing. */
void numbers_add(struct numbers *numbers, int row, int column, int columns, unsigned metric);

/* The same for any number: its place, beside what it is. */
void numbers_put(struct numbers *numbers, int row, int column, int columns,
		 const struct number *number);

/*
 * Where a number shows, the nearest to its place; where its process does not, another's in that column;
 * -1 where nothing of the kind shows.
 */
int numbers_find(const struct numbers *numbers, const struct number *number);

/* The number that stands on a cell, or -1. */
int numbers_at(const struct numbers *numbers, int row, int column);

/*
 * The nearest number in a direction (rows, columns: -1, 0 or 1) from a place. Rows count more than
 * columns, so that one stays in line. The same place where there is none.
 */
int numbers_next(const struct numbers *numbers, int from, int rows, int columns);

#endif
