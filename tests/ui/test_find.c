/* Finding a process: search, filters, user, tree, seen on the screen. */
#include <stdio.h>
#include <string.h>

#include "ui/canvas_text.h"
#include "ui/scene.h"
#include "ui/screen.h"

static bool row_is_selected(struct scene *scene, const char *name)
{
	int row = scene_find(scene, 3, name);

	return row > 0 && strchr(canvas_row_styles(&scene->canvas, row), '*');
}

static void search_selects_as_one_types(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_key(&scene, '/');
	assert_string_equal(scene_row(&scene, 23), " find: _");
	/* Every process is searched, so every process shows. */
	assert_int_equal(scene.view.zoom, PANE_TOP);
	scene_keys(&scene, "kth");
	assert_true(row_is_selected(&scene, "kthreadd"));
	scene_keys(&scene, "x");
	assert_true(scene_shows(&scene, "none is called that"));
	scene_key(&scene, SCREEN_KEY_BACKSPACE);
	assert_false(scene_shows(&scene, "none is called that"));
	scene_key(&scene, '\n');
	assert_int_equal(scene.view.mode, MODE_PANES);
	assert_int_equal(scene.view.selected_pid, 2);
	scene_close(&scene);
}

static void search_goes_on_and_round(void **state)
{
	uint32_t first, second;
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_keys(&scene, "/k");
	first = scene.view.selected_pid;
	scene_key(&scene, SCREEN_KEY_DOWN);
	second = scene.view.selected_pid;
	assert_int_not_equal(first, second);
	scene_key(&scene, SCREEN_KEY_UP);
	assert_int_equal(scene.view.selected_pid, first);
	for (int i = 0; i < 13 && (i == 0 || scene.view.selected_pid != first); i++)
		scene_key(&scene, SCREEN_KEY_DOWN);
	assert_int_equal(scene.view.selected_pid, first);
	/* A process id finds too; case does not matter. */
	scene_key(&scene, SCREEN_KEY_BACKSPACE);
	scene_keys(&scene, "2201");
	assert_int_equal(scene.view.selected_pid, 2201);
	scene_keys(&scene, "\n/PYTH\n");
	assert_int_equal(scene.view.selected_pid, 1234);
	scene_close(&scene);
}

/* One that has ended is gone with the next sample: one that lives comes first, wherever it stands. */
static void search_prefers_what_lives(void **state)
{
	struct scene scene;
	struct task *task;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	task = scene.sample[1].tasks.task;
	while (task->pid != 1234)
		task++;
	snprintf(task->comm, sizeof(task->comm), "postgres");
	task->flags |= TASK_EXITED;
	scene_keys(&scene, "/postgres");
	assert_int_equal(scene.view.selected_pid, 2201);
	scene_keys(&scene, "\n");
	snprintf(task->comm, sizeof(task->comm), "only-one");
	scene_keys(&scene, "/only");
	assert_int_equal(scene.view.selected_pid, 1234);
	scene_close(&scene);
}

static void escape_takes_a_search_back(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_key(&scene, SCREEN_KEY_DOWN);
	scene_keys(&scene, "/kthr");
	assert_int_equal(scene.view.selected_pid, 2);
	scene_key(&scene, SCREEN_KEY_ESCAPE);
	assert_int_equal(scene.view.selected_pid, 1234);
	assert_int_equal(scene.view.zoom, PANE_NONE);
	/* Where no table is, nothing is searched. */
	scene_keys(&scene, "\tz/");
	assert_int_equal(scene.view.mode, MODE_PANES);
	assert_true(scene_shows(&scene, "Esc leads back"));
	scene_close(&scene);
}

static void filter_acts_as_one_types(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_keys(&scene, "\\po");
	assert_true(scene_shows(&scene, "postgres"));
	assert_false(scene_shows(&scene, " kswapd0"));
	assert_true(scene_shows(&scene, "waits  \\po "));
	/* The verdict is of all. */
	assert_true(strstr(scene_row(&scene, 1), "python3[1234]") != NULL);
	scene_key(&scene, '\n');
	assert_false(scene_shows(&scene, "filter by name"));
	assert_false(scene_shows(&scene, " kswapd0"));
	/* What stood there can be changed, and Esc goes back to it. */
	scene_key(&scene, '\\');
	assert_true(scene_shows(&scene, "Enter shows all, Up brings back po"));
	assert_int_equal(scene.model.task_count, 1);
	scene_key(&scene, SCREEN_KEY_UP);
	scene_keys(&scene, "x");
	assert_true(scene_shows(&scene, "~regex: pox_"));
	assert_int_equal(scene.model.task_count, 0);
	scene_key(&scene, SCREEN_KEY_ESCAPE);
	assert_int_equal(scene.model.task_count, 1);
	/* An empty one takes the filter away. */
	scene_keys(&scene, "\\\n");
	assert_int_equal(scene.view.mode, MODE_PANES);
	assert_int_equal(scene.model.task_count, 13);
	scene_close(&scene);
}

