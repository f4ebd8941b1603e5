/* The configuration file as text: good, bad and hostile lines; and where it is looked for. */
#include "app/config_rig.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ui/screen.h"

static const char good[] = "# of mine\n"
			   "; too\n"
			   "[general]\n"
			   "delay = 2.5   ; a comment behind it\n"
			   "\ttheme=contrast\r\n"
			   "units : decimal\n"
			   "keys = vi\n"
			   "ascii = yes\n"
			   "readonly = on\n"
			   "\n"
			   "[panes]\n"
			   "show = pressure, faults\n"
			   "tables = faults cpu\n"
			   "[columns]\n"
			   "faults = user maj min command\n"
			   "[sort]\n"
			   "cpu = rss reverse\n"
			   "[alerts]\n"
			   "per_cpu = yes\n"
			   "major_faults = 5 1e3\n"
			   "memory_full = - -\n"
			   "[colors]\n"
			   "warn = 208 bold\n"
			   "[keys]\n"
			   "zoom = f Enter\n"
			   "mark = none";

static void every_setting_is_taken(void **state)
{
	const struct config *config = config_of(*state, good);
	const struct settings *settings = &config->settings;

	assert_int_equal(config->notes.count, 0);
	assert_true(settings->delay_s == 2.5);
	assert_int_equal(settings->palette.theme, THEME_CONTRAST);
	assert_int_equal(settings->units, UNITS_DECIMAL);
	assert_true(settings->keys.vi && settings->ascii && settings->readonly);
	assert_int_equal(settings->panes.upper_count, 2);
	assert_int_equal(settings->panes.upper[0], PANE_PRESSURE);
	assert_int_equal(settings->panes.upper[1], PANE_FAULTS);
	assert_int_equal(settings->panes.table_count, 2);
	assert_int_equal(settings->panes.table[0], TOP_FAULTS);
	/* The process id comes first where nobody names it; the name of the program is the last. */
	assert_int_equal(settings->columns[TOP_FAULTS].count, 4);
	assert_int_equal(settings->columns[TOP_FAULTS].id[0], COL_PID);
	assert_int_equal(settings->columns[TOP_FAULTS].id[2], COL_MAJOR);
	assert_int_equal(settings->columns[TOP_CPU].count, 0);
	assert_int_equal(settings->order[TOP_CPU].sort, COL_RSS);
	assert_true(settings->order[TOP_CPU].reverse);
	assert_true(settings->thresholds.per_cpu);
	assert_true(settings->thresholds.bounds[3].warn == 5 &&
		    settings->thresholds.bounds[3].crit == 1000);
	assert_true(isnan(settings->thresholds.bounds[1].crit));
	assert_true(settings->palette.chosen[STYLE_WARN]);
	assert_int_equal(settings->palette.look[STYLE_WARN].fg, 208);
	assert_int_equal(settings->keys.keys[ACTION_ZOOM][1], SCREEN_KEY_ENTER);
	assert_true(settings->keys.chosen[ACTION_MARK] && !settings->keys.keys[ACTION_MARK][0]);
}

static void an_empty_file_is_the_defaults(void **state)
{
	static const char *const empty[] = { "", "\n\n", "# nothing", "[general]\n",
					     "\xef\xbb\xbf" };
	struct settings plain;

	settings_default(&plain);
	for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++) {
		const struct config *config = config_of(*state, empty[i]);

		assert_int_equal(config->notes.count, 0);
		assert_memory_equal(&config->settings, &plain, sizeof(plain));
	}
}

