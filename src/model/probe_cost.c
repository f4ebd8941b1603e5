#include "model/probe_cost.h"

#include <string.h>

#include "base/clock.h"
#include "model/interval.h"

#define COUNT_MAX (sizeof(((struct probe_window *)0)->mark) / sizeof(struct probe_mark))

static struct probe_mark mark_of(const struct sample *sample)
{
	return (struct probe_mark){ sample->mono_ns, sample->tasks.probe_runs,
				    sample->tasks.probe_ns };
}

static bool is_known(const struct sample *sample)
{
	return present(sample->tasks.probe_runs) && present(sample->tasks.probe_ns);
}

static void drop_first(struct probe_window *window)
{
	window->count--;
	memmove(&window->mark[0], &window->mark[1], window->count * sizeof(window->mark[0]));
}

/* The youngest mark of that age or older stays, and what is younger. */
static void forget_old(struct probe_window *window, uint64_t now_ns)
{
	while (window->count > 1 && now_ns - window->mark[1].mono_ns >= PROBE_COST_S * NS_PER_S)
		drop_first(window);
}

static void remember(struct probe_window *window, struct probe_mark now)
{
	if (window->count && now.mono_ns - window->mark[window->count - 1].mono_ns < NS_PER_S)
		return;
	if (window->count == COUNT_MAX)
		drop_first(window);
	window->mark[window->count++] = now;
}

static void take_mean(struct probe_window *window, struct probe_mark from, struct probe_mark to)
{
	if (to.runs >= from.runs + PROBE_COST_RUNS && to.ns >= from.ns)
		window->held = (double)(to.ns - from.ns) / (double)(to.runs - from.runs);
}

/* Between samples that do not follow each other there is a mark: the mean is since then. */
static bool is_apart(const struct interval *interval)
{
	return interval->previous && interval->current->sequence > interval->previous->sequence + 1;
}

void probe_cost_update(struct model *model, const struct interval *interval)
{
	struct probe_window *window = &model->probe;
	const struct sample *current = interval->current, *previous = interval->previous;
	struct probe_mark now = mark_of(current);
	bool began = !previous || !is_known(previous) ||
		     (window->count && (now.runs < window->mark[window->count - 1].runs ||
					now.mono_ns < window->mark[window->count - 1].mono_ns));

	if (began || !is_known(current))
		window->count = 0;
	if (!is_known(current)) {
		window->held = 0;
	} else if (is_apart(interval) && is_known(previous)) {
		take_mean(window, mark_of(previous), now);
	} else {
		if (previous && is_known(previous) && !window->count)
			remember(window, mark_of(previous));
		forget_old(window, now.mono_ns);
		if (window->count)
			take_mean(window, window->mark[0], now);
		remember(window, now);
	}
	model->value[M_SELF_PROBE_NS] = window->held > 0 ? window->held : NAN;
}
