/* The CPUs one by one: as bars, or as a strip of heat. */
#include <math.h>
#include <string.h>

#include "base/count.h"
#include "ui/scene.h"
#include "ui/screen.h"

/* Ids are the kernel's, holes and all. */
static void cpus_have_their_ids(void **state)
{
	struct scene scene;
	const char *row;

	(void)state;
	scene_open(&scene, "holes", 24, 80);
	row = scene_row(&scene, 4);
	assert_true(strstr(row, "\u2502 0 ") && strstr(row, " 2 ") && strstr(row, " 5 "));
	assert_null(strstr(row, " 1 \u2501"));
	scene_close(&scene);
}

static void many_cpus_become_a_strip(void **state)
{
	static const char *const names[] = { "TOP CPU", "TOP MEMORY", "TOP I/O", "TOP FAULTS",
					     "TOP WAITS" };
	struct scene scene;
	int cells = 0;

	(void)state;
	scene_open(&scene, "cpu256", 45, 160);
	for (int row = 2; row < 14; row++)
		for (int column = 1; column < 52; column++) {
			uint32_t ch = scene_cell(&scene, row, column)->ch;

			cells += ch >= 0x2581 && ch <= 0x2588;
		}
	assert_int_equal(cells, 256);
	/* No table has gone for them. */
	for (size_t i = 0; i < COUNT(names); i++)
		assert_true(scene_shows(&scene, names[i]));
	assert_true(scene_find(&scene, 14, "stockfish") > 0);
	/* One row: the busiest of each eight, and a digit for it in ASCII. */
	scene.model.cpu[100].busy_pct = 100;
	scene.canvas.ascii = true;
	scene_resize(&scene, 24, 80);
	assert_int_equal(scene_cell(&scene, 4, 2 + 100 / 8)->ch, '9');
	assert_int_equal(scene_cell(&scene, 4, 2 + 100 / 8)->style, STYLE_CRIT);
	assert_int_not_equal(scene_cell(&scene, 4, 2 + 100 / 8 + 1)->ch, '9');
	scene_close(&scene);
}

/* A cell of the strip is of the busiest of its CPUs, though another is not known. */
static void a_cell_of_many_cpus_asks_the_busiest(void **state)
{
	const struct number *first = NULL;
	struct scene scene;

	(void)state;
	scene_open(&scene, "cpu256", 24, 80);
	scene.model.cpu[0].busy_pct = NAN;
	scene.model.cpu[1].busy_pct = 100;
	scene_key(&scene, 'i');
	for (int i = 0; i < scene.view.numbers.count; i++) {
		const struct number *place = &scene.view.numbers.place[i];

		if (place->kind == NUMBER_CPU &&
		    (!first || place->row < first->row ||
		     (place->row == first->row && place->column < first->column)))
			first = place;
	}
	assert_non_null(first);
	assert_int_equal(first->columns, 1);
	assert_int_equal(first->of, scene.model.cpu[1].cpu);
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cpus_have_their_ids),
		cmocka_unit_test(many_cpus_become_a_strip),
		cmocka_unit_test(a_cell_of_many_cpus_asks_the_busiest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
