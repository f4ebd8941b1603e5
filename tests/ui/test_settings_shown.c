/* What was set is what the screen explains: thresholds, units, columns, and what was wrong. */
#include "ui/scene.h"
#include "ui/screen.h"

#include <stdio.h>
#include <string.h>

static void set_bounds(struct scene *scene, const char *name, double warn, double crit)
{
	for (size_t i = 0; i < alert_rule_count; i++)
		if (!strcmp(alert_rules[i].name, name))
			scene->model.settings.thresholds.bounds[i] =
				(struct alert_bounds){ warn, crit };
	alert_update(&scene->model);
	scene_draw(scene);
}

static bool help_shows(struct scene *scene, const char *text)
{
	bool found = false;

	scene_key(scene, '?');
	for (int page = 0; page < 12 && !found; page++) {
		found = scene_shows(scene, text);
		scene_key(scene, SCREEN_KEY_PAGE_DOWN);
	}
	scene_key(scene, SCREEN_KEY_ESCAPE);
	return found;
}

static void help_and_inspector_name_the_thresholds_in_force(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	assert_true(help_shows(&scene, "! from 50/s     !! from 500/s"));
	assert_true(help_shows(&scene, "! above 5,000/s"));
	set_bounds(&scene, "major_faults", 7, 70);
	scene.model.settings.thresholds.per_cpu = true;
	assert_true(help_shows(&scene, "! from 7/s      !! from 70/s"));
	assert_true(help_shows(&scene, "! above 10,000/s"));
	assert_false(help_shows(&scene, "from 50/s"));
	/* 85 is critical by them; its second mark has room. */
	assert_true(scene_shows(&scene, "85/s!!"));
	scene.view.focus = PANE_FAULTS;
	scene_draw(&scene);
	scene_key(&scene, 'i');
	scene.view.inspected = (struct number){ .kind = NUMBER_METRIC, .id = M_FAULTS_MAJOR_PER_S };
	scene_draw(&scene);
	assert_true(scene_shows(&scene, "faults.major_per_s"));
	assert_true(scene_shows(&scene, "! from 7   !! from 70"));
	scene_close(&scene);
}

static void bytes_are_in_the_units_chosen(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	assert_true(scene_shows(&scene, "used 13.7G"));
	assert_true(scene_shows(&scene, "0.5/2.0G"));
	assert_true(help_shows(&scene, "K M G T count by 1024, k by 1000"));
	scene.model.settings.units = UNITS_DECIMAL;
	scene_draw(&scene);
	assert_true(scene_shows(&scene, "used 14.7G"));
	assert_true(scene_shows(&scene, "0.5/2.1G"));
	assert_true(scene_shows(&scene, " 6.5G 12.6M "));
	assert_true(help_shows(&scene, "k M G T count by 1000, of bytes too"));
	/* Zoomed panes too: no number of bytes is left in the other unit. */
	for (int id = 0; id < PANE_COUNT; id++) {
		scene.view.zoom = scene.view.focus = (enum pane_id)id;
		scene_resize(&scene, 45, 160);
		assert_false(scene_shows(&scene, "13.7G"));
		assert_false(scene_shows(&scene, "6.1G"));
		assert_false(scene_shows(&scene, "96.0M"));
	}
	scene_close(&scene);
}

static void columns_show_in_small_tables_too(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene.view.columns[TOP_CPU] = (struct column_choice){
		.id = { COL_PID, COL_MAJOR, COL_CPU },
		.count = 3,
	};
	scene_draw(&scene);
	assert_true(scene_shows(&scene, "PID  MAJ/s  CPU%\u25be  COMMAND"));
	scene_close(&scene);
}

static void the_help_begins_with_what_is_wrong(void **state)
{
	static struct setting_notes notes = {
		.path = "/home/x/.config/stalltop/config",
		.note = { { 3, "delay = x: not a number" }, { 0, "Is a directory: not read" } },
		.count = 2,
	};
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene.view.notes = &notes;
	scene_key(&scene, '?');
	assert_true(scene_find(&scene, 0, "Read from /home/x/.config/stalltop/config") > 0);
	assert_true(scene_find(&scene, 0, "line 3: delay = x: not a number") > 0);
	assert_true(scene_find(&scene, 0, "Is a directory: not read") <
		    scene_find(&scene, 0, "Keys"));
	notes.count = NOTES_MAX + 3;
	scene_key(&scene, SCREEN_KEY_ESCAPE);
	assert_true(help_shows(&scene, "and 3 more"));
	/* Nothing is wrong: the file stands behind the keys. */
	notes.count = 0;
	scene.view.mode = MODE_HELP;
	scene.view.help_scroll = 0;
	scene_draw(&scene);
	assert_int_equal(scene_find(&scene, 0, "Read from"), -1);
	scene_key(&scene, SCREEN_KEY_ESCAPE);
	assert_true(help_shows(&scene, "Read from /home/x/.config"));
	notes.path[0] = '\0';
	assert_true(help_shows(&scene, "No file was read."));
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(help_and_inspector_name_the_thresholds_in_force),
		cmocka_unit_test(bytes_are_in_the_units_chosen),
		cmocka_unit_test(columns_show_in_small_tables_too),
		cmocka_unit_test(the_help_begins_with_what_is_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
