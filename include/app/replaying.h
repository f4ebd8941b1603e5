/*
 * app/replaying: opens the recording that --replay names, at the part that --begin and --end choose.
 */
#ifndef STALLTOP_APP_REPLAYING_H
#define STALLTOP_APP_REPLAYING_H

#include "app/options.h"
#include "sample/replay.h"

/* 0 or -errno, with one line in why (REPLAY_WHY_MAX bytes). */
int replaying_open(struct replay **replay, const struct options *options, char *why);

#endif
