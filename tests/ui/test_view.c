/*
 * What keys do to the view, seen on the screen.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ui/canvas_text.h"
#include "ui/scene.h"
#include "ui/screen.h"

static const char *const top_titles[TOP_KINDS] = { "TOP [cpu] mem io faults waits",
						   "TOP cpu [mem] io faults waits",
						   "TOP cpu mem [io] faults waits",
						   "TOP cpu mem io [faults] waits",
						   "TOP cpu mem io faults [waits]" };

static void tab_goes_round(void **state)
{
	static const enum pane_id order[] = { PANE_CPU, PANE_MEMORY, PANE_PRESSURE, PANE_FAULTS,
					      PANE_TOP };
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	assert_int_equal(scene.view.focus, PANE_TOP);
	for (size_t i = 0; i < 5; i++) {
		assert_true(scene_key(&scene, '\t'));
		assert_int_equal(scene.view.focus, order[i]);
	}
	for (size_t i = 0; i < 4; i++) {
		assert_true(scene_key(&scene, SCREEN_KEY_BACKTAB));
		assert_int_equal(scene.view.focus, order[3 - i]);
	}
	/* The frame tells: the corner of CPU. */
	assert_int_equal(scene_cell(&scene, 2, 0)->style, STYLE_FOCUS);
	assert_int_equal(scene_cell(&scene, 13, 0)->style, STYLE_BORDER);
	scene_close(&scene);
}

static void wide_tab_visits_every_table(void **state)
{
	bool visited[PANE_COUNT] = { false };
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	for (int i = 0; i < PANE_COUNT; i++) {
		scene_key(&scene, '\t');
		visited[scene.view.focus] = true;
	}
	for (int id = 0; id < PANE_COUNT; id++)
		assert_true(visited[id]);
	scene_close(&scene);
}

static void letters_pick_the_table(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	for (int kind = 0; kind < TOP_KINDS; kind++) {
		scene_key(&scene, '\t');
		scene_key(&scene, top_tables[kind].key);
		assert_true(scene_shows(&scene, top_titles[kind]));
		assert_int_equal(scene.view.focus, PANE_TOP + kind);
	}
	scene_close(&scene);
}

/* The names in the table from a row on, at a column. */
static void expect_names(struct scene *scene, int row, const char *const *names, int count)
{
	for (int i = 0; i < count; i++)
		if (!strstr(scene_row(scene, row + i), names[i])) {
			print_error("%s\n", scene_row(scene, row + i));
			fail_msg("row %d does not name %s", row + i, names[i]);
		}
}

static void sort_moves_along_the_columns(void **state)
{
	static const char *const by_rss[] = { "python3", "postgres", "firefox" };
	static const char *const by_state[] = { "python3", "jbd2/nvme0n1" };
	static const char *const no_memory[] = { "kswapd0", "kthreadd", "jbd2/nvme0n1" };
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	assert_true(strstr(scene_row(&scene, 14), "CPU%\u25be") != NULL);
	scene_key(&scene, '>');
	assert_true(strstr(scene_row(&scene, 14), "RSS\u25be") != NULL);
	assert_null(strstr(scene_row(&scene, 14), "CPU%\u25be"));
	expect_names(&scene, 15, by_rss, 3);
	scene_key(&scene, 'r');
	assert_true(strstr(scene_row(&scene, 14), "RSS\u25b4") != NULL);
	expect_names(&scene, 15, no_memory, 3);
	/* A new column begins in its own direction. */
	scene_keys(&scene, "<<");
	assert_true(strstr(scene_row(&scene, 14), "S\u25be") != NULL);
	expect_names(&scene, 15, by_state, 1);
	/* The letter of the table resets its order. */
	scene_key(&scene, 'P');
	assert_true(strstr(scene_row(&scene, 14), "CPU%\u25be") != NULL);
	scene_keys(&scene, "<<<<<<");
	assert_int_equal(scene.model.top_order[TOP_CPU].sort, COL_PID);
	scene_keys(&scene, ">>>>>>>>>>>>>>");
	assert_int_equal(scene.model.top_order[TOP_CPU].sort, COL_COMMAND);
	assert_int_equal(scene.model.top_order[TOP_MEMORY].sort, COL_RSS);
	scene_close(&scene);
}

