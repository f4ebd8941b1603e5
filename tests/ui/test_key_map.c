/* Which key does what: the table's, vi's, and those that a person chose. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "ui/key_map.h"
#include "ui/scene.h"
#include "ui/screen.h"

static struct key_map map_of(const struct key_choice *choice)
{
	struct key_map map;

	key_map_build(&map, choice);
	return map;
}

static void choose(struct key_choice *choice, enum action action, const char *keys)
{
	assert_int_equal(keys_parse(keys, choice->keys[action]), 0);
	choice->chosen[action] = true;
}

/* No key twice, whatever was chosen. */
static void assert_one_meaning(const struct key_map *map)
{
	for (int action = 1; action < ACTION_COUNT; action++)
		for (int i = 0; i < KEYS_EACH && map->keys[action][i]; i++)
			assert_int_equal(key_action(map, map->keys[action][i]), action);
}

static void every_action_has_a_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < key_binding_count; i++) {
		const char *name = action_names[key_bindings[i].action];

		if (!name || !*name)
			fail_msg("%s has no name for the settings", key_bindings[i].help);
		for (size_t other = 0; other < i; other++)
			assert_string_not_equal(action_names[key_bindings[other].action], name);
	}
}

static void without_a_choice_it_is_the_table(void **state)
{
	struct key_map map = map_of(&(const struct key_choice){ .vi = false });

	(void)state;
	assert_one_meaning(&map);
	for (size_t i = 0; i < key_binding_count; i++) {
		assert_false(map.own[key_bindings[i].action]);
		assert_string_equal(map.cap[key_bindings[i].action], key_bindings[i].cap);
	}
}

static void vi_moves_and_keeps_every_action(void **state)
{
	static const struct {
		int key;
		enum action action;
	} expected[] = {
		{ 'k', ACTION_UP },
		{ 'j', ACTION_DOWN },
		{ 'h', ACTION_FOLD },
		{ 'l', ACTION_UNFOLD },
		{ 'g', ACTION_HOME },
		{ 'G', ACTION_END },
		{ 'x', ACTION_SIGNAL },
		{ SCREEN_KEY_UP, ACTION_UP },
		{ SCREEN_KEY_LEFT, ACTION_FOLD },
		{ SCREEN_KEY_RIGHT, ACTION_UNFOLD },
		{ 'K', ACTION_KERNEL },
		{ 'q', ACTION_QUIT },
	};
	struct key_map map = map_of(&(const struct key_choice){ .vi = true });

	(void)state;
	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++)
		assert_int_equal(key_action(&map, expected[i].key), expected[i].action);
	assert_one_meaning(&map);
	for (size_t i = 0; i < key_binding_count; i++)
		assert_true(map.keys[key_bindings[i].action][0] != 0);
	assert_string_equal(map.cap[ACTION_UP], "Up k");
	assert_string_equal(map.cap[ACTION_SIGNAL], "F9 x");
}

static void a_chosen_key_is_taken_from_who_had_it(void **state)
{
	struct key_choice choice = { .vi = true };
	struct key_map map;

	(void)state;
	choose(&choice, ACTION_ZOOM, "f Ctrl-A");
	choose(&choice, ACTION_TREE, "q F10");
	choose(&choice, ACTION_MARK, "none");
	choose(&choice, ACTION_SIGNAL, "k");
	map = map_of(&choice);
	assert_one_meaning(&map);
	assert_int_equal(key_action(&map, 'f'), ACTION_ZOOM);
	assert_int_equal(key_action(&map, 1), ACTION_ZOOM);
	assert_int_equal(key_action(&map, 'z'), ACTION_NONE);
	assert_int_equal(key_action(&map, 'm'), ACTION_NONE);
	assert_int_equal(key_action(&map, 'q'), ACTION_TREE);
	/* What is named goes before vi. */
	assert_int_equal(key_action(&map, 'k'), ACTION_SIGNAL);
	assert_int_equal(key_action(&map, 'x'), ACTION_NONE);
	assert_string_equal(map.cap[ACTION_QUIT], "none");
	assert_string_equal(map.cap[ACTION_ZOOM], "f Ctrl-A");
}

