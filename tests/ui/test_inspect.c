/* From number to number, and what each says of itself. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ui/canvas_text.h"
#include "ui/inspect.h"
#include "ui/scene.h"
#include "ui/screen.h"

static void inspect(struct scene *scene, enum metric_id id)
{
	int at;

	scene->view.mode = MODE_PANES;
	scene_key(scene, 'i');
	at = numbers_find(&scene->view.numbers, 0, 0, id);
	if (at < 0)
		fail_msg("%s does not show", metrics[id].name);
	scene->view.inspected = scene->view.numbers.place[at];
	scene_draw(scene);
}

static void a_number_says_where_it_comes_from(void **state)
{
	struct scene scene;
	char raw[64];

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	inspect(&scene, M_FAULTS_MAJOR_PER_S);
	assert_true(scene_shows(&scene, metrics[M_FAULTS_MAJOR_PER_S].name));
	assert_true(scene_shows(&scene, metrics[M_FAULTS_MAJOR_PER_S].help));
	assert_true(scene_shows(&scene, metrics[M_FAULTS_MAJOR_PER_S].source));
	assert_true(scene_shows(&scene, metrics[M_FAULTS_MAJOR_PER_S].formula));
	snprintf(raw, sizeof(raw), "raw        %llu, before %llu",
		 (unsigned long long)scene.sample[1].vmstat.pgmajfault,
		 (unsigned long long)scene.sample[0].vmstat.pgmajfault);
	assert_true(scene_shows(&scene, raw));
	snprintf(raw, sizeof(raw), "interval   %.3f s", scene.model.interval_s);
	assert_true(scene_shows(&scene, raw));
	assert_true(scene_shows(&scene, "alerts     ! from 50   !! from 500"));
	assert_true(scene_shows(&scene, "history    min 85  mean 85  95th pct 85  max 85  of 1"));
	scene_key(&scene, SCREEN_KEY_ESCAPE);
	assert_false(scene_shows(&scene, "formula"));
	scene_close(&scene);
}

static void history_is_summed_up(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	for (int i = 1; i <= 199; i++)
		ring_push(&scene.model.history)[M_FAULTS_MAJOR_PER_S] = (float)(i * 83 % 200);
	inspect(&scene, M_FAULTS_MAJOR_PER_S);
	/* 1 to 199 and 85: the 190th of 200 is 189, since 85 is there twice. */
	assert_true(
		scene_shows(&scene, "min 1  mean 99.9  95th pct 189  max 199  of 200 samples") ||
		scene_shows(&scene, "min 1  mean 100  95th pct 189  max 199  of 200 samples"));
	scene_close(&scene);
}

static void arrows_move_in_their_direction(void **state)
{
	static const int keys[] = { SCREEN_KEY_UP, SCREEN_KEY_DOWN, SCREEN_KEY_LEFT,
				    SCREEN_KEY_RIGHT };
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	scene.view.focus = PANE_CPU;
	scene_key(&scene, 'i');
	assert_true(scene.view.inspected.column < 53);
	for (int round = 0; round < 60; round++) {
		struct number from = scene.view.inspected, to;
		int key = keys[(round * 7 + round / 5) % 4];

		scene_key(&scene, key);
		to = scene.view.inspected;
		if (key == SCREEN_KEY_UP)
			assert_true(to.row <= from.row);
		if (key == SCREEN_KEY_DOWN)
			assert_true(to.row >= from.row);
		if (key == SCREEN_KEY_LEFT)
			assert_true(to.column + to.columns / 2 <= from.column + from.columns / 2);
		if (key == SCREEN_KEY_RIGHT)
			assert_true(to.column + to.columns / 2 >= from.column + from.columns / 2);
		assert_true(scene_shows(&scene, metrics[to.metric].name));
	}
	scene_close(&scene);
}

/* Every number that shows can be reached from the first, and is marked. */
static void every_number_can_be_reached(void **state)
{
	static const int keys[] = { SCREEN_KEY_UP, SCREEN_KEY_DOWN, SCREEN_KEY_LEFT,
				    SCREEN_KEY_RIGHT };
	bool reached[NUMBERS_MAX] = { false };
	struct scene scene;
	bool more = true;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	scene_key(&scene, 'i');
	assert_in_range(scene.view.numbers.count, 40, NUMBERS_MAX - 1);
	reached[numbers_find(&scene.view.numbers, scene.view.inspected.row,
			     scene.view.inspected.column, scene.view.inspected.metric)] = true;
	while (more) {
		more = false;
		for (int i = 0; i < scene.view.numbers.count; i++)
			for (int k = 0; reached[i] && k < 4; k++) {
				int rows =
					(keys[k] == SCREEN_KEY_DOWN) - (keys[k] == SCREEN_KEY_UP);
				int columns = (keys[k] == SCREEN_KEY_RIGHT) -
					      (keys[k] == SCREEN_KEY_LEFT);
				int next = numbers_next(&scene.view.numbers, i, rows, columns);

				more |= !reached[next];
				reached[next] = true;
			}
	}
	for (int i = 0; i < scene.view.numbers.count; i++)
		if (!reached[i])
			fail_msg("%s at %d,%d cannot be reached",
				 metrics[scene.view.numbers.place[i].metric].name,
				 scene.view.numbers.place[i].row,
				 scene.view.numbers.place[i].column);
	scene_close(&scene);
}

static void it_fits_every_size_and_pane(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_key(&scene, 'i');
	for (int id = 0; id <= PANE_COUNT; id++) {
		scene.view.zoom = (enum pane_id)id;
		for (int rows = 1; rows <= 50; rows += 3)
			for (int columns = 1; columns <= 160; columns += 9)
				scene_resize(&scene, rows, columns);
	}
	/* A zoomed table has processes, and no number of the metric table. */
	scene.view.zoom = PANE_TOP;
	scene_resize(&scene, 24, 80);
	assert_true(scene_shows(&scene, "no number of the metric table shows here"));
	scene_first_sample(&scene);
	scene.view.zoom = PANE_NONE;
	inspect(&scene, M_FAULTS_MAJOR_PER_S);
	assert_true(scene_shows(&scene, "value      - "));
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_says_where_it_comes_from),
		cmocka_unit_test(history_is_summed_up),
		cmocka_unit_test(arrows_move_in_their_direction),
		cmocka_unit_test(every_number_can_be_reached),
		cmocka_unit_test(it_fits_every_size_and_pane),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