static void sort_acts_on_the_table_in_focus(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	scene_keys(&scene, "Fr");
	assert_true(scene.model.top_order[TOP_FAULTS].reverse);
	assert_false(scene.model.top_order[TOP_CPU].reverse);
	scene_close(&scene);
}

static void selection_stays_on_its_process(void **state)
{
	struct scene scene;
	int row;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	assert_null(strchr(canvas_row_styles(&scene.canvas, 15), '*'));
	scene_key(&scene, SCREEN_KEY_DOWN);
	assert_int_equal(scene.view.selected_pid, 1234);
	assert_true(strchr(canvas_row_styles(&scene.canvas, 15), '*') != NULL);
	scene_key(&scene, SCREEN_KEY_DOWN);
	assert_int_equal(scene.view.selected_pid, 88);
	/* Another order: kswapd0 has no memory, and it is still the one that is selected. */
	scene_keys(&scene, ">r");
	assert_int_equal(scene.view.selected_pid, 88);
	row = scene_find(&scene, 15, "kswapd0");
	assert_true(row > 0);
	assert_true(strchr(canvas_row_styles(&scene.canvas, row), '*') != NULL);
	/* Another process with this pid is not it. */
	scene.view.selected_start_ns++;
	scene_draw(&scene);
	assert_null(strchr(canvas_row_styles(&scene.canvas, row), '*'));
	scene_key(&scene, SCREEN_KEY_ESCAPE);
	assert_int_equal(scene.view.selected_pid, 0);
	scene_close(&scene);
}

static void selection_stops_at_the_ends(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	for (int i = 0; i < 30; i++)
		scene_key(&scene, SCREEN_KEY_DOWN);
	assert_true(strchr(canvas_row_styles(&scene.canvas, 21), '*') != NULL);
	for (int i = 0; i < 30; i++)
		scene_key(&scene, SCREEN_KEY_UP);
	assert_int_equal(scene.view.selected_pid, 1234);
	scene_key(&scene, SCREEN_KEY_END);
	assert_true(strchr(canvas_row_styles(&scene.canvas, 21), '*') != NULL);
	scene_key(&scene, SCREEN_KEY_HOME);
	assert_int_equal(scene.view.selected_pid, 1234);
	scene_close(&scene);
}

static void zoomed_table_scrolls_through_all(void **state)
{
	struct scene scene;
	size_t seen = 0;

	(void)state;
	scene_open(&scene, "web3", 12, 80);
	scene_key(&scene, SCREEN_KEY_ENTER);
	assert_int_equal(scene.view.zoom, PANE_TOP);
	assert_true(scene_shows(&scene, " 1-6 of 13 "));
	assert_true(scene_shows(&scene, "python3"));
	scene_key(&scene, SCREEN_KEY_PAGE_DOWN);
	assert_true(scene_shows(&scene, " 7-12 of 13 "));
	assert_false(scene_shows(&scene, "python3 "));
	scene_key(&scene, SCREEN_KEY_END);
	assert_true(scene_shows(&scene, " 8-13 of 13 "));
	scene_key(&scene, SCREEN_KEY_PAGE_UP);
	assert_true(scene_shows(&scene, " 2-7 of 13 "));
	scene_key(&scene, SCREEN_KEY_HOME);
	/* The selection takes the view along. */
	for (size_t i = 0; i < 13; i++) {
		scene_key(&scene, SCREEN_KEY_DOWN);
		for (int row = 4; row < 10; row++)
			seen += strchr(canvas_row_styles(&scene.canvas, row), '*') != NULL;
	}
	assert_int_equal(seen, 13);
	assert_true(scene_shows(&scene, " 8-13 of 13 "));
	scene_key(&scene, SCREEN_KEY_ESCAPE);
	assert_int_equal(scene.view.zoom, PANE_NONE);
	scene_close(&scene);
}

