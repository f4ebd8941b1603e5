/* Panes and tables that a person chose: all of them show where there is room, in their order. */
#include "ui/layout.h"
#include "ui/scene.h"

#include <string.h>

static struct pane_choice choice_of(const char *upper, const char *tables)
{
	struct pane_choice choice = { .chosen = true };

	for (; *upper; upper++)
		choice.upper[choice.upper_count++] = (uint8_t)(*upper - '0');
	for (; *tables; tables++)
		choice.table[choice.table_count++] = (uint8_t)(*tables - '0');
	return choice;
}

static struct view view_with(struct pane_choice choice)
{
	struct view view = { .zoom = PANE_NONE, .panes = choice };

	view.tab = (enum top_kind)choice.table[0];
	view.focus = PANE_TOP + view.tab;
	return view;
}

static bool overlap(struct rect a, struct rect b)
{
	return a.row < b.row + b.rows && b.row < a.row + a.rows &&
	       a.column < b.column + b.columns && b.column < a.column + a.columns;
}

/* Inside the body, apart from each other, and none that was left out. Returns how many show. */
static int check(const struct view *view, const struct layout *layout)
{
	int shown = 0;

	for (int id = 0; id < PANE_COUNT; id++) {
		struct rect area = layout->pane[id];

		if (!area.rows)
			continue;
		shown++;
		assert_true(pane_choice_has(&view->panes, (enum pane_id)id));
		assert_true(area.rows >= 3 && area.columns >= 24);
		assert_true(area.row >= layout->body.row &&
			    area.row + area.rows <= layout->body.row + layout->body.rows);
		assert_true(area.column >= 0 && area.column + area.columns <= layout->body.columns);
		for (int other = 0; other < id; other++)
			if (layout->pane[other].rows)
				assert_false(overlap(area, layout->pane[other]));
	}
	return shown;
}

static const char *const uppers[] = {
	"", "0", "3", "12", "31", "320", "213", "3210", "1032", "0123"
};
static const char *const tables[] = { "0", "4", "21", "304", "4012", "43210" };

static void every_choice_fits_every_size(void **state)
{
	(void)state;
	for (size_t u = 0; u < sizeof(uppers) / sizeof(uppers[0]); u++)
		for (size_t t = 0; t < sizeof(tables) / sizeof(tables[0]); t++) {
			struct view view = view_with(choice_of(uppers[u], tables[t]));
			int all = (int)(strlen(uppers[u]) + strlen(tables[t]));

			for (int rows = 1; rows <= 80; rows++)
				for (int columns = 24; columns <= 200; columns += 11) {
					struct layout layout;
					int shown;

					layout_compute(&layout, rows, columns, &view, 4);
					shown = check(&view, &layout);
					if (rows >= 38 && columns >= 80)
						assert_int_equal(
							shown,
							layout.tabs
								? all - (int)strlen(tables[t]) + 1
								: all);
				}
		}
}

static void the_usual_order_written_out_changes_nothing(void **state)
{
	struct view plain = { .zoom = PANE_NONE };
	struct view written = view_with(choice_of("0123", "01234"));

	(void)state;
	for (int rows = 1; rows <= 80; rows++)
		for (int columns = 1; columns <= 200; columns += 7) {
			struct layout a, b;

			layout_compute(&a, rows, columns, &plain, 4);
			layout_compute(&b, rows, columns, &written, 4);
			assert_memory_equal(&a, &b, sizeof(a));
		}
}

static void panes_stand_in_their_order(void **state)
{
	struct view view = view_with(choice_of("320", "31"));
	struct layout layout;

	(void)state;
	layout_compute(&layout, 45, 160, &view, 4);
	assert_true(layout.pane[PANE_FAULTS].column < layout.pane[PANE_PRESSURE].column);
	assert_true(layout.pane[PANE_PRESSURE].column < layout.pane[PANE_CPU].column);
	assert_int_equal(layout.pane[PANE_MEMORY].rows, 0);
	assert_true(layout.pane[PANE_TOP + TOP_FAULTS].column <
		    layout.pane[PANE_TOP + TOP_MEMORY].column);
	/* The rows of what was left out are the others'. */
	assert_int_equal(layout.pane[PANE_TOP + TOP_MEMORY].row +
				 layout.pane[PANE_TOP + TOP_MEMORY].rows,
			 layout.body.row + layout.body.rows);
	/* In one column the first stays longest. */
	layout_compute(&layout, 18, 60, &view, 4);
	assert_true(layout.pane[PANE_FAULTS].rows > 0);
	assert_int_equal(layout.pane[PANE_PRESSURE].rows, 0);
}

static void the_focus_goes_round_in_that_order(void **state)
{
	static const int expected[] = { PANE_PRESSURE, PANE_CPU, PANE_TOP + TOP_IO };
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene.view.panes = choice_of("20", "21");
	scene.view.tab = TOP_IO;
	scene.view.focus = PANE_TOP + TOP_IO;
	scene_draw(&scene);
	assert_true(scene_shows(&scene, "TOP [io] mem"));
	assert_false(scene_shows(&scene, "MEMORY"));
	for (int i = 0; i < 3; i++) {
		scene_key(&scene, '\t');
		assert_int_equal(scene.view.focus, expected[i]);
	}
	/* Where each table shows, in the order of the tables too. */
	scene_resize(&scene, 45, 160);
	scene_key(&scene, '\t');
	assert_int_equal(scene.view.focus, PANE_TOP + TOP_MEMORY);
	scene_key(&scene, '\t');
	assert_int_equal(scene.view.focus, PANE_PRESSURE);
	scene_close(&scene);
}

static void a_table_that_was_left_out_shows_by_its_key(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene.view.panes = choice_of("0123", "01");
	scene_keys(&scene, "W");
	assert_true(scene_shows(&scene, "TOP cpu mem [waits]"));
	assert_int_equal(scene.view.zoom, PANE_NONE);
	/* Where all of them show it takes the whole screen. */
	scene_resize(&scene, 45, 160);
	scene_keys(&scene, "W");
	assert_int_equal(scene.view.zoom, PANE_TOP + TOP_WAITS);
	scene_keys(&scene, "z");
	assert_int_equal(scene.view.focus, PANE_TOP + TOP_CPU);
	scene_keys(&scene, "M");
	assert_int_equal(scene.view.zoom, PANE_NONE);
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_choice_fits_every_size),
		cmocka_unit_test(the_usual_order_written_out_changes_nothing),
		cmocka_unit_test(panes_stand_in_their_order),
		cmocka_unit_test(the_focus_goes_round_in_that_order),
		cmocka_unit_test(a_table_that_was_left_out_shows_by_its_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
