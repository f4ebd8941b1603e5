/* What is said to a person: it names the keys that are in force, and every key answers. */
#include <stdio.h>
#include <string.h>

#include "ui/key_map.h"
#include "ui/say.h"
#include "ui/scene.h"
#include "ui/screen.h"

static void bind(struct view *view, enum action action, const char *keys)
{
	struct key_choice choice = { .vi = false };

	assert_int_equal(keys_parse(keys, choice.keys[action]), 0);
	choice.chosen[action] = true;
	key_map_build(&view->keys, &choice);
}

static void assert_says(struct scene *scene, const char *text)
{
	if (strcmp(scene->view.message, text))
		fail_msg("it says '%s', not '%s'", scene->view.message, text);
}

static void braces_are_keys(void **state)
{
	struct view view = { .zoom = PANE_NONE };
	char text[64], little[8];

	(void)state;
	bind(&view, ACTION_END, "G");
	assert_string_equal(say_text(text, sizeof(text), &view.keys, "{end} leads {find} x"),
			    "G leads / x");
	assert_string_equal(say_text(text, sizeof(text), &view.keys, ""), "");
	assert_string_equal(say_text(text, sizeof(text), &view.keys, "{pause}"), "Space");
	assert_string_equal(say_text(little, sizeof(little), &view.keys, "{end} leads"), "G leads");
	assert_string_equal(say_text(little, sizeof(little), &view.keys, "now {pause}"), "now Spa");
	bind(&view, ACTION_END, "none");
	assert_string_equal(say_text(text, sizeof(text), &view.keys, "{end} leads"),
			    "no key leads");
}

/* Every message that a key can bring, with the keys of the table: no brace is left. */
static void no_message_has_a_brace(void **state)
{
	struct scene scene;

	(void)state;
	for (int past = 0; past < 2; past++) {
		scene_open(&scene, "web3", 24, 80);
		for (int key = 1; key <= SCREEN_KEY_F10; key++) {
			scene.view.back = past ? 5 : 0;
			scene_key(&scene, key);
			assert_null(strpbrk(scene.view.message, "{}"));
			scene.view.mode = MODE_PANES;
			scene.view.message[0] = '\0';
		}
		scene_close(&scene);
	}
}

static void messages_name_the_keys_in_force(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_key(&scene, 'm');
	assert_says(&scene, "marked: m shows now again, T totals in place of rates");
	scene_key(&scene, 'm');
	bind(&scene.view, ACTION_MARK, "v");
	scene_key(&scene, 'T');
	assert_says(&scene, "totals are since a mark: v sets it");
	bind(&scene.view, ACTION_SEARCH, "s");
	scene_key(&scene, 'k');
	assert_says(&scene, "select a process first: Down, or s");
	bind(&scene.view, ACTION_END, "e");
	scene.view.back = 5;
	scene_key(&scene, 'm');
	assert_says(&scene, "a mark is set at now: e leads there");
	scene_key(&scene, 'k');
	assert_says(&scene, "the past cannot be changed: e leads to now");
	scene_close(&scene);
}

static void the_help_names_them_too(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 200, 80);
	scene_key(&scene, '?');
	assert_true(scene_shows(&scene, "\\ Enter      an empty filter shows all; u Enter all"));
	scene_key(&scene, '?');
	bind(&scene.view, ACTION_FILTER, "f");
	scene_key(&scene, '?');
	assert_true(scene_shows(&scene, "f Enter      an empty filter shows all; u Enter all"));
	assert_true(scene_shows(&scene, "in an empty f or u"));
	scene_close(&scene);
}

static void an_empty_table_names_them(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene.model.filter = (struct task_filter){ .by_uid = true, .uid = 31337 };
	assert_int_equal(model_update(&scene.model, &scene.sample[0], &scene.sample[1]), 0);
	bind(&scene.view, ACTION_USER, "w");
	scene_draw(&scene);
	assert_true(scene_shows(&scene, "w Enter shows all users"));
	scene_close(&scene);
}

static void a_key_without_a_meaning_says_so(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	assert_true(scene_key(&scene, 'e'));
	assert_says(&scene, "that key does nothing; ? lists those that do");
	/* A terminal may send these by itself. */
	scene_key(&scene, 1);
	assert_says(&scene, "");
	scene_close(&scene);
}

/* Time, marks and holding still work with a number in hand; what cannot is told. */
static void keys_while_a_number_is_inspected(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_key(&scene, 'i');
	assert_int_equal(scene.view.mode, MODE_INSPECT);
	scene_key(&scene, '[');
	assert_int_equal(scene.view.travel, TRAVEL_BACK);
	scene_key(&scene, 'm');
	assert_true(scene.view.marked);
	scene_key(&scene, ' ');
	assert_true(scene.view.paused);
	scene_key(&scene, 'M');
	assert_says(&scene, "arrows go to other numbers; i leaves the inspection");
	assert_int_equal(scene.view.focus, PANE_TOP);
	scene_key(&scene, SCREEN_KEY_END);
	assert_says(&scene, "arrows go to other numbers; i leaves the inspection");
	assert_int_equal(scene.view.mode, MODE_INSPECT);
	bind(&scene.view, ACTION_INSPECT, "y");
	scene_key(&scene, 'i');
	assert_int_equal(scene.view.mode, MODE_INSPECT);
	assert_true(scene_shows(&scene, "arrows move, y leaves"));
	scene_key(&scene, 'y');
	assert_int_equal(scene.view.mode, MODE_PANES);
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(braces_are_keys),
		cmocka_unit_test(no_message_has_a_brace),
		cmocka_unit_test(messages_name_the_keys_in_force),
		cmocka_unit_test(the_help_names_them_too),
		cmocka_unit_test(an_empty_table_names_them),
		cmocka_unit_test(a_key_without_a_meaning_says_so),
		cmocka_unit_test(keys_while_a_number_is_inspected),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
