#include "app/options.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define ERROR_MAX 240
struct parse {
	struct options *options;
	char *why;
	size_t cap;
};

struct option_row {
	char letter; /* 0: long only */
	const char *name;
	const char *argument;
	const char *help;
	int (*take)(struct parse *parse, const char *value);
};

__attribute__((format(printf, 2, 3))) static int wrong(struct parse *parse, const char *format, ...)
{
	char text[ERROR_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	/* What was typed may have come from somebody else's text. */
	text_clean(parse->why, parse->cap, text, strlen(text));
	return -EINVAL;
}

/* A decimal number without sign, as the C locale writes it; stalltop keeps LC_NUMERIC at "C". */
static bool number(const char *text, double *value)
{
	char *end;

	if ((*text < '0' || *text > '9') && *text != '.')
		return false;
	if (strspn(text, "0123456789.eE+-") != strlen(text))
		return false;
	*value = strtod(text, &end);
	return end != text && !*end && isfinite(*value);
}

static int take_delay(struct parse *parse, const char *value)
{
	double delay;

	if (!number(value, &delay) || delay < DELAY_MIN_S || delay > DELAY_MAX_S)
		return wrong(parse, "delay '%s' is not a number of seconds from 0.05 to 3600",
			     value);
	parse->options->delay_s = delay;
	return 0;
}

static int take_positive(struct parse *parse, const char *what, const char *value,
			 unsigned long *result)
{
	char *end;

	errno = 0;
	*result = strtoul(value, &end, 10);
	if (*value < '0' || *value > '9' || *end || errno || !*result)
		return wrong(parse, "%s '%s' is not a whole number from 1", what, value);
	return 0;
}

static int take_count(struct parse *parse, const char *value)
{
	return take_positive(parse, "count", value, &parse->options->count);
}

static int take_bench(struct parse *parse, const char *value)
{
	return take_positive(parse, "number of samples", value, &parse->options->bench);
}

static int take_profile(struct parse *parse, const char *value)
{
	double seconds;

	if (!number(value, &seconds) || seconds < DELAY_MIN_S || seconds > DELAY_MAX_S)
		return wrong(parse, "'%s' is not a number of seconds from 0.05 to 3600", value);
	parse->options->profile_s = seconds;
	parse->options->collector.profile = true;
	parse->options->collector.source = SOURCE_BPF;
	return 0;
}

static int set_output(struct parse *parse, enum output output)
{
	parse->options->output = output;
	return 0;
}

static int take_batch(struct parse *parse, const char *value)
{
	(void)value;
	return set_output(parse, OUTPUT_ROWS);
}

static int take_json(struct parse *parse, const char *value)
{
	(void)value;
	return set_output(parse, OUTPUT_JSON);
}

static int take_output(struct parse *parse, const char *value)
{
	static const char *const names[] = {
		[OUTPUT_TUI] = "tui",
		[OUTPUT_ROWS] = "rows",
		[OUTPUT_JSON] = "json",
	};

	for (int i = 0; i < (int)(sizeof(names) / sizeof(*names)); i++)
		if (!strcmp(value, names[i]))
			return set_output(parse, (enum output)i);
	return wrong(parse, "output '%s' is not one of tui, rows, json", value);
}

static int take_sort(struct parse *parse, const char *value)
{
	int column = task_column_find(value);

	if (!strcmp(value, "help")) {
		parse->options->command = COMMAND_SORT_HELP;
		return 0;
	}
	if (column < 0)
		return wrong(parse, "no sort column '%s': -s help lists them", value);
	parse->options->sort = (enum task_column_id)column;
	parse->options->sort_given = true;
	return 0;
}

static int take_user(struct parse *parse, const char *value)
{
	parse->options->user = value;
	return 0;
}

static int take_pid(struct parse *parse, const char *value)
{
	unsigned long pid;
	int err = take_positive(parse, "process id", value, &pid);

	if (!err && pid > INT32_MAX)
		err = wrong(parse, "process id '%s' is too large", value);
	if (!err)
		parse->options->pid = (uint32_t)pid;
	return err;
}

static int take_source(struct parse *parse, const char *value)
{
	static const char *const names[] = {
		[SOURCE_AUTO] = "auto",
		[SOURCE_BPF] = "bpf",
		[SOURCE_PROC] = "proc",
	};

	for (int i = 0; i < (int)(sizeof(names) / sizeof(*names)); i++) {
		if (!strcmp(value, names[i])) {
			parse->options->collector.source = (enum source_kind)i;
			return 0;
		}
	}
	return wrong(parse, "source '%s' is not one of auto, bpf, proc", value);
}

static int take_no_waits(struct parse *parse, const char *value)
{
	(void)value;
	parse->options->collector.no_waits = true;
	return 0;
}

static int take_proc_root(struct parse *parse, const char *value)
{
	parse->options->collector.proc_root = value;
	return 0;
}

static int take_sys_root(struct parse *parse, const char *value)
{
	parse->options->collector.sys_root = value;
	return 0;
}

static int take_metrics(struct parse *parse, const char *value)
{
	(void)value;
	parse->options->command = COMMAND_METRICS;
	return 0;
}

static int take_no_color(struct parse *parse, const char *value)
{
	(void)value;
	parse->options->no_color = true;
	return 0;
}

static int take_ascii(struct parse *parse, const char *value)
{
	(void)value;
	parse->options->ascii = true;
	return 0;
}

static int take_readonly(struct parse *parse, const char *value)
{
	(void)value;
	parse->options->readonly = true;
	return 0;
}

static int take_help(struct parse *parse, const char *value)
{
	(void)value;
	parse->options->command = COMMAND_HELP;
	return 0;
}

static int take_version(struct parse *parse, const char *value)
{
	(void)value;
	parse->options->command = COMMAND_VERSION;
	return 0;
}

static const struct option_row rows[] = {
	{ 'd', "delay", "SECS", "seconds between samples, 0.05 to 3600 (default 1)", take_delay },
	{ 'n', "count", "N", "stop after N samples", take_count },
	{ 'b', "batch", NULL, "rows as vmstat prints them, with min and maj (same as -o rows)",
	  take_batch },
	{ 0, "json", NULL, "one JSON object a line (same as -o json)", take_json },
	{ 'o', "output", "KIND", "tui (default on a terminal), rows, json", take_output },
	{ 'p', "pid", "PID", "only that process and its descendants", take_pid },
	{ 's', "sort", "FIELD", "sort column of the process tables; \"help\" lists them",
	  take_sort },
	{ 'u', "user", "USER", "only that user's processes", take_user },
	{ 0, "source", "KIND", "where processes come from: auto (default), bpf, proc",
	  take_source },
	{ 0, "no-waits", NULL, "BPF without its program at each context switch: no time in D",
	  take_no_waits },
	{ 0, "proc-root", "DIR", "read DIR instead of /proc", take_proc_root },
	{ 0, "sys-root", "DIR", "read DIR instead of /sys", take_sys_root },
	{ 0, "list-metrics", NULL, "every metric: name, unit, source, formula", take_metrics },
	{ 0, "bench", "N", "take N samples as fast as possible; print p50 p95 p99 of each stage",
	  take_bench },
	{ 0, "profile", "SECS", "histogram of what the BPF program takes at a context switch",
	  take_profile },
	{ 0, "no-color", NULL, "no colours (so does NO_COLOR in the environment)", take_no_color },
	{ 0, "ascii", NULL, "draw with ASCII only", take_ascii },
	{ 0, "readonly", NULL, "send no signal, change no nice value", take_readonly },
	{ 'h', "help", NULL, "print this text", take_help },
	{ 'V', "version", NULL, "print the version", take_version },
};

#define ROWS (sizeof(rows) / sizeof(*rows))
#define LONG_BASE 256 /* what getopt_long() returns for row i is LONG_BASE + i */

static void build(struct option *longs, char *shorts)
{
	size_t at = 0;

	shorts[at++] = ':'; /* a missing argument is told apart, and nothing is printed */
	for (size_t i = 0; i < ROWS; i++) {
		longs[i] = (struct option){ rows[i].name,
					    rows[i].argument ? required_argument : no_argument,
					    NULL, LONG_BASE + (int)i };
		if (!rows[i].letter)
			continue;
		shorts[at++] = rows[i].letter;
		if (rows[i].argument)
			shorts[at++] = ':';
	}
	shorts[at] = '\0';
	longs[ROWS] = (struct option){ 0 };
}

static const struct option_row *find(int code)
{
	if (code >= LONG_BASE)
		return &rows[code - LONG_BASE];
	for (size_t i = 0; i < ROWS; i++)
		if (rows[i].letter == code)
			return &rows[i];
	return NULL;
}

/* Says what getopt_long() did not like about the argument `given`. */
static int refuse(struct parse *parse, int code, const char *given)
{
	if (code == ':')
		return wrong(parse, "option '%s' needs an argument", given);
	if (optopt >= LONG_BASE)
		return wrong(parse, "option '--%s' takes no argument",
			     rows[optopt - LONG_BASE].name);
	if (optopt)
		return wrong(parse, "unknown option '-%c'", optopt);
	return wrong(parse, "unknown or ambiguous option '%s'", given);
}

static int positionals(struct parse *parse, int argc, char **argv)
{
	int err;

	if (argc > 2)
		return wrong(parse, "too many arguments: '%s'", argv[2]);
	if (argc > 0) {
		err = take_delay(parse, argv[0]);
		if (err)
			return err;
	}
	return argc > 1 ? take_count(parse, argv[1]) : 0;
}

int options_parse(struct options *options, int argc, char **argv, bool tty, char *why, size_t cap)
{
	struct parse parse = { .options = options, .why = why, .cap = cap };
	struct option longs[ROWS + 1];
	char shorts[2 * ROWS + 2];
	int code, err;

	*options = (struct options){
		.delay_s = 1,
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
		if (err || options->command != COMMAND_RUN)
			return err;
	}
	err = positionals(&parse, argc - optind, argv + optind);
	if (err)
		return err;
	if (options->profile_s > 0 && options->collector.no_waits)
		return wrong(&parse, "--profile times what --no-waits leaves out");
	if (!options->bench && options->profile_s <= 0 && options->output == OUTPUT_TUI && !tty)
		return wrong(&parse, "the dashboard needs a terminal: use -b for rows or --json");
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
	for (size_t i = 0; i < ROWS; i++) {
		snprintf(name, sizeof(name), "--%s%s%s", rows[i].name, rows[i].argument ? " " : "",
			 rows[i].argument ? rows[i].argument : "");
		if (rows[i].letter)
			snprintf(line, sizeof(line), "  -%c, %-18s %s\n", rows[i].letter, name,
				 rows[i].help);
		else
			snprintf(line, sizeof(line), "      %-18s %s\n", name, rows[i].help);
		at = append(buf, cap, at, line);
	}
	return append(buf, cap, at, "\nPress ? in the dashboard for its keys.\n");
}
