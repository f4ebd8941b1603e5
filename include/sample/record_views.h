/*
 * sample/record_views: the views of a recording, which give rates to people with sqlite3(1). A rate is
 * NULL where there is no interval (first sample, suspend), and where its counter went back.
 *
 *   instant                          time, interval and trouble of each sample
 *   rates                            one row a sample, every figure by its name in JSON with _ for the
 *                                    dots, without "faults."
 *   cpu_rates disk_rates pressure    one row for each CPU, disk, pressure line of each sample
 *   task_rates                       one row for each process in which anything changed
 */
#ifndef STALLTOP_SAMPLE_RECORD_VIEWS_H
#define STALLTOP_SAMPLE_RECORD_VIEWS_H

#include "sample/db.h"
#include "sample/record.h"

/* Makes them anew: they are no data. 0 or -errno. */
int record_views(sqlite3 *db, const struct record_options *options, struct sql *sql);

#endif
