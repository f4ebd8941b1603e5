/* What clicks and the wheel do, by what was drawn where. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/canvas_text.h"
#include "ui/hits.h"
#include "ui/mouse.h"
#include "ui/scene.h"
#include "ui/screen.h"

static bool at(struct scene *scene, enum mouse_kind kind, int row, int column)
{
	const struct mouse mouse = { kind, row, column };
	bool changed = mouse_run(&scene->view, &scene->model, scene->canvas.rows,
				 scene->canvas.columns, &mouse);

	scene_draw(scene);
	return changed;
}

/* On plain text, where it first stands from a row on. */
static bool on(struct scene *scene, enum mouse_kind kind, int from, const char *text)
{
	int row = scene_find(scene, from, text);

	assert_true(row >= 0);
	return at(scene, kind, row, scene_column(scene, row, text));
}

static bool click(struct scene *scene, const char *text)
{
	return on(scene, MOUSE_CLICK, 2, text);
}

static const struct hit *hit_of(struct scene *scene, const char *text)
{
	int row = scene_find(scene, 2, text);

	return hits_at(&scene->view.hits, row, scene_column(scene, row, text));
}

static void the_last_noted_lies_on_top(void **state)
{
	const struct task task = { .pid = 1, .start_ns = 2 };
	static struct hits hits;
	const struct rect wide = { 0, 0, 10, 10 }, small = { 2, 2, 1, 3 }, none = { 5, 5, 0, 3 };

	(void)state;
	hits.count = 0;
	assert_null(hits_at(&hits, 0, 0));
	hits_enter_pane(&hits, PANE_MEMORY, wide);
	hits_add(&hits, HIT_TAB, small, 7);
	hits_add(&hits, HIT_COVER, none, 7);
	assert_int_equal(hits.count, 2);
	assert_int_equal(hits_at(&hits, 2, 4)->kind, HIT_TAB);
	assert_int_equal(hits_at(&hits, 2, 4)->pane, PANE_MEMORY);
	assert_int_equal(hits_at(&hits, 2, 5)->kind, HIT_PANE);
	assert_int_equal(hits_at(&hits, 9, 9)->kind, HIT_PANE);
	assert_null(hits_at(&hits, 10, 9));
	assert_null(hits_at(&hits, 9, 10));
	assert_null(hits_at(&hits, -1, 0));
	/* Full, it takes no more, and nobody need ask for it. */
	for (int i = 0; i < HITS_MAX + 5; i++)
		hits_add_process(&hits, small, &task);
	assert_int_equal(hits.count, HITS_MAX);
	hits_add(NULL, HIT_TAB, small, 7);
	hits_add_process(NULL, small, &task);
	hits_enter_pane(NULL, 1, small);
}

/* Every row of every table is its process, on every layout. */
static void each_row_is_its_process(void **state)
{
	static const int sizes[][2] = { { 24, 80 }, { 45, 160 }, { 50, 80 }, { 12, 60 } };
	struct scene scene;

	(void)state;
	for (size_t size = 0; size < sizeof(sizes) / sizeof(sizes[0]); size++) {
		int found = 0;

		scene_open(&scene, "web3", sizes[size][0], sizes[size][1]);
		for (int i = 0; i < scene.view.hits.count; i++) {
			const struct hit *hit = &scene.view.hits.place[i];
			char pid[16];

			if (hit->kind != HIT_PROCESS)
				continue;
			found++;
			snprintf(pid, sizeof(pid), " %u ", hit->value);
			assert_non_null(strstr(scene_row(&scene, hit->row), pid));
			assert_int_equal(hit->rows, 1);
		}
		assert_true(found >= 5);
		scene_close(&scene);
	}
}

