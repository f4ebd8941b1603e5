#include "out/steady_cpu.h"

#include <errno.h>
#include <stdlib.h>

#include "base/value.h"

static void hold(uint64_t *highest, uint64_t now)
{
	if (present(now) && present(*highest) && now < *highest &&
	    *highest - now < STEADY_BACK_TICKS)
		return;
	*highest = now;
}

static void hold_line(struct cpu_times *times, const struct cpu_times *now)
{
	hold(&times->user, now->user);
	hold(&times->nice, now->nice);
	hold(&times->system, now->system);
	hold(&times->idle, now->idle);
	hold(&times->iowait, now->iowait);
	hold(&times->irq, now->irq);
	hold(&times->softirq, now->softirq);
	hold(&times->steal, now->steal);
	hold(&times->guest, now->guest);
	hold(&times->guest_nice, now->guest_nice);
}

/* Searched from *hint on, where it is unless CPUs came or went. */
static struct steady_line *find(struct steady_cpu *steady, uint32_t id, size_t *hint)
{
	for (size_t i = 0; i < steady->count; i++) {
		size_t at = (*hint + i) % steady->count;

		if (steady->cpu[at].line.id == id) {
			*hint = at + 1;
			return &steady->cpu[at];
		}
	}
	return NULL;
}

static int reserve(struct steady_cpu *steady, size_t need)
{
	struct steady_line *grown;

	if (need <= steady->cap)
		return 0;
	grown = reallocarray(steady->cpu, need, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	steady->cpu = grown;
	steady->cap = need;
	return 0;
}

int steady_cpu_update(struct steady_cpu *steady, const struct proc_stat *stat)
{
	size_t hint = 0;
	int err = 0;

	for (size_t i = 0; i < steady->count; i++)
		steady->cpu[i].online = false;
	for (size_t i = 0; i < stat->cpu_count; i++) {
		struct steady_line *known = find(steady, stat->cpu[i].id, &hint);

		if (known) {
			hold_line(&known->line.times, &stat->cpu[i].times);
			known->online = true;
		} else if (!reserve(steady, steady->count + stat->cpu_count - i)) {
			steady->cpu[steady->count++] =
				(struct steady_line){ .line = stat->cpu[i], .online = true };
		} else {
			err = -ENOMEM;
		}
	}
	return err;
}

void steady_cpu_release(struct steady_cpu *steady)
{
	free(steady->cpu);
	*steady = (struct steady_cpu){ 0 };
}
