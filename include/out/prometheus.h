/*
 * out/prometheus: what a scrape reads: raw counters in base units, gauges, active alerts, and where it
 * was asked for the processes that come first. Pure: it formats what it is given.
 *
 * The system's figures are those of `sample`, which may be newer than the model. What needs processes
 * or an interval (their states, alerts, the probe's cost, the processes themselves) is the model's, of
 * its own sample; both times are told. What is not known has no series.
 */
#ifndef STALLTOP_OUT_PROMETHEUS_H
#define STALLTOP_OUT_PROMETHEUS_H

#include "model/model.h"
#include "out/steady_cpu.h"

struct prometheus_info {
	const char *version;
	const char *source; /* of processes: "bpf" or "proc" */
	const struct sample *sample; /* NULL: none could be had, and stalltop_up is 0 */
	const struct model *model; /* has a sample whenever `sample` is not NULL */
	const struct steady_cpu *cpu; /* updated with `sample` */
	uint64_t ticks_per_s; /* sysconf(_SC_CLK_TCK) */
	uint64_t scrape_ns; /* what this scrape took until now */
	bool processes; /* the first ones of each table too */
	const struct task_filter
		*filter; /* which ones, by user and root; as the command line says */
};

/*
 * Writes the page. Its length, or -ENOSPC; *need is how long it is either way. No NUL behind it.
 */
long prometheus_page(const struct prometheus_info *info, char *buf, size_t cap, size_t *need);

#endif
