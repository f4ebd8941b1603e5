#include "base/ring.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

int ring_init(struct ring *ring, size_t rows, size_t columns)
{
	size_t cells;

	*ring = (struct ring){ .columns = columns, .rows = rows };
	if (!rows || !columns)
		return -EINVAL;
	if (__builtin_mul_overflow(rows, columns, &cells))
		return -ENOMEM;
	ring->cell = calloc(cells, sizeof(*ring->cell));
	return ring->cell ? 0 : -ENOMEM;
}

void ring_release(struct ring *ring)
{
	free(ring->cell);
	*ring = (struct ring){ 0 };
}

float *ring_push(struct ring *ring)
{
	float *row;

	ring->head = (ring->head + 1) % ring->rows;
	ring->pushed++;
	if (ring->count < ring->rows)
		ring->count++;
	row = ring->cell + ring->head * ring->columns;
	for (size_t i = 0; i < ring->columns; i++)
		row[i] = NAN;
	return row;
}

void ring_rewind(struct ring *ring, size_t rows)
{
	if (rows > ring->count)
		rows = ring->count;
	ring->head = (ring->head + ring->rows - rows) % ring->rows;
	ring->count -= rows;
	ring->pushed -= rows;
}

float ring_get(const struct ring *ring, size_t age, size_t column)
{
	size_t row;

	if (age >= ring->count || column >= ring->columns)
		return NAN;
	row = ring->head >= age ? ring->head - age : ring->head + ring->rows - age;
	return ring->cell[row * ring->columns + column];
}
