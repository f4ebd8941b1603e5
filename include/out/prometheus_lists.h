/*
 * out/prometheus_lists: the series that stand once for each CPU, disk, process and alert.
 */
#ifndef STALLTOP_OUT_PROMETHEUS_LISTS_H
#define STALLTOP_OUT_PROMETHEUS_LISTS_H

#include "out/exposition.h"
#include "out/prometheus.h"

void prometheus_cpus(struct exposition *x, const struct prometheus_info *info);
void prometheus_disks(struct exposition *x, const struct prometheus_info *info);
void prometheus_alerts(struct exposition *x, const struct prometheus_info *info);

/* The first rows of the five tables, each process once, without command lines. */
void prometheus_processes(struct exposition *x, const struct prometheus_info *info);

#endif
