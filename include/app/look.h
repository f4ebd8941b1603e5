/*
 * app/look: what the screen may show: by the options, the locale and NO_COLOR (no-color.org).
 */
#ifndef STALLTOP_APP_LOOK_H
#define STALLTOP_APP_LOOK_H

#include "app/options.h"
#include "ui/screen.h"

struct screen_options look_of(const struct options *options);

/* Whether colours are wanted, where there are any. */
bool look_color(const struct options *options);

#endif
