/*
 * What tables say of themselves: what their numbers leave out, and why there are none.
 */
#include <math.h>

#include "base/clock.h"
#include "base/value.h"
#include "ui/scene.h"

static void hidden_io_is_told(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	scene.sample[1].tasks.io_hidden = 1;
	scene_draw(&scene);
	assert_true(scene_shows(&scene, "io of 12 of 13 visible"));
	scene.sample[1].tasks.hidepid = true;
	scene_draw(&scene);
	assert_true(scene_shows(&scene, "hidepid"));
	scene.sample[1].tasks.hidepid = false;
	scene.sample[1].tasks.io_hidden = 0;
	scene_draw(&scene);
	assert_false(scene_shows(&scene, "visible"));
	scene_close(&scene);
}

/* With a filter the note is about those that are shown. */
static void hidden_io_of_a_user(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	scene.sample[1].tasks.io_hidden = 1;
	scene.model.filter = (struct task_filter){ .by_uid = true, .uid = 1000 };
	scene.sample[1].mono_ns += NS_PER_S;
	assert_int_equal(model_update(&scene.model, &scene.sample[0], &scene.sample[1]), 0);
	scene_draw(&scene);
	assert_true(scene.model.task_count > 0 && scene.model.task_count < 13);
	assert_true(scene_shows(&scene, "io of 3 of 4 visible"));
	scene.model.filter.uid = 0;
	assert_int_equal(model_update(&scene.model, &scene.sample[0], &scene.sample[1]), 0);
	scene_draw(&scene);
	assert_false(scene_shows(&scene, "visible"));
	scene_close(&scene);
}

static void an_empty_table_says_so(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	assert_false(scene_shows(&scene, "no processes"));
	scene.model.filter = (struct task_filter){ .by_uid = true, .uid = 31337 };
	assert_int_equal(model_update(&scene.model, &scene.sample[0], &scene.sample[1]), 0);
	scene_draw(&scene);
	assert_int_equal(scene_find(&scene, 2, "no process of user 31337"), 15);
	scene_key(&scene, 'z');
	assert_int_equal(scene_find(&scene, 2, "no process of user 31337"), 4);
	scene_key(&scene, 'z');
	scene.model.filter.by_uid = false;
	scene.sample[1].tasks.count = 0;
	assert_int_equal(model_update(&scene.model, &scene.sample[0], &scene.sample[1]), 0);
	scene_draw(&scene);
	assert_true(scene_shows(&scene, " no processes "));
	scene_close(&scene);
}

/* What no listed process accounts for stands beside the table of its kind, when it is much. */
static void what_is_not_listed_is_told(void **state)
{
	struct scene scene;
	double *value = scene.model.value;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	assert_false(scene_shows(&scene, "not listed"));
	value[M_CPU_BUSY_PCT] = 100;
	value[M_TASKS_UNLISTED_CPU_PCT] = 185;
	value[M_FAULTS_MINOR_PER_S] = 200000;
	value[M_TASKS_UNLISTED_MINOR_PER_S] = 140000;
	value[M_FAULTS_MAJOR_PER_S] = 600;
	value[M_TASKS_UNLISTED_MAJOR_PER_S] = 100;
	scene_draw(&scene);
	assert_true(scene_shows(&scene, " not listed: 185% "));
	scene_key(&scene, 'M');
	assert_false(scene_shows(&scene, "not listed"));
	scene_key(&scene, 'F');
	assert_true(scene_shows(&scene, " not listed: 140k/s minor "));
	value[M_TASKS_UNLISTED_MAJOR_PER_S] = 121;
	scene_draw(&scene);
	assert_true(scene_shows(&scene, " not listed: 121/s MAJOR "));
	scene.model.totals = true;
	scene_draw(&scene);
	assert_true(scene_shows(&scene, " not listed: 121 MAJOR "));
	scene.model.totals = false;
	scene_resize(&scene, 45, 160);
	assert_true(scene_shows(&scene, " not listed: 185% "));
	assert_true(scene_shows(&scene, " not listed: 121/s MAJOR "));
	/* A fifth of all is not much, and less than a tenth of a CPU is not either. */
	value[M_TASKS_UNLISTED_CPU_PCT] = 40;
	value[M_TASKS_UNLISTED_MAJOR_PER_S] = NAN;
	value[M_TASKS_UNLISTED_MINOR_PER_S] = 40000;
	scene_draw(&scene);
	assert_false(scene_shows(&scene, "not listed"));
	value[M_TASKS_UNLISTED_CPU_PCT] = 9;
	value[M_CPU_BUSY_PCT] = 5;
	scene_draw(&scene);
	assert_false(scene_shows(&scene, "not listed"));
	scene_close(&scene);
}

static void unknown_waits_say_why(void **state)
{
	static const char note[] = "DISK% unknown: kernel.task_delayacct is 0";
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	scene.sample[1].delayacct = 0;
	scene_draw(&scene);
	assert_false(scene_shows(&scene, note));
	for (size_t i = 0; i < scene.sample[1].tasks.count; i++)
		scene.sample[1].tasks.task[i].disk_wait_ns = ABSENT;
	scene_draw(&scene);
	assert_true(scene_shows(&scene, note));
	scene_resize(&scene, 24, 80);
	assert_false(scene_shows(&scene, note));
	scene_key(&scene, 'W');
	assert_true(scene_shows(&scene, note));
	/* It is ranked by what is known. */
	assert_int_equal(scene.model.top_order[TOP_WAITS].sort, COL_RUNQ);
	/* Another cause is not known. */
	scene.sample[1].delayacct = ABSENT;
	scene_draw(&scene);
	assert_false(scene_shows(&scene, note));
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hidden_io_is_told),
		cmocka_unit_test(hidden_io_of_a_user),
		cmocka_unit_test(an_empty_table_says_so),
		cmocka_unit_test(what_is_not_listed_is_told),
		cmocka_unit_test(unknown_waits_say_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
