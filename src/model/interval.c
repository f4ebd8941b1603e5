#include "model/interval.h"

#include "base/clock.h"

#define SUSPEND_NS (100 * NS_PER_MS)
#define SUSPEND_SHARE 0.1 /* below, an interval of many minutes keeps its rates */

static uint64_t ahead(uint64_t a, uint64_t b)
{
	return a > b ? a - b : 0;
}

static enum interval_state state_between(const struct sample *previous,
					 const struct sample *current)
{
	uint64_t mono, suspended;

	if (!previous)
		return INTERVAL_FIRST;
	if (current->mono_ns <= previous->mono_ns)
		return INTERVAL_ZERO;
	mono = current->mono_ns - previous->mono_ns;
	suspended = ahead(ahead(current->boot_ns, previous->boot_ns), mono);
	if (suspended > SUSPEND_NS && (double)suspended > SUSPEND_SHARE * (double)mono)
		return INTERVAL_SUSPEND;
	return INTERVAL_OK;
}

struct interval interval_between(const struct sample *previous, const struct sample *current)
{
	struct interval interval = {
		.previous = previous,
		.current = current,
		.state = state_between(previous, current),
		.seconds = NAN,
	};

	if (interval.state == INTERVAL_OK)
		interval.seconds = (double)(current->mono_ns - previous->mono_ns) / NS_PER_S;
	return interval;
}
