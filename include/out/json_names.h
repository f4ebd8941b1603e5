/*
 * out/json_names: what --json has beside the metrics: what tells the sample, the lists of CPUs, disks and
 * processes, the alerts and the verdict. For --list-metrics, so that every name is explained.
 */
#ifndef STALLTOP_OUT_JSON_NAMES_H
#define STALLTOP_OUT_JSON_NAMES_H

#include <stddef.h>

struct json_name {
	/* "cpu.per_cpu[].busy_pct": [] for each element; "top.*[].pid": * for each of the five tables. */
	const char *name;
	const char *unit; /* as in metrics[]; "text" */
	const char *kind; /* gauge, rate, ratio, or label */
	const char *help, *source, *formula;
};

extern const struct json_name json_names[];
extern const size_t json_name_count;

#endif
