/*
 * model/cpu: shares of CPU time, of all CPUs and of each. Each field's growth is clamped at 0, since
 * iowait goes back, and any field when a CPU is taken away. guest is inside user, guest_nice inside
 * nice: they are not counted again.
 *
 * When CPUs come or go, those that were there at both instants give the figures of all.
 */
#ifndef STALLTOP_MODEL_CPU_H
#define STALLTOP_MODEL_CPU_H

#include "model/interval.h"

/* 0, or -ENOMEM: then there are views only for as many CPUs as there is room. */
int cpu_update(struct model *model, const struct interval *interval);

#endif
