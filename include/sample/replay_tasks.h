/*
 * sample/replay_tasks: puts the list of processes together from a keyframe and what changed after it.
 * Part of sample/replay.
 */
#ifndef STALLTOP_SAMPLE_REPLAY_TASKS_H
#define STALLTOP_SAMPLE_REPLAY_TASKS_H

#include "sample/replay_state.h"

/* Fills the processes of the sample `id`, whose keyframe this is. 0 or -errno. */
int replay_tasks(struct replay *replay, int64_t id, int64_t keyframe, struct sample *sample);

#endif