static void lists_know_the_arrows_by_other_keys(void **state)
{
	struct key_map vi = map_of(&(const struct key_choice){ .vi = true });
	struct key_map plain = map_of(&(const struct key_choice){ .vi = false });

	(void)state;
	assert_int_equal(key_as_arrow(&vi, 'j'), SCREEN_KEY_DOWN);
	assert_int_equal(key_as_arrow(&vi, 'h'), SCREEN_KEY_LEFT);
	assert_int_equal(key_as_arrow(&vi, 'g'), SCREEN_KEY_HOME);
	/* What the table binds stays what it is in lists, an arrow or not. */
	assert_int_equal(key_as_arrow(&vi, '-'), '-');
	assert_int_equal(key_as_arrow(&vi, 'q'), 'q');
	assert_int_equal(key_as_arrow(&vi, SCREEN_KEY_UP), SCREEN_KEY_UP);
	assert_int_equal(key_as_arrow(&plain, 'j'), 'j');
}

static void keys_are_read_as_they_are_written(void **state)
{
	static const char *const same[] = {
		"none",
		"Tab Shift-Tab Enter Esc",
		"Space Backspace Delete Up",
		"Down Left Right",
		"PgUp PgDn Home End",
		"F1 F10 Comma Semicolon",
		"z # = [",
		"Ctrl-A Ctrl-Y",
	};
	static const char *const wrong[] = { "Ctrl-C", "Ctrl-Z", "Ctrl-S", "F0",   "F11",   "zz",
					     "Ctrl-",  "none z", "z none", "\x7f", "Ctrl-1" };
	char text[KEY_CAP_MAX];
	int keys[KEYS_EACH];

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		assert_int_equal(keys_parse(same[i], keys), 0);
		assert_string_equal(keys_text(text, sizeof(text), keys), same[i]);
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		if (keys_parse(wrong[i], keys) != -EINVAL)
			fail_msg("'%s' is taken", wrong[i]);
	assert_int_equal(keys_parse("a b c d e", keys), -E2BIG);
	assert_int_equal(keys_parse("esc TAB ctrl-a", keys), 0);
	assert_string_equal(keys_text(text, sizeof(text), keys), "Esc Tab Ctrl-A");
}

static void bar_and_help_name_the_keys_in_force(void **state)
{
	struct key_choice choice = { .vi = false };
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	choose(&choice, ACTION_SORT_RIGHT, "s");
	choose(&choice, ACTION_ZOOM, "f");
	key_map_build(&scene.view.keys, &choice);
	scene_draw(&scene);
	/* What stood for two keys stands for its own now. */
	assert_non_null(strstr(scene_row(&scene, 23), " f zoom  < sort "));
	scene_resize(&scene, 24, 160);
	assert_non_null(strstr(scene_row(&scene, 23), " [] time "));
	scene_resize(&scene, 24, 80);
	scene_key(&scene, '?');
	assert_true(scene_shows(&scene, " f            give the pane"));
	assert_true(scene_shows(&scene, " s            sort by the column to the right"));
	assert_true(scene_key(&scene, SCREEN_KEY_ESCAPE));
	assert_true(scene_key(&scene, 'f'));
	assert_int_not_equal(scene.view.zoom, PANE_NONE);
	/* The one that was taken away says that it has no meaning. */
	assert_true(scene_key(&scene, 'z'));
	assert_int_not_equal(scene.view.zoom, PANE_NONE);
	assert_string_equal(scene.view.message, "that key does nothing; ? lists those that do");
	scene_close(&scene);
}

static void vi_moves_in_lists_too(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	key_map_build(&scene.view.keys, &(const struct key_choice){ .vi = true });
	scene_keys(&scene, "jj");
	assert_true(scene.view.selected_pid != 0);
	scene_keys(&scene, "x");
	assert_int_equal(scene.view.mode, MODE_SIGNALS);
	scene_keys(&scene, "jjk");
	assert_int_equal(scene.view.choice, 1);
	/* The question takes a y alone, whatever keys mean. */
	scene_key(&scene, '\n');
	assert_int_equal(scene.view.mode, MODE_CONFIRM);
	scene_keys(&scene, "k");
	assert_int_equal(scene.view.act.kind, ACT_NONE);
	assert_int_equal(scene.view.mode, MODE_PANES);
	/* In a line that is typed they are letters. */
	scene_keys(&scene, "/jk");
	assert_string_equal(scene.view.prompt.line.text, "jk");
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_action_has_a_name),
		cmocka_unit_test(without_a_choice_it_is_the_table),
		cmocka_unit_test(vi_moves_and_keeps_every_action),
		cmocka_unit_test(a_chosen_key_is_taken_from_who_had_it),
		cmocka_unit_test(lists_know_the_arrows_by_other_keys),
		cmocka_unit_test(keys_are_read_as_they_are_written),
		cmocka_unit_test(bar_and_help_name_the_keys_in_force),
		cmocka_unit_test(vi_moves_in_lists_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
