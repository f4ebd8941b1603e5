/*
 * Tables of processes: which columns fit, and rows that stay in line whatever a process is called.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/value.h"
#include "ui/cell_text.h"
#include "ui/scene.h"
#include "ui/table.h"

static int used_columns(const struct table *table)
{
	int used = 0;

	for (int i = 0; i < table->count - 1; i++)
		used += table->column[i].width + 1;
	return used;
}

static int place_of(const struct table *table, int id)
{
	for (int i = 0; i < table->count; i++)
		if (table->column[i].id == id)
			return i;
	return -1;
}

static void check_table(const struct scene *scene, enum top_kind kind, int width, bool all)
{
	enum task_column_id sort = scene->model.top_order[kind].sort;
	struct table table;
	bool good;

	table_choose(&table, &scene->model, kind, width, all, NULL);
	good = table.column[table.count - 1].id == COL_COMMAND;
	good &= sort == COL_PID || table.column[0].id == COL_PID;
	good &= place_of(&table, (int)sort) >= 0;
	/* A name of eleven columns, unless only what must be there is. */
	good &= table.count <= 3 || width - used_columns(&table) >= 11;
	for (int i = 0; i < table.count; i++) {
		good &= place_of(&table, table.column[i].id) == i;
		good &= i == table.count - 1 ||
			strlen(table.column[i].heading) <= table.column[i].width;
	}
	if (!good)
		fail_msg("%s table of %d columns, all %d", top_tables[kind].name, width, all);
}

static void columns_fit_every_width(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	for (int kind = 0; kind < TOP_KINDS; kind++)
		for (int sort = 0; sort < COLUMN_COUNT; sort++) {
			scene.model.top_order[kind].sort = (enum task_column_id)sort;
			for (int width = 21; width <= 250; width++) {
				check_table(&scene, (enum top_kind)kind, width, false);
				check_table(&scene, (enum top_kind)kind, width, true);
			}
		}
	scene_close(&scene);
}

static void wider_is_never_less(void **state)
{
	struct scene scene;
	int count = 0;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	for (int width = 120; width <= 250; width++) {
		struct table table;

		table_choose(&table, &scene.model, TOP_CPU, width, true, NULL);
		assert_true(table.count >= count);
		count = table.count;
	}
	/*
	 * All there is but the sums that are there in parts, and the D age and the two kinds of
	 * switches, which no file that is read tells.
	 */
	assert_true(count >= COLUMN_COUNT - 5);
	scene_close(&scene);
}

/* Where one table stands for all, each kind begins with its own columns. */
static void tabs_show_their_own_columns(void **state)
{
	static const int own[][3] = { { COL_CPU, COL_MAJOR, COL_DISK },
				      { COL_RSS, COL_ANON, COL_GROWTH },
				      { COL_READ, COL_WRITE, COL_IO },
				      { COL_MINOR, COL_MAJOR, COL_RSS },
				      { COL_RUNQ, COL_DISK, COL_WAIT } };
	struct scene scene;
	struct table table;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	for (int kind = 0; kind < TOP_KINDS; kind++)
		for (int width = 77; width <= 120; width++) {
			table_choose(&table, &scene.model, (enum top_kind)kind, width, true, NULL);
			for (int i = 0; i < 3; i++)
				assert_true(place_of(&table, own[kind][i]) > 0);
			/* What room there is for more is used. */
			assert_true(width - used_columns(&table) <= 28);
		}
	scene_close(&scene);
}

/* Another sort column moves only its mark. */
static void sorting_moves_no_column(void **state)
{
	struct table before, after;
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	for (int kind = 0; kind < TOP_KINDS; kind++)
		for (int width = 60; width <= 160; width++)
			for (int all = 0; all < 2; all++) {
				struct task_order *order = &scene.model.top_order[kind];

				order->sort = top_tables[kind].sort;
				table_choose(&before, &scene.model, (enum top_kind)kind, width, all,
					     NULL);
				for (int i = 0; i < before.count; i++) {
					if (before.column[i].id == TABLE_SHARE)
						continue;
					order->sort = before.column[i].id;
					table_choose(&after, &scene.model, (enum top_kind)kind,
						     width, all, NULL);
					/* A sum that only the order brings may go. */
					for (int k = 0; k < after.count && k <= i; k++)
						if (after.column[k].id == before.column[k].id)
							assert_int_equal(after.column[k].width,
									 before.column[k].width);
				}
			}
	scene_close(&scene);
	scene_open(&scene, "web3", 24, 80);
	for (int i = 0; i < 4; i++) {
		scene_key(&scene, '>');
		assert_int_equal(scene_column(&scene, 14, "COMMAND"), 63);
	}
	/* RSS, RD/s, WR/s, MIN/s: as wide as its heading, and the mark has the gap. */
	assert_true(scene_shows(&scene, "MIN/s\u25beMAJ/s DISK%  COMMAND"));
	scene_close(&scene);
}

