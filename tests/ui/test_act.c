/* Asking for a signal or a nice value: what is asked, and what takes it away. */
#include <signal.h>
#include <string.h>

#include "ui/keys.h"
#include "ui/scene.h"
#include "ui/screen.h"

static void signal_is_asked_for_twice(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_key(&scene, 'k');
	assert_true(scene_shows(&scene, "select a process first"));
	scene_key(&scene, SCREEN_KEY_DOWN);
	scene_key(&scene, 'k');
	assert_true(scene_shows(&scene, "SIGNAL TO 1234 python3"));
	assert_true(scene_shows(&scene, "15 TERM"));
	scene_key(&scene, SCREEN_KEY_DOWN);
	scene_key(&scene, '\n');
	/* The question names pid, command and start time. */
	assert_true(scene_shows(&scene, "KILL: ends it at once"));
	assert_true(scene_shows(&scene, "process 1234 python3"));
	assert_true(scene_shows(&scene, "started 20"));
	assert_int_equal(scene.view.act.kind, ACT_NONE);
	scene_key(&scene, 'y');
	assert_int_equal(scene.view.act.kind, ACT_SIGNAL);
	assert_int_equal(scene.view.act.value, SIGKILL);
	assert_int_equal(scene.view.target.pid, 1234);
	assert_int_equal(scene.view.target.start_ns, scene.view.selected_start_ns);
	assert_int_equal(scene.view.mode, MODE_PANES);
	scene_close(&scene);
}

static void nothing_but_y_sends(void **state)
{
	static const int others[] = { 'n', '\n', ' ', SCREEN_KEY_ESCAPE, 'q', 'k' };
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_key(&scene, SCREEN_KEY_DOWN);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		scene_keys(&scene, "k\n");
		scene_key(&scene, others[i]);
		assert_int_equal(scene.view.act.kind, ACT_NONE);
		assert_true(scene_shows(&scene, "nothing was sent"));
	}
	scene_key(&scene, 'k');
	scene_key(&scene, SCREEN_KEY_ESCAPE);
	assert_false(scene_shows(&scene, "SIGNAL TO"));
	assert_false(scene.view.quit);
	scene_close(&scene);
}

static void list_goes_round_and_fits(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_keys(&scene, "/python\nk");
	scene_key(&scene, SCREEN_KEY_UP);
	assert_true(scene_shows(&scene, "USR2"));
	for (int rows = 1; rows <= 24; rows++)
		for (int columns = 1; columns <= 80; columns += 7) {
			scene.view.mode = rows % 2 ? MODE_SIGNALS : MODE_CONFIRM;
			scene_resize(&scene, rows, columns);
		}
	/* The chosen one shows where only some fit. */
	scene.view.mode = MODE_SIGNALS;
	scene_resize(&scene, 9, 80);
	assert_true(scene_shows(&scene, "USR2"));
	scene_close(&scene);
}

static void nice_is_typed(void **state)
{
	static const char *const bad[] = { "n20\n", "n-21\n", "n--1\n", "n1-\n", "n-\n" };
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_keys(&scene, "n");
	assert_true(scene_shows(&scene, "select a process first"));
	scene_key(&scene, SCREEN_KEY_DOWN);
	scene_keys(&scene, "n");
	assert_true(scene_shows(&scene, "nice value of 1234 python3 [0]: _"));
	scene_keys(&scene, "-5\n");
	assert_int_equal(scene.view.act.kind, ACT_NICE);
	assert_int_equal(scene.view.act.value, -5);
	scene.view.act.kind = ACT_NONE;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		scene_keys(&scene, bad[i]);
		assert_int_equal(scene.view.act.kind, ACT_NONE);
		assert_int_equal(scene.view.mode, MODE_PROMPT);
		assert_true(scene_shows(&scene, "from -20, first, to 19, last"));
		scene_key(&scene, SCREEN_KEY_ESCAPE);
	}
	scene_keys(&scene, "n\n");
	assert_int_equal(scene.view.act.kind, ACT_NONE);
	scene_close(&scene);
}

static void readonly_takes_acting_away(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	assert_true(scene_shows(&scene, " k signal "));
	scene.view.readonly = true;
	scene_key(&scene, SCREEN_KEY_DOWN);
	assert_false(scene_shows(&scene, " k signal "));
	scene_key(&scene, 'k');
	assert_int_equal(scene.view.mode, MODE_PANES);
	assert_true(scene_shows(&scene, "--readonly"));
	scene_key(&scene, 'n');
	assert_int_equal(scene.view.mode, MODE_PANES);
	assert_true(scene_shows(&scene, "--readonly"));
	scene_resize(&scene, 70, 160);
	scene_key(&scene, '?');
	for (size_t i = 0; i < key_binding_count; i++)
		assert_int_equal(scene_shows(&scene, key_bindings[i].help),
				 !key_acts(key_bindings[i].action));
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signal_is_asked_for_twice),  cmocka_unit_test(nothing_but_y_sends),
		cmocka_unit_test(list_goes_round_and_fits),   cmocka_unit_test(nice_is_typed),
		cmocka_unit_test(readonly_takes_acting_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
