/*
 * app/visitors: the connections that are open, and how long each may stay.
 *
 * One lives for 5 s at most, whatever it sends or reads, and waits for a sample for 3 s at most. When
 * there are more than 32, the oldest that has not sent a whole request in a quarter of a second gives
 * way: who holds connections open shuts nobody out. Cutting one off shuts its socket down; the library
 * that owns it then sees its end.
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
	bool asked; /* a whole request has come */
	bool waiting; /* for a sample */
	bool refused; /* no sample came */
	bool cut;
};

struct visitors {
	struct visitor place[VISITORS_MAX];
};

/* Takes one in. NULL: there is no place. */
struct visitor *visitors_enter(struct visitors *visitors, void *connection, int fd,
			       uint64_t now_ns);
void visitor_leave(struct visitor *visitor);

/* When the next one's time is over; UINT64_MAX: nobody is here. */
uint64_t visitors_deadline(struct visitors *visitors);

/*
 * Cuts off whose time is over. One that has waited too long for a sample is returned instead, for the
 * caller to answer, who then calls again. NULL: that was all.
 */
struct visitor *visitors_end_late(struct visitors *visitors, uint64_t now_ns);

/* One that waits for a sample, or NULL. */
struct visitor *visitors_waiting(struct visitors *visitors);

#endif
