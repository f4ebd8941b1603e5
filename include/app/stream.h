/*
 * app/stream: samples without a screen: rows and JSON lines on standard output.
 */
#ifndef STALLTOP_APP_STREAM_H
#define STALLTOP_APP_STREAM_H

#include "app/options.h"
#include "app/recorder.h"
#include "model/model.h"

/*
 * Samples until the count is reached, the feed ends or the reader has gone. recorder may be NULL. Returns
 * the exit status; an error is printed.
 */
int stream_run(const struct options *options, struct feed *feed, struct recorder *recorder,
	       struct model *model);

#endif
