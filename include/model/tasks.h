/*
 * model/tasks: the rates of every process, and how many there are of each kind. Two task lists, both
 * in ascending order of pid, are joined in one pass by pid and start time.
 *
 * A process that is not in the list before is charged what it did since it started, if it started
 * within the interval; if it was there and hidden, its rates are unknown.
 */
#ifndef STALLTOP_MODEL_TASKS_H
#define STALLTOP_MODEL_TASKS_H

#include "model/interval.h"

/* Fills all[], thread[] and the counts. 0, or -ENOMEM: then there are views only for as many as fit. */
int tasks_update(struct model *model, const struct interval *interval);

/* Where a process stands in all[], filtered or not; all_count when it is not there. */
size_t tasks_find(const struct model *model, uint32_t pid);

/* Points the views at the same rows of another sample; those that are not there are dropped. */
void tasks_retarget(struct model *model, const struct sample *sample);

/* Copies all[] and thread[], which still point to the rows of `from`. 0 or -ENOMEM. */
int tasks_copy(struct model *to, const struct model *from);

/* Makes room for as many rows of processes and threads. 0 or -ENOMEM. */
int tasks_reserve(struct model *model, size_t count);

#endif
