/*
 * model/rates: fills value[] for what is of the whole machine, but for CPUs, disks and processes.
 */
#ifndef STALLTOP_MODEL_RATES_H
#define STALLTOP_MODEL_RATES_H

#include "model/interval.h"

/* The rows of the metric table with RULE_GAUGE and RULE_RATE. The others become NAN. */
void rates_by_table(struct model *model, const struct interval *interval);

/* Fault split, reclaim, swap traffic, OOM kills, own cost. */
void rates_computed(struct model *model, const struct interval *interval);

#endif
