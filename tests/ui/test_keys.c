/*
 * The key table: complete, free of conflicts, and every key of it does something.
 */
#include <stdio.h>
#include <string.h>

#include "ui/key_map.h"
#include "ui/scene.h"
#include "ui/screen.h"

static void keys_are_described(void **state)
{
	bool seen[ACTION_QUIT + 1] = { false };

	(void)state;
	for (size_t i = 0; i < key_binding_count; i++) {
		const struct key_binding *key = &key_bindings[i];

		assert_true(key->action > ACTION_NONE && key->action <= ACTION_QUIT);
		assert_false(seen[key->action]);
		seen[key->action] = true;
		assert_true(key->keys[0] != 0);
		assert_true(key->cap && *key->cap);
		assert_true(key->help && strlen(key->help) >= 8);
		/* Names that every terminal can show; a glyph stands beside them. */
		for (const char *c = key->bar ? key->bar : key->cap; *c; c++)
			assert_in_range(*c, ' ', '~');
	}
	for (int action = ACTION_NONE + 1; action <= ACTION_QUIT; action++)
		assert_true(seen[action]);
}

static void no_key_has_two_meanings(void **state)
{
	struct key_map map;

	(void)state;
	key_map_build(&map, &(const struct key_choice){ .vi = false });
	for (size_t i = 0; i < key_binding_count; i++)
		for (size_t k = 0; k < 3 && key_bindings[i].keys[k]; k++)
			assert_int_equal(key_action(&map, key_bindings[i].keys[k]),
					 key_bindings[i].action);
	assert_int_equal(key_action(&map, 'y'), ACTION_NONE);
	assert_int_equal(key_action(&map, 0), ACTION_NONE);
	assert_int_equal(key_action(&map, SCREEN_NO_KEY), ACTION_NONE);
	for (int kind = 0; kind < TOP_KINDS; kind++)
		assert_int_equal(key_action(&map, top_tables[kind].key), ACTION_TABLE_CPU + kind);
}

static void every_key_is_handled(void **state)
{
	struct scene scene;

	(void)state;
	for (size_t i = 0; i < key_binding_count; i++)
		for (size_t k = 0; k < 3 && key_bindings[i].keys[k]; k++) {
			scene_open(&scene, "web3", 24, 80);
			if (!scene_key(&scene, key_bindings[i].keys[k]) ||
			    strstr(scene.view.message, "does nothing"))
				fail_msg("%s does nothing", key_bindings[i].cap);
			scene_close(&scene);
		}
	scene_open(&scene, "web3", 24, 80);
	scene_key(&scene, 'y');
	assert_non_null(strstr(scene.view.message, "that key does nothing"));
	scene_close(&scene);
}

/* Scrolls through the help and marks what was seen. */
static void see_help(struct scene *scene, bool *seen)
{
	for (size_t i = 0; i < key_binding_count; i++) {
		char line[128];

		snprintf(line, sizeof(line), " %-13s%s", key_bindings[i].cap, key_bindings[i].help);
		seen[i] |= scene_shows(scene, line);
	}
}

static void help_lists_every_key(void **state)
{
	static const int sizes[][2] = { { 24, 80 }, { 12, 80 }, { 45, 160 } };
	struct scene scene;

	(void)state;
	for (size_t size = 0; size < sizeof(sizes) / sizeof(sizes[0]); size++) {
		bool seen[64] = { false };

		assert_true(key_binding_count <= 64);
		scene_open(&scene, "web3", sizes[size][0], sizes[size][1]);
		scene_key(&scene, '?');
		for (int page = 0; page < 20; page++) {
			see_help(&scene, seen);
			scene_key(&scene, SCREEN_KEY_PAGE_DOWN);
		}
		for (size_t i = 0; i < key_binding_count; i++)
			if (!seen[i])
				fail_msg("%s is not in the help", key_bindings[i].cap);
		scene_close(&scene);
	}
}

static void key_bar_shows_what_fits(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	assert_string_equal(
		scene_row(&scene, 44),
		" Tab pane  \u23ce zoom  <> sort  / find  m mark  i inspect  \u2423 pause"
		"  [] time  PMIFW table  r reverse  \\ filter  u user  t tree  C columns  k signal  ? help  q quit");
	scene_resize(&scene, 24, 80);
	assert_string_equal(
		scene_row(&scene, 23),
		" Tab pane  \u23ce zoom  <> sort  / find  m mark  i inspect  \u2423 pause"
		"  ? help  q quit");
	scene_resize(&scene, 24, 20);
	assert_string_equal(scene_row(&scene, 23), " ? help  q quit");
	scene_resize(&scene, 24, 80);
	scene_key(&scene, 'z');
	assert_true(scene_shows(&scene, " Esc back "));
	assert_false(scene_shows(&scene, " \u23ce zoom "));
	scene_key(&scene, 'z');
	scene.canvas.ascii = true;
	scene_draw(&scene);
	assert_true(scene_shows(&scene, " Enter zoom "));
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_described),
		cmocka_unit_test(no_key_has_two_meanings),
		cmocka_unit_test(every_key_is_handled),
		cmocka_unit_test(help_lists_every_key),
		cmocka_unit_test(key_bar_shows_what_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
