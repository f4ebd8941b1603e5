/*
 * app/options: the command line, as one const table from which the usage text is made.
 */
#ifndef STALLTOP_APP_OPTIONS_H
#define STALLTOP_APP_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/listen_address.h"
#include "model/interval.h"
#include "model/task_column.h"
#include "sample/collector.h"

enum output { OUTPUT_TUI, OUTPUT_ROWS, OUTPUT_JSON, OUTPUT_WAYBAR, OUTPUT_NONE };

struct config;

/* What stalltop is asked to do instead of sampling. */
enum command { COMMAND_RUN, COMMAND_HELP, COMMAND_VERSION, COMMAND_METRICS, COMMAND_SORT_HELP };

struct options {
	enum command command;
	enum output output;
	double delay_s;
	bool delay_given; /* on the command line */
	unsigned long count; /* samples; 0: without end */
	unsigned long bench; /* samples to time; 0: none */
	double profile_s; /* how long to time the probe; 0: not */
	bool timestamp; /* at the end of each row */
	double memory_unit; /* bytes that one of a row's memory columns is */
	bool sort_given;
	enum task_column_id sort;
	const char *user; /* NULL: all */
	uint32_t pid; /* only that process and its descendants; 0: all */
	bool no_color, ascii;
	struct listen_address listen;
	bool listen_top; /* processes too */
	bool slow_link; /* the screen sends little: ui/slow_link */
	bool no_mouse; /* it is left to the terminal */
	bool readonly; /* no signal is sent, no nice value changed */
	const char *record; /* also record into this file; NULL: not */
	uint64_t keep_ns, keep_bytes; /* of it; 0: everything */
	const char *replay; /* read this recording instead of the machine; NULL: not */
	const char *begin, *end; /* of it, as base/when reads them; NULL: all of it */
	bool write_config; /* write the settings, and nothing else */
	const char *config_file; /* NULL: the usual one */
	const struct config *config; /* what the file said; main reads it. Not owned */
	struct collector_options collector;
};

/*
 * Parses argv. 0, or -EINVAL with one line for the person in why. tty: whether standard input and
 * output are terminals, since the dashboard is what is meant only there.
 */
int options_parse(struct options *options, int argc, char **argv, bool tty, char *why, size_t cap);

/* Writes the usage text, a NUL at its end, cut to cap. Returns its whole length. */
size_t options_usage(char *buf, size_t cap);

#endif
