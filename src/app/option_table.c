#include "app/option_table.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/option_recording.h"
#include "base/decimal.h"
#include "base/text.h"

#define ERROR_MAX 240

int option_wrong(struct parse *parse, const char *format, ...)
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

int option_delay(struct parse *parse, const char *value)
{
	double delay;

	if (!decimal_parse(value, &delay) || delay < DELAY_MIN_S || delay > DELAY_MAX_S)
		return option_wrong(
			parse, "delay '%s' is not a number of seconds from 0.05 to 3600", value);
	parse->options->delay_s = delay;
	parse->options->delay_given = true;
	return 0;
}

static int take_positive(struct parse *parse, const char *what, const char *value,
			 unsigned long *result)
{
	char *end;

	errno = 0;
	*result = strtoul(value, &end, 10);
	if (*value < '0' || *value > '9' || *end || errno || !*result)
		return option_wrong(parse, "%s '%s' is not a whole number from 1", what, value);
	return 0;
}

int option_count(struct parse *parse, const char *value)
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

	if (!decimal_parse(value, &seconds) || seconds < DELAY_MIN_S || seconds > DELAY_MAX_S)
		return option_wrong(parse, "'%s' is not a number of seconds from 0.05 to 3600",
				    value);
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
		[OUTPUT_TUI] = "tui",	    [OUTPUT_ROWS] = "rows", [OUTPUT_JSON] = "json",
		[OUTPUT_WAYBAR] = "waybar", [OUTPUT_NONE] = "none",
	};

	for (int i = 0; i < (int)(sizeof(names) / sizeof(*names)); i++)
		if (!strcmp(value, names[i]))
			return set_output(parse, (enum output)i);
	return option_wrong(parse, "output '%s' is not one of tui, rows, json, waybar, none",
			    value);
}

static int take_listen(struct parse *parse, const char *value)
{
	if (!listen_address_parse(&parse->options->listen, value))
		return 0;
	return option_wrong(parse,
			    "'%s' is not [ADDR:]PORT: a port from 1 to 65535, behind an IPv4 "
			    "address or an IPv6 address in brackets",
			    value);
}

static int take_listen_top(struct parse *parse, const char *value)
{
	(void)value;
	parse->options->listen_top = true;
	return 0;
}

static int take_timestamp(struct parse *parse, const char *value)
{
	(void)value;
	parse->options->timestamp = true;
	return 0;
}

static int take_unit(struct parse *parse, const char *value)
{
	static const struct {
		const char *name;
		double bytes;
	} units[] = { { "k", 1000 }, { "K", 1024 }, { "m", 1e6 }, { "M", 1048576 } };

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (!strcmp(value, units[i].name)) {
			parse->options->memory_unit = units[i].bytes;
			return 0;
		}
	}
	return option_wrong(parse, "unit '%s' is not one of k, K, m, M", value);
}

