#include "app/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "app/option_recording.h"
#include "app/option_table.h"

#define LONG_BASE 256 /* what getopt_long() returns for row i of the table is LONG_BASE + i */

static void build(struct option *longs, char *shorts)
{
	size_t at = 0;

	shorts[at++] = ':'; /* a missing argument is told apart, and nothing is printed */
	for (size_t i = 0; i < option_row_count; i++) {
		longs[i] =
			(struct option){ option_rows[i].name,
					 option_rows[i].argument ? required_argument : no_argument,
					 NULL, LONG_BASE + (int)i };
		if (!option_rows[i].letter)
			continue;
		shorts[at++] = option_rows[i].letter;
		if (option_rows[i].argument)
			shorts[at++] = ':';
	}
	shorts[at] = '\0';
	longs[option_row_count] = (struct option){ 0 };
}

static const struct option_row *find(int code)
{
	if (code >= LONG_BASE)
		return &option_rows[code - LONG_BASE];
	for (size_t i = 0; i < option_row_count; i++)
		if (option_rows[i].letter == code)
			return &option_rows[i];
	return NULL;
}

/* Says what getopt_long() did not like about the argument `given`. */
static int refuse(struct parse *parse, int code, const char *given)
{
	if (code == ':')
		return option_wrong(parse, "option '%s' needs an argument", given);
	if (optopt >= LONG_BASE)
		return option_wrong(parse, "option '--%s' takes no argument",
				    option_rows[optopt - LONG_BASE].name);
	if (optopt)
		return option_wrong(parse, "unknown option '-%c': --help lists them", optopt);
	return option_wrong(parse, "unknown or ambiguous option '%s': --help lists them", given);
}

/* The list is JSON if that is asked for anywhere on the line; what else is there does not matter. */
static void find_output(struct parse *parse, int argc, char **argv, const char *shorts,
			const struct option *longs)
{
	int code;

	while ((code = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		const struct option_row *row = code == ':' || code == '?' ? NULL : find(code);

		if (row && (!strcmp(row->name, "json") || !strcmp(row->name, "output")))
			row->take(parse, optarg);
	}
}

static int positionals(struct parse *parse, int argc, char **argv)
{
	int err;

	if (argc > 2)
		return option_wrong(parse, "too many arguments: '%s'", argv[2]);
	if (argc > 0) {
		err = option_delay(parse, argv[0]);
		if (err)
			return err;
	}
	return argc > 1 ? option_count(parse, argv[1]) : 0;
}

int options_parse(struct options *options, int argc, char **argv, bool tty, char *why, size_t cap)
{
	struct parse parse = { .options = options, .why = why, .cap = cap };
	struct option longs[OPTION_ROWS_MAX + 1];
	char shorts[2 * OPTION_ROWS_MAX + 2];
	int code, err;

	*options = (struct options){
		.delay_s = 1,
		.memory_unit = 1024,
		.collector = { .proc_root = "/proc", .sys_root = "/sys" },
	};
	build(longs, shorts);
	optind = 0; /* glibc: start afresh */
	opterr = 0;
	while ((code = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (code == ':' || code == '?')
			return refuse(&parse, code, argv[optind - 1]);
		err = find(code)->take(&parse, optarg);
		/* Help and the like are wanted whatever else is on the line. */
		if (!err && options->command == COMMAND_METRICS)
			find_output(&parse, argc, argv, shorts, longs);
		if (err || options->command != COMMAND_RUN)
			return err;
	}
	err = positionals(&parse, argc - optind, argv + optind);
	if (err)
		return err;
	err = option_check_recording(&parse);
	if (err)
		return err;
	if (options->profile_s > 0 && options->collector.no_waits)
		return option_wrong(&parse, "--profile times what --no-waits leaves out");
	if (options->write_config)
		return 0;
	if (options->listen.port && (options->bench || options->profile_s > 0))
		return option_wrong(&parse, "--listen does not go with --bench or --profile");
	if (options->listen_top && !options->listen.port)
		return option_wrong(&parse, "--listen-top needs --listen");
	if (options->output == OUTPUT_NONE && !options->listen.port && !options->record)
		return option_wrong(&parse, "-o none needs --listen or --record");
	if (!options->bench && options->profile_s <= 0 && options->output == OUTPUT_TUI && !tty)
		return option_wrong(&parse,
				    "the dashboard needs a terminal: use -b for rows or --json");
	return 0;
}

static size_t append(char *buf, size_t cap, size_t at, const char *text)
{
	size_t len = strlen(text);

	if (at < cap)
		snprintf(buf + at, cap - at, "%s", text);
	return at + len;
}

size_t options_usage(char *buf, size_t cap)
{
	char line[160], name[40];
	size_t at = 0;

	at = append(buf, cap, at,
		    "Usage: stalltop [OPTIONS] [DELAY [COUNT]]\n"
		    "What is this machine waiting for, and who makes it wait?\n\n");
	for (size_t i = 0; i < option_row_count; i++) {
		snprintf(name, sizeof(name), "--%s%s%s", option_rows[i].name,
			 option_rows[i].argument ? " " : "",
			 option_rows[i].argument ? option_rows[i].argument : "");
		if (option_rows[i].letter)
			snprintf(line, sizeof(line), "  -%c, %-20s %s\n", option_rows[i].letter,
				 name, option_rows[i].help);
		else
			snprintf(line, sizeof(line), "      %-20s %s\n", name, option_rows[i].help);
		at = append(buf, cap, at, line);
	}
	return append(buf, cap, at, "\nPress ? in the dashboard for its keys.\n");
}
