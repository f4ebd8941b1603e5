/* Temperature and clock in the CPU pane, on a machine that has sensors. */
#include <math.h>
#include <string.h>

#include "ui/scene.h"

static void put_sensors(struct scene *scene, double celsius, double hz)
{
	scene->model.value[M_SENSORS_CPU_CELSIUS] = celsius;
	scene->model.value[M_SENSORS_CPU_HZ] = hz;
	scene_draw(scene);
}

static void they_stand_beside_the_cpus(void **state)
{
	struct scene scene;
	int row;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	assert_false(scene_shows(&scene, "Hz"));
	put_sensors(&scene, 61.7, 3.4e9);
	assert_true(scene_shows(&scene, " 62C 3.4GHz"));
	row = scene_find(&scene, 0, "62C");
	assert_true(strstr(scene_row(&scene, row), " 0 ") != NULL);
	assert_true(strstr(scene_row(&scene, row), " 1 ") != NULL);
	put_sensors(&scene, NAN, 850e6);
	assert_true(scene_shows(&scene, "850MHz"));
	put_sensors(&scene, 62, NAN);
	assert_true(scene_shows(&scene, " 62C"));
	assert_false(scene_shows(&scene, "Hz"));
	scene_close(&scene);
}

static void with_room_they_have_labels(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	assert_false(scene_shows(&scene, "clock"));
	put_sensors(&scene, 61.7, 3.4e9);
	assert_true(scene_shows(&scene, "temp  62C"));
	assert_true(scene_shows(&scene, "clock 3.4GHz"));
	scene_close(&scene);
}

/* Where the figures are cut they come last: the sensors stand beside the CPUs then, and nowhere twice. */
static void they_show_once_at_any_size(void **state)
{
	struct scene scene;
	int row;

	(void)state;
	for (int rows = 24; rows <= 60; rows += 2) {
		for (int columns = 80; columns <= 200; columns += 10) {
			scene_open(&scene, "web3", rows, columns);
			put_sensors(&scene, 61.7, 3.4e9);
			row = scene_find(&scene, 0, " 62C");
			if (row < 0 || !scene_shows(&scene, "3.4GHz"))
				fail_msg("none at %dx%d", columns, rows);
			if (row + 1 < rows && scene_find(&scene, row + 1, " 62C") >= 0)
				fail_msg("twice at %dx%d", columns, rows);
			scene_close(&scene);
		}
	}
}

/* 256 CPUs in a strip, panes of any width: nothing is drawn over anything, or beyond the pane. */
static void any_pane_has_room_or_none(void **state)
{
	static const char *const machines[] = { "cpu256", "web3", "holes" };
	struct scene scene;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		for (int columns = 1; columns <= 100; columns++) {
			scene_open(&scene, machines[i], 24, columns);
			put_sensors(&scene, 149.9, 9.9e9);
			if (scene_shows(&scene, "150C") && !scene_shows(&scene, "9.9GHz"))
				fail_msg("%s in %d columns: %s", machines[i], columns,
					 scene_row(&scene, scene_find(&scene, 0, "150C")));
			scene_close(&scene);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_stand_beside_the_cpus),
		cmocka_unit_test(with_room_they_have_labels),
		cmocka_unit_test(they_show_once_at_any_size),
		cmocka_unit_test(any_pane_has_room_or_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