/* Another order begins at its top; new numbers move no line, whatever they do to the selection. */
static void the_order_starts_at_its_top(void **state)
{
	static const char *const keys[] = { ">", "<", "r", "P" };
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 12, 80);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		scene_key(&scene, 'z');
		scene_key(&scene, SCREEN_KEY_DOWN);
		scene_key(&scene, SCREEN_KEY_PAGE_DOWN);
		scene_key(&scene, SCREEN_KEY_PAGE_DOWN);
		assert_false(scene_shows(&scene, " 1-6 of 13 "));
		scene_keys(&scene, keys[i]);
		assert_true(scene_shows(&scene, " 1-6 of 13 "));
		scene_key(&scene, SCREEN_KEY_ESCAPE);
		scene_key(&scene, SCREEN_KEY_ESCAPE);
	}
	scene_keys(&scene, "Pz");
	scene_key(&scene, SCREEN_KEY_DOWN);
	scene_key(&scene, SCREEN_KEY_END);
	assert_true(scene_shows(&scene, " 8-13 of 13 "));
	/* Now the last is the first of the order. */
	for (size_t i = 0; i < scene.model.task_count; i++)
		if (scene.model.task[i].task->pid == scene.view.selected_pid)
			scene.model.task[i].cpu_pct = 99;
	model_rank(&scene.model);
	scene_draw(&scene);
	assert_true(scene_shows(&scene, " 8-13 of 13 "));
	scene_key(&scene, SCREEN_KEY_DOWN);
	assert_true(scene_shows(&scene, " 2-7 of 13 "));
	scene_close(&scene);
}

static void zoom_and_back(void **state)
{
	static const char *const marks[PANE_COUNT] = {
		"hi  0.0",    "Committed_AS", "in all",	    "pgsteal_kswapd", "TOP CPU",
		"TOP MEMORY", "TOP I/O",      "TOP FAULTS", "TOP WAITS"
	};
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 60, 160);
	for (int id = 0; id < PANE_COUNT; id++) {
		scene.view.focus = (enum pane_id)id;
		scene_key(&scene, 'z');
		assert_true(scene_shows(&scene, marks[id]));
		assert_int_equal(scene_find(&scene, 3, "\u256d"), -1);
		scene_key(&scene, id % 2 ? 'z' : SCREEN_KEY_ESCAPE);
		assert_true(scene_find(&scene, 3, "\u256d") > 0);
	}
	/* Tab goes on to the next one. */
	scene_keys(&scene, "Pz\t");
	assert_int_equal(scene.view.zoom, PANE_TOP + TOP_MEMORY);
	scene_key(&scene, 'W');
	assert_int_equal(scene.view.zoom, PANE_TOP + TOP_WAITS);
	scene_close(&scene);
}

static void help_covers_and_closes(void **state)
{
	static const int closing[] = { '?', SCREEN_KEY_ESCAPE, SCREEN_KEY_F1 };
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	for (size_t i = 0; i < 3; i++) {
		scene_key(&scene, '?');
		assert_true(scene_shows(&scene, "HELP"));
		assert_false(scene_shows(&scene, "MEMORY \u2500"));
		assert_false(scene_shows(&scene, "python3  "));
		/* Nothing else acts behind it. */
		assert_false(scene_key(&scene, 'P'));
		scene_key(&scene, closing[i]);
		assert_false(scene_shows(&scene, "HELP"));
	}
	scene_resize(&scene, 190, 108);
	scene_key(&scene, '?');
	for (int id = 0; id < COLUMN_COUNT; id++)
		assert_true(scene_shows(&scene, task_columns[id].help));
	assert_true(scene_shows(&scene, " refault      pages of files that were taken back"));
	assert_true(scene_shows(&scene, "workingset_refault_file)"));
	assert_true(scene_shows(&scene, "stalltop --list-metrics lists every number"));
	assert_true(scene_shows(&scene, "held for 60 s"));
	assert_true(scene_shows(&scene, "Their source is proc: /proc/PID is read for each "
					"process at every sample, because"));
	for (size_t i = 0; i < alert_rule_count; i++)
		assert_true(scene_shows(&scene, metrics[alert_rules[i].metric].name));
	assert_true(scene_shows(&scene, "! from 50/s     !! from 500/s"));
	scene_key(&scene, 'q');
	assert_true(scene.view.quit);
	scene_close(&scene);
}

static void type(struct scene *scene, const char *text)
{
	scene_key(scene, 'd');
	scene_keys(scene, text);
}

