/* Choosing the columns of a zoomed table. */
#include <stdio.h>
#include <string.h>

#include "ui/scene.h"
#include "ui/screen.h"

#define HEADING 3

static void go_to(struct scene *scene, enum task_column_id id)
{
	for (int i = 0; i < COLUMN_COUNT; i++) {
		if (scene->view.column_list.id[scene->view.choice] == id)
			return;
		scene_key(scene, SCREEN_KEY_DOWN);
	}
	fail();
}

static void columns_are_shown_and_hidden(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 40, 120);
	scene_key(&scene, 'C');
	assert_int_equal(scene.view.zoom, PANE_TOP);
	assert_true(scene_shows(&scene, "COLUMNS"));
	assert_true(strstr(scene_row(&scene, HEADING), "USER") != NULL);
	assert_null(strstr(scene_row(&scene, HEADING), "PPID"));
	go_to(&scene, COL_USER);
	scene_key(&scene, ' ');
	assert_null(strstr(scene_row(&scene, HEADING), "USER"));
	go_to(&scene, COL_PPID);
	scene_key(&scene, ' ');
	assert_true(strstr(scene_row(&scene, HEADING), "PPID") != NULL);
	go_to(&scene, COL_PID);
	scene_key(&scene, ' ');
	assert_true(scene_shows(&scene, "the process id is always there"));
	assert_true(strstr(scene_row(&scene, HEADING), "  PID ") != NULL);
	scene_key(&scene, SCREEN_KEY_ESCAPE);
	assert_false(scene_shows(&scene, "COLUMNS"));
	assert_true(strstr(scene_row(&scene, HEADING), "PPID") != NULL);
	/* Other tables keep theirs, and so does the table where it is not zoomed. */
	scene_key(&scene, 'M');
	assert_true(strstr(scene_row(&scene, HEADING), "USER") != NULL);
	assert_null(strstr(scene_row(&scene, HEADING), "PPID"));
	scene_key(&scene, 'P');
	assert_true(strstr(scene_row(&scene, HEADING), "PPID") != NULL);
	scene_key(&scene, SCREEN_KEY_ESCAPE);
	assert_false(scene_shows(&scene, "PPID"));
	/* The width decides again. */
	scene_keys(&scene, "Ca");
	assert_int_equal(scene.view.columns[TOP_CPU].count, 0);
	assert_true(strstr(scene_row(&scene, HEADING), "USER") != NULL);
	scene_close(&scene);
}

static void columns_are_put_in_order(void **state)
{
	int user, state_at;
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 40, 120);
	scene_key(&scene, 'C');
	go_to(&scene, COL_STATE);
	scene_key(&scene, SCREEN_KEY_LEFT);
	scene_key(&scene, '<');
	/* S stands before PID now; < > move along the columns as they stand. */
	assert_int_equal(scene.view.column_list.id[0], COL_STATE);
	state_at = scene_column(&scene, HEADING, "S ");
	user = scene_column(&scene, HEADING, "PID");
	assert_true(state_at >= 0 && state_at < user);
	assert_false(scene_key(&scene, '<'));
	scene_key(&scene, '>');
	assert_int_equal(scene.view.column_list.id[1], COL_STATE);
	scene_key(&scene, '\n');
	assert_int_equal(scene.view.mode, MODE_PANES);
	scene_close(&scene);
}

static void numbers_are_whole_however_many_columns(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 40, 240);
	scene_key(&scene, 'C');
	for (int i = 0; i < COLUMNS_TO_CHOOSE; i++)
		if (!scene.view.column_list.on[i]) {
			scene.view.choice = i;
			scene_key(&scene, ' ');
		}
	scene_key(&scene, '\n');
	for (int id = 0; id < COLUMN_COUNT; id++)
		assert_true(scene_shows(&scene, task_columns[id].heading));
	for (int columns = 30; columns <= 200; columns++) {
		struct table table;
		int used = 0;

		table_choose(&table, &scene.model, TOP_CPU, columns - 3, true,
			     &scene.view.columns[TOP_CPU]);
		for (int i = 0; i < table.count - 1; i++)
			used += table.column[i].width + 1;
		assert_true(columns - 3 - used >= 11);
		scene_resize(&scene, 12, columns);
		assert_true(scene_shows(&scene, "PID"));
		assert_true(scene_shows(&scene, "CPU%"));
	}
	scene_close(&scene);
}

/* As without a choice: the sign of a new process does not touch the number before it. */
static void names_keep_their_gap_in_few_columns(void **state)
{
	static const uint8_t ids[] = { COL_PID,	  COL_USER,  COL_CPU,	COL_RSS, COL_READ,
				       COL_WRITE, COL_MINOR, COL_MAJOR, COL_DISK };
	struct column_choice choice = { .count = sizeof(ids) };
	struct scene scene;
	struct table table;

	(void)state;
	memcpy(choice.id, ids, sizeof(ids));
	scene_open(&scene, "web3", 24, 80);
	table_choose(&table, &scene.model, TOP_CPU, 77, true, &choice);
	assert_int_equal(table.count, sizeof(ids) + 1);
	assert_int_equal(table.indent, 1);
	scene_close(&scene);
}

static void list_says_how_much_of_it_shows(void **state)
{
	struct scene scene;
	char note[32];

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_key(&scene, 'C');
	snprintf(note, sizeof(note), " 1-18 of %d ", COLUMNS_TO_CHOOSE);
	assert_true(scene_shows(&scene, note));
	/* No sliver of the table beside it. */
	assert_int_equal(scene_cell(&scene, 2, 0)->style, scene_cell(&scene, 2, 1)->style);
	assert_true(strstr(scene_row(&scene, 2), "COLUMNS") - scene_row(&scene, 2) < 10);
	scene_key(&scene, SCREEN_KEY_UP);
	snprintf(note, sizeof(note), "-%d of %d ", COLUMNS_TO_CHOOSE, COLUMNS_TO_CHOOSE);
	assert_true(scene_shows(&scene, note));
	scene_resize(&scene, 60, 80);
	scene_draw(&scene);
	assert_false(scene_shows(&scene, note));
	scene_close(&scene);
}

static void list_fits_every_size(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_key(&scene, 'C');
	scene_key(&scene, SCREEN_KEY_UP);
	for (int rows = 1; rows <= 40; rows++)
		for (int columns = 1; columns <= 120; columns += 7)
			scene_resize(&scene, rows, columns);
	/* The last one is in sight. */
	scene_resize(&scene, 12, 80);
	assert_true(scene_shows(&scene, "[ ] "));
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_shown_and_hidden),
		cmocka_unit_test(columns_are_put_in_order),
		cmocka_unit_test(numbers_are_whole_however_many_columns),
		cmocka_unit_test(names_keep_their_gap_in_few_columns),
		cmocka_unit_test(list_says_how_much_of_it_shows),
		cmocka_unit_test(list_fits_every_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
