/* The line at the top: what is lost is told, and the clock where it stands still. */
#include <stdio.h>
#include <string.h>

#include "ui/scene.h"

static void lost_records_are_told(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	assert_false(scene_shows(&scene, "lost"));
	scene.model.value[M_SELF_PROBE_LOST] = 0;
	scene_draw(&scene);
	assert_false(scene_shows(&scene, "lost"));
	scene.model.value[M_SELF_PROBE_LOST] = 1;
	for (int columns = 80; columns <= 160; columns += 40) {
		scene_resize(&scene, 45, columns);
		assert_int_equal(scene_cell(&scene, 0, scene_column(&scene, 0, "1 lost!"))->style,
				 STYLE_WARN);
	}
	scene_close(&scene);
}

/* Over a slow link seconds would be sent with each refresh; where time stands still they are told. */
static void seconds_are_of_what_stands_still(void **state)
{
	struct scene scene;
	char full[16], minutes[16];
	const char *row;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	/* The clock ends the line: 15:18:41. */
	row = scene_row(&scene, 0);
	assert_true(strlen(row) > 8 && row[strlen(row) - 3] == ':');
	snprintf(full, sizeof(full), "  %s", row + strlen(row) - 8);
	snprintf(minutes, sizeof(minutes), "  %.5s", full + 2);
	scene.view.slow_link = true;
	scene_draw(&scene);
	assert_false(scene_shows(&scene, full));
	assert_true(scene_shows(&scene, minutes));
	scene.view.paused = true;
	scene_draw(&scene);
	assert_true(scene_shows(&scene, full));
	scene.view.paused = false;
	scene.view.back = 3;
	scene_draw(&scene);
	assert_true(scene_shows(&scene, full));
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lost_records_are_told),
		cmocka_unit_test(seconds_are_of_what_stands_still),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
