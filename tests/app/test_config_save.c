/* The configuration file as it is written: read back it says the same, and nobody's own is lost. */
#include "app/config_rig.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/config_save.h"
#include "app/config_text.h"
#include "app/setting_table.h"

static const char *text_of(const struct settings *settings)
{
	static char text[CONFIG_MAX];

	assert_true(config_text(text, sizeof(text), settings) < sizeof(text));
	return text;
}

/* What is written is read as what it was written from. */
static void assert_round(struct config_rig *rig, const struct settings *settings)
{
	static char first[CONFIG_MAX];
	const struct config *config;

	snprintf(first, sizeof(first), "%s", text_of(settings));
	config = config_of(rig, first);
	if (config->notes.count)
		fail_msg("line %d: %s", config->notes.note[0].line, config->notes.note[0].text);
	assert_string_equal(text_of(&config->settings), first);
	for (size_t i = 0; i < setting_row_count; i++)
		for (size_t member = 0; member < setting_members(&setting_rows[i]); member++) {
			char before[VALUE_MAX], after[VALUE_MAX];

			if (!setting_name(&setting_rows[i], member))
				continue;
			setting_rows[i].get(settings, member, before, sizeof(before));
			setting_rows[i].get(&config->settings, member, after, sizeof(after));
			assert_string_equal(after, before);
		}
}

static void settings_survive_the_file(void **state)
{
	static const char changed[] =
		"delay = 0.05\ntheme = mono\nunits = decimal\nkeys = vi\nascii = yes\nreadonly = yes\n"
		"[panes]\nshow = none\ntables = waits io\n[columns]\nio = pid read write dage\n"
		"[sort]\nwaits = runq reverse\n[alerts]\nper_cpu = yes\ndirty = 1.25 80\nload = - -\n"
		/* The same as in the default theme, and yet chosen. */
		"[colors]\nwarn = 221\ntext = default on black dim\n"
		"[keys]\nsignal = k\nzoom = Semicolon Comma # =\nquit = none\n";
	struct config_rig *rig = *state;
	struct settings settings;

	settings_default(&settings);
	assert_round(rig, &settings);
	settings = config_of(rig, changed)->settings;
	assert_int_equal(rig->config.notes.count, 0);
	assert_round(rig, &settings);
	settings = config_of(rig, text_of(&settings))->settings;
	assert_true(settings.palette.chosen[STYLE_WARN]);
	assert_false(settings.palette.chosen[STYLE_GOOD]);
	assert_true(settings.keys.chosen[ACTION_SIGNAL]);
}

static void an_order_that_nobody_chose_is_not_written(void **state)
{
	struct settings settings;
	struct model model;
	struct view view;

	(void)state;
	settings_default(&settings);
	assert_int_equal(model_init(&model), 0);
	view_init(&view, 2);
	settings_to_model(&settings, &model);
	settings_to_view(&settings, &view);
	model.top_order[TOP_WAITS].sort = model.top_order[TOP_WAITS].then;
	model.top_order[TOP_CPU].reverse = true;
	view.columns[TOP_IO] = (struct column_choice){ .id = { COL_PID, COL_IO }, .count = 2 };
	settings_from(&settings, &view, &model);
	assert_int_equal(settings.order[TOP_WAITS].sort, COL_WAIT);
	assert_true(settings.order[TOP_CPU].reverse);
	assert_int_equal(settings.columns[TOP_IO].count, 2);
	assert_true(settings.delay_s == 2);
	model_release(&model);
	view_release(&view);
}

/* Every name with its default, taken for a value, changes nothing: the comments tell the truth. */
static void the_defaults_that_stand_there_are_values(void **state)
{
	struct config_rig *rig = *state;
	static char text[CONFIG_MAX];
	struct settings plain;

	settings_default(&plain);
	snprintf(text, sizeof(text), "%s", text_of(&plain));
	for (char *at = text; (at = strstr(at, "\n#")); at++)
		if (at[2] != ' ' && at[2] != '\n')
			at[1] = ' ';
	config_of(rig, text);
	if (rig->config.notes.count)
		fail_msg("line %d: %s", rig->config.notes.note[0].line,
			 rig->config.notes.note[0].text);
	assert_memory_equal(&rig->config.settings.thresholds, &plain.thresholds,
			    sizeof(plain.thresholds));
	assert_memory_equal(&rig->config.settings.order, &plain.order, sizeof(plain.order));
}

