/*
 * app/stream: samples without a screen: rows and JSON lines on standard output.
 */
#ifndef STALLTOP_APP_STREAM_H
#define STALLTOP_APP_STREAM_H

#include "app/options.h"
#include "model/model.h"

/*
 * Samples until the count is reached or the reader has gone. Returns the exit status; an error is
 * printed.
 */
int stream_run(const struct options *options, struct collector *collector, struct model *model);

#endif
