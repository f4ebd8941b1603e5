/*
 * The bar of a process: parts that can be told apart without colour, and that never claim more than is
 * known.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <math.h>
#include <string.h>

#include "ui/canvas_text.h"
#include "ui/scene.h"
#include "ui/time_bar.h"

#define COLUMNS 10

/* The bar as text, between edges that it must not cross. */
static void expect(bool ascii, float cpu, float runq, float disk, const char *expected)
{
	struct task_view view = { .cpu_pct = cpu, .runq_pct = runq, .disk_wait_pct = disk };
	struct canvas canvas = { .ascii = ascii };

	assert_int_equal(canvas_resize(&canvas, 1, COLUMNS + 2), 0);
	canvas_put(&canvas, 0, 0, '|', STYLE_TEXT);
	canvas_put(&canvas, 0, COLUMNS + 1, '|', STYLE_TEXT);
	time_bar_draw(&canvas, 0, 1, COLUMNS, &view);
	assert_string_equal(canvas_row_text(&canvas, 0), expected);
	canvas_release(&canvas);
}

static void parts_have_forms_of_their_own(void **state)
{
	(void)state;
	expect(true, 30, 20, 20, "|###==DD...|");
	expect(false, 30, 20, 20, "|███▒▒▄▄···|");
	expect(true, 0, 0, 0, "|..........|");
	expect(true, 100, 0, 0, "|##########|");
	/* To the nearest cell, and no cell more than there are. */
	expect(true, 12.2f, 3.3f, 0, "|#=........|");
	expect(true, 14, 14, 14, "|#==D......|");
	expect(true, 200, 100, 100, "|#####===DD|");
}

/* As with /proc: what may be D or sleep is neither. */
static void what_is_not_known_is_blank(void **state)
{
	(void)state;
	expect(true, 30, 20, NAN, "|###==     |");
	expect(true, 0, 0, NAN, "|          |");
	expect(true, 98, 2, NAN, "|######### |");
	expect(true, 300, 100, NAN, "|########= |");
	expect(true, 30, NAN, NAN, "|###       |");
	expect(true, NAN, NAN, NAN, "|         -|");
	expect(true, NAN, 50, 50, "|         -|");
}

static void the_cpu_table_has_it_with_its_legend(void **state)
{
	struct scene scene;
	int row;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	assert_true(scene_shows(&scene, "█ run ▒ runq ▄ disk"));
	row = scene_find(&scene, 0, "TIME BAR");
	assert_true(row > 0);
	/* 41 % on a CPU, 0.2 waiting for one, 55 in D. */
	assert_non_null(strstr(scene_row(&scene, row + 1), " 41.0 █████▄▄▄▄▄▄▄ python3"));
	assert_non_null(strstr(scene_row(&scene, row + 2), " 12.2 █▒·········· kswapd0"));
	scene.canvas.ascii = true;
	scene_draw(&scene);
	assert_non_null(strstr(scene_row(&scene, row + 1), " 41.0 #####DDDDDDD python3"));
	assert_true(scene_shows(&scene, "# run = runq D disk"));
	scene_close(&scene);
}

static void no_rates_no_bars(void **state)
{
	struct scene scene;
	int row;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	scene_first_sample(&scene);
	scene_draw(&scene);
	row = scene_find(&scene, 0, "TIME BAR");
	assert_null(strstr(scene_row(&scene, row + 1), "█"));
	assert_null(strstr(scene_row(&scene, row + 1), "··"));
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_have_forms_of_their_own),
		cmocka_unit_test(what_is_not_known_is_blank),
		cmocka_unit_test(the_cpu_table_has_it_with_its_legend),
		cmocka_unit_test(no_rates_no_bars),
	};

	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