static int take_sort(struct parse *parse, const char *value)
{
	int column = task_column_find(value);

	if (!strcmp(value, "help")) {
		parse->options->command = COMMAND_SORT_HELP;
		return 0;
	}
	if (column < 0)
		return option_wrong(parse, "no sort column '%s': -s help lists them", value);
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
	int err;

	if (parse->options->pid)
		return option_wrong(
			parse, "-p is given twice: it takes one process, with its descendants");
	err = take_positive(parse, "process id", value, &pid);
	if (!err && pid > INT32_MAX)
		err = option_wrong(parse, "process id '%s' is too large", value);
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
	return option_wrong(parse, "source '%s' is not one of auto, bpf, proc", value);
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

static int take_no_mouse(struct parse *parse, const char *value)
{
	(void)value;
	parse->options->no_mouse = true;
	return 0;
}

static int take_readonly(struct parse *parse, const char *value)
{
	(void)value;
	parse->options->readonly = true;
	return 0;
}

static int take_slow_link(struct parse *parse, const char *value)
{
	(void)value;
	parse->options->slow_link = true;
	return 0;
}

static int take_config(struct parse *parse, const char *value)
{
	parse->options->config_file = value;
	return 0;
}

static int take_write_config(struct parse *parse, const char *value)
{
	(void)value;
	parse->options->write_config = true;
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

const struct option_row option_rows[] = {
	{ 'd', "delay", "SECS", "seconds between samples, 0.05 to 3600 (default 1)", option_delay },
	{ 'n', "count", "N", "stop after N samples", option_count },
	{ 'b', "batch", NULL, "rows as vmstat prints them, with min and maj (same as -o rows)",
	  take_batch },
	{ 0, "json", NULL, "one JSON object a line (same as -o json)", take_json },
	{ 'o', "output", "KIND", "tui (default on a terminal), rows, json, waybar, none",
	  take_output },
	{ 't', "timestamp", NULL, "rows with the date and time", take_timestamp },
	{ 'S', "unit", "UNIT", "memory of rows in k (1000 bytes), K (1024, default), m or M",
	  take_unit },
	{ 'p', "pid", "PID", "only that process and its descendants; rows are the whole system's",
	  take_pid },
	{ 's', "sort", "FIELD", "sort column of the process tables; \"help\" lists them",
	  take_sort },
	{ 'u', "user", "USER", "only that user's processes; rows are the whole system's",
	  take_user },
	{ 0, "source", "KIND", "where processes come from: auto (default), bpf, proc",
	  take_source },
	{ 0, "no-waits", NULL, "BPF without its program at each context switch: no time in D",
	  take_no_waits },
	{ 0, "record", "FILE", "also record every sample into FILE", option_record },
	{ 0, "record-keep", "MAX", "keep no more of it than 24h, 7d, 500M, 2G ... (default: all)",
	  option_record_keep },
	{ 0, "replay", "FILE", "read samples from a recording instead of this machine",
	  option_replay },
	{ 0, "begin", "TIME", "replay from then on: 14:05, \"2026-11-20 14:05\", @EPOCH, -10m",
	  option_begin },
	{ 0, "end", "TIME", "replay until then; -10m is before the recording's end", option_end },
	{ 0, "listen", "[ADDR:]PORT", "serve /metrics for Prometheus (on 127.0.0.1 and ::1)",
	  take_listen },
	{ 0, "listen-top", NULL, "with the processes of the five tables, without command lines",
	  take_listen_top },
	{ 0, "proc-root", "DIR", "read DIR instead of /proc", take_proc_root },
	{ 0, "sys-root", "DIR", "read DIR instead of /sys", take_sys_root },
	{ 0, "list-metrics", NULL, "every metric: name, unit, source, formula; -o json: as JSON",
	  take_metrics },
	{ 0, "bench", "N", "take N samples as fast as possible; print p50 p95 p99 of each stage",
	  take_bench },
	{ 0, "profile", "SECS", "histogram of what the BPF program takes at a context switch",
	  take_profile },
	{ 0, "no-color", NULL, "no colours (so does NO_COLOR in the environment)", take_no_color },
	{ 0, "ascii", NULL, "draw with ASCII only", take_ascii },
	{ 0, "slow-link", NULL, "send 600 bytes a refresh at most: graphs sweep, panes take turns",
	  take_slow_link },
	{ 0, "no-mouse", NULL, "leave the mouse to the terminal, to select text", take_no_mouse },
	{ 0, "readonly", NULL, "send no signal, change no nice value", take_readonly },
	{ 0, "config", "FILE", "settings from FILE, not $XDG_CONFIG_HOME/stalltop/config",
	  take_config },
	{ 0, "write-config", NULL, "write the settings, those of this line too, to that file; end",
	  take_write_config },
	{ 'h', "help", NULL, "print this text", take_help },
	{ 'V', "version", NULL, "print the version", take_version },
};

const size_t option_row_count = sizeof(option_rows) / sizeof(*option_rows);
