#include "model/time_split.h"

#include <math.h>

#include "model/interval.h"

double time_awake_pct(const struct task_view *view)
{
	double waits = sum_known((double)view->runq_pct, (double)view->disk_wait_pct);

	/* What waits and is not known to have run may have run too. */
	return isnan(view->cpu_pct) ? NAN : sum_known((double)view->cpu_pct, waits);
}

struct time_split time_split_of(const struct task_view *view)
{
	double awake = time_awake_pct(view);
	double whole = awake > 100 ? awake : 100;
	struct time_split split = {
		.running = (double)view->cpu_pct / whole,
		.runnable = (double)view->runq_pct / whole,
		.blocked = (double)view->disk_wait_pct / whole,
	};

	if (isnan(awake))
		split.runnable = split.blocked = NAN;
	/* A rounding error is no sleep. */
	split.asleep = fmax(0, 1 - split.running - split.runnable - split.blocked);
	if (isnan(split.running + split.runnable + split.blocked))
		split.asleep = NAN;
	return split;
}
