/*
 * Where panes are: inside the screen, beside each other, and those that matter longest.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/layout.h"

#define MOST_ROWS 200
#define MOST_COLUMNS 500

static struct view plain_view(void)
{
	return (struct view){ .zoom = PANE_NONE, .focus = PANE_TOP };
}

/* Marks the cells of an area; false when one was marked, or lies outside. */
static bool mark(uint8_t *cell, int rows, int columns, struct rect area)
{
	bool free = true;

	if (area.rows == 0)
		return true;
	if (area.rows < 0 || area.columns < 1 || area.row < 0 || area.column < 0 ||
	    area.row + area.rows > rows || area.column + area.columns > columns)
		return false;
	for (int row = area.row; row < area.row + area.rows; row++)
		for (int column = area.column; column < area.column + area.columns; column++) {
			free &= !cell[row * columns + column];
			cell[row * columns + column] = 1;
		}
	return free;
}

static void check_size(int rows, int columns, const struct view *view, unsigned cpus)
{
	static uint8_t cell[MOST_ROWS * MOST_COLUMNS];
	struct layout layout;
	bool good = true;
	int tables = 0;

	memset(cell, 0, (size_t)(rows * columns));
	layout_compute(&layout, rows, columns, view, cpus);
	good &= mark(cell, rows, columns, layout.header);
	good &= mark(cell, rows, columns, layout.verdict);
	good &= mark(cell, rows, columns, layout.key_bar);
	for (int id = 0; id < PANE_COUNT; id++) {
		good &= mark(cell, rows, columns, layout.pane[id]);
		tables += id >= PANE_TOP && layout.pane[id].rows > 0;
		if (layout.pane[id].rows > 0)
			good &= layout.pane[id].rows >= 3 && layout.pane[id].columns >= 24;
	}
	good &= layout.header.rows == 1;
	if (view->zoom == PANE_NONE)
		good &= layout.tabs ? tables == 1 && layout.pane[PANE_TOP + view->tab].rows > 0
				    : tables == 0 || tables == TOP_KINDS;
	if (!good)
		fail_msg("%dx%d, zoom %d, tab %d, %u CPUs", columns, rows, (int)view->zoom,
			 (int)view->tab, cpus);
}

static void every_size_fits(void **state)
{
	static const unsigned cpus[] = { 0, 2, 256 };
	struct view view = plain_view();

	(void)state;
	for (int rows = 1; rows <= 80; rows++)
		for (int columns = 1; columns <= 250; columns++) {
			view.tab = (enum top_kind)((rows + columns) % TOP_KINDS);
			check_size(rows, columns, &view, cpus[(rows + columns) % 3]);
		}
	for (int rows = 81; rows <= MOST_ROWS; rows += 17)
		for (int columns = 1; columns <= MOST_COLUMNS; columns += 23)
			check_size(rows, columns, &view, 256);
	for (int id = 0; id < PANE_COUNT; id++) {
		view.zoom = (enum pane_id)id;
		for (int rows = 1; rows <= 60; rows += 3)
			for (int columns = 1; columns <= 200; columns += 13)
				check_size(rows, columns, &view, 2);
	}
}

static void no_size_is_no_screen(void **state)
{
	struct view view = plain_view();
	struct layout layout;

	(void)state;
	layout_compute(&layout, 0, 0, &view, 2);
	assert_int_equal(layout.header.rows, 0);
}

/* 80x24 is the smallest full layout. */
static void small_is_full(void **state)
{
	struct view view = plain_view();
	struct layout layout;

	(void)state;
	for (int tab = 0; tab < TOP_KINDS; tab++) {
		view.tab = (enum top_kind)tab;
		layout_compute(&layout, 24, 80, &view, 2);
		assert_true(layout.tabs);
		for (int id = 0; id < PANE_TOP; id++)
			assert_true(layout.pane[id].rows >= 5);
		assert_int_equal(layout.pane[PANE_TOP + tab].rows, 10);
		assert_int_equal(layout.key_bar.row, 23);
	}
}

