#include "app/setting_table.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/options.h"
#include "app/setting_lists.h"
#include "base/decimal.h"
#include "ui/look.h"
#include "ui/themes.h"

/* --- values of one word */

static int set_choice(const char *value, const char *const *names, int count)
{
	for (int i = 0; i < count; i++)
		if (!strcmp(value, names[i]))
			return i;
	return -EINVAL;
}

static int set_switch(bool *to, const char *value)
{
	static const char *const words[] = { "no", "yes", "off", "on", "false", "true" };
	int chosen = set_choice(value, words, 6);

	if (chosen < 0)
		return chosen;
	*to = chosen % 2;
	return 0;
}

static void get_switch(bool on, char *dst, size_t cap)
{
	snprintf(dst, cap, "%s", on ? "yes" : "no");
}

static int delay_set(struct settings *settings, size_t member, const char *value)
{
	double delay;

	(void)member;
	if (!decimal_parse(value, &delay) || delay < DELAY_MIN_S || delay > DELAY_MAX_S)
		return -EINVAL;
	settings->delay_s = delay;
	return 0;
}

static void delay_get(const struct settings *settings, size_t member, char *dst, size_t cap)
{
	(void)member;
	snprintf(dst, cap, "%.10g", settings->delay_s);
}

static int theme_set(struct settings *settings, size_t member, const char *value)
{
	(void)member;
	for (int id = 0; id < THEME_COUNT; id++) {
		if (!strcmp(value, themes[id].name)) {
			settings->palette.theme = (enum theme_id)id;
			return 0;
		}
	}
	return -EINVAL;
}

static void theme_get(const struct settings *settings, size_t member, char *dst, size_t cap)
{
	(void)member;
	snprintf(dst, cap, "%s", themes[settings->palette.theme].name);
}

static const char *const unit_names[] = { [UNITS_BINARY] = "binary", [UNITS_DECIMAL] = "decimal" };

static int units_set(struct settings *settings, size_t member, const char *value)
{
	int units = set_choice(value, unit_names, 2);

	(void)member;
	if (units < 0)
		return units;
	settings->units = (enum byte_units)units;
	return 0;
}

static void units_get(const struct settings *settings, size_t member, char *dst, size_t cap)
{
	(void)member;
	snprintf(dst, cap, "%s", unit_names[settings->units]);
}

static const char *const key_sets[] = { "default", "vi" };

static int keys_set(struct settings *settings, size_t member, const char *value)
{
	int set = set_choice(value, key_sets, 2);

	(void)member;
	if (set < 0)
		return set;
	settings->keys.vi = set;
	return 0;
}

static void keys_get(const struct settings *settings, size_t member, char *dst, size_t cap)
{
	(void)member;
	snprintf(dst, cap, "%s", key_sets[settings->keys.vi]);
}

/* A setting that is on or off, at its place in struct settings. */
#define SWITCH(name, place) \
	static int name##_set(struct settings *settings, size_t member, const char *value) \
	{ \
		(void)member; \
		return set_switch(&settings->place, value); \
	} \
	static void name##_get(const struct settings *settings, size_t member, char *dst, \
			       size_t cap) \
	{ \
		(void)member; \
		get_switch(settings->place, dst, cap); \
	}

SWITCH(ascii, ascii)
SWITCH(mouse, mouse)
SWITCH(slow_link, slow_link)
SWITCH(readonly, readonly)
SWITCH(per_cpu, thresholds.per_cpu)

static const struct family tables_family = { TOP_KINDS, table_member, NULL, NULL };
static const struct family alert_family = { ALERT_MAX, alert_member, alert_about, NULL };
static const struct family color_family = { STYLE_COUNT, color_member, NULL, color_is_set };
static const struct family key_family = { ACTION_COUNT, key_member, key_about, key_is_set };

#define YES_OR_NO "yes or no"

