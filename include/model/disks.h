/*
 * model/disks: rates of each whole disk and their sums. Disks are joined by name; one that was not
 * there before has no rates and adds nothing to the sums.
 */
#ifndef STALLTOP_MODEL_DISKS_H
#define STALLTOP_MODEL_DISKS_H

#include "model/interval.h"

/* 0, or -ENOMEM: then there are views only for as many disks as there is room. */
int disks_update(struct model *model, const struct interval *interval);

/* Points the views at the disks of the same names; those that are not there are dropped. */
void disks_retarget(struct model *model, const struct diskstats *disks);

#endif
