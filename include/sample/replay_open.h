/*
 * sample/replay_open: opens the file of a recording that is not trusted. Part of sample/replay.
 */
#ifndef STALLTOP_SAMPLE_REPLAY_OPEN_H
#define STALLTOP_SAMPLE_REPLAY_OPEN_H

#include "sample/replay_state.h"

/* Opens replay->db and prepares the statements. 0 or -errno with one line in why. */
int replay_open_file(struct replay *replay, const char *path, char *why);

#endif
