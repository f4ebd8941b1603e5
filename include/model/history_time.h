/*
 * model/history_time: ages of instants of the history by time.
 */
#ifndef STALLTOP_MODEL_HISTORY_TIME_H
#define STALLTOP_MODEL_HISTORY_TIME_H

#include "model/history.h"

/* The age of the first instant that is this many nanoseconds or more older than that of `age`. */
size_t history_earlier(const struct history *history, size_t age, uint64_t ns);
/* The same towards now; 0 where there is none. */
size_t history_later(const struct history *history, size_t age, uint64_t ns);

#endif
