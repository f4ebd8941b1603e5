/* The numbers of a picture: each can be asked, and keys lead to each. */
#include <string.h>

#include "model/task_column.h"
#include "ui/scene.h"
#include "ui/screen.h"

static void arrows_move_in_their_direction(void **state)
{
	static const int keys[] = { SCREEN_KEY_UP, SCREEN_KEY_DOWN, SCREEN_KEY_LEFT,
				    SCREEN_KEY_RIGHT };
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	scene.view.focus = PANE_CPU;
	scene_key(&scene, 'i');
	assert_true(scene.view.inspected.column < 53);
	for (int round = 0; round < 60; round++) {
		struct number from = scene.view.inspected, to;
		int key = keys[(round * 7 + round / 5) % 4];

		scene_key(&scene, key);
		to = scene.view.inspected;
		if (key == SCREEN_KEY_UP)
			assert_true(to.row <= from.row);
		if (key == SCREEN_KEY_DOWN)
			assert_true(to.row >= from.row);
		if (key == SCREEN_KEY_LEFT)
			assert_true(to.column + to.columns / 2 <= from.column + from.columns / 2);
		if (key == SCREEN_KEY_RIGHT)
			assert_true(to.column + to.columns / 2 >= from.column + from.columns / 2);
		if (to.kind == NUMBER_METRIC)
			assert_true(scene_shows(&scene, metrics[to.id].name));
		if (to.kind == NUMBER_TASK)
			assert_true(scene_shows(&scene, task_columns[to.id].help));
	}
	scene_close(&scene);
}

/* Every number that shows can be reached from the first. */
static void check_all_reached(const struct scene *scene)
{
	static bool reached[NUMBERS_MAX];
	const struct numbers *numbers = &scene->view.numbers;
	bool more = true;

	memset(reached, 0, sizeof(reached));
	reached[numbers_find(numbers, &scene->view.inspected)] = true;
	while (more) {
		more = false;
		for (int i = 0; i < numbers->count; i++)
			for (int k = 0; reached[i] && k < 4; k++) {
				static const int rows[] = { -1, 1, 0, 0 },
						 columns[] = { 0, 0, -1, 1 };
				int next = numbers_next(numbers, i, rows[k], columns[k]);

				more |= !reached[next];
				reached[next] = true;
			}
	}
	for (int i = 0; i < numbers->count; i++)
		if (!reached[i])
			fail_msg("the number at %d,%d cannot be reached", numbers->place[i].row,
				 numbers->place[i].column);
}

static void every_number_can_be_reached(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	for (int zoom = 0; zoom <= PANE_COUNT; zoom++) {
		scene.view.mode = MODE_PANES;
		scene.view.zoom = (enum pane_id)zoom;
		scene_key(&scene, 'i');
		assert_in_range(scene.view.numbers.count, 40, NUMBERS_MAX - 1);
		check_all_reached(&scene);
	}
	scene_close(&scene);
}

static void arrows_scroll_a_zoomed_table(void **state)
{
	struct scene scene;
	uint32_t last = 0;
	int moved = 0;

	(void)state;
	scene_open(&scene, "web3", 10, 80);
	scene.view.zoom = PANE_TOP;
	scene_key(&scene, 'i');
	for (int i = 0; i < 40; i++) {
		scene_key(&scene, SCREEN_KEY_DOWN);
		moved += scene.view.inspected.of != last;
		last = scene.view.inspected.of;
	}
	/* Through all thirteen, though few show at once. */
	assert_in_range(moved, 12, 13);
	for (int i = 0; i < 40; i++)
		scene_key(&scene, SCREEN_KEY_UP);
	assert_int_equal(scene.view.scroll, 0);
	scene_close(&scene);
}

/* What has digits and is no number that one could ask about. */
static bool is_no_number(const struct cell *cell)
{
	enum style style = (enum style)(cell->style & ~CELL_SELECTED);

	return style == STYLE_HEADING || style == STYLE_SORT || style == STYLE_BORDER ||
	       style == STYLE_FOCUS || style == STYLE_KEY || style == STYLE_KEY_LABEL ||
	       style == STYLE_TITLE || style == STYLE_BADGE;
}

static bool is_covered(const struct numbers *numbers, int row, int column)
{
	for (int i = 0; i < numbers->count; i++) {
		const struct number *place = &numbers->place[i];

		if (place->row == row && column >= place->column &&
		    column < place->column + place->columns)
			return true;
	}
	return false;
}

/* The names of CPUs and disks have digits, and so has that of the machine. */
static bool is_name(struct scene *scene, int row, int column)
{
	static const char *const names[] = { "web-3", "vda", "vdb", "nvme0n1", "sda", "per 10" };
	const char *text = scene_row(scene, row);

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		int at = scene_column(scene, row, names[i]);

		if (at >= 0 && column >= at && column < at + (int)strlen(names[i]))
			return true;
	}
	/* The number of a CPU before its bar, or at the head of its line. */
	return text && scene_cell(scene, row, column)->style == STYLE_DIM;
}

/* Digits of a picture that no place covers, told one by one. */
static int count_missed(struct scene *scene, const struct numbers *numbers)
{
	int missed = 0;

	for (int row = 0; row < scene->canvas.rows - 1; row++)
		for (int column = 0; column < scene->canvas.columns; column++) {
			const struct cell *cell = scene_cell(scene, row, column);

			if (cell->ch < '0' || cell->ch > '9' || is_no_number(cell) ||
			    is_covered(numbers, row, column) || is_name(scene, row, column))
				continue;
			print_error("%d,%d: %s\n", row, column, scene_row(scene, row));
			missed++;
		}
	return missed;
}

static void every_digit_can_be_asked(void **state)
{
	static struct numbers numbers;
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	for (int zoom = 0; zoom <= PANE_COUNT; zoom++) {
		scene.view.zoom = (enum pane_id)zoom;
		scene.view.mode = MODE_INSPECT;
		scene_draw(&scene);
		numbers = scene.view.numbers;
		assert_in_range(numbers.count, 40, NUMBERS_MAX - 1);
		/* What lies under the box too. */
		scene.view.mode = MODE_PANES;
		scene_draw(&scene);
		assert_int_equal(count_missed(&scene, &numbers), 0);
	}
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arrows_move_in_their_direction),
		cmocka_unit_test(every_number_can_be_reached),
		cmocka_unit_test(arrows_scroll_a_zoomed_table),
		cmocka_unit_test(every_digit_can_be_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