const struct setting setting_rows[] = {
	{ "general", "delay", "Seconds between samples; -d.",
	  "a number of seconds from 0.05 to 3600", delay_set, delay_get, NULL },
	{ "general", "theme", "Colours; the key O goes to the next theme.",
	  "default, colorblind, contrast or mono", theme_set, theme_get, NULL },
	{ "general", "units",
	  "Bytes in units of 1024 (K M G) or of 1000 (k M G), on the screen and in the verdict.",
	  "binary or decimal", units_set, units_get, NULL },
	{ "general", "keys",
	  "vi: h j k l, g and G, Ctrl-B and Ctrl-F move too; x sends a signal in place of k.",
	  "default or vi", keys_set, keys_get, NULL },
	{ "general", "ascii", "Draw with ASCII only; --ascii.", YES_OR_NO, ascii_set, ascii_get,
	  NULL },
	{ "general", "mouse", "Take the mouse from the terminal; --no-mouse, and the key x.",
	  YES_OR_NO, mouse_set, mouse_get, NULL },
	{ "general", "slow_link", "Send 600 bytes a refresh at most; --slow-link, and the key L.",
	  YES_OR_NO, slow_link_set, slow_link_get, NULL },
	{ "general", "readonly", "Send no signal, change no nice value; --readonly.", YES_OR_NO,
	  readonly_set, readonly_get, NULL },

	{ "panes", "show",
	  "Panes above the tables, in the order of their places. Where there is little room the "
	  "second gives way first, then the fourth, the third, the first.",
	  "each of cpu memory pressure faults once at most, or none", panes_set, panes_get, NULL },
	{ "panes", "tables",
	  "Tables of processes, in order. One that is left out shows by its key.",
	  "one or more of cpu memory io faults waits, each once", tables_set, tables_get, NULL },

	{ "columns", NULL,
	  "Columns of each table, in order, as far as they fit; the process id and the command are "
	  "always there. default: the width decides. stalltop -s help lists them.",
	  "names of columns, each once, or default", columns_set, columns_get, &tables_family },

	{ "sort", NULL, "What each table is sorted by; -s.",
	  "the name of a column, and reverse behind it or nothing", order_set, order_get,
	  &tables_family },

	{ "alerts", "per_cpu", "The thresholds of context switches are of one CPU.", YES_OR_NO,
	  per_cpu_set, per_cpu_get, NULL },
	{ "alerts", NULL,
	  "From when on the number that stands above it is a warning, and from when on critical; "
	  "memory that is available counts down. stalltop --list-metrics explains the numbers.",
	  "two numbers, - for never; the second no sooner reached than the first", alert_set,
	  alert_get, &alert_family },

	{ "colors", NULL,
	  "How each meaning looks, in any theme. What a terminal has no colour for looks as in the "
	  "theme; without colours nothing here counts. Here: the default theme with 256 colours.",
	  LOOK_ALLOWED, color_set, color_get, &color_family },

	{ "keys", NULL,
	  "The keys of each action. A key that is given to one is taken from all others.",
	  KEY_ALLOWED, key_set, key_get, &key_family },
};
const size_t setting_row_count = sizeof(setting_rows) / sizeof(setting_rows[0]);

size_t setting_members(const struct setting *row)
{
	return row->family ? row->family->count : 1;
}

const char *setting_name(const struct setting *row, size_t member)
{
	if (!row->family)
		return member ? NULL : row->name;
	return member < row->family->count ? row->family->member(member) : NULL;
}

const struct setting *setting_find(const char *section, const char *name, size_t *member)
{
	for (size_t i = 0; i < setting_row_count; i++) {
		const struct setting *row = &setting_rows[i];

		if (strcmp(row->section, section))
			continue;
		for (*member = 0; *member < setting_members(row); (*member)++) {
			const char *known = setting_name(row, *member);

			if (known && !strcmp(known, name))
				return row;
		}
	}
	return NULL;
}

bool setting_has_section(const char *section)
{
	for (size_t i = 0; i < setting_row_count; i++)
		if (!strcmp(setting_rows[i].section, section))
			return true;
	return false;
}
