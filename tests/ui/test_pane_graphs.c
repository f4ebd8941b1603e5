/* Graphs of zoomed panes: scales, times, gaps, where alerts began, and what gives way to what. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "ui/scene.h"

#define COUNT(array) (int)(sizeof(array) / sizeof((array)[0]))
#define FIRST_NS (1000 * NS_PER_S) /* 15:00:00 by the wall clock */
#define WALL_NS (15 * 3600 * NS_PER_S)

/* A sample a second: everything is 0 but what is set then. */
static float *push(struct model *model, unsigned second)
{
	float *row = ring_push(&model->history);

	for (int id = 0; id < METRIC_COUNT; id++)
		row[id] = 0;
	/* Never quite a second. */
	model->history_mono_ns[model->history.head] =
		FIRST_NS + second * NS_PER_S + second % 3 * 1000000;
	model->history_real_ns[model->history.head] = WALL_NS + second * NS_PER_S;
	return row;
}

/*
 * 45 s of major faults: 20/s, none known from second 10 to 13, 60/s from 20, 600/s from 30, and 20/s from
 * 40 on.
 */
static void fill(struct scene *scene)
{
	struct model *model = &scene->model;

	ring_release(&model->history);
	assert_int_equal(ring_init(&model->history, HISTORY_ROWS, METRIC_COUNT), 0);
	for (unsigned s = 0; s < 45; s++) {
		float *row = push(model, s);
		float major = s < 20 ? 20 : s < 30 ? 60 : s < 40 ? 600 : 20;

		row[M_FAULTS_MAJOR_PER_S] = s >= 10 && s < 14 ? NAN : major;
		row[M_FAULTS_MINOR_PER_S] = (float)(s * 100);
	}
}

static void open_faults(struct scene *scene, int rows, int columns, bool ascii)
{
	scene_open(scene, "web3", rows, columns);
	scene->canvas.ascii = ascii;
	fill(scene);
	scene->view.focus = scene->view.zoom = PANE_FAULTS;
	scene_draw(scene);
}

static void a_graph_has_axes(void **state)
{
	static const char *const expected[] = {
		"+- FAULTS ------------------------------------------------------------- oom 0 -+",
		"| MAJOR             1k  +                            !         !!              |",
		"|      85/s!          !!|                                      ==========      |",
		"| max 600/s          0 !+        __________    ________________##########_____ |",
		"| minor             5k  +                                  _____.....-----==== |",
		"|  12,304/s          0  +        ______.....-----=====######################## |",
		"|                       +-- -45s+--------- -30s+--------- -15s+---------- now+ |",
		"| refault   301  swap in     0  out 48.0K  read 12.1M/s  write 40.2M/s         |",
	};
	struct scene scene;

	(void)state;
	open_faults(&scene, 24, 80, true);
	scene_expect(&scene, 2, expected, COUNT(expected));
	scene_close(&scene);
}

static void values_are_numbers_of_the_inspector(void **state)
{
	struct scene scene;
	int at;

	(void)state;
	open_faults(&scene, 24, 80, false);
	scene_key(&scene, 'i');
	at = numbers_find(&scene.view.numbers, &(struct number){ .kind = NUMBER_METRIC,
								 .row = 4,
								 .id = M_FAULTS_MAJOR_PER_S });
	assert_true(at >= 0);
	assert_int_equal(scene.view.numbers.place[at].row, 4);
	scene_close(&scene);
}

/* With more rows there are more graphs, and each has its mean and the middle of its scale. */
static void more_rows_show_more(void **state)
{
	struct scene scene;
	int row;

	(void)state;
	open_faults(&scene, 45, 160, false);
	row = scene_find(&scene, 3, "MAJOR");
	assert_non_null(strstr(scene_row(&scene, row), "1k  ┤"));
	assert_non_null(strstr(scene_row(&scene, row + 1), "!!│"));
	assert_true(scene_find(&scene, row, "disk busy") > row);
	assert_true(scene_shows(&scene, "disk read"));
	assert_true(scene_find(&scene, 0, "-1m30s┴") > row);
	assert_true(scene_shows(&scene, "nr_free_pages"));
	scene.view.zoom = scene.view.focus = PANE_CPU;
	scene_draw(&scene);
	row = scene_find(&scene, 0, "busy");
	assert_non_null(strstr(scene_row(&scene, row), "100%  ┤"));
	assert_true(scene_shows(&scene, "50%  ┤"));
	assert_true(scene_shows(&scene, "mean 0.0%"));
	/* The list of CPUs is there too. */
	assert_true(scene_find(&scene, row, "  cpu ") > row);
	scene_close(&scene);
}

static void the_past_has_the_clock(void **state)
{
	struct scene scene;
	int row;

	(void)state;
	open_faults(&scene, 24, 80, true);
	scene.view.back = 5;
	scene.view.back_s = 5;
	/* As it stands 5 samples back. */
	scene.model.history.head -= 5;
	scene.model.history.count -= 5;
	scene.model.history.pushed -= 5;
	scene_draw(&scene);
	row = scene_find(&scene, 0, "15:00:39+");
	assert_true(row > 0);
	assert_non_null(strstr(scene_row(&scene, row), "15:00:15+"));
	assert_null(strstr(scene_row(&scene, row), "now"));
	scene_close(&scene);
}

