/*
 * model/absence: why a metric is unknown, kept by model_update() and told by model_reason().
 */
#ifndef STALLTOP_MODEL_ABSENCE_H
#define STALLTOP_MODEL_ABSENCE_H

#include "model/interval.h"

/* Fills absence[] for every value[] that is NAN. */
void absence_update(struct model *model, const struct interval *interval);

#endif
