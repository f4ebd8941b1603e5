/*
 * sample/replay_span: what a recording holds as a whole: first and last sample, where a time lies, when
 * there was trouble. Part of sample/replay, whose header declares it.
 */
#ifndef STALLTOP_SAMPLE_REPLAY_SPAN_H
#define STALLTOP_SAMPLE_REPLAY_SPAN_H

#include "sample/replay.h"

#endif
