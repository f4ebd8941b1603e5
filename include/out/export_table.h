/*
 * out/export_table: what Prometheus is told of each metric, keyed by the metric table.
 *
 * A counter is exported as the kernel counts it, in base units, never as a rate or an average: the
 * server works those out over any window, and a scrape that was missed loses nothing. Gauges are the
 * model's own values. Name, help and source are those of model/metric unless a row says otherwise,
 * since a counter is not called what its rate is called.
 *
 * Nothing is exported that is the difference of two counters: the kernel moves them at two instants,
 * so the difference can go back by one, which a server takes for a restart of the machine.
 */
#ifndef STALLTOP_OUT_EXPORT_TABLE_H
#define STALLTOP_OUT_EXPORT_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "model/metric.h"

/* How a raw counter becomes base units. */
enum export_scale {
	SCALE_ONE,
	SCALE_KIB, /* of 1024 bytes, to bytes */
	SCALE_PAGES, /* to bytes */
	SCALE_US, /* to seconds */
	SCALE_NS,
};

/* Rows of one name stand together: they are one family, whose head the first one gives. */
struct export_row {
	enum metric_id metric;
	const char *name; /* behind the prefix; NULL: that of the metric, with underscores */
	const char *label, *value; /* of the series; NULL: it has none */
	const char *help; /* NULL: the metric's, with its source */
	size_t raw; /* of a counter: offset in struct sample. METRIC_NO_RAW: the model's value */
	enum export_scale scale; /* of a gauge: from the unit of the metric */
	uint8_t decimals; /* of a gauge */
};

extern const struct export_row export_rows[];
extern const size_t export_row_count;

/* Of each metric with no row: by which series it is told, or why it is not. NULL: it has a row. */
extern const char *const export_left_out[METRIC_COUNT];

#endif
