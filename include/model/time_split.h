/*
 * model/time_split: how an interval went for one process: on a CPU, waiting for one, in D, asleep.
 *
 * The times of its threads are added up. The whole is the interval; where the threads together did more
 * than fills it, their sum, for then nobody can say how long all of them slept at once.
 */
#ifndef STALLTOP_MODEL_TIME_SPLIT_H
#define STALLTOP_MODEL_TIME_SPLIT_H

#include "model/task_column.h"

/* Shares of the whole, 0 to 1; NAN when not known. Those that are known never add up to more than 1. */
struct time_split {
	double running, runnable, blocked;
	double asleep; /* the rest; not known unless all others are */
};

struct time_split time_split_of(const struct task_view *view);

/* What it was not asleep for, in per cent of the interval, as far as that is known; NAN when not. */
double time_awake_pct(const struct task_view *view);

#endif
