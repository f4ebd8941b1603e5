/* The key bar shows what keys do something where one is. */
#include <string.h>

#include "ui/scene.h"
#include "ui/screen.h"

static const char *bar(struct scene *scene)
{
	scene_draw(scene);
	return scene_row(scene, scene->canvas.rows - 1);
}

static void what_lies_over_the_panes_has_its_own(void **state)
{
	static const struct {
		const char *keys, *bar;
	} modes[] = {
		{ "?", " Esc back  PgDn down  PgUp up  q quit" },
		{ "k", " Esc back  \u23ce choose  \u2191 up  \u2193 down" },
		{ "k\n", " Esc send nothing  y send it" },
		{ "C",
		  " Esc back  \u2423 show, hide  < earlier  > later  a by the width  \u2191 up  \u2193 down" },
		{ "i", " Esc back  \u2190 left  \u2192 right  \u2191 up  \u2193 down" },
		{ "/", " find: _" },
	};
	struct scene scene;

	(void)state;
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		scene_open(&scene, "web3", 24, 80);
		scene_key(&scene, SCREEN_KEY_DOWN);
		scene_keys(&scene, modes[i].keys);
		assert_string_equal(bar(&scene), modes[i].bar);
		scene.canvas.ascii = true;
		assert_non_null(strstr(bar(&scene), i < 5 ? " Esc " : " find"));
		scene_close(&scene);
	}
}

/* Of the keys of these modes each does something there. */
static void each_of_those_keys_does_something(void **state)
{
	static const struct {
		const char *open;
		const int keys[8];
	} modes[] = {
		{ "?", { SCREEN_KEY_ESCAPE, SCREEN_KEY_PAGE_DOWN, SCREEN_KEY_PAGE_UP, 'q' } },
		{ "k", { SCREEN_KEY_ESCAPE, '\n', SCREEN_KEY_UP, SCREEN_KEY_DOWN } },
		{ "C", { SCREEN_KEY_ESCAPE, ' ', '>', 'a', SCREEN_KEY_UP, SCREEN_KEY_DOWN } },
		{ "i", { SCREEN_KEY_ESCAPE, SCREEN_KEY_RIGHT, SCREEN_KEY_DOWN } },
	};
	struct scene scene;

	(void)state;
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		for (int k = 0; k < 8 && modes[i].keys[k]; k++) {
			scene_open(&scene, "web3", 24, 80);
			scene_key(&scene, SCREEN_KEY_DOWN);
			scene_keys(&scene, modes[i].open);
			assert_true(scene_key(&scene, modes[i].keys[k]));
			scene_close(&scene);
		}
}

static void a_zoomed_pane_has_no_keys_of_tables(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	scene.view.focus = PANE_MEMORY;
	scene_key(&scene, 'z');
	assert_string_equal(bar(&scene),
			    " Tab pane  Esc back  m mark  i inspect  \u2423 pause  [] time  "
			    "PMIFW table  d delay  ? help  q quit");
	scene_key(&scene, 'P');
	assert_non_null(strstr(bar(&scene), " <> sort "));
	scene_key(&scene, 't');
	assert_non_null(strstr(bar(&scene), " -+ fold "));
	scene_close(&scene);
}

static void the_past_leads_back_to_now(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene.view.back = 3;
	assert_string_equal(bar(&scene), " End now  Tab pane  \u23ce zoom  <> sort  / find"
					 "  i inspect  [] time  ? help  q quit");
	scene_resize(&scene, 45, 160);
	assert_null(strstr(bar(&scene), "signal"));
	assert_null(strstr(bar(&scene), "pause"));
	scene.view.back = 0;
	assert_null(strstr(bar(&scene), "End"));
	scene_close(&scene);
}

static void a_mark_and_a_pause_are_ended(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene.view.marked = true;
	assert_string_equal(bar(&scene), " m end mark  Tab pane  \u23ce zoom  <> sort  / find"
					 "  i inspect  ? help  q quit");
	scene.view.paused = true;
	assert_int_equal(strncmp(bar(&scene), " \u2423 go on  Tab pane", 19), 0);
	/* While paused it is not set or ended. */
	assert_null(strstr(bar(&scene), "mark"));
	scene.view.paused = false;
	scene_resize(&scene, 45, 200);
	assert_non_null(strstr(bar(&scene), " T totals "));
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_lies_over_the_panes_has_its_own),
		cmocka_unit_test(each_of_those_keys_does_something),
		cmocka_unit_test(a_zoomed_pane_has_no_keys_of_tables),
		cmocka_unit_test(the_past_leads_back_to_now),
		cmocka_unit_test(a_mark_and_a_pause_are_ended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
