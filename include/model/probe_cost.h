/*
 * model/probe_cost: what the BPF program at a context switch takes.
 *
 * It times one run in 256, which on a quiet machine is less than one a second. So the mean is over the
 * last half a minute, and while too few runs were timed in that the last one stands.
 */
#ifndef STALLTOP_MODEL_PROBE_COST_H
#define STALLTOP_MODEL_PROBE_COST_H

#include <stddef.h>
#include <stdint.h>

#define PROBE_COST_S 30 /* the mean is over so long */
#define PROBE_COST_RUNS 8 /* fewer say nothing: one that was interrupted would show */

struct probe_mark {
	uint64_t mono_ns, runs, ns; /* of a sample */
};

/* Marks a second apart or more, the oldest first: the first is as old as the mean goes back. */
struct probe_window {
	struct probe_mark mark[PROBE_COST_S + 2];
	size_t count;
	double held; /* the last mean; 0: none yet */
};

struct model;
struct interval;

/* Fills M_SELF_PROBE_NS. */
void probe_cost_update(struct model *model, const struct interval *interval);

#endif
