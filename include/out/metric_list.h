/*
 * out/metric_list: every name of --json, as text and as JSON, for --list-metrics.
 *
 *   faults.major_per_s                     1/s           rate
 *           page faults that had to wait for storage
 *           /proc/vmstat pgmajfault: growth a second
 *           alert major_faults: warning from 50, critical from 500
 *
 * A line with name, unit and kind for each metric, in the order of the JSON object, then indented
 * help, source and formula, and the alerts on it; then the names of out/json_names. As JSON one object a
 * line:
 *
 *   {"name":"faults.major_per_s","unit":"1/s","kind":"rate","help":...,"source":...,"formula":...,
 *    "interval":true,"unknown":null,
 *    "alerts":[{"name":"major_faults","test":"from","warning":50,"critical":500,"headline":...}]}
 *
 * interval: needs two samples, so the first line of --json has null. unknown: why it can be null though
 * its source is there.
 */
#ifndef STALLTOP_OUT_METRIC_LIST_H
#define STALLTOP_OUT_METRIC_LIST_H

#include <stddef.h>

/* Takes len bytes of text, no NUL behind them. 0, or -errno, which ends the list. */
typedef int metric_sink(void *to, const char *text, size_t len);

/* Gives the list to sink, a metric at a time. 0, or what sink returned. */
int metric_list(metric_sink *sink, void *to);
int metric_list_json(metric_sink *sink, void *to);

#endif
