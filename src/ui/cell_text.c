#include "ui/cell_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static char *id_text(char *dst, size_t cap, double value)
{
	snprintf(dst, cap, "%d", (int)value);
	return dst;
}

/* How long a process has been in D is told in tenths at first; hours where the form is too wide. */
static char *duration_text(char *dst, size_t cap, double seconds, int width, bool tenths)
{
	if (tenths && seconds < 59.95)
		snprintf(dst, cap, "%.1fs", seconds);
	else
		text_uptime(dst, cap, seconds);
	if ((int)strlen(dst) > width)
		snprintf(dst, cap, "%.0fh", seconds / 3600);
	return dst;
}

static char *signed_text(char *dst, size_t cap, double value, enum byte_units units)
{
	dst[0] = '+';
	text_bytes_in(value >= 0 ? dst + 1 : dst, cap - 1, value, units);
	return dst;
}

char *cell_text(char *dst, size_t cap, enum task_column_id id, int width, double value,
		enum byte_units units, bool whole)
{
	if (isnan(value))
		return text_count(dst, cap, value);
	if (whole && task_columns[id].type == TYPE_PCT)
		return text_count(dst, cap, floor(value + 0.5));
	switch (task_columns[id].type) {
	case TYPE_ID:
		return id_text(dst, cap, value);
	case TYPE_PCT:
		return text_fixed1(dst, cap, value);
	case TYPE_BYTES:
	case TYPE_BYTES_RATE:
		return text_bytes_in(dst, cap, value, units);
	case TYPE_SIGNED_BYTES_RATE:
		return signed_text(dst, cap, value, units);
	case TYPE_DURATION:
		return duration_text(dst, cap, value, width, id == COL_BLOCKED);
	case TYPE_COUNT_RATE:
	case TYPE_NAME:
	case TYPE_BAR:
		break;
	}
	return text_count(dst, cap, value);
}
