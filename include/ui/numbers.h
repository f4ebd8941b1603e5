/*
 * ui/numbers: which number of the metric table stands where on the canvas, filled while panes draw, so
 * that one can go from number to number and ask where it comes from.
 */
#ifndef STALLTOP_UI_NUMBERS_H
#define STALLTOP_UI_NUMBERS_H

#include <stdint.h>

#define NUMBERS_MAX 192

struct number {
	int16_t row, column, columns;
	uint16_t metric; /* enum metric_id */
};

struct numbers {
	struct number place[NUMBERS_MAX];
	int count;
};

/* Notes a number; beyond NUMBERS_MAX, or where numbers is NULL, nothing. */
void numbers_add(struct numbers *numbers, int row, int column, int columns, unsigned metric);

/* The place of a metric nearest to a row and a column; -1 where it does not show. */
int numbers_find(const struct numbers *numbers, int row, int column, unsigned metric);

/* The number that stands on a cell, or -1. */
int numbers_at(const struct numbers *numbers, int row, int column);

/*
 * The nearest number in a direction (rows, columns: -1, 0 or 1) from a place. Rows count more than
 * columns, so that one stays in line. The same place where there is none.
 */
int numbers_next(const struct numbers *numbers, int from, int rows, int columns);

#endif
