/*
 * model/task_count: how many processes there are of each kind, and what none of them accounts for.
 */
#ifndef STALLTOP_MODEL_TASK_COUNT_H
#define STALLTOP_MODEL_TASK_COUNT_H

#include "model/model.h"

/* Fills M_TASKS_*, but for what is unlisted. Nothing where the processes could not be read. */
void task_count_states(double *value, const struct sample *sample);

/*
 * What the system did and no listed process: those that began and ended within the interval, or are
 * hidden, and interrupts. /proc/stat counts in ticks, so a few per cent are rounding.
 */
void task_count_unlisted(struct model *model);

#endif