static void neighbours_walk_the_whole_row(void **state)
{
	enum task_column_id at = COL_COMMAND;
	struct scene scene;
	struct table table;
	int steps = 0;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	table_choose(&table, &scene.model, TOP_FAULTS, 78, false, NULL);
	assert_true(place_of(&table, TABLE_SHARE) > 0);
	while (table_neighbour(&table, at, -1) != at) {
		at = table_neighbour(&table, at, -1);
		assert_int_not_equal(at, TABLE_SHARE);
		steps++;
	}
	assert_int_equal(at, COL_PID);
	/* The bar is not a column to sort by. */
	assert_int_equal(steps, table.count - 2);
	assert_int_equal(table_neighbour(&table, COL_COMMAND, 1), COL_COMMAND);
	scene_close(&scene);
}

/* What the source does not know takes no column; where a wait is unknown the other one stands. */
static void unknown_columns_are_left_out(void **state)
{
	struct scene scene;
	struct table table;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	table_choose(&table, &scene.model, TOP_CPU, 77, true, NULL);
	assert_true(place_of(&table, COL_DISK) > 0);
	for (size_t i = 0; i < scene.sample[1].tasks.count; i++)
		scene.sample[1].tasks.task[i].disk_wait_ns = ABSENT;
	table_choose(&table, &scene.model, TOP_CPU, 77, true, NULL);
	assert_int_equal(place_of(&table, COL_DISK), -1);
	assert_true(place_of(&table, COL_RUNQ) > 0);
	table_choose(&table, &scene.model, TOP_WAITS, 77, false, NULL);
	assert_int_equal(place_of(&table, COL_DISK), -1);
	/* The sorted one is there all the same. */
	scene.model.top_order[TOP_WAITS].sort = COL_DISK;
	table_choose(&table, &scene.model, TOP_WAITS, 77, false, NULL);
	assert_true(place_of(&table, COL_DISK) > 0);
	scene_close(&scene);
}

static struct task *task_of(struct scene *scene, uint32_t pid)
{
	for (size_t i = 0; i < scene->sample[1].tasks.count; i++)
		if (scene->sample[1].tasks.task[i].pid == pid)
			return &scene->sample[1].tasks.task[i];
	fail_msg("no process %u", pid);
	return NULL;
}

/* Wide characters, cut in the middle or not, and what cleaning leaves of worse ones. */
static void names_keep_the_frame(void **state)
{
	static const char *const names[] = {
		"\u65e5\u672c\u8a9e\u306e\u540d\u524d\u306e\u30d7\u30ed\u30bb\u30b9",
		"a\u65e5\u672c\u8a9e\u306e\u540d\u524d\u306e\u30d7\u30ed\u30bb\u30b9",
		"\ufffd[31m\ufffd",
		"e\u0301t\u00e9",
		"x)y (z",
		"",
		"kworker/u4:2+flush-259:0-and-more",
	};
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		for (int columns = 78; columns <= 84; columns++) {
			struct task *task = task_of(&scene, 1234);
			int row;

			snprintf(task->comm, sizeof(task->comm), "%s", names[i]);
			scene_resize(&scene, 24, columns);
			row = scene_find(&scene, 10, " 1234 app ");
			assert_true(row > 0);
			assert_int_equal(scene_cell(&scene, row, columns - 1)->ch, 0x2502);
			assert_int_equal(scene_cell(&scene, row + 1, columns - 1)->ch, 0x2502);
			assert_int_not_equal(scene_cell(&scene, row, columns - 2)->ch, 0x2502);
		}
	scene_resize(&scene, 24, 80);
	snprintf(task_of(&scene, 1234)->comm, TASK_COMM_MAX, "%s", names[0]);
	scene_draw(&scene);
	assert_true(scene_shows(&scene, "\u65e5\u672c\u8a9e\u306e\u540d\u524d\u306e  \u2502") ||
		    scene_shows(&scene, "\u65e5\u672c\u8a9e\u306e\u540d\u524d\u306e\u30d7\u2502"));
	scene.canvas.ascii = true;
	scene_draw(&scene);
	assert_true(scene_shows(&scene, "???????"));
	scene_close(&scene);
}

static struct task_view *view_of(struct scene *scene, uint32_t pid)
{
	for (size_t i = 0; i < scene->model.task_count; i++)
		if (scene->model.task[i].task->pid == pid)
			return &scene->model.task[i];
	fail_msg("no process %u", pid);
	return NULL;
}