static void a_bad_line_is_named_and_the_rest_counts(void **state)
{
	static const struct {
		const char *text;
		int line;
		const char *says;
	} cases[] = {
		{ "[general]\ndelay = 0\n", 2,
		  "delay = 0: not a number of seconds from 0.05 to 3600" },
		{ "[general]\ndelay = 1e9\n", 2, "delay = 1e9" },
		{ "delay = 0x2\n", 1, "delay = 0x2" },
		{ "delay = -1\n", 1, "delay = -1" },
		{ "delay = nan\n", 1, "delay = nan" },
		{ "delay =\n", 1, "delay = : not" },
		{ "delay\n", 1, "neither [section] nor name = value" },
		{ "= 3\n", 1, "there is no '' in [general]" },
		{ "\n\n[genral]\ndelay = 2\nx = y\n", 3, "there is no section [genral]" },
		{ "[general\ndelay = 2\n", 1, "a section has no ]" },
		{ "[general]\ndelya = 2\n", 2, "there is no 'delya' in [general]" },
		{ "theme = solarized", 1, "not default, colorblind, contrast or mono" },
		{ "ascii = maybe", 1, "not yes or no" },
		{ "[panes]\nshow = cpu cpu", 2, "show = cpu cpu: not each of" },
		{ "[panes]\ntables = none", 2, "tables = none" },
		{ "[columns]\ncpu = pid rss rss", 2, "cpu = pid rss rss" },
		{ "[columns]\ncpu =", 2, "cpu = : not names of columns" },
		{ "[sort]\nmemory = rss backwards", 2, "memory = rss backwards" },
		{ "[sort]\nmemory = size", 2, "not the name of a column" },
		{ "[alerts]\nmajor_faults = 500 50", 2, "major_faults = 500 50: not two numbers" },
		{ "[alerts]\nmemory_high = 10 20", 2, "memory_high = 10 20" },
		{ "[alerts]\nload = 1", 2, "load = 1" },
		{ "[alerts]\nload = 1 2 3", 2, "load = 1 2 3" },
		{ "[alerts]\nload = 1 inf", 2, "load = 1 inf" },
		{ "[colors]\nwarn = pink", 2, "warn = pink: not a colour" },
		{ "[keys]\nzoom = Ctrl-C", 2, "zoom = Ctrl-C" },
		{ "[keys]\nzoom = ", 2, "zoom = : not up to 4 keys" },
		{ "[keys]\nzoom = f\nmark = f m", 3, "mark = f m: a line above has that key" },
		{ "delay = 2\n\x01\x02\n", 2, "not text" },
	};
	char text[300];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct config *config;

		snprintf(text, sizeof(text), "%s\n[general]\nunits = decimal\n", cases[i].text);
		config = config_of(*state, text);
		assert_note(config, cases[i].line, cases[i].says);
		assert_int_equal(config->settings.units, UNITS_DECIMAL);
	}
}

static void what_a_bad_line_was_about_stays(void **state)
{
	const struct config *config =
		config_of(*state, "delay = 3\ndelay = x\n[keys]\nzoom = f\nzoom = f g h j k\n"
				  "[alerts]\nload = 3 4\nload = 4 3\n");

	assert_int_equal(config->notes.count, 3);
	assert_true(config->settings.delay_s == 3);
	assert_int_equal(config->settings.keys.keys[ACTION_ZOOM][0], 'f');
	assert_int_equal(config->settings.keys.keys[ACTION_ZOOM][1], 0);
	assert_true(config->settings.thresholds.bounds[10].crit == 4);
}

static void a_line_behind_a_blank_is_a_line(void **state)
{
	/* To inih it were more of the value before. */
	const struct config *config =
		config_of(*state, "[general]\ndelay = 2\n  units = decimal\n");

	assert_int_equal(config->notes.count, 0);
	assert_true(config->settings.delay_s == 2);
	assert_int_equal(config->settings.units, UNITS_DECIMAL);
}

/* --- hostile text */

static void a_huge_line_is_one_bad_line(void **state)
{
	static char text[40000];
	const struct config *config;

	memset(text, 'x', sizeof(text) - 40);
	snprintf(text + sizeof(text) - 40, 40, "\ndelay = 4\n");
	config = config_of(*state, text);
	assert_note(config, 1, "longer than");
	assert_true(config->settings.delay_s == 4);
	/* A comment may be as long as it likes. */
	text[0] = '#';
	assert_int_equal(config_of(*state, text)->notes.count, 0);
}

static void any_bytes_are_survived(void **state)
{
	struct config_rig *rig = *state;
	static char text[4096];
	uint32_t seed = 7;

	for (int round = 0; round < 200; round++) {
		for (size_t i = 0; i < sizeof(text); i++) {
			seed = seed * 1664525 + 1013904223;
			/* Mostly what the format is made of. */
			text[i] = (seed >> 16) % 3 ? "[]=#; \n\r\tkeys"[(seed >> 20) % 13]
						   : (char)(seed >> 24);
		}
		memset(&rig->config, 0, sizeof(rig->config));
		settings_default(&rig->config.settings);
		config_parse(&rig->config, text, sizeof(text));
		assert_true(rig->config.notes.count > 0);
		for (int i = 0; i < NOTES_MAX && i < rig->config.notes.count; i++)
			for (const char *c = rig->config.notes.note[i].text; *c; c++)
				assert_true((unsigned char)*c >= ' ' && *c != 127);
	}
}

