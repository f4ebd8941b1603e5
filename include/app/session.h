/*
 * app/session: shows or streams what a feed gives, and records it where that was asked for.
 */
#ifndef STALLTOP_APP_SESSION_H
#define STALLTOP_APP_SESSION_H

#include "app/options.h"
#include "model/model.h"
#include "sample/feed.h"

/* Returns the exit status; errors are printed. */
int session_run(const struct options *options, struct feed *feed, struct model *model);

#endif
