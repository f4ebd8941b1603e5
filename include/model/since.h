/*
 * model/since: the difference since a mark, as a model of its own: rates are over all the time since
 * then, or, with totals, what rates add up to in it. Gauges, levels and the graphs are those of now.
 *
 * The caller owns the struct, all zero at first; it keeps a copy of the marked sample.
 */
#ifndef STALLTOP_MODEL_SINCE_H
#define STALLTOP_MODEL_SINCE_H

#include <stdbool.h>

#include "model/model.h"

struct since {
	struct model model;
	struct ring ring; /* the model's own: it shows the graphs of the newest */
	struct sample mark;
	bool ready; /* they are initialised */
};

void since_release(struct since *since);

/* Marks the newest model's sample. 0 or -ENOMEM. */
int since_mark(struct since *since, const struct model *newest);

/*
 * Brings the difference up to date after the newest model took in a sample. Until a second one came
 * after the mark, figures are unknown. 0 or -ENOMEM.
 */
int since_update(struct since *since, const struct model *newest, bool totals);

#endif
