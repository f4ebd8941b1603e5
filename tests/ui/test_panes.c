/*
 * What panes say: marks, reasons, labels, and all that a zoomed pane holds.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/value.h"
#include "ui/scene.h"
#include "ui/screen.h"

#define COUNT(array) (int)(sizeof(array) / sizeof((array)[0]))

static void marks_follow_levels(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "zram", 24, 80);
	/* memory full 32 %, 1,800 major faults a second, 6 % available: critical, all of them. */
	assert_int_equal(scene_cell(&scene, 1, 0)->style, STYLE_BANNER_CRIT);
	assert_true(strstr(scene_row(&scene, 1), "!! MEMORY STALL  memory full 32.0%") != NULL);
	assert_true(scene_shows(&scene, "full 32.0!! "));
	assert_true(scene_shows(&scene, "1,800/s!!"));
	assert_true(scene_shows(&scene, "!!  6% avail"));
	/* A sum has no "/s", and no gap before its mark. */
	scene.model.totals = true;
	scene_draw(&scene);
	assert_true(scene_shows(&scene, " 1,800!! "));
	scene.model.totals = false;
	scene_resize(&scene, 45, 160);
	assert_int_equal(scene_cell(&scene, 1, 1)->ch, 0x2716);
	scene_close(&scene);
	scene_open(&scene, "quiet", 24, 80);
	assert_int_equal(scene_cell(&scene, 1, 0)->style, STYLE_BANNER_OK);
	assert_string_equal(scene_row(&scene, 1), " no stalls");
	for (int row = 0; row < 24; row++)
		assert_null(strchr(scene_row(&scene, row), '!'));
	scene_close(&scene);
}

static void pressure_off_says_why(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "old310", 24, 80);
	assert_true(scene_shows(&scene, "PRESSURE"));
	assert_true(scene_shows(&scene, "psi=1"));
	assert_false(scene_shows(&scene, "300s"));
	scene_key(&scene, '\t');
	scene.view.focus = PANE_PRESSURE;
	scene_key(&scene, 'z');
	assert_true(scene_shows(&scene, "psi=1"));
	scene_close(&scene);
}

/* cpu full, which is nothing for a whole system, shows where there is room and it is something. */
static void pressure_lines_by_need(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	assert_true(scene_shows(&scene, "irq     full  0.0"));
	assert_false(scene_shows(&scene, "        full  5.0 "));
	scene.model.value[M_PRESSURE(PRESSURE_CPU, 1, PSI_TOTAL)] = 1e6;
	scene.model.value[M_PRESSURE(PRESSURE_CPU, 1, PSI_NOW)] = 5;
	scene_draw(&scene);
	assert_true(scene_shows(&scene, "        full  5.0 "));
	/* No irq file: no line. */
	for (int value = 0; value < PSI_VALUES; value++)
		scene.model.value[M_PRESSURE(PRESSURE_IRQ, 1, value)] = NAN;
	scene_draw(&scene);
	assert_false(scene_shows(&scene, "irq     full"));
	scene_close(&scene);
}

static void a_container_is_labelled(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "container", 24, 80);
	assert_true(scene_shows(&scene, "CPU 8, cgroup limit 1.5"));
	assert_true(scene_shows(&scene, "MEMORY, cgroup 1.5/2.0G"));
	scene_resize(&scene, 50, 160);
	assert_true(scene_shows(&scene, "cgroup limit  1.5 CPUs"));
	scene_close(&scene);
	scene_open(&scene, "web3", 45, 160);
	assert_false(scene_shows(&scene, "cgroup"));
	scene_close(&scene);
}

static void zfs_shows_its_cache(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "zfs", 45, 160);
	assert_true(scene_shows(&scene, "ARC  8.0G"));
	scene_close(&scene);
	scene_open(&scene, "web3", 45, 160);
	assert_false(scene_shows(&scene, "ARC"));
	scene_close(&scene);
}

/* How short a wait is shows below 10 ms. */
static void short_waits_have_two_decimals(void **state)
{
	static const struct {
		float ms;
		const char *text;
	} waits[] = { { 0.043f, " 0.04ms" }, { 9.994f, " 9.99ms" }, { 9.996f, " 10.0ms" } };
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	for (int i = 0; i < COUNT(waits); i++) {
		scene.model.disk[0].await_ms = waits[i].ms;
		scene_draw(&scene);
		if (!scene_shows(&scene, waits[i].text))
			fail_msg("no %s: %s", waits[i].text, scene_row(&scene, 15));
	}
	scene_close(&scene);
}