/* From 120x30 on all panes and all tables show, each with four processes or more. */
static void wide_has_every_table(void **state)
{
	struct view view = plain_view();
	struct layout layout;

	(void)state;
	for (int rows = 30; rows <= 80; rows++)
		for (int columns = 120; columns <= 250; columns += 5) {
			layout_compute(&layout, rows, columns, &view, 256);
			assert_false(layout.tabs);
			for (int id = 0; id < PANE_COUNT; id++)
				assert_true(layout.pane[id].rows >= (id < PANE_TOP ? 5 : 7));
		}
	layout_compute(&layout, 45, 160, &view, 2);
	for (int id = PANE_TOP; id < PANE_COUNT; id++)
		assert_true(layout.pane[id].rows >= 3 + TOP_ROWS);
}

static void narrow_and_tall_stacks_tables(void **state)
{
	struct view view = plain_view();
	struct layout layout;

	(void)state;
	layout_compute(&layout, 50, 80, &view, 2);
	assert_false(layout.tabs);
	for (int id = PANE_TOP; id < PANE_COUNT; id++)
		assert_true(layout.pane[id].rows >= 3 + TOP_ROWS);
	assert_int_equal(layout.pane[PANE_TOP + TOP_CPU].columns, 80);
}

/* No hole: where panes show beside each other they cover the whole body. */
static void the_body_is_used(void **state)
{
	struct view view = plain_view();
	struct layout layout;

	(void)state;
	for (int rows = 8; rows <= 80; rows++)
		for (int columns = 40; columns <= 250; columns += 3) {
			int area = 0;

			layout_compute(&layout, rows, columns, &view, 64);
			for (int id = 0; id < PANE_COUNT; id++)
				area += layout.pane[id].rows * layout.pane[id].columns;
			if (area != layout.body.rows * layout.body.columns)
				fail_msg("%dx%d", columns, rows);
		}
}

static void many_cpus_take_no_table_away(void **state)
{
	struct view view = plain_view();
	struct layout few, many;

	(void)state;
	for (int rows = 24; rows <= 60; rows++) {
		layout_compute(&few, rows, 80, &view, 1);
		layout_compute(&many, rows, 80, &view, 1024);
		assert_memory_equal(few.pane, many.pane, sizeof(few.pane));
		layout_compute(&many, rows, 160, &view, 1024);
		assert_true(many.pane[PANE_TOP].rows >= 7);
	}
}

/* In one column, and in two: who is there while another is. */
static void panes_give_way_in_order(void **state)
{
	struct view view = plain_view();

	(void)state;
	for (int rows = 1; rows <= 60; rows++)
		for (int columns = 24; columns <= 100; columns += 4) {
			struct layout layout;

			layout_compute(&layout, rows, columns, &view, 2);
			if (layout.pane[PANE_MEMORY].rows)
				assert_true(layout.pane[PANE_FAULTS].rows > 0);
			if (layout.pane[PANE_FAULTS].rows)
				assert_true(layout.pane[PANE_PRESSURE].rows > 0);
			if (layout.pane[PANE_PRESSURE].rows)
				assert_true(layout.pane[PANE_CPU].rows > 0);
			if (layout.pane[PANE_CPU].rows)
				assert_true(layout.pane[PANE_TOP].rows > 0);
			if (layout.pane[PANE_TOP].rows)
				assert_int_equal(layout.verdict.rows, 1);
			assert_int_equal(layout.header.rows, 1);
			if (rows >= 3 && rows != 6)
				assert_int_equal(layout.key_bar.row, rows - 1);
		}
}

static void zoom_takes_the_body(void **state)
{
	struct view view = plain_view();
	struct layout layout;

	(void)state;
	view.zoom = PANE_MEMORY;
	layout_compute(&layout, 24, 80, &view, 2);
	assert_memory_equal(&layout.pane[PANE_MEMORY], &layout.body, sizeof(layout.body));
	assert_int_equal(layout.body.rows, 21);
	assert_int_equal(layout.pane[PANE_CPU].rows, 0);
	assert_int_equal(layout.pane[PANE_TOP].rows, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size_fits),
		cmocka_unit_test(no_size_is_no_screen),
		cmocka_unit_test(small_is_full),
		cmocka_unit_test(wide_has_every_table),
		cmocka_unit_test(narrow_and_tall_stacks_tables),
		cmocka_unit_test(the_body_is_used),
		cmocka_unit_test(many_cpus_take_no_table_away),
		cmocka_unit_test(panes_give_way_in_order),
		cmocka_unit_test(zoom_takes_the_body),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
