/*
 * proc/rows: the lines of a kernel file that begin with a name, looked up in a table of the names
 * that are wanted. For the parsers of this layer.
 *
 * The kernel's order is stable, so a line is first compared with the row after the last found one;
 * a table in the kernel's order is found at the first try, and other lines cost a memchr over the
 * lengths of the names.
 */
#ifndef STALLTOP_PROC_ROWS_H
#define STALLTOP_PROC_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/scan.h"

struct rows {
	const char *const *names;
	const uint8_t *lengths; /* of the names */
	size_t count;
	char after; /* the byte after a name: ':' or ' ' */
};

/* A walk over a text, made by rows_begin(). */
struct rows_walk {
	struct scan text;
	size_t at; /* row of the line just found */
	struct scan value; /* what follows its name and the byte after that */
};

static inline struct rows_walk rows_begin(const struct rows *rows, const char *text, size_t len)
{
	return (struct rows_walk){ .text = scan_text(text, len), .at = rows->count - 1 };
}

/* Goes to the next line that is a row of the table; false at the end of the text. */
bool rows_next(const struct rows *rows, struct rows_walk *walk);

#endif
