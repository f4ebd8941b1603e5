/*
 * Drawing stays where it belongs at every size, on every machine, and keys do no harm there.
 */
#include <string.h>

#include "ui/layout.h"
#include "ui/scene.h"
#include "ui/screen.h"

/* What a frame's edge may hold: title, note and the headings of pressure stand in the upper one. */
static void check_frame(struct scene *scene, struct rect area)
{
	uint32_t side = scene->canvas.ascii ? '|' : 0x2502;
	int right = area.column + area.columns - 1, bottom = area.row + area.rows - 1;

	if (area.rows < 1)
		return;
	for (int row = area.row + 1; row < bottom; row++)
		if (scene_cell(scene, row, area.column)->ch != side ||
		    scene_cell(scene, row, right)->ch != side)
			fail_msg("the frame at %d,%d is broken in row %d of %dx%d: %s", area.row,
				 area.column, row, scene->canvas.columns, scene->canvas.rows,
				 scene_row(scene, row));
	for (int column = area.column + 1; column < right; column++)
		if (scene_cell(scene, bottom, column)->ch != (scene->canvas.ascii ? '-' : 0x2500))
			fail_msg("the frame at %d,%d is broken below, %dx%d", area.row, area.column,
				 scene->canvas.columns, scene->canvas.rows);
	if (scene_cell(scene, area.row, right)->ch != (scene->canvas.ascii ? '+' : 0x256e))
		fail_msg("the corner at %d,%d is gone, %dx%d", area.row, right,
			 scene->canvas.columns, scene->canvas.rows);
}

static void check_screen(struct scene *scene)
{
	struct layout layout;

	layout_compute(&layout, scene->canvas.rows, scene->canvas.columns, &scene->view,
		       (unsigned)scene->model.cpu_count);
	for (int id = 0; id < PANE_COUNT; id++)
		check_frame(scene, layout.pane[id]);
	if (!scene->canvas.ascii)
		return;
	for (int i = 0; i < scene->canvas.rows * scene->canvas.columns; i++)
		assert_in_range(scene->canvas.cell[i].ch, ' ', '~');
}

/* Every machine, mode and many sizes: no pane draws over a frame, and ASCII stays ASCII. */
static void drawing_stays_inside(void **state)
{
	static const char *const machines[] = { "web3",	     "cpu256", "old310",
						"container", "zfs",    "hostile" };
	struct scene scene;

	(void)state;
	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++) {
		scene_open(&scene, machines[i], 24, 80);
		for (int rows = 1; rows <= 80; rows += rows < 50 ? 1 : 7)
			for (int columns = 1; columns <= 250; columns += 7) {
				int step = rows + columns;

				scene.canvas.ascii = step % 2;
				scene.view.zoom = step % 3 ? (enum pane_id)(step % PANE_COUNT)
							   : PANE_NONE;
				scene.view.tab = (enum top_kind)(step % TOP_KINDS);
				scene.view.scroll = step % 5 * 10;
				scene_resize(&scene, rows, columns);
				check_screen(&scene);
			}
		scene_close(&scene);
	}
}

static void help_fits_every_size(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene.view.mode = MODE_HELP;
	for (int rows = 1; rows <= 80; rows += 3)
		for (int columns = 1; columns <= 200; columns += 3) {
			scene.canvas.ascii = rows % 2;
			scene_resize(&scene, rows, columns);
			scene.view.help_scroll = 1000;
			scene_draw(&scene);
			if (rows >= 6 && columns >= 16)
				check_frame(&scene, (struct rect){ 2, 0, rows - (rows == 6 ? 2 : 3),
								   columns });
			for (int i = 0; scene.canvas.ascii && i < rows * columns; i++)
				assert_in_range(scene.canvas.cell[i].ch, ' ', '~');
		}
	scene_close(&scene);
}

static void keys_at_every_size(void **state)
{
	static const char keys[] = "\t>r<FWIMPz\t>rz? ?d5\n  /py\n\033\\~s\nuroot\nK t-+-+<>t";
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 1, 1);
	for (int rows = 1; rows <= 60; rows += 5)
		for (int columns = 1; columns <= 200; columns += 31) {
			scene_resize(&scene, rows, columns);
			scene_keys(&scene, keys);
			scene_key(&scene, SCREEN_KEY_DOWN);
			scene_key(&scene, SCREEN_KEY_END);
			assert_false(scene.view.quit);
		}
	scene_resize(&scene, 1, 1);
	assert_true(scene_key(&scene, 'q'));
	assert_true(scene.view.quit);
	scene_close(&scene);
}

static bool has_word(struct scene *scene, int row)
{
	const char *text = scene_row(scene, row);

	if (strstr(text, "a larger screen is needed"))
		return true;
	/* A title alone is none. */
	return !strstr(text, "\u256d") && strpbrk(text, "abcdefghijklmnopqrstuvwxyzDMR") != NULL;
}

/* However small: what opens says something, or says that it needs room. */
static void no_box_is_empty(void **state)
{
	static const char *const opened[] = { "", "z", "t", "?", "k", "k\n", "C", "i" };
	struct scene scene;

	(void)state;
	for (size_t i = 0; i < sizeof(opened) / sizeof(opened[0]); i++) {
		scene_open(&scene, "web3", 24, 80);
		scene_key(&scene, SCREEN_KEY_DOWN);
		scene_keys(&scene, opened[i]);
		for (int rows = 3; rows <= 12; rows++)
			for (int columns = 5; columns <= 80; columns += 3) {
				bool said = rows == 3; /* header, verdict and keys are all */

				scene_resize(&scene, rows, columns);
				for (int row = 2; row < rows - (rows != 6); row++)
					said |= has_word(&scene, row);
				if (!said)
					fail_msg("'%s' is empty on %dx%d", opened[i], columns,
						 rows);
				for (int row = 2; row < rows - 1; row++)
					for (int column = 0; column < columns; column++)
						if (scene_cell(&scene, row, column)->ch == 0x256d)
							assert_int_not_equal(
								scene_cell(&scene, row + 1, column)
									->ch,
								0x2570);
			}
		scene_close(&scene);
	}
}

/* Before any sample: the header, and no figure. */
static void nothing_yet(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	model_release(&scene.model);
	assert_int_equal(model_init(&scene.model), 0);
	scene_draw(&scene);
	assert_true(scene_shows(&scene, "waiting for the first sample"));
	assert_false(scene_shows(&scene, "CPU"));
	scene_keys(&scene, "\t>r<zz?\033F");
	scene_key(&scene, SCREEN_KEY_DOWN);
	scene_key(&scene, 'q');
	assert_true(scene.view.quit);
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(drawing_stays_inside), cmocka_unit_test(help_fits_every_size),
		cmocka_unit_test(keys_at_every_size),	cmocka_unit_test(no_box_is_empty),
		cmocka_unit_test(nothing_yet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