static void of_many_bad_lines_all_are_counted(void **state)
{
	static char text[20000];
	const struct config *config;

	for (int i = 0; i < 1000; i++)
		strncat(text, "bad\n", sizeof(text) - strlen(text) - 1);
	config = config_of(*state, text);
	assert_int_equal(config->notes.count, 1000);
	assert_int_equal(config->notes.note[NOTES_MAX - 1].line, NOTES_MAX);
}

/* --- files */

static int load(struct config_rig *rig, const char *given, char *why, size_t cap)
{
	why[0] = '\0';
	return config_load(&rig->config, given, why, cap);
}

static void the_usual_place_is_below_xdg_or_home(void **state)
{
	struct config_rig *rig = *state;
	char why[200], path[300];

	/* Neither is set, or to no absolute path: none, from the current directory least of all. */
	assert_int_equal(load(rig, NULL, why, sizeof(why)), 0);
	assert_string_equal(rig->config.path, "");
	setenv("HOME", "", 1);
	setenv("XDG_CONFIG_HOME", "relative", 1);
	assert_int_equal(load(rig, NULL, why, sizeof(why)), 0);
	assert_string_equal(rig->config.path, "");
	setenv("HOME", rig->folder, 1);
	assert_int_equal(load(rig, NULL, why, sizeof(why)), 0);
	snprintf(path, sizeof(path), "%s/.config/stalltop/config", rig->folder);
	assert_string_equal(rig->config.path, path);
	assert_string_equal(rig->config.notes.path, "");
	assert_int_equal(rig->config.notes.count, 0);
	setenv("XDG_CONFIG_HOME", rig->folder, 1);
	assert_int_equal(mkdir(rig_path(rig, "stalltop"), 0700), 0);
	rig_write(rig_path(rig, "stalltop/config"), "delay = 9\n", 10);
	assert_int_equal(load(rig, NULL, why, sizeof(why)), 0);
	assert_true(rig->config.settings.delay_s == 9);
	assert_string_equal(rig->config.notes.path, rig_path(rig, "stalltop/config"));
}

static void assert_refused(struct config_rig *rig, const char *path, int err, const char *says)
{
	char why[400];

	assert_int_equal(load(rig, path, why, sizeof(why)), err);
	if (!strstr(why, says))
		fail_msg("'%s' is not in '%s'", says, why);
	assert_null(strchr(why, '\n'));
}

/* A place that hangs, never ends or holds no text is named and left; as the usual file it is a note. */
static void what_is_no_file_is_refused(void **state)
{
	struct config_rig *rig = *state;
	static char large[CONFIG_MAX + 1];
	char why[400];

	assert_refused(rig, rig_path(rig, "missing"), -ENOENT, "No such file");
	assert_refused(rig, rig->folder, -EISDIR, "Is a directory");
	assert_refused(rig, "/dev/zero", -ENOTSUP, "not a regular file");
	assert_int_equal(mkfifo(rig->path, 0600), 0);
	assert_refused(rig, rig->path, -ENOTSUP, "not a regular file");
	assert_int_equal(unlink(rig->path), 0);
	memset(large, '\n', sizeof(large));
	rig_write(rig->path, large, sizeof(large));
	assert_refused(rig, rig->path, -EFBIG, "larger than 64 KiB");
	rig_write(rig->path, large, sizeof(large) - 1);
	assert_int_equal(load(rig, rig->path, why, sizeof(why)), 0);
	assert_int_equal(rig->config.notes.count, 0);
	assert_int_equal(load(rig, "/dev/null", why, sizeof(why)), 0);
	/* The usual one is a directory: said, and gone on. */
	setenv("XDG_CONFIG_HOME", rig->folder, 1);
	assert_int_equal(mkdir(rig_path(rig, "stalltop"), 0700), 0);
	assert_int_equal(mkdir(rig_path(rig, "stalltop/config"), 0700), 0);
	assert_int_equal(load(rig, NULL, why, sizeof(why)), 0);
	assert_note(&rig->config, 0, "Is a directory: not read");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rig_test(every_setting_is_taken),
		rig_test(an_empty_file_is_the_defaults),
		rig_test(a_bad_line_is_named_and_the_rest_counts),
		rig_test(what_a_bad_line_was_about_stays),
		rig_test(a_line_behind_a_blank_is_a_line),
		rig_test(a_huge_line_is_one_bad_line),
		rig_test(any_bytes_are_survived),
		rig_test(of_many_bad_lines_all_are_counted),
		rig_test(the_usual_place_is_below_xdg_or_home),
		rig_test(what_is_no_file_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