static void the_example_is_what_would_be_written(void **state)
{
	const char *fixtures = getenv("STALLTOP_FIXTURES");
	struct settings plain;
	char path[512];

	(void)state;
	snprintf(path, sizeof(path), "%s/../../src/share/config.example",
		 fixtures ? fixtures : "tests/fixtures");
	settings_default(&plain);
	if (getenv("STALLTOP_EXPECTED"))
		rig_write(path, text_of(&plain), strlen(text_of(&plain)));
	assert_string_equal(rig_read(path), text_of(&plain));
}

static void every_setting_is_explained(void **state)
{
	(void)state;
	for (size_t i = 0; i < setting_row_count; i++) {
		const struct setting *row = &setting_rows[i];

		assert_true(strlen(row->help) > 8 && strlen(row->allowed) > 4);
		assert_true(!row->name == !!row->family);
		for (size_t member = 0; member < setting_members(row); member++) {
			const char *name = setting_name(row, member);
			size_t found;

			if (!name)
				continue;
			assert_ptr_equal(setting_find(row->section, name, &found), row);
			assert_int_equal(found, member);
		}
	}
}

/* --- the file */

static int save(struct config_rig *rig, const char *says)
{
	char what[256] = "";
	int err;

	err = config_save(&rig->config, &rig->config.settings, what, sizeof(what));
	if (!strstr(what, says))
		fail_msg("'%s' is not in '%s'", says, what);
	return err;
}

static void begin(struct config_rig *rig, const char *text)
{
	char why[300];

	if (text)
		rig_write(rig->path, text, strlen(text));
	(void)config_load(&rig->config, rig->path, why, sizeof(why));
}

static void assert_mode(const char *path, mode_t mode)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, mode);
}

static void folders_of_the_usual_place_are_made(void **state)
{
	struct config_rig *rig = *state;
	mode_t mask = umask(0027);
	char why[200];

	setenv("HOME", rig->folder, 1);
	assert_int_equal(config_load(&rig->config, NULL, why, sizeof(why)), 0);
	assert_int_equal(save(rig, "settings written to "), 0);
	umask(mask);
	assert_mode(rig_path(rig, ".config"), 0700);
	assert_mode(rig_path(rig, ".config/stalltop"), 0700);
	assert_mode(rig_path(rig, ".config/stalltop/config"), 0644);
	assert_string_equal(rig_read(rig_path(rig, ".config/stalltop/config")),
			    text_of(&rig->config.settings));
	assert_int_equal(save(rig, "says so already"), 0);
	/* Nothing is left beside it. */
	assert_int_equal(rmdir(rig_path(rig, ".config/stalltop")), -1);
	assert_int_equal(unlink(rig_path(rig, ".config/stalltop/config")), 0);
	assert_int_equal(rmdir(rig_path(rig, ".config/stalltop")), 0);
}

static void a_file_of_ones_own_is_kept(void **state)
{
	struct config_rig *rig = *state;

	begin(rig, "# mine\ndelay = 2\n");
	assert_int_equal(save(rig, "what was there is in .bak"), 0);
	assert_string_equal(rig_read(rig_path(rig, "config.bak")), "# mine\ndelay = 2\n");
	assert_non_null(strstr(rig_read(rig->path), "\ndelay = 2\n"));
	/* What stalltop wrote it writes again, and the kept one stays what it is. */
	begin(rig, NULL);
	rig->config.settings.delay_s = 3;
	assert_int_equal(save(rig, "settings written"), 0);
	assert_non_null(strstr(rig_read(rig->path), "\ndelay = 3\n"));
	assert_string_equal(rig_read(rig_path(rig, "config.bak")), "# mine\ndelay = 2\n");
	/* Another of ones own is not put over it. */
	begin(rig, "# second\n");
	assert_int_equal(save(rig, "config.bak: is in the way"), -EEXIST);
	assert_string_equal(rig_read(rig->path), "# second\n");
	assert_string_equal(rig_read(rig_path(rig, "config.bak")), "# mine\ndelay = 2\n");
}

static void a_file_with_a_bad_line_is_kept(void **state)
{
	struct config_rig *rig = *state;

	begin(rig, CONFIG_MARK "[general]\ndelay = two\n");
	assert_int_equal(rig->config.notes.count, 1);
	assert_int_equal(save(rig, "what was there is in .bak"), 0);
	assert_non_null(strstr(rig_read(rig_path(rig, "config.bak")), "delay = two"));
}

