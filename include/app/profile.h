/*
 * app/profile: --profile, what the BPF program takes at each context switch, as a histogram.
 */
#ifndef STALLTOP_APP_PROFILE_H
#define STALLTOP_APP_PROFILE_H

#include "app/options.h"
#include "sample/collector.h"

/* Lets options->profile_s pass and prints. Returns the exit status. */
int profile_run(const struct options *options, struct collector *collector);

#endif