static void panes_are_focused_and_zoomed(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	assert_true(click(&scene, "dirty"));
	assert_int_equal(scene.view.focus, PANE_MEMORY);
	assert_int_equal(scene.view.zoom, PANE_NONE);
	assert_true(click(&scene, "dirty"));
	assert_int_equal(scene.view.zoom, PANE_MEMORY);
	assert_false(click(&scene, "dirty"));
	scene_key(&scene, SCREEN_KEY_ESCAPE);
	/* The frame of a table is no process. */
	assert_true(click(&scene, "TOP WAITS"));
	assert_int_equal(scene.view.focus, PANE_TOP + TOP_WAITS);
	assert_false(click(&scene, "TOP WAITS"));
	assert_int_equal(scene.view.zoom, PANE_NONE);
	assert_int_equal(scene.view.selected_pid, 0);
	/* Nothing but the header lies there. */
	assert_false(at(&scene, MOUSE_CLICK, 0, 5));
	assert_false(at(&scene, MOUSE_CLICK, 44, 159));
	assert_false(at(&scene, MOUSE_CLICK, 5000, 5000));
	scene_close(&scene);
}

/* The same process in another table is selected there, not opened. */
static void a_process_is_selected_then_opened(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	assert_true(click(&scene, "2201 postgres S   6.1"));
	assert_int_equal(scene.view.selected_pid, 2201);
	assert_int_equal(scene.view.focus, PANE_TOP + TOP_CPU);
	assert_true(click(&scene, "2201 postgres   1.2G"));
	assert_int_equal(scene.view.focus, PANE_TOP + TOP_MEMORY);
	assert_int_equal(scene.view.zoom, PANE_NONE);
	assert_true(click(&scene, "2201 postgres   1.2G"));
	assert_int_equal(scene.view.zoom, PANE_TOP + TOP_MEMORY);
	/* Zoomed there is no more to open. */
	assert_false(click(&scene, "2201 postgres"));
	assert_int_equal(scene.view.zoom, PANE_TOP + TOP_MEMORY);
	scene_close(&scene);
}

static void a_branch_folds(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 30, 100);
	scene_key(&scene, 't');
	assert_true(click(&scene, "kthreadd"));
	assert_true(scene_shows(&scene, "kswapd0"));
	assert_true(click(&scene, "kthreadd"));
	assert_false(scene_shows(&scene, "kswapd0"));
	assert_true(click(&scene, "kthreadd"));
	assert_true(scene_shows(&scene, "kswapd0"));
	/* A leaf has no branch of its own. */
	assert_true(click(&scene, "kswapd0"));
	assert_false(click(&scene, "kswapd0"));
	assert_true(scene_shows(&scene, "kswapd0"));
	scene_close(&scene);
}

/* Each heading of each table sorts that table, wherever one hits it. */
static void headings_sort(void **state)
{
	struct scene scene;
	int tried = 0;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	for (int i = 0; i < scene.view.hits.count; i++) {
		const struct hit hit = scene.view.hits.place[i];
		const struct task_order *order;
		unsigned column = hit.value == TABLE_SHARE ? COL_MAJOR : hit.value;
		bool reverse;

		if (hit.kind != HIT_HEADING)
			continue;
		tried++;
		order = &scene.model.top_order[hit.pane - PANE_TOP];
		reverse = order->sort == column && !order->reverse;
		assert_true(at(&scene, MOUSE_CLICK, hit.row, hit.column));
		assert_int_equal(order->sort, column);
		assert_int_equal(order->reverse, reverse);
		assert_int_equal(scene.view.focus, hit.pane);
		assert_true(at(&scene, MOUSE_CLICK, hit.row, hit.column + hit.columns - 1));
		assert_int_equal(order->sort, column);
		assert_int_equal(order->reverse, !reverse);
	}
	assert_true(tried > 25);
	scene_close(&scene);
}

