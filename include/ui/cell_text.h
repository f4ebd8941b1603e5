/*
 * ui/cell_text: a number of a process as text, in the form of its column.
 */
#ifndef STALLTOP_UI_CELL_TEXT_H
#define STALLTOP_UI_CELL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "model/task_column.h"

/*
 * width: the columns that it has. whole: shares without decimals, so that what differs by less is not sent
 * over a slow link. Returns dst.
 */
char *cell_text(char *dst, size_t cap, enum task_column_id id, int width, double value,
		enum byte_units units, bool whole);

#endif
