/*
 * sample/replay: reads a recording of sample/record, at any place, as samples like those it was made of.
 *
 * Samples have ids that ascend without holes in time; what a pruned recording has lost is at its front.
 * A recording may still grow while it is read. Its contents are not trusted: names are cleaned, numbers
 * are cut to their types, no code of the file runs, and what is damaged is left out, with as much after
 * it as can be read.
 */
#ifndef STALLTOP_SAMPLE_REPLAY_H
#define STALLTOP_SAMPLE_REPLAY_H

#include <stddef.h>
#include <stdint.h>

#include "sample/feed.h"

#define REPLAY_WHY_MAX 320

struct replay;

/*
 * 0 or -errno with one line in why (REPLAY_WHY_MAX bytes): not there, no recording, of a newer stalltop,
 * damaged beyond use, empty. The file is not written to.
 */
int replay_open(struct replay **replay, const char *path, char *why);
void replay_close(struct replay *replay);

/* What is recorded up to now. Wall clock; a clock that was set may make last earlier than first. */
struct replay_span {
	int64_t first, last; /* ids */
	uint64_t first_real_ns, last_real_ns;
};

int replay_span(struct replay *replay, struct replay_span *span); /* 0 or -errno */

/* The first sample at or after a time of the wall clock; 0 when there is none. 0 or -errno. */
int replay_find(struct replay *replay, uint64_t real_ns, int64_t *id);

/*
 * The sample that the next take gives, or else the first after it. Back and forth alike cost the reading
 * of up to a minute of processes. Rates need the one before too: seek that, and take twice.
 */
void replay_seek(struct replay *replay, int64_t id);

/*
 * The same, and the figures at it are those that were shown live: as FEED_BEFORE are given first the samples
 * of a minute before it, for alerts and means go back so far, and `trend` of them at least, as far as its
 * session has them.
 */
void replay_begin(struct replay *replay, int64_t id, unsigned trend);

/* Takes end after the sample `id`; 0: at the end of the recording. */
void replay_limit(struct replay *replay, int64_t id);

/*
 * The next sample: enum feed_result, or -errno. FEED_ANEW for the first after a seek that is not the
 * next anyway, and for the first of a session.
 */
int replay_take(struct replay *replay, struct sample *sample);

/* The id of the sample taken last; 0: none. */
int64_t replay_at(const struct replay *replay);

/* Time from it to the next by the recorded clock, 0 into another session; ABSENT at the end. */
uint64_t replay_next_ns(struct replay *replay);

/* A part of the recording, for a strip that shows all of it. */
struct replay_cell {
	uint32_t samples;
	uint8_t level; /* the worst in it: 0 quiet, 1 warning, 2 critical */
};

/* Cuts the time of the whole recording into `count` cells alike. 0 or -errno. */
int replay_overview(struct replay *replay, struct replay_cell *cell, size_t count);

/* The next sample of at least this level after `id` (or before, if back); 0: none. 0 or -errno. */
int replay_next_trouble(struct replay *replay, int64_t id, int level, bool back, int64_t *found);

/* Samples that could not be read so far. */
uint64_t replay_damaged(const struct replay *replay);

/* The replay as a feed; the replay's. */
struct feed *replay_feed(struct replay *replay);

#endif