static void tabs_and_keys_of_the_last_line(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	for (int kind = TOP_KINDS - 1; kind >= 0; kind--) {
		for (int i = 0; i < scene.view.hits.count; i++) {
			const struct hit hit = scene.view.hits.place[i];

			if (hit.kind != HIT_TAB || hit.value != (unsigned)kind)
				continue;
			at(&scene, MOUSE_CLICK, hit.row, hit.column + 1);
			break;
		}
		assert_int_equal(scene.view.tab, kind);
	}
	scene_resize(&scene, 45, 160);
	/* Five keys in one cap, and its label for the first. */
	at(&scene, MOUSE_CLICK, 44, scene_column(&scene, 44, "PMIFW") + 2);
	assert_int_equal(scene.view.focus, PANE_TOP + TOP_IO);
	at(&scene, MOUSE_CLICK, 44, scene_column(&scene, 44, "table") + 2);
	assert_int_equal(scene.view.focus, PANE_TOP + TOP_CPU);
	at(&scene, MOUSE_CLICK, 44, scene_column(&scene, 44, "help") + 2);
	assert_int_equal(scene.view.mode, MODE_HELP);
	assert_false(click(&scene, "Keys"));
	at(&scene, MOUSE_CLICK, 44, scene_column(&scene, 44, "quit"));
	assert_true(scene.view.quit);
	scene_close(&scene);
}

static void the_wheel_stops_at_the_ends_of_lists(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 30, 100);
	scene_key(&scene, SCREEN_KEY_DOWN);
	scene_key(&scene, 'k');
	assert_false(at(&scene, MOUSE_WHEEL_UP, 12, 40));
	for (int i = 0; i < 9; i++)
		assert_true(at(&scene, MOUSE_WHEEL_DOWN, 12, 40));
	assert_false(at(&scene, MOUSE_WHEEL_DOWN, 12, 40));
	assert_int_equal(scene.view.choice, 9);
	/* What the list covers is not clicked through it, nor what lies beside it. */
	assert_false(click(&scene, "SIGNAL TO"));
	assert_false(click(&scene, "PRESSURE"));
	assert_int_equal(scene.view.mode, MODE_SIGNALS);
	scene_keys(&scene, "qC");
	assert_false(at(&scene, MOUSE_WHEEL_UP, 12, 40));
	for (int i = 1; i < COLUMNS_TO_CHOOSE; i++)
		assert_true(at(&scene, MOUSE_WHEEL_DOWN, 12, 40));
	assert_false(at(&scene, MOUSE_WHEEL_DOWN, 12, 40));
	scene_close(&scene);
}

static void the_wheel_scrolls_zoomed_panes(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 12, 80);
	scene_key(&scene, 'z');
	scene_key(&scene, SCREEN_KEY_DOWN);
	assert_true(at(&scene, MOUSE_WHEEL_DOWN, 6, 20));
	assert_true(scene_shows(&scene, " 4-9 of 13 "));
	/* The selection stays, and where it is stands below. */
	assert_int_equal(scene.view.selected_pid, 1234);
	assert_true(scene_shows(&scene, " is at 1, above "));
	assert_false(at(&scene, MOUSE_WHEEL_DOWN, 11, 2));
	assert_false(at(&scene, MOUSE_WHEEL_DOWN, 0, 2));
	scene_key(&scene, '?');
	assert_true(at(&scene, MOUSE_WHEEL_DOWN, 6, 20));
	assert_true(scene_shows(&scene, " 4-10 of "));
	scene_keys(&scene, "?z");
	scene_resize(&scene, 45, 160);
	/* A pane that is not zoomed has nothing to scroll. */
	assert_false(on(&scene, MOUSE_WHEEL_DOWN, 2, "dirty"));
	scene_close(&scene);
}

