/* What a refresh over a slow link takes over: in turn, never more than it may, all of it in the end. */
#include <string.h>

#include "ui/layout.h"
#include "ui/scene.h"
#include "ui/slow_link.h"

struct line {
	struct scene scene;
	struct canvas terminal; /* what it shows */
	struct slow_link slow;
	bool digit[50 * 160]; /* cells that change_all() changes */
	int changes;
};

static void open_line(struct line *line, const char *machine, int rows, int columns)
{
	memset(line, 0, sizeof(*line));
	scene_open(&line->scene, machine, rows, columns);
	line->scene.view.slow_link = true;
	scene_draw(&line->scene);
}

static void close_line(struct line *line)
{
	scene_close(&line->scene);
	canvas_release(&line->terminal);
	slow_link_release(&line->slow);
}

/* A refresh; returns the bytes that it takes. */
static int refresh(struct line *line, bool whole)
{
	const struct canvas *fresh = &line->scene.canvas;
	int bytes;

	assert_int_equal(slow_link_take(&line->slow, fresh, &line->scene.view, 2, whole), 0);
	if (line->terminal.rows != fresh->rows || line->terminal.columns != fresh->columns)
		assert_int_equal(canvas_resize(&line->terminal, fresh->rows, fresh->columns), 0);
	bytes = slow_link_cost(&line->terminal, &line->slow.shown);
	memcpy(line->terminal.cell, line->slow.shown.cell,
	       (size_t)(fresh->rows * fresh->columns) * sizeof(struct cell));
	return bytes;
}

/* Another sign in every cell that had a digit: the whole screen changes, and never back within the test. */
static void change_all(struct line *line)
{
	struct canvas *canvas = &line->scene.canvas;

	line->changes++;
	for (int i = 0; i < canvas->rows * canvas->columns; i++) {
		if (line->changes == 1)
			line->digit[i] = canvas->cell[i].ch >= '0' && canvas->cell[i].ch <= '9';
		if (line->digit[i])
			canvas->cell[i].ch = '!' + (uint32_t)(i + line->changes) % 90;
	}
}

static bool same_text(const struct canvas *a, const struct canvas *b, struct rect area)
{
	for (int row = area.row; row < area.row + area.rows; row++)
		for (int column = area.column; column < area.column + area.columns; column++)
			if (a->cell[row * a->columns + column].ch !=
			    b->cell[row * b->columns + column].ch)
				return false;
	return true;
}

static struct rect whole_of(const struct line *line)
{
	return (struct rect){ 0, 0, line->terminal.rows, line->terminal.columns };
}

static void all_comes_in_turn(void **state)
{
	static const int sizes[][2] = {
		{ 45, 160 }, { 24, 80 }, { 50, 80 }, { 12, 40 }, { 3, 10 }
	};
	struct line line;

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		int refreshes = 0;

		open_line(&line, "web3", sizes[i][0], sizes[i][1]);
		refresh(&line, false); /* a new size: whole */
		assert_true(same_text(&line.terminal, &line.scene.canvas, whole_of(&line)));
		change_all(&line);
		while (!same_text(&line.terminal, &line.scene.canvas, whole_of(&line))) {
			assert_true(refresh(&line, false) <= SLOW_LINK_BYTES);
			assert_in_range(++refreshes, 1, 12);
		}
		if (sizes[i][1] == 160)
			assert_in_range(refreshes, 4, 12);
		assert_int_equal(refresh(&line, false), 0);
		close_line(&line);
	}
}

/* While all goes on changing, each row of each pane comes within so many refreshes. */
#define TURN 16

static void nobody_starves(void **state)
{
	enum pane_id zooms[] = { PANE_NONE, PANE_TOP, PANE_FAULTS };
	struct layout layout;
	struct line line;

	(void)state;
	for (size_t i = 0; i < sizeof(zooms) / sizeof(zooms[0]); i++) {
		int came[PANE_COUNT][45] = { 0 };

		open_line(&line, "web3", 45, 160);
		line.scene.view.zoom = zooms[i];
		scene_draw(&line.scene);
		layout_compute(&layout, 45, 160, &line.scene.view, 2);
		refresh(&line, true);
		for (int n = 1; n <= 60; n++) {
			change_all(&line);
			assert_true(refresh(&line, false) <= SLOW_LINK_BYTES);
			assert_true(same_text(&line.terminal, &line.scene.canvas, layout.header));
			for (int id = 0; id < PANE_COUNT; id++)
				for (int row = 0; row < layout.pane[id].rows; row++) {
					struct rect at = layout.pane[id];

					at.row += row;
					at.rows = 1;
					if (same_text(&line.terminal, &line.scene.canvas, at))
						came[id][row] = n;
					assert_in_range(n - came[id][row], 0, TURN);
				}
		}
		close_line(&line);
	}
}

static void a_key_gets_all(void **state)
{
	struct line line;

	(void)state;
	open_line(&line, "web3", 45, 160);
	refresh(&line, true);
	change_all(&line);
	assert_true(refresh(&line, true) > 3 * SLOW_LINK_BYTES);
	assert_true(same_text(&line.terminal, &line.scene.canvas, whole_of(&line)));
	close_line(&line);
}

/* Bold values are plain, and so are faint words of tables; what warns keeps its colour. */
static void attributes_are_spared(void **state)
{
	struct line line;
	int bright = 0, warn = 0;

	(void)state;
	open_line(&line, "web3", 45, 160);
	refresh(&line, true);
	for (int i = 0; i < 45 * 160; i++) {
		const struct cell *cell = &line.terminal.cell[i];

		bright += cell->style == STYLE_BRIGHT;
		warn += cell->style == STYLE_WARN;
		if (cell->ch == ' ' && cell->style == STYLE_DIM)
			fail_msg("a blank at %d has a colour", i);
	}
	assert_int_equal(bright, 0);
	assert_true(warn > 10);
	close_line(&line);
}

static void shares_in_tables_are_whole(void **state)
{
	struct line line;

	(void)state;
	open_line(&line, "web3", 45, 160);
	assert_true(scene_shows(&line.scene, "1234 app      D    41 "));
	assert_true(scene_shows(&line.scene, "slow link"));
	line.scene.view.slow_link = false;
	scene_draw(&line.scene);
	assert_true(scene_shows(&line.scene, "1234 app      D  41.0 "));
	assert_false(scene_shows(&line.scene, "slow link"));
	close_line(&line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_comes_in_turn),
		cmocka_unit_test(nobody_starves),
		cmocka_unit_test(a_key_gets_all),
		cmocka_unit_test(attributes_are_spared),
		cmocka_unit_test(shares_in_tables_are_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
