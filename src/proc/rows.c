#include "proc/rows.h"

static bool is_row(const struct rows *rows, size_t row, struct scan name)
{
	size_t len = scan_left(&name);

	return rows->lengths[row] == len && !memcmp(rows->names[row], name.at, len);
}

/*
 * Finds name among the rows from first to end; end when it is none of them. memchr() takes a length
 * modulo 256, is_row() the whole one.
 */
static size_t find_between(const struct rows *rows, size_t first, size_t end, struct scan name)
{
	while (first < end) {
		const uint8_t *hit =
			memchr(rows->lengths + first, (int)scan_left(&name), end - first);

		if (!hit)
			break;
		first = (size_t)(hit - rows->lengths);
		if (is_row(rows, first, name))
			return first;
		first++;
	}
	return end;
}

/* Finds name, trying the rows from next first; the table's count when it is no row. */
static size_t find(const struct rows *rows, size_t next, struct scan name)
{
	size_t row;

	if (is_row(rows, next, name))
		return next;
	row = find_between(rows, next + 1, rows->count, name);
	if (row < rows->count)
		return row;
	row = find_between(rows, 0, next, name);
	return row < next ? row : rows->count;
}

bool rows_next(const struct rows *rows, struct rows_walk *walk)
{
	size_t next = walk->at + 1 < rows->count ? walk->at + 1 : 0;
	struct scan line;

	while (scan_line(&walk->text, &line)) {
		const char *after = memchr(line.at, rows->after, scan_left(&line));
		size_t row;

		if (!after)
			continue;
		row = find(rows, next, (struct scan){ line.at, after });
		if (row == rows->count)
			continue;
		walk->at = row;
		walk->value = (struct scan){ after + 1, line.end };
		return true;
	}
	return false;
}
