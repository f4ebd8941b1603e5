/*
 * sample/live: a collector as a feed.
 */
#ifndef STALLTOP_SAMPLE_LIVE_H
#define STALLTOP_SAMPLE_LIVE_H

#include "sample/collector.h"

struct live {
	struct feed feed;
	struct collector *collector; /* not owned */
};

/* Fills live, which must stay where it is, and returns its feed. */
struct feed *live_feed(struct live *live, struct collector *collector);

#endif