static void a_link_is_not_followed(void **state)
{
	struct config_rig *rig = *state;
	char target[200];

	snprintf(target, sizeof(target), "%s", rig_path(rig, "precious"));
	rig_write(target, "precious\n", 9);
	assert_int_equal(symlink(target, rig->path), 0);
	begin(rig, NULL);
	assert_int_equal(save(rig, "a symbolic link"), -EEXIST);
	assert_string_equal(rig_read(target), "precious\n");
	/* Read it may be. */
	rig_write(target, "delay = 7\n", 10);
	begin(rig, NULL);
	assert_true(rig->config.settings.delay_s == 7);
}

static void what_is_in_the_way_stays(void **state)
{
	struct config_rig *rig = *state;
	char what[256];

	assert_int_equal(mkdir(rig->path, 0700), 0);
	begin(rig, NULL);
	assert_int_equal(save(rig, "not a regular file"), -EEXIST);
	assert_int_equal(rmdir(rig->path), 0);
	assert_int_equal(mkfifo(rig->path, 0600), 0);
	begin(rig, NULL);
	assert_int_equal(save(rig, "not a regular file"), -EEXIST);
	snprintf(rig->config.path, sizeof(rig->config.path), "%s/none/config", rig->folder);
	assert_int_equal(save(rig, "No such file"), -ENOENT);
	rig->config.path[0] = '\0';
	assert_int_equal(config_save(&rig->config, &rig->config.settings, what, sizeof(what)),
			 -ENOENT);
	assert_non_null(strstr(what, "neither HOME nor XDG_CONFIG_HOME"));
}

static void another_users_folder_is_left_alone(void **state)
{
	struct config_rig *rig = *state;

	begin(rig, NULL);
	/* Only root can give it away. */
	if (chown(rig->folder, 65534, 65534))
		return;
	assert_int_equal(save(rig, "another user's"), -EPERM);
	assert_string_equal(rig_read(rig->path), "");
}

/* As "sudo -E" in the home of somebody who laid a link to a folder of root's. */
static void another_users_home_leads_nowhere(void **state)
{
	struct config_rig *rig = *state;
	char home[200], target[200], way[256], why[200];

	snprintf(home, sizeof(home), "%s", rig_path(rig, "home"));
	snprintf(target, sizeof(target), "%s", rig_path(rig, "precious"));
	snprintf(way, sizeof(way), "%s/.config", home);
	assert_int_equal(mkdir(home, 0700), 0);
	assert_int_equal(mkdir(target, 0700), 0);
	assert_int_equal(symlink(target, way), 0);
	setenv("HOME", home, 1);
	assert_int_equal(config_load(&rig->config, NULL, why, sizeof(why)), 0);
	/* One's own link is a way to keep settings elsewhere. */
	assert_int_equal(save(rig, "settings written to "), 0);
	assert_int_equal(unlink(rig_path(rig, "precious/stalltop/config")), 0);
	assert_int_equal(rmdir(rig_path(rig, "precious/stalltop")), 0);
	if (!chown(home, 65534, 65534)) {
		assert_int_equal(save(rig, "another user's"), -EPERM);
		assert_int_equal(chown(home, geteuid(), getegid()), 0);
		assert_int_equal(lchown(way, 65534, 65534), 0);
		assert_int_equal(save(rig, "another user's"), -EPERM);
	}
	/* Nothing was made there. */
	assert_int_equal(rmdir(target), 0);
	assert_int_equal(unlink(way), 0);
	assert_int_equal(rmdir(home), 0);
}

static void a_file_keeps_its_mode(void **state)
{
	struct config_rig *rig = *state;

	begin(rig, CONFIG_MARK "[general]\ndelay = 2\n");
	assert_int_equal(chmod(rig->path, 0600), 0);
	assert_int_equal(save(rig, "settings written"), 0);
	assert_mode(rig->path, 0600);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rig_test(settings_survive_the_file),
		rig_test(an_order_that_nobody_chose_is_not_written),
		rig_test(the_defaults_that_stand_there_are_values),
		rig_test(the_example_is_what_would_be_written),
		rig_test(every_setting_is_explained),
		rig_test(folders_of_the_usual_place_are_made),
		rig_test(a_file_of_ones_own_is_kept),
		rig_test(a_file_with_a_bad_line_is_kept),
		rig_test(a_link_is_not_followed),
		rig_test(what_is_in_the_way_stays),
		rig_test(another_users_folder_is_left_alone),
		rig_test(another_users_home_leads_nowhere),
		rig_test(a_file_keeps_its_mode),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