/* Whether each stretch of yellow or red that has a digit has a mark too. */
static bool numbers_are_marked(const struct scene *scene, int row)
{
	for (int at = 0; at < scene->canvas.columns; at++) {
		enum style style = (enum style)scene_cell(scene, row, at)->style;
		bool digit = false, mark = false;

		if (style != STYLE_WARN && style != STYLE_CRIT)
			continue;
		for (; at < scene->canvas.columns; at++) {
			const struct cell *cell = scene_cell(scene, row, at);

			if (cell->style != style)
				break;
			digit |= cell->ch >= '0' && cell->ch <= '9';
			mark |= cell->ch == '!';
		}
		if (digit && !mark)
			return false;
	}
	return true;
}

/* The sum stands above the bars: it is not green where they are yellow or red. */
static void busy_is_green_as_its_bars_are(void **state)
{
	static const struct {
		double busy;
		enum style style;
	} sums[] = { { 69, STYLE_GOOD }, { 75, STYLE_BRIGHT }, { 100, STYLE_BRIGHT } };
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	for (size_t i = 0; i < sizeof(sums) / sizeof(sums[0]); i++) {
		scene.model.value[M_CPU_BUSY_PCT] = sums[i].busy;
		scene_draw(&scene);
		assert_int_equal(scene_cell(&scene, 2, 36)->ch, '%');
		assert_int_equal(scene_cell(&scene, 2, 36)->style, sums[i].style);
	}
	scene_close(&scene);
}

/* A number that is coloured has a mark: without colours it would look like any other. */
static void colours_have_marks(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	scene.model.value[M_CPU_BUSY_PCT] = 100;
	for (size_t i = 0; i < scene.model.disk_count; i++)
		scene.model.disk[i].util_pct = 100;
	scene.sample[1].loadavg.load5_centi = scene.sample[1].loadavg.load15_centi = 900;
	for (int columns = 80; columns <= 160; columns += 20) {
		scene_resize(&scene, 45, columns);
		for (int row = 0; row < 45; row++)
			if (!numbers_are_marked(&scene, row))
				fail_msg("no mark in %s", scene_row(&scene, row));
	}
	scene_close(&scene);
}

/* "dirty 120M 0.8%" is one thing, wherever a line ends. */
static void lines_break_between_figures(void **state)
{
	static const char *const pairs[][2] = { { "dirty", "%" },
						{ "active ", "inactive" },
						{ "swap in", "out" } };
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 30, 80);
	for (int columns = 80; columns <= 240; columns++) {
		scene_resize(&scene, columns < 120 ? 36 : 60, columns);
		for (int i = 0; i < COUNT(pairs); i++) {
			int row = scene_find(&scene, 2, pairs[i][0]);

			assert_true(row > 0);
			/* In wide FAULTS each has a line of its own. */
			if (i == 2 && columns >= 120)
				continue;
			if (!strstr(strstr(scene_row(&scene, row), pairs[i][0]), pairs[i][1]))
				fail_msg("%d columns: %s", columns, scene.text);
		}
	}
	scene_close(&scene);
}

static void refaults_show_once(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 30, 80);
	for (int columns = 80; columns <= 240; columns += 10)
		for (int rows = 24; rows <= 70; rows++) {
			const char *first;
			int row;

			scene_resize(&scene, rows, columns);
			row = scene_find(&scene, 0, "refault");
			if (row < 0)
				fail_msg("%d x %d: none", rows, columns);
			first = strstr(scene_row(&scene, row), "refault");
			if (strstr(first + 1, "refault") ||
			    scene_find(&scene, row + 1, "refault") >= 0)
				fail_msg("%d x %d: two", rows, columns);
		}
	scene_close(&scene);
}

/* A file that cannot be read: its pane says so instead of showing nothing. */
static void panes_without_a_source(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene.sample[1].status[FILE_MEMINFO] = -EACCES;
	memset(&scene.sample[1].meminfo, 0xff, sizeof(scene.sample[1].meminfo));
	scene.sample[1].status[FILE_VMSTAT] = -EACCES;
	memset(&scene.sample[1].vmstat, 0xff, sizeof(scene.sample[1].vmstat));
	scene.sample[1].mono_ns += NS_PER_S;
	assert_int_equal(model_update(&scene.model, &scene.sample[0], &scene.sample[1]), 0);
	scene_draw(&scene);
	assert_true(scene_shows(&scene, "/proc/meminfo"));
	assert_true(scene_shows(&scene, "/proc/vmstat"));
	assert_false(scene_shows(&scene, "used"));
	assert_false(scene_shows(&scene, "MAJOR"));
	scene_close(&scene);
}

