/*
 * model/task_filter: which rows the tables show: the processes that the filter lets through, or their
 * threads, or both.
 */
#ifndef STALLTOP_MODEL_TASK_FILTER_H
#define STALLTOP_MODEL_TASK_FILTER_H

#include "model/model.h"

/* Makes task[] the rows that the filter lets through, ascending by pid. */
void tasks_filter(struct model *model);

#endif
