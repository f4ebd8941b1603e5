/*
 * model/top: who comes first: the top tables, without sorting everything, and the order of all.
 */
#ifndef STALLTOP_MODEL_TOP_H
#define STALLTOP_MODEL_TOP_H

#include "model/model.h"

/* What a process is sorted by: larger comes first, -INFINITY stands for unknown. */
struct sort_key {
	double sort, then;
	uint32_t index;
};

/* Fills top[] and top_count[] from task[]. */
void top_rank(struct model *model);

#endif
