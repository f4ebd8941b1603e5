/*
 * app/sampler: a thread that takes samples, so that keys answer however long a sample takes.
 *
 * One sample is asked for at a time; a descriptor becomes readable when it is there. Until then the
 * sample belongs to the thread.
 */
#ifndef STALLTOP_APP_SAMPLER_H
#define STALLTOP_APP_SAMPLER_H

#include <pthread.h>
#include <stdbool.h>

#include "sample/feed.h"

struct sampler {
	struct feed *feed;
	pthread_t thread;
	struct sample *target;
	int want_fd, done_fd; /* eventfd(2) */
	int result; /* of the take */
	bool system; /* it is of the system alone: feed_take_system() */
	bool busy; /* asked for and not fetched */
	bool running;
	bool stop;
};

/* Starts the thread. Taking is the thread's until sampler_stop(). 0 or -errno. */
int sampler_start(struct sampler *sampler, struct feed *feed);

/* Asks for a sample into target. -EBUSY when one is under way. */
int sampler_ask(struct sampler *sampler, struct sample *target);

/* The same, of a sample of the system alone. Not of a recording. */
int sampler_ask_system(struct sampler *sampler, struct sample *target);

/* Fetches the result after done_fd became readable: that of feed_take() or feed_take_system(). */
int sampler_fetch(struct sampler *sampler);

/*
 * Ends the thread. False when it is at a sample: a read of /proc may hang on a sick machine, and leaving
 * must not wait for it; then nothing that it uses may be freed. True when it was never started, if the
 * struct is all zeros.
 */
bool sampler_stop(struct sampler *sampler);

#endif
