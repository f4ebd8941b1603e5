/*
 * out/metric_list: the table of metrics as text, for --list-metrics.
 *
 *   faults.major_per_s                     1/s           rate
 *           page faults that had to wait for storage
 *           /proc/vmstat pgmajfault: growth a second
 *
 * A line with name, unit and kind for each metric, in the order of the JSON object, then indented
 * help, source and formula.
 */
#ifndef STALLTOP_OUT_METRIC_LIST_H
#define STALLTOP_OUT_METRIC_LIST_H

#include <stddef.h>

/* Takes len bytes of text, no NUL behind them. 0, or -errno, which ends the list. */
typedef int metric_sink(void *to, const char *text, size_t len);

/* Gives the list to sink, a metric at a time. 0, or what sink returned. */
int metric_list(metric_sink *sink, void *to);

#endif
