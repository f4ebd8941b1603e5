#include "model/cpu.h"

#include <errno.h>
#include <stdlib.h>

/* Ticks, and per cent of their total later on. NAN: not known. */
struct fields {
	double user, nice, system, idle, iowait, irq, softirq, steal, guest;
	double busy; /* of a share */
};

/* What a sum begins with: nothing is known. */
static const struct fields unknown = { NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };

static double delta(uint64_t before, uint64_t now)
{
	if (!present(before) || !present(now))
		return NAN;
	return now > before ? (double)(now - before) : 0;
}

static double or_zero(double value)
{
	return isnan(value) ? 0 : value;
}

static void add_growth(struct fields *sum, const struct cpu_times *before,
		       const struct cpu_times *now)
{
	sum->user = sum_known(sum->user, delta(before->user, now->user));
	sum->nice = sum_known(sum->nice, delta(before->nice, now->nice));
	sum->system = sum_known(sum->system, delta(before->system, now->system));
	sum->idle = sum_known(sum->idle, delta(before->idle, now->idle));
	sum->iowait = sum_known(sum->iowait, delta(before->iowait, now->iowait));
	sum->irq = sum_known(sum->irq, delta(before->irq, now->irq));
	sum->softirq = sum_known(sum->softirq, delta(before->softirq, now->softirq));
	sum->steal = sum_known(sum->steal, delta(before->steal, now->steal));
	sum->guest = sum_known(sum->guest, delta(before->guest, now->guest));
	sum->guest = sum_known(sum->guest, delta(before->guest_nice, now->guest_nice));
}

/* A field that is not known counts nothing, and its own share is not known. */
static struct fields shares_of(const struct fields *ticks)
{
	double total = or_zero(ticks->user) + or_zero(ticks->nice) + or_zero(ticks->system) +
		       or_zero(ticks->idle) + or_zero(ticks->iowait) + or_zero(ticks->irq) +
		       or_zero(ticks->softirq) + or_zero(ticks->steal);
	double scale = 100 / total;

	if (!(total > 0))
		return unknown;
	return (struct fields){
		.user = ticks->user * scale,
		.nice = ticks->nice * scale,
		.system = ticks->system * scale,
		.idle = ticks->idle * scale,
		.iowait = ticks->iowait * scale,
		.irq = ticks->irq * scale,
		.softirq = ticks->softirq * scale,
		.steal = ticks->steal * scale,
		.guest = ticks->guest * scale,
		/* Without idle there is no telling what was busy: NAN. */
		.busy = (total - ticks->idle - or_zero(ticks->iowait)) * scale,
	};
}

static struct cpu_view view_of(uint32_t id, const struct fields *s)
{
	return (struct cpu_view){
		.cpu = id,
		.busy_pct = (float)s->busy,
		.user_pct = (float)s->user,
		.nice_pct = (float)s->nice,
		.system_pct = (float)s->system,
		.idle_pct = (float)s->idle,
		.iowait_pct = (float)s->iowait,
		.irq_pct = (float)s->irq,
		.softirq_pct = (float)s->softirq,
		.steal_pct = (float)s->steal,
		.guest_pct = (float)s->guest,
	};
}

/* The line of a CPU, searched from *hint on, where it is unless CPUs came or went. */
static const struct cpu_line *find_cpu(const struct proc_stat *stat, uint32_t id, size_t *hint)
{
	for (size_t i = 0; i < stat->cpu_count; i++) {
		size_t at = (*hint + i) % stat->cpu_count;

		if (stat->cpu[at].id == id) {
			*hint = at + 1;
			return &stat->cpu[at];
		}
	}
	return NULL;
}

static int reserve(struct model *model, size_t count)
{
	struct cpu_view *cpu;

	if (count <= model->cpu_cap)
		return 0;
	cpu = reallocarray(model->cpu, count, sizeof(*cpu));
	if (!cpu)
		return -ENOMEM;
	model->cpu = cpu;
	model->cpu_cap = count;
	return 0;
}

static void put_total(double *value, const struct fields *s)
{
	value[M_CPU_BUSY_PCT] = s->busy;
	value[M_CPU_CORES_USED] = s->busy / 100 * value[M_CPU_COUNT];
	value[M_CPU_USER_PCT] = s->user;
	value[M_CPU_NICE_PCT] = s->nice;
	value[M_CPU_SYSTEM_PCT] = s->system;
	value[M_CPU_IDLE_PCT] = s->idle;
	value[M_CPU_IOWAIT_PCT] = s->iowait;
	value[M_CPU_IRQ_PCT] = s->irq;
	value[M_CPU_SOFTIRQ_PCT] = s->softirq;
	value[M_CPU_STEAL_PCT] = s->steal;
	value[M_CPU_GUEST_PCT] = s->guest;
}

int cpu_update(struct model *model, const struct interval *interval)
{
	const struct proc_stat *now = &interval->current->stat;
	const struct proc_stat *before = interval->state == INTERVAL_OK ? &interval->previous->stat
									: NULL;
	struct fields sum = unknown, shares;
	double *value = model->value;
	size_t hint = 0, found = 0;
	int err = reserve(model, now->cpu_count);

	value[M_CPU_COUNT] = now->cpu_count ? (double)now->cpu_count : NAN;
	value[M_CPU_LOAD1_PER_CPU] = value[M_CPU_LOAD1] / value[M_CPU_COUNT];
	model->cpu_count = now->cpu_count < model->cpu_cap ? now->cpu_count : model->cpu_cap;
	for (size_t i = 0; i < model->cpu_count; i++) {
		const struct cpu_line *line = &now->cpu[i];
		const struct cpu_line *was = before ? find_cpu(before, line->id, &hint) : NULL;
		struct fields ticks = unknown;

		if (was) {
			found++;
			add_growth(&ticks, &was->times, &line->times);
			add_growth(&sum, &was->times, &line->times);
		}
		shares = shares_of(&ticks);
		model->cpu[i] = view_of(line->id, &shares);
	}
	/*
	 * The total line jumps when a CPU comes or goes, since idle and iowait of one that is offline
	 * are counted in another way. Then the CPUs that were there throughout speak for all.
	 */
	if (before && found == now->cpu_count && found == before->cpu_count) {
		sum = unknown;
		add_growth(&sum, &before->total, &now->total);
	}
	shares = shares_of(&sum);
	put_total(value, &shares);
	return err;
}
