#include "model/rates.h"

void rates_by_table(struct model *model, const struct interval *interval)
{
	for (int id = 0; id < METRIC_COUNT; id++) {
		const struct metric *metric = &metrics[id];
		double value = NAN;

		if (metric->rule == RULE_GAUGE)
			value = known(raw_at(interval->current, metric->raw)) * metric->scale;
		else if (metric->rule == RULE_RATE)
			value = rate(interval, metric->raw) * metric->scale;
		/* The clock and the counter are not read at the same instant. */
		if (metric->rule == RULE_RATE && metric->kind == METRIC_RATIO && value > 100)
			value = 100;
		model->value[id] = value;
	}
}

/* The sum of the rates of those counters that this kernel prints; NAN when one went back. */
static double rate_of_printed(const struct interval *interval, const size_t *offset, size_t count)
{
	double sum = NAN;

	for (size_t i = 0; i < count; i++) {
		double one = rate(interval, offset[i]);

		if (!present(raw_at(interval->current, offset[i])))
			continue;
		if (isnan(one))
			return NAN;
		sum = sum_known(sum, one);
	}
	return sum;
}

#define RATE_OF_PRINTED(interval, offsets) \
	rate_of_printed(interval, offsets, sizeof(offsets) / sizeof((offsets)[0]))

static double share(double part, double whole)
{
	double pct = whole > 0 ? 100 * part / whole : NAN;

	/* Not fmin(), which takes NAN for "nothing to compare with". */
	return pct > 100 ? 100 : pct;
}

static void reclaim(double *value, const struct interval *interval)
{
	static const size_t scan[] = {
		RAW(vmstat.pgscan_kswapd),
		RAW(vmstat.pgscan_direct),
		RAW(vmstat.pgscan_khugepaged),
		RAW(vmstat.pgscan_proactive),
	};
	static const size_t steal[] = {
		RAW(vmstat.pgsteal_kswapd),
		RAW(vmstat.pgsteal_direct),
		RAW(vmstat.pgsteal_khugepaged),
		RAW(vmstat.pgsteal_proactive),
	};
	static const size_t refault[] = {
		RAW(vmstat.workingset_refault_file), RAW(vmstat.workingset_refault_anon),
		RAW(vmstat.workingset_refault), /* before 5.9, in place of the two */
	};
	static const size_t stall[] = {
		RAW(vmstat.allocstall), /* before 4.10, in place of those by zone */
		RAW(vmstat.allocstall_dma),    RAW(vmstat.allocstall_dma32),
		RAW(vmstat.allocstall_normal), RAW(vmstat.allocstall_movable),
	};
	double stolen = RATE_OF_PRINTED(interval, steal);
	bool split = present(interval->current->vmstat.workingset_refault_file);

	value[M_FAULTS_RECLAIM_PER_S] = stolen;
	value[M_FAULTS_STEAL_PCT] = share(stolen, RATE_OF_PRINTED(interval, scan));
	value[M_FAULTS_THRASH_PCT] = share(RATE_OF_PRINTED(interval, refault), stolen);
	value[M_FAULTS_DIRECT_STALLS_PER_S] = RATE_OF_PRINTED(interval, stall);
	value[M_CACHE_REFAULT_PER_S] = rate(interval, split ? RAW(vmstat.workingset_refault_file)
							    : RAW(vmstat.workingset_refault));
}

void rates_computed(struct model *model, const struct interval *interval)
{
	double *value = model->value;
	double page_bytes = known(interval->current->page_bytes);
	double minor = rate(interval, RAW(vmstat.pgfault)) - rate(interval, RAW(vmstat.pgmajfault));

	/* The two counters are summed over the CPUs at slightly different instants. */
	value[M_FAULTS_MINOR_PER_S] = minor < 0 ? 0 : minor;
	reclaim(value, interval);
	value[M_SWAP_IN_BYTES_PER_S] = rate(interval, RAW(vmstat.pswpin)) * page_bytes;
	value[M_SWAP_OUT_BYTES_PER_S] = rate(interval, RAW(vmstat.pswpout)) * page_bytes;
	/* A count, no rate: it is known after a suspend too, and must not be missed then. */
	if (interval->state != INTERVAL_ZERO)
		value[M_FAULTS_OOM_KILLS_INTERVAL] = grown(interval, RAW(vmstat.oom_kill));
	probe_cost_update(model, interval);
	value[M_SELF_SAMPLE_US] = value[M_SELF_SYSTEM_US] + value[M_SELF_TASKS_US];
}
