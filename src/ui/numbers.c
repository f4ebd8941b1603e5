#include "ui/numbers.h"

#include <limits.h>
#include <stdlib.h>

#define ROW_WEIGHT 4 /* of a row against a column: a cell is twice as high as wide */

void numbers_put(struct numbers *numbers, int row, int column, int columns,
		 const struct number *number)
{
	struct number *place;

	if (!numbers || numbers->count == NUMBERS_MAX)
		return;
	place = &numbers->place[numbers->count++];
	*place = *number;
	place->row = (int16_t)row;
	place->column = (int16_t)column;
	place->columns = (int16_t)columns;
}

void numbers_add(struct numbers *numbers, int row, int column, int columns, unsigned metric)
{
	numbers_put(numbers, row, column, columns,
		    &(struct number){ .kind = NUMBER_METRIC, .id = (uint16_t)metric });
}

/* How much a place is not of the one that is looked for: another process is far away. */
#define ANOTHER (INT_MAX / 2)

int numbers_find(const struct numbers *numbers, const struct number *number)
{
	int best = -1, least = INT_MAX;

	for (int i = 0; i < numbers->count; i++) {
		const struct number *place = &numbers->place[i];
		int away = ROW_WEIGHT * abs(place->row - number->row) +
			   abs(place->column - number->column);

		if (place->kind != number->kind || place->id != number->id)
			continue;
		if (place->of != number->of || place->start_ns != number->start_ns ||
		    place->thread != number->thread)
			away += ANOTHER;
		if (away < least) {
			best = i;
			least = away;
		}
	}
	return best;
}

int numbers_at(const struct numbers *numbers, int row, int column)
{
	for (int i = 0; i < numbers->count; i++) {
		const struct number *place = &numbers->place[i];

		if (place->row == row && column >= place->column &&
		    column < place->column + place->columns)
			return i;
	}
	return -1;
}

static int middle(const struct number *place)
{
	return place->column + place->columns / 2;
}

int numbers_next(const struct numbers *numbers, int from, int rows, int columns)
{
	const struct number *here = &numbers->place[from];
	int best = from, least = INT_MAX;

	for (int i = 0; i < numbers->count; i++) {
		const struct number *place = &numbers->place[i];
		int down = place->row - here->row, right = middle(place) - middle(here), away;

		/* Along the direction, and not more aside than along. */
		if (down * rows + right * columns <= 0 || (columns && abs(down) > 2))
			continue;
		away = rows ? 2 * ROW_WEIGHT * abs(down) + abs(right)
			    : abs(right) + 4 * ROW_WEIGHT * abs(down);
		if (away < least) {
			best = i;
			least = away;
		}
	}
	return best;
}