/* Figures of any size end where their headings end. */
static void numbers_are_never_cut(void **state)
{
	static const float sizes[] = { 0,	 0.04f, 9.99f, 99.96f, 999.9f,
				       12345.0f, 1e6f,	1e9f,  1e12f,  NAN };
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct task_view *view = view_of(&scene, 1234);
		const char *row;
		int at;

		view->minor_per_s = view->major_per_s = sizes[i];
		view->read_bytes_per_s = view->write_bytes_per_s = sizes[i];
		view->disk_wait_pct = sizes[i];
		scene_draw(&scene);
		at = scene_find(&scene, 15, " 1234 app ");
		row = scene_row(&scene, at);
		/* The last figure, then a blank or a mark, then the name. */
		assert_true(strstr(row, " python3") != NULL || strstr(row, "!python3") != NULL);
		assert_int_equal(scene_cell(&scene, at, 63)->ch, 'p');
		/* Between figures there is a blank or a mark. */
		for (int gap = 25; gap <= 61; gap += 6) {
			uint32_t ch = scene_cell(&scene, at, gap)->ch;

			assert_true(ch == ' ' || ch == '!');
		}
	}
	scene_close(&scene);
}

/* A short wait in D is told apart from none; other durations have no tenths. */
static void short_waits_have_tenths(void **state)
{
	static const struct {
		enum task_column_id id;
		double seconds;
		const char *text;
	} cases[] = {
		{ COL_BLOCKED, 0.42, "0.4s" },	     { COL_BLOCKED, 59.9, "59.9s" },
		{ COL_BLOCKED, 59.99, "00:00:59" },  { COL_BLOCKED, 3661, "01:01:01" },
		{ COL_BLOCKED, 400 * 3600, "400h" }, { COL_TIME, 0.42, "00:00:00" },
		{ COL_BLOCKED, (double)NAN, "-" },
	};
	char text[32];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(cell_text(text, sizeof(text), cases[i].id, 8, cases[i].seconds,
					      UNITS_BINARY, false),
				    cases[i].text);
}

static void states_are_coloured(void **state)
{
	struct scene scene;
	int row;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	row = scene_find(&scene, 15, " 1234 app ");
	assert_int_equal(scene_cell(&scene, row, 18)->ch, 'D');
	assert_int_equal(scene_cell(&scene, row, 18)->style, STYLE_WARN);
	/* The culprit of a warning: 81 major faults a second, with a mark. */
	assert_int_equal(scene_cell(&scene, row, 54)->ch, '1');
	assert_int_equal(scene_cell(&scene, row, 54)->style, STYLE_WARN);
	assert_int_equal(scene_cell(&scene, row, 55)->ch, '!');
	/* A thread of the kernel, and a process that is new. */
	row = scene_find(&scene, 15, "kswapd0");
	assert_int_equal(scene_cell(&scene, row, 63)->style, STYLE_DIM);
	row = scene_find(&scene, 15, "cc1");
	assert_int_equal(scene_cell(&scene, row, 62)->ch, '+');
	task_of(&scene, 4410)->flags |= TASK_EXITED;
	scene_draw(&scene);
	assert_true(scene_shows(&scene, "+cc1 (exited)"));
	/* Not a part of the word, where the name leaves too little room. */
	snprintf(task_of(&scene, 4410)->comm, TASK_COMM_MAX, "tmux: client");
	scene_draw(&scene);
	assert_true(scene_shows(&scene, "+tmux: client"));
	assert_false(scene_shows(&scene, "client ("));
	scene_close(&scene);
}

/* What is critical has two marks where there is room, else one. */
static void critical_cells_have_marks(void **state)
{
	struct scene scene;
	int row;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene.model.verdict.level = LEVEL_CRIT;
	scene_draw(&scene);
	row = scene_find(&scene, 15, " 1234 app ");
	assert_true(strstr(scene_row(&scene, row), " 81!!55.0 ") != NULL);
	assert_int_equal(scene_cell(&scene, row, 55)->style, STYLE_CRIT);
	assert_int_equal(scene_cell(&scene, row, 56)->style, STYLE_CRIT);
	view_of(&scene, 1234)->disk_wait_pct = 12345;
	scene_draw(&scene);
	assert_true(strstr(scene_row(&scene, row), " 81!12345 ") != NULL);
	/* By the name, and before a process that is new. */
	scene_key(&scene, 'P');
	scene.model.verdict.rule = &alert_rules[0];
	scene.model.verdict.culprit_column = COL_DISK;
	scene_draw(&scene);
	assert_true(strstr(scene_row(&scene, row), "12345!!python3") != NULL);
	view_of(&scene, 1234)->is_new = true;
	scene_draw(&scene);
	assert_true(strstr(scene_row(&scene, row), "12345!+python3") != NULL);
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_fit_every_width),
		cmocka_unit_test(wider_is_never_less),
		cmocka_unit_test(tabs_show_their_own_columns),
		cmocka_unit_test(sorting_moves_no_column),
		cmocka_unit_test(neighbours_walk_the_whole_row),
		cmocka_unit_test(unknown_columns_are_left_out),
		cmocka_unit_test(names_keep_the_frame),
		cmocka_unit_test(numbers_are_never_cut),
		cmocka_unit_test(short_waits_have_tenths),
		cmocka_unit_test(states_are_coloured),
		cmocka_unit_test(critical_cells_have_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
