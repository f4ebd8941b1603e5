/* The selected process in a zoomed table: in sight when it is moved or used, named when it is not. */
#include <string.h>

#include "ui/canvas_text.h"
#include "ui/scene.h"
#include "ui/screen.h"

/* The row of the screen that is drawn as selected, or -1. */
static int selected_row(struct scene *scene)
{
	for (int row = 2; row < scene->canvas.rows - 1; row++)
		if (strchr(canvas_row_styles(&scene->canvas, row), '*'))
			return row;
	return -1;
}

static bool selected_is(struct scene *scene, const char *name)
{
	int row = selected_row(scene);

	return row > 0 && strstr(scene_row(scene, row), name) != NULL;
}

/* Six of thirteen rows show; the help page was longer, which the search must not go by. */
static void what_is_found_is_in_sight(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 12, 80);
	scene_keys(&scene, "/sshd");
	assert_true(selected_is(&scene, "sshd"));
	scene_keys(&scene, "\n/python\n");
	assert_true(selected_is(&scene, "python3"));
	scene_close(&scene);
	scene_open(&scene, "web3", 40, 80);
	scene_key(&scene, '?');
	scene_resize(&scene, 12, 80);
	scene_keys(&scene, "?/sshd\n");
	assert_true(selected_is(&scene, "sshd"));
	scene_close(&scene);
}

/* Scrolled away by another order, the selection is named in the lower edge; arrows bring it back. */
static void a_selection_out_of_sight_is_named(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 12, 80);
	scene_keys(&scene, "z");
	scene_key(&scene, SCREEN_KEY_DOWN);
	assert_true(selected_is(&scene, "python3"));
	assert_false(scene_shows(&scene, "the selected"));
	scene_key(&scene, 'r');
	assert_int_equal(selected_row(&scene), -1);
	assert_true(strstr(scene_row(&scene, 10), " 1234, the selected, is at 13, below ") != NULL);
	scene_key(&scene, SCREEN_KEY_UP);
	assert_int_not_equal(selected_row(&scene), -1);
	assert_false(scene_shows(&scene, "the selected"));
	scene_close(&scene);
}

static void what_is_acted_on_is_in_sight(void **state)
{
	static const char keys[] = "kn";
	struct scene scene;

	(void)state;
	for (int i = 0; i < 2; i++) {
		scene_open(&scene, "web3", 12, 80);
		scene_key(&scene, 'z');
		scene_key(&scene, SCREEN_KEY_DOWN);
		scene_key(&scene, 'r');
		assert_int_equal(selected_row(&scene), -1);
		scene_key(&scene, keys[i]);
		scene_key(&scene, SCREEN_KEY_ESCAPE);
		assert_true(selected_is(&scene, "python3"));
		scene_close(&scene);
	}
}

static void a_selection_that_is_filtered_out_is_named(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_keys(&scene, "z");
	scene_key(&scene, SCREEN_KEY_DOWN);
	scene_keys(&scene, "\\post\n");
	assert_true(scene_shows(&scene, " 1234, the selected, is not listed "));
	scene_key(&scene, SCREEN_KEY_DOWN);
	assert_false(scene_shows(&scene, "the selected"));
	assert_true(selected_is(&scene, "postgres"));
	scene_close(&scene);
}

/* Esc takes a search back to where one stood, in sight or not. */
static void a_search_given_up_scrolls_back(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 12, 80);
	scene_key(&scene, 'z');
	scene_key(&scene, SCREEN_KEY_PAGE_DOWN);
	assert_true(scene_shows(&scene, " 7-12 of 13 "));
	scene_keys(&scene, "/python");
	assert_true(scene_shows(&scene, " 1-6 of 13 "));
	scene_key(&scene, SCREEN_KEY_ESCAPE);
	assert_true(scene_shows(&scene, " 7-12 of 13 "));
	assert_int_equal(selected_row(&scene), -1);
	/* With a selection above, and all keys before one drawing. */
	scene_keys(&scene, "/python\n");
	scene.view.scroll = 6;
	for (const char *key = "/sshd\033"; *key; key++)
		view_key(&scene.view, &scene.model, 12, 80, *key);
	scene_draw(&scene);
	assert_true(scene_shows(&scene, " 7-12 of 13 "));
	scene_close(&scene);
}

static void folding_without_a_selection_says_what_to_do(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_keys(&scene, "t-");
	assert_true(scene_shows(&scene, "select a branch first: Down, / or a click"));
	scene_close(&scene);
}

/* Who selected a thread has selected its process when threads go. */
static void no_thread_stays_selected_without_threads(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_keys(&scene, "/python3\n");
	scene.view.threads = true;
	scene.view.selected_thread = true;
	scene_keys(&scene, "H");
	assert_false(scene.view.threads);
	scene_keys(&scene, "k");
	assert_int_equal(scene.view.target.pid, 1234);
	assert_int_equal(scene.view.target.thread, 0);
	scene_close(&scene);
}

static void a_branch_that_folds_is_in_sight(void **state)
{
	static const char keys[] = "-+";
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 12, 80);
	scene_keys(&scene, "t/kthreadd\n");
	for (int i = 0; i < 2; i++) {
		scene.view.scroll = scene.view.scroll ? 0 : 7;
		scene_draw(&scene);
		assert_int_equal(selected_row(&scene), -1);
		scene_key(&scene, keys[i]);
		assert_true(selected_is(&scene, i ? "\u25be kthreadd" : "\u25b8 kthreadd"));
	}
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_thread_stays_selected_without_threads),
		cmocka_unit_test(what_is_found_is_in_sight),
		cmocka_unit_test(a_selection_out_of_sight_is_named),
		cmocka_unit_test(what_is_acted_on_is_in_sight),
		cmocka_unit_test(a_selection_that_is_filtered_out_is_named),
		cmocka_unit_test(a_search_given_up_scrolls_back),
		cmocka_unit_test(folding_without_a_selection_says_what_to_do),
		cmocka_unit_test(a_branch_that_folds_is_in_sight),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