/* The zoomed panes tell all that their files hold. */
static void zoomed_panes_are_whole(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 60, 160);
	scene.view.focus = PANE_MEMORY;
	scene_key(&scene, 'z');
	for (size_t i = 0; i < meminfo_row_count; i++) {
		uint64_t value;

		memcpy(&value, (char *)&scene.sample[1].meminfo + meminfo_rows[i].offset, 8);
		assert_int_equal(scene_shows(&scene, meminfo_rows[i].name), present(value));
	}
	scene_key(&scene, 'z');
	scene.view.focus = PANE_FAULTS;
	scene_key(&scene, 'z');
	for (size_t i = 0; i < vmstat_row_count; i++) {
		uint64_t value;

		memcpy(&value, (char *)&scene.sample[1].vmstat + vmstat_rows[i].offset, 8);
		if (present(value))
			assert_true(scene_shows(&scene, vmstat_rows[i].name));
	}
	assert_true(scene_shows(&scene, "nvme0n1"));
	scene_key(&scene, 'z');
	scene.view.focus = PANE_CPU;
	scene_key(&scene, 'z');
	assert_true(scene_shows(&scene, "busy   us   sy   ni   wa   hi   si   st"));
	scene_close(&scene);
}

static void zoomed_cpus_scroll(void **state)
{
	bool seen[256] = { false };
	struct scene scene;

	(void)state;
	scene_open(&scene, "cpu256", 30, 80);
	scene.view.focus = PANE_CPU;
	scene_key(&scene, 'z');
	for (int page = 0; page < 80; page++) {
		for (int cpu = 0; cpu < 256; cpu++) {
			char text[32];

			snprintf(text, sizeof(text), "\u2502 %4d ", cpu);
			seen[cpu] |= scene_shows(&scene, text);
		}
		scene_key(&scene, SCREEN_KEY_PAGE_DOWN);
	}
	for (int cpu = 0; cpu < 256; cpu++)
		if (!seen[cpu])
			fail_msg("CPU %d was not shown", cpu);
	scene_close(&scene);
}

/* With the same figures the same cells: nothing moves but what changed. */
static void labels_stand_still(void **state)
{
	static const double values[] = { 0, 3.14, 99.99, 12345.6, 9e9, NAN };
	static const char *const labels[] = { "sy ",	  "wa ",       "switches",
					      "inactive", "reclaim",   "MAJOR",
					      "swap in",  "run queue", "thrash" };
	int place[COUNT(labels)][2];
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	for (int v = 0; v < COUNT(values); v++) {
		for (int id = M_CPU_BUSY_PCT; id < M_TASKS_TOTAL; id++)
			if (id != M_MEMORY_TOTAL && id != M_CPU_COUNT && id != M_CPU_LIMIT_CORES &&
			    id != M_MEMORY_LIMIT && id != M_MEMORY_ARC &&
			    id != M_MEMORY_ARC_EVICTABLE)
				scene.model.value[id] = values[v];
		/* Pressure that is unknown throughout has no pane. */
		scene.model.value[M_PRESSURE(PRESSURE_CPU, 0, PSI_AVG10)] = 1;
		scene_draw(&scene);
		for (int i = 0; i < COUNT(labels); i++) {
			int row = scene_find(&scene, 2, labels[i]), column;

			assert_true(row > 0);
			column = scene_column(&scene, row, labels[i]);
			if (v == 0) {
				place[i][0] = row;
				place[i][1] = column;
			}
			assert_int_equal(place[i][0], row);
			assert_int_equal(place[i][1], column);
		}
	}
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_follow_levels),
		cmocka_unit_test(pressure_off_says_why),
		cmocka_unit_test(pressure_lines_by_need),
		cmocka_unit_test(a_container_is_labelled),
		cmocka_unit_test(zfs_shows_its_cache),
		cmocka_unit_test(short_waits_have_two_decimals),
		cmocka_unit_test(busy_is_green_as_its_bars_are),
		cmocka_unit_test(colours_have_marks),
		cmocka_unit_test(lines_break_between_figures),
		cmocka_unit_test(refaults_show_once),
		cmocka_unit_test(panes_without_a_source),
		cmocka_unit_test(zoomed_panes_are_whole),
		cmocka_unit_test(zoomed_cpus_scroll),
		cmocka_unit_test(labels_stand_still),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