static void delay_is_typed(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	type(&scene, "0.5");
	assert_string_equal(scene_row(&scene, 23), " delay in seconds [1.0]: 0.5_");
	scene_key(&scene, SCREEN_KEY_BACKSPACE);
	assert_string_equal(scene_row(&scene, 23), " delay in seconds [1.0]: 0._");
	scene_keys(&scene, "25\n");
	assert_true(fabs(scene.view.delay_s - 0.25) < 1e-9);
	assert_true(strstr(scene_row(&scene, 0), "0.25s") != NULL);
	assert_true(scene_shows(&scene, "q quit"));
	type(&scene, "0,05\n");
	assert_true(fabs(scene.view.delay_s - 0.05) < 1e-9);
	type(&scene, "3600\n");
	assert_true(fabs(scene.view.delay_s - 3600) < 1e-9);
	scene_close(&scene);
}

static void bad_delays_are_refused(void **state)
{
	static const char *const bad[] = { "0\n",     "0.04\n", "3600.1\n",
					   "1.2.3\n", ".\n",	"99999999999999999\n" };
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		type(&scene, bad[i]);
		assert_true(scene.view.delay_s == 1);
		assert_true(scene_shows(&scene, "a delay is from 0.05 to 3600 seconds"));
		/* It can be changed, and then nothing is said against it. */
		assert_int_equal(scene.view.mode, MODE_PROMPT);
		assert_true(scene_key(&scene, SCREEN_KEY_BACKSPACE));
		assert_false(scene_shows(&scene, "a delay is"));
		scene_key(&scene, SCREEN_KEY_ESCAPE);
		assert_int_equal(scene.view.mode, MODE_PANES);
	}
	type(&scene, "7");
	scene_key(&scene, SCREEN_KEY_ESCAPE);
	assert_true(scene.view.delay_s == 1);
	type(&scene, "\n");
	assert_true(scene.view.delay_s == 1);
	assert_false(scene_shows(&scene, "a delay is"));
	type(&scene, "5q");
	assert_true(scene.view.quit);
	scene_close(&scene);
}

static void flags_are_set(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_key(&scene, ' ');
	assert_true(scene.view.paused);
	assert_true(strstr(scene_row(&scene, 0), " PAUSED ") != NULL);
	scene_key(&scene, ' ');
	assert_false(scene.view.paused);
	assert_null(strstr(scene_row(&scene, 0), "PAUSED"));
	scene_key(&scene, 'l' & 0x1f);
	assert_true(scene.view.redraw);
	scene_key(&scene, 'q');
	assert_true(scene.view.quit);
	scene_close(&scene);
}

static void sort_option_picks_the_table(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	view_sort(&scene.view, &scene.model, COL_RSS);
	assert_int_equal(scene.view.tab, TOP_MEMORY);
	assert_int_equal(scene.view.focus, PANE_TOP + TOP_MEMORY);
	view_sort(&scene.view, &scene.model, COL_USER);
	for (int kind = 0; kind < TOP_KINDS; kind++)
		assert_int_equal(scene.model.top_order[kind].sort, COL_USER);
	view_sort(&scene.view, &scene.model, COL_PPID);
	assert_int_equal(scene.model.top_order[TOP_MEMORY].sort, COL_PPID);
	assert_int_equal(scene.model.top_order[TOP_CPU].sort, COL_USER);
	scene_draw(&scene);
	assert_true(scene_shows(&scene, "PPID\u25be"));
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tab_goes_round),
		cmocka_unit_test(wide_tab_visits_every_table),
		cmocka_unit_test(letters_pick_the_table),
		cmocka_unit_test(sort_moves_along_the_columns),
		cmocka_unit_test(sort_acts_on_the_table_in_focus),
		cmocka_unit_test(selection_stays_on_its_process),
		cmocka_unit_test(selection_stops_at_the_ends),
		cmocka_unit_test(zoomed_table_scrolls_through_all),
		cmocka_unit_test(the_order_starts_at_its_top),
		cmocka_unit_test(zoom_and_back),
		cmocka_unit_test(help_covers_and_closes),
		cmocka_unit_test(delay_is_typed),
		cmocka_unit_test(bad_delays_are_refused),
		cmocka_unit_test(flags_are_set),
		cmocka_unit_test(sort_option_picks_the_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
