#include "app/option_recording.h"

#include <stdlib.h>
#include <string.h>

#include "base/when.h"

int option_record(struct parse *parse, const char *value)
{
	parse->options->record = value;
	return 0;
}

/* "500M"; bytes have capital letters, and minutes a small one. */
static bool take_bytes(const char *text, uint64_t *bytes)
{
	static const char units[] = "KMGT";
	size_t digits = strspn(text, "0123456789");
	const char *unit = text[digits] ? strchr(units, text[digits]) : NULL;

	if (!digits || digits > 6 || !unit || text[digits + 1])
		return false;
	*bytes = strtoull(text, NULL, 10) << (10 * (unit - units + 1));
	return *bytes;
}

int option_record_keep(struct parse *parse, const char *value)
{
	struct options *options = parse->options;

	if (take_bytes(value, &options->keep_bytes) ||
	    (!when_duration(value, &options->keep_ns) && options->keep_ns))
		return 0;
	return option_wrong(parse, "'%s' is neither a time (90s, 30m, 24h, 7d) nor a size (500M)",
			    value);
}

int option_replay(struct parse *parse, const char *value)
{
	parse->options->replay = value;
	return 0;
}

static int take_time(struct parse *parse, const char *value, const char **to)
{
	uint64_t ns;

	*to = value;
	if (!when_parse(value, 0, 0, &ns))
		return 0;
	return option_wrong(parse,
			    "'%s' is no time like 14:05, 2026-11-20 14:05:30, @1795269930 or -10m",
			    value);
}

int option_begin(struct parse *parse, const char *value)
{
	return take_time(parse, value, &parse->options->begin);
}

int option_end(struct parse *parse, const char *value)
{
	return take_time(parse, value, &parse->options->end);
}

/* What asks this machine, or tells how. */
static const char *needs_machine(const struct options *options)
{
	const struct collector_options *how = &options->collector;

	if (options->record)
		return "--record";
	if (options->bench)
		return "--bench";
	if (options->profile_s > 0)
		return "--profile";
	if (options->listen.port)
		return "--listen";
	if (how->source != SOURCE_AUTO)
		return "--source";
	if (how->no_waits)
		return "--no-waits";
	if (strcmp(how->proc_root, "/proc") != 0)
		return "--proc-root";
	return strcmp(how->sys_root, "/sys") ? "--sys-root" : NULL;
}

int option_check_recording(struct parse *parse)
{
	const struct options *options = parse->options;
	const char *other = needs_machine(options);

	if (options->replay && other)
		return option_wrong(parse, "%s is of this machine, and --replay of a recording",
				    other);
	if (!options->replay && (options->begin || options->end))
		return option_wrong(parse, "--begin and --end choose a part of --replay FILE");
	if (!options->record && (options->keep_ns || options->keep_bytes))
		return option_wrong(parse, "--record-keep goes with --record FILE");
	if (options->record && (options->bench || options->profile_s > 0))
		return option_wrong(parse, "--record does not go with --bench or --profile");
	return 0;
}
