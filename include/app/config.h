/*
 * app/config: the configuration file: where it is, and what it says.
 *
 * It is --config FILE, or stalltop/config below $XDG_CONFIG_HOME, or below $HOME/.config; never in
 * the current directory unasked. Without either variable, or with one that is no absolute path, there
 * is none. A bad line is noted and the rest counts; the last of two lines on the same thing counts.
 * Only a regular file is read (or /dev/null), and 64 KiB of it at most: no FIFO can hang the start.
 *
 * Source: the XDG Base Directory Specification; inih(3).
 */
#ifndef STALLTOP_APP_CONFIG_H
#define STALLTOP_APP_CONFIG_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "app/settings.h"

#define CONFIG_MAX 65536

struct config {
	struct settings settings;
	struct setting_notes notes;
	char path[PATH_MAX]; /* where it is, or would be; "": nowhere */
	bool given; /* by --config */
};

/*
 * Fills config with defaults and what the file says. given: of --config, or NULL. 0; -errno with one
 * line in why when a given file cannot be read. What is wrong with the other is a note.
 */
int config_load(struct config *config, const char *given, char *why, size_t cap);

/* Takes settings and notes from the text of a file; config is as config_load() begins it. */
void config_parse(struct config *config, const char *text, size_t length);

/* Reads a file whole. The length, or -errno: -EFBIG, -EISDIR, -ENOTSUP when it is no regular file. */
long config_read(const char *path, char *buf, size_t cap);

/* What is wrong, in words, for an error of config_read(). */
const char *config_error(int err);

#endif
