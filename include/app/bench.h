/*
 * app/bench: what a refresh costs, stage by stage.
 */
#ifndef STALLTOP_APP_BENCH_H
#define STALLTOP_APP_BENCH_H

#include "app/options.h"
#include "model/model.h"

/*
 * Takes options->bench samples as fast as possible and prints p50 p95 p99 min max, in microseconds of
 * wall time, of: the system files, the processes, the model, and drawing 160x45 cells (without a
 * terminal). Caches are hot, so once a second costs more. Returns the exit status.
 */
int bench_run(const struct options *options, struct collector *collector, struct model *model);

#endif
