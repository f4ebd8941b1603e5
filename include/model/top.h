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

#define TOP_SET_ROWS 8 /* of each table */
#define TOP_SET_MAX 40

/*
 * The processes worth remembering: the first rows of the five tables in their own orders, whatever is
 * filtered, and those that show now. In no order. Borrowed from the model.
 */
struct top_set {
	const struct task_view *view[TOP_SET_MAX];
	size_t count;
};
void top_set(const struct model *model, struct top_set *set);

/*
 * The first TOP_ROWS of the five tables in their own orders, each process once: of those with the user
 * and below the root of `filter` (NULL: of all), whatever the person at the screen filters or sorts. Not
 * among them is who did nothing of what the table ranks by, or has ended.
 */
void top_first(const struct model *model, const struct task_filter *filter, struct top_set *set);

#endif