static void a_line_is_edited_on_the_screen(void **state)
{
	struct scene scene;
	int column;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_keys(&scene, "\\pst");
	scene_key(&scene, SCREEN_KEY_LEFT);
	scene_key(&scene, SCREEN_KEY_LEFT);
	scene_keys(&scene, "o");
	assert_true(scene_shows(&scene, "~regex: post"));
	assert_int_equal(scene.model.task_count, 1);
	/* The character under the cursor is marked. */
	column = scene_column(&scene, 23, "post");
	assert_true(scene_cell(&scene, 23, column + 2)->style & CELL_SELECTED);
	assert_false(scene_cell(&scene, 23, column + 1)->style & CELL_SELECTED);
	scene_key(&scene, 'u' & 0x1f);
	assert_true(scene_shows(&scene, "~regex: st"));
	scene_key(&scene, 'k' & 0x1f);
	assert_int_equal(scene.model.task_count, 13);
	scene_key(&scene, 0x6f22);
	assert_true(scene_shows(&scene, "\xe6\xbc\xa2"));
	assert_int_equal(scene.model.task_count, 0);
	/* Too long a line shows the part around the cursor. */
	scene_key(&scene, SCREEN_KEY_BACKSPACE);
	scene_resize(&scene, 24, 44);
	scene_keys(&scene, "0123456789abcdefghijklmnopqrstuvwxyz");
	assert_true(strstr(scene_row(&scene, 23), "uvwxyz_") != NULL);
	assert_true(strstr(scene_row(&scene, 23), "regex: <") != NULL);
	assert_true(strstr(scene_row(&scene, 23), "01234") == NULL);
	scene_key(&scene, SCREEN_KEY_HOME);
	assert_true(strstr(scene_row(&scene, 23), "regex: 01234") != NULL);
	assert_true(strstr(scene_row(&scene, 23), ">") != NULL);
	scene_close(&scene);
}

static void wrong_regex_is_told_as_one_types(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_keys(&scene, "\\~^k(s");
	assert_true(scene_shows(&scene, "~^k(s_  "));
	assert_true(strlen(scene.view.prompt.why) > 0);
	assert_true(scene_shows(&scene, scene.view.prompt.why));
	/* The last one that was right still acts. */
	assert_true(scene_shows(&scene, "kswapd0"));
	assert_false(scene_shows(&scene, "postgres"));
	scene_keys(&scene, "|th)");
	assert_string_equal(scene.view.prompt.why, "");
	assert_int_equal(scene.model.task_count, 2);
	/* Enter keeps what was typed, to be changed. */
	scene_keys(&scene, "(\n");
	assert_int_equal(scene.view.mode, MODE_PROMPT);
	assert_true(scene_shows(&scene, scene.view.prompt.why));
	assert_true(scene_shows(&scene, "~^k(s|th)(_"));
	scene_key(&scene, SCREEN_KEY_BACKSPACE);
	scene_key(&scene, '\n');
	assert_int_equal(scene.view.mode, MODE_PANES);
	assert_int_equal(scene.model.task_count, 2);
	/* What stood before the prompt was opened comes back. */
	scene_keys(&scene, "\\~(");
	scene_key(&scene, SCREEN_KEY_ESCAPE);
	assert_int_equal(scene.model.task_count, 2);
	scene_close(&scene);
}

static void user_is_chosen_by_name_or_number(void **state)
{
	struct scene scene;
	size_t own;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_keys(&scene, "upostgres\n");
	own = scene.model.task_count;
	assert_true(own > 0 && own < 13);
	assert_true(scene_shows(&scene, "user postgres"));
	for (size_t i = 0; i < own; i++)
		assert_int_equal(scene.model.task[i].task->uid, scene.model.filter.uid);
	/* The name can be brought back; who has no process is nobody, and can be changed. */
	scene_key(&scene, 'u');
	assert_true(scene_shows(&scene, "Up brings back postgres"));
	scene_key(&scene, SCREEN_KEY_UP);
	scene_keys(&scene, "x\n");
	assert_int_equal(scene.view.mode, MODE_PROMPT);
	assert_true(scene_shows(&scene, "postgresx_"));
	assert_true(scene_shows(&scene, "no process of such a user"));
	assert_int_equal(scene.model.task_count, own);
	scene_key(&scene, 'u' & 0x1f);
	scene_keys(&scene, "0");
	assert_int_equal(scene.model.filter.uid, 0);
	scene_key(&scene, SCREEN_KEY_ESCAPE);
	assert_int_equal(scene.model.task_count, own);
	scene_keys(&scene, "u\n");
	assert_int_equal(scene.model.task_count, 13);
	scene_close(&scene);
}

