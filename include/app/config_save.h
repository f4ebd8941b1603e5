/*
 * app/config_save: the configuration file is written, only when a person asks for it.
 *
 * Whole or not at all: to a file beside it, which then takes its name. A file that stalltop has not
 * written, or that has a bad line, is kept as FILE.bak first, and a FILE.bak that says something else
 * stops it. A symbolic link is not followed, and nothing is written in a folder of another user,
 * nor on the way through one in the usual place.
 */
#ifndef STALLTOP_APP_CONFIG_SAVE_H
#define STALLTOP_APP_CONFIG_SAVE_H

#include <stddef.h>

#include "app/config.h"

/*
 * Writes settings to config->path; folders on the way to the usual place are made (0700). A new
 * file is 0644, one that was there keeps its mode. 0 or -errno; one line of what came of it in what, for the person.
 */
int config_save(const struct config *config, const struct settings *settings, char *what,
		size_t cap);

#endif