static void a_mark_stands_on_the_axis(void **state)
{
	struct scene scene;
	int row, now;

	(void)state;
	open_faults(&scene, 24, 80, true);
	row = scene_find(&scene, 0, "now+");
	now = scene_column(&scene, row, "now+") + 3;
	scene.view.marked = true;
	scene.view.marked_s = 20.2;
	scene_draw(&scene);
	assert_int_equal(scene_cell(&scene, row, now - 21)->ch, 'm');
	scene.view.marked_s = 4000;
	scene_draw(&scene);
	assert_int_equal(scene_cell(&scene, row, scene_column(&scene, row, "m"))->ch, 'm');
	assert_true(scene_column(&scene, row, "m") < 30);
	scene_close(&scene);
}

static int count_marks(struct scene *scene, int row)
{
	const char *text = scene_row(scene, row);
	int count = 0;

	while ((text = strchr(text, '!'))) {
		count++;
		text++;
	}
	return count;
}

/* What is bad in every second sample began to be so once. */
static void what_comes_and_goes_began_once(void **state)
{
	struct scene scene;
	int row;

	(void)state;
	open_faults(&scene, 24, 80, true);
	row = scene_find(&scene, 0, "MAJOR");
	assert_int_equal(count_marks(&scene, row), 3); /* "!" and "!!" */
	for (unsigned s = 45; s < 145; s++)
		push(&scene.model, s)[M_FAULTS_MAJOR_PER_S] = s > 120 && s % 2 ? 70 : 10;
	scene_draw(&scene);
	assert_int_equal(count_marks(&scene, row), 1);
	scene_close(&scene);
}

/* Columns that differ between two drawings of the rows of graphs. */
static int changed_columns(const struct scene *scene, const struct cell *before, int row, int rows)
{
	int changed = 0;

	for (int column = 25; column < scene->canvas.columns; column++) {
		bool differs = false;

		for (int i = row; i < row + rows; i++) {
			int at = i * scene->canvas.columns + column;

			differs |= scene->canvas.cell[at].ch != before[at].ch;
		}
		changed += differs;
	}
	return changed;
}

static void a_sweep_changes_few_columns(void **state)
{
	static struct cell before[45 * 160];
	struct scene scene;

	(void)state;
	open_faults(&scene, 45, 160, false);
	scene.view.slow_link = true;
	for (unsigned s = 45; s < 400; s++) {
		bool sweeps = s > 200;

		push(&scene.model, s)[M_FAULTS_MAJOR_PER_S] = (float)(s * 37 % 90);
		memcpy(before, scene.canvas.cell, sizeof(before));
		scene_draw(&scene);
		/* The newest column and the two ahead, and now and then a time on the axis. */
		if (sweeps)
			assert_in_range(changed_columns(&scene, before, 3, 3), 1, 3);
	}
	assert_false(scene_shows(&scene, "now"));
	assert_true(scene_shows(&scene, "┴15:0"));
	/* Scrolling, nearly all of it differs. */
	scene.view.slow_link = false;
	scene_draw(&scene);
	memcpy(before, scene.canvas.cell, sizeof(before));
	push(&scene.model, 400)[M_FAULTS_MAJOR_PER_S] = 1;
	scene_draw(&scene);
	assert_true(changed_columns(&scene, before, 3, 3) > 60);
	scene_close(&scene);
}

/* What the panes list stays in reach: the graphs go first. */
static void graphs_give_way(void **state)
{
	static const struct {
		enum pane_id id;
		const char *graph, *list;
	} panes_of[] = {
		{ PANE_CPU, "run queue  ", "  cpu " },
		{ PANE_MEMORY, "max", "MemTotal" },
		{ PANE_PRESSURE, "memory some  ", "300s" },
		{ PANE_FAULTS, "max", "nr_free_pages" },
	};
	struct scene scene;

	(void)state;
	open_faults(&scene, 24, 80, false);
	for (int i = 0; i < COUNT(panes_of); i++) {
		scene.view.zoom = scene.view.focus = panes_of[i].id;
		scene_resize(&scene, 24, 80);
		assert_true(scene_shows(&scene, panes_of[i].graph));
		assert_true(scene_shows(&scene, panes_of[i].list));
		scene_resize(&scene, 18, 80);
		assert_false(scene_shows(&scene, "max "));
		assert_false(scene_shows(&scene, "now┴"));
		assert_true(scene_shows(&scene, panes_of[i].list));
		scene_resize(&scene, 40, 44);
		assert_false(scene_shows(&scene, "now┴"));
	}
	scene_close(&scene);
}

/* No pressure files, so no graphs of them. */
static void the_unknown_has_no_graph(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	scene.view.zoom = scene.view.focus = PANE_PRESSURE;
	scene_draw(&scene);
	assert_true(scene_shows(&scene, "irq full"));
	for (int value = 0; value < PSI_VALUES; value++)
		scene.model.value[M_PRESSURE(PRESSURE_IRQ, 1, value)] = NAN;
	scene.model.history.cell[scene.model.history.head * METRIC_COUNT +
				 M_PRESSURE(PRESSURE_IRQ, 1, PSI_NOW)] = NAN;
	scene_draw(&scene);
	assert_false(scene_shows(&scene, "irq full"));
	assert_true(scene_shows(&scene, "io full"));
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_graph_has_axes),
		cmocka_unit_test(values_are_numbers_of_the_inspector),
		cmocka_unit_test(more_rows_show_more),
		cmocka_unit_test(the_past_has_the_clock),
		cmocka_unit_test(a_mark_stands_on_the_axis),
		cmocka_unit_test(what_comes_and_goes_began_once),
		cmocka_unit_test(a_sweep_changes_few_columns),
		cmocka_unit_test(graphs_give_way),
		cmocka_unit_test(the_unknown_has_no_graph),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