/* Whatever hides all processes is named, with the key that shows them again. */
static void an_empty_table_names_what_hides_them(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_keys(&scene, "\\nobodyisthis\n");
	assert_true(scene_shows(&scene, "no process with 'nobodyisthis' in its name"));
	assert_true(scene_shows(&scene, "\\ Enter shows all"));
	scene_keys(&scene, "upostgres\n");
	assert_true(scene_shows(&scene, "no process of user postgres with 'nobodyisthis' in"));
	assert_true(scene_shows(&scene, "u Enter and \\ Enter show all"));
	scene_keys(&scene, "u\n\\~^zz$\n");
	assert_true(scene_shows(&scene, "no process whose name matches ~^zz$"));
	scene_keys(&scene, "\\\n");
	assert_false(scene_shows(&scene, "no process "));
	scene.model.filter.root_pid = 4711;
	model_rank(&scene.model);
	scene_keys(&scene, "K");
	assert_true(scene_shows(&scene, "no process 4711 or below it (-p) but kernel threads"));
	assert_true(scene_shows(&scene, "K shows those"));
	scene_close(&scene);
}

static void kernel_threads_come_and_go(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_keys(&scene, "zK");
	assert_true(scene_shows(&scene, "no kernel threads"));
	assert_false(scene_shows(&scene, "kswapd0"));
	assert_true(scene_shows(&scene, "postgres"));
	scene_key(&scene, 'K');
	assert_true(scene_shows(&scene, "kswapd0"));
	scene_close(&scene);
}

static void tree_folds_and_sums(void **state)
{
	struct scene scene;
	int row;

	(void)state;
	scene_open(&scene, "web3", 30, 100);
	scene_key(&scene, 't');
	assert_true(scene_shows(&scene, "TOP CPU  tree"));
	row = scene_find(&scene, 3, "\u25be kthreadd");
	assert_true(row > 0);
	assert_true(scene_shows(&scene, "    kswapd0"));
	scene_keys(&scene, "/kthreadd\n-");
	assert_true(scene_shows(&scene, "\u25b8 kthreadd +"));
	assert_false(scene_shows(&scene, "kswapd0"));
	/* Its row has the CPU time of kswapd0, 12.2, and of those beside it. */
	row = scene_find(&scene, 3, "kthreadd +");
	assert_true(strstr(scene_row(&scene, row), " 12.") != NULL);
	scene_key(&scene, '+');
	assert_true(scene_shows(&scene, "kswapd0"));
	/* On a child the key folds the branch that it is of, and selects it. */
	scene_keys(&scene, "/kswapd0\n");
	scene_key(&scene, SCREEN_KEY_LEFT);
	assert_int_equal(scene.view.selected_pid, 2);
	assert_false(scene_shows(&scene, "kswapd0"));
	scene_keys(&scene, "t");
	assert_true(scene_shows(&scene, "kswapd0"));
	scene_key(&scene, '-');
	assert_true(scene_shows(&scene, "t shows it"));
	scene_close(&scene);
}

static void tree_is_drawn_in_ascii(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 30, 100);
	scene.canvas.ascii = true;
	scene_key(&scene, 't');
	assert_true(scene_shows(&scene, " - kthreadd"));
	scene_keys(&scene, "/kthreadd\n-");
	assert_true(scene_shows(&scene, " + kthreadd +"));
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(search_selects_as_one_types),
		cmocka_unit_test(search_goes_on_and_round),
		cmocka_unit_test(search_prefers_what_lives),
		cmocka_unit_test(escape_takes_a_search_back),
		cmocka_unit_test(filter_acts_as_one_types),
		cmocka_unit_test(a_line_is_edited_on_the_screen),
		cmocka_unit_test(wrong_regex_is_told_as_one_types),
		cmocka_unit_test(user_is_chosen_by_name_or_number),
		cmocka_unit_test(an_empty_table_names_what_hides_them),
		cmocka_unit_test(kernel_threads_come_and_go),
		cmocka_unit_test(tree_folds_and_sums),
		cmocka_unit_test(tree_is_drawn_in_ascii),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
