/*
 * app/config_text: settings as the text of a configuration file, every one explained. What is at its
 * default stands there as a comment, so a later version may change it.
 */
#ifndef STALLTOP_APP_CONFIG_TEXT_H
#define STALLTOP_APP_CONFIG_TEXT_H

#include <stddef.h>

#include "app/settings.h"

/* The first line of it, with the newline. */
#define CONFIG_MARK "# Settings of stalltop, written by it: comments of your own are not kept.\n"

/* Writes the text, a NUL at its end, cut to cap. Returns its whole length. */
size_t config_text(char *buf, size_t cap, const struct settings *settings);

#endif
