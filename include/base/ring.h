/*
 * base/ring: the last N rows of a table of floats, in one block that is allocated once.
 *
 * Rows are written at the head; row 0 is the newest. A value that is unknown is NAN.
 */
#ifndef STALLTOP_BASE_RING_H
#define STALLTOP_BASE_RING_H

#include <stddef.h>

struct ring {
	float *cell; /* rows * columns */
	size_t columns;
	size_t rows; /* capacity */
	size_t count; /* rows filled */
	size_t head; /* index of the newest row */
	size_t pushed; /* rows ever: it names the newest one for good */
};

int ring_init(struct ring *ring, size_t rows,
	      size_t columns); /* 0, -ENOMEM, or -EINVAL for no cell */
void ring_release(struct ring *ring);

/* Makes room for a new newest row and returns it, filled with NAN. */
float *ring_push(struct ring *ring);

/* Takes the newest rows back, all of them at most. */
void ring_rewind(struct ring *ring, size_t rows);

/* The value of a column `age` rows ago (0 is the newest); NAN when there is none. */
float ring_get(const struct ring *ring, size_t age, size_t column);

#endif
