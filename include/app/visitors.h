/*
 * app/visitors: the connections that are open, and how long each may stay.
 *
 * One lives for 5 s at most, whatever it sends or reads, and waits for a sample for 3 s at most. When
 * there are more than 32 the oldest gives way, first of those that have not sent a whole request: who
 * holds connections open shuts nobody out. Cutting one off shuts its socket down; the library that owns
 * it then sees its end.
 */
#ifndef STALLTOP_APP_VISITORS_H
#define STALLTOP_APP_VISITORS_H

#include <stdbool.h>
#include <stdint.h>

#define VISITORS 32
#define VISITORS_MAX 80 /* those that are being closed included */

struct visitor {
	void *connection; /* NULL: this place is free */
	int fd;
	uint64_t began_ns; /* CLOCK_MONOTONIC */
	bool waiting; /* for a sample */
	bool refused; /* no sample came */
	bool cut;
};

struct visitors {
	struct visitor place[VISITORS_MAX];
};

/* Takes one in; the oldest may be cut off for it. NULL: there is no place. */
struct visitor *visitors_enter(struct visitors *visitors, void *connection, int fd,
			       uint64_t now_ns);
void visitor_leave(struct visitor *visitor);

/* When the next one's time is over; UINT64_MAX: nobody is here. */
uint64_t visitors_deadline(const struct visitors *visitors);

/* Cuts off whose time is over, but for one that waits: it is returned, or NULL, and is the caller's. */
struct visitor *visitors_end_late(struct visitors *visitors, uint64_t now_ns);

/* One that waits for a sample, or NULL. */
struct visitor *visitors_waiting(struct visitors *visitors);

#endif
