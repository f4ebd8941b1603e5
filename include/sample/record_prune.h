/*
 * sample/record_prune: forgets the oldest samples, a few with each new one. Part of sample/record.
 *
 * A sample can be read from the keyframe before it on: what is left of a keyframe's samples once that
 * has gone is no sample to a reader, and goes next.
 */
#ifndef STALLTOP_SAMPLE_RECORD_PRUNE_H
#define STALLTOP_SAMPLE_RECORD_PRUNE_H

#include "sample/record_state.h"

int record_prune_open(struct record *record); /* 0 or -errno */

/* Within the transaction of the sample `id`, taken at real_ns. 0 or -errno. */
int record_prune(struct record *record, int64_t id, uint64_t real_ns);

/* Whether the sample `id` shall be a keyframe, so that what is before it can go. */
bool record_prune_wants_keyframe(const struct record *record, int64_t id);

/* After it: gives back to the file system what is free, a part at a time. 0 or -errno. */
int record_prune_shrink(struct record *record);

#endif