/* The box hides numbers that were drawn before: a click on it finds none. */
static void a_number_is_inspected_unless_it_is_covered(void **state)
{
	struct mouse mouse = { MOUSE_CLICK, 15, 20 };
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene.view.focus = PANE_FAULTS;
	scene_key(&scene, 'i');
	assert_true(click(&scene, "12,304"));
	assert_int_equal(scene.view.inspected.id, M_FAULTS_MINOR_PER_S);
	assert_false(click(&scene, "arrows move"));
	assert_false(click(&scene, "PRESSURE"));
	assert_int_equal(hits_at(&scene.view.hits, 15, 20)->kind, HIT_COVER);
	scene.view.numbers.count = 0;
	numbers_add(&scene.view.numbers, 15, 19, 4, M_CPU_BUSY_PCT);
	assert_false(mouse_run(&scene.view, &scene.model, 24, 80, &mouse));
	assert_int_equal(scene.view.inspected.id, M_FAULTS_MINOR_PER_S);
	scene.view.hits.count = 0;
	hits_add(&scene.view.hits, HIT_PANE, (struct rect){ 0, 0, 24, 80 }, 0);
	assert_true(mouse_run(&scene.view, &scene.model, 24, 80, &mouse));
	assert_int_equal(scene.view.inspected.id, M_CPU_BUSY_PCT);
	scene_close(&scene);
}

/* A click clears a message, as a key does; where it means nothing too. */
static void a_click_clears_a_message(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_key(&scene, 'T');
	assert_true(scene_shows(&scene, "totals are since a mark"));
	assert_true(at(&scene, MOUSE_CLICK, 23, 2));
	assert_false(scene_shows(&scene, "totals are since a mark"));
	assert_int_equal(scene.view.focus, PANE_TOP);
	scene_close(&scene);
}

static void what_is_typed_or_asked_is_left_alone(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_key(&scene, SCREEN_KEY_DOWN);
	scene_keys(&scene, "d5");
	assert_false(click(&scene, "dirty"));
	assert_false(at(&scene, MOUSE_WHEEL_DOWN, 16, 20));
	assert_int_equal(scene.view.mode, MODE_PROMPT);
	scene_key(&scene, SCREEN_KEY_ESCAPE);
	scene_keys(&scene, "k\n");
	assert_int_equal(scene.view.mode, MODE_CONFIRM);
	assert_false(click(&scene, "send it"));
	assert_false(click(&scene, "dirty"));
	assert_int_equal(scene.view.mode, MODE_CONFIRM);
	assert_int_equal(scene.view.act.kind, ACT_NONE);
	scene_close(&scene);
}

/* Anything anywhere, in every mode: no harm, and no process is hurt. */
static void any_click_is_harmless(void **state)
{
	static const char *const before[] = { "", "z", "t", "?", "C", "i", "/k", "zM", "\tz" };
	struct scene scene;

	(void)state;
	srand(1);
	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		scene_open(&scene, "web3", 24, 80);
		scene_keys(&scene, before[i]);
		for (int n = 0; n < 400; n++) {
			at(&scene, (enum mouse_kind)(MOUSE_CLICK + rand() % 3), rand() % 26,
			   rand() % 82);
			if (n % 100 == 50)
				scene_resize(&scene, 3 + rand() % 50, 3 + rand() % 200);
		}
		assert_int_equal(scene.view.act.kind, ACT_NONE);
		scene_close(&scene);
	}
}

static void the_key_of_the_mouse(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	assert_false(scene.view.mouse);
	scene_key(&scene, 'x');
	assert_true(scene.view.mouse);
	scene_key(&scene, 'x');
	assert_false(scene.view.mouse);
	assert_non_null(hit_of(&scene, "dirty"));
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_noted_lies_on_top),
		cmocka_unit_test(each_row_is_its_process),
		cmocka_unit_test(panes_are_focused_and_zoomed),
		cmocka_unit_test(a_process_is_selected_then_opened),
		cmocka_unit_test(a_branch_folds),
		cmocka_unit_test(headings_sort),
		cmocka_unit_test(tabs_and_keys_of_the_last_line),
		cmocka_unit_test(the_wheel_stops_at_the_ends_of_lists),
		cmocka_unit_test(the_wheel_scrolls_zoomed_panes),
		cmocka_unit_test(a_number_is_inspected_unless_it_is_covered),
		cmocka_unit_test(a_click_clears_a_message),
		cmocka_unit_test(what_is_typed_or_asked_is_left_alone),
		cmocka_unit_test(any_click_is_harmless),
		cmocka_unit_test(the_key_of_the_mouse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
