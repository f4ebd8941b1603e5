/*
 * Who comes first: the columns, their order, the top tables and the whole list.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/pair.h"

static void columns_are_filled(void **state)
{
	(void)state;
	for (int id = 0; id < COLUMN_COUNT; id++) {
		const struct task_column *c = &task_columns[id];

		assert_true(c->key && c->key[0] && c->heading[0] && c->help[0] && c->value);
		assert_int_equal(task_column_find(c->key), id);
		assert_int_equal(c->width == 0, id == COL_COMMAND);
		if (c->width)
			assert_true(strlen(c->heading) <= c->width);
	}
	assert_int_equal(task_column_find("maj"), COL_MAJOR);
	assert_int_equal(task_column_find("help"), -1);
	assert_int_equal(task_column_find(""), -1);
}

static void tables_are_filled(void **state)
{
	static const char *const names[TOP_KINDS] = { "cpu", "memory", "io", "faults", "waits" };
	const char *keys = "PMIFW";

	(void)state;
	for (int kind = 0; kind < TOP_KINDS; kind++) {
		const struct top_table *table = &top_tables[kind];
		bool shows_sort = table->sort == COL_IO || table->sort == COL_WAIT;
		const uint8_t *column = table->columns;

		assert_string_equal(table->name, names[kind]);
		assert_int_equal(table->key, keys[kind]);
		assert_int_equal(*column, COL_PID);
		for (; *column != COLUMN_COUNT; column++)
			shows_sort |= *column == table->sort;
		assert_int_equal(column[-1], COL_COMMAND);
		assert_true(shows_sort);
	}
}

static void values_of_columns(void **state)
{
	static const struct task task = { .pid = 7,
					  .ppid = 3,
					  .threads = 4,
					  .nice = -5,
					  .cpu_ns = 1500 * NS_PER_MS,
					  .blocked_ns = 2500 * NS_PER_MS,
					  .rss_bytes = 100,
					  .anon_bytes = ABSENT,
					  .swap_bytes = 5 };
	struct task_view view = { .task = &task,
				  .cpu_pct = 1,
				  .minor_per_s = 2,
				  .major_per_s = 3,
				  .read_bytes_per_s = 4,
				  .write_bytes_per_s = NAN,
				  .runq_pct = NAN,
				  .disk_wait_pct = 7,
				  .voluntary_per_s = 11,
				  .involuntary_per_s = 12,
				  .rss_bytes_per_s = -8 };
	static const struct {
		enum task_column_id id;
		double value;
	} known[] = { { COL_PID, 7 },	    { COL_PPID, 3 },	   { COL_CPU, 1 },
		      { COL_TIME, 1.5 },    { COL_RSS, 100 },	   { COL_SWAP, 5 },
		      { COL_GROWTH, -8 },   { COL_READ, 4 },	   { COL_IO, 4 },
		      { COL_MINOR, 2 },	    { COL_MAJOR, 3 },	   { COL_DISK, 7 },
		      { COL_BLOCKED, 2.5 }, { COL_THREADS, 4 },	   { COL_NICE, -5 },
		      { COL_BAR, 8 },	    { COL_VOLUNTARY, 11 }, { COL_INVOLUNTARY, 12 } };
	static const enum task_column_id unknown[] = { COL_USER,  COL_STATE, COL_COMMAND, COL_ANON,
						       COL_WRITE, COL_RUNQ,  COL_WAIT };

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		assert_near(task_columns[known[i].id].value(&view), known[i].value);
	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
		assert_unknown(task_columns[unknown[i]].value(&view));
	assert_int_equal(COLUMN_COUNT,
			 sizeof(known) / sizeof(known[0]) + sizeof(unknown) / sizeof(unknown[0]));

	view.task = &(struct task){ .blocked_ns = 0 };
	assert_unknown(task_columns[COL_BLOCKED].value(&view)); /* not in D: no age */
	view.write_bytes_per_s = view.runq_pct = 10;
	assert_near(task_columns[COL_IO].value(&view), 14);
	assert_near(task_columns[COL_WAIT].value(&view), 17);
	view.read_bytes_per_s = view.write_bytes_per_s = NAN;
	view.runq_pct = view.disk_wait_pct = NAN;
	assert_unknown(task_columns[COL_IO].value(&view));
	assert_unknown(task_columns[COL_WAIT].value(&view));
}

/* --- the order */

#define VIEWS 40

static float some_value(void)
{
	switch (rand() % 4) {
	case 0:
		return NAN;
	case 1:
		return 0;
	default:
		return (float)(rand() % 7 - 2);
	}
}

static void random_views(struct task *task, struct task_view *view)
{
	static const char *const names[] = { "", "a", "b", "\xe6\x97\xa5" };
	static const char states[] = "RSDZTtIX?";

	for (uint32_t i = 0; i < VIEWS; i++) {
		task[i] = (struct task){ .pid = i / 2, .start_ns = i % 2 };
		task[i].uid = (uint32_t)(rand() % 4);
		task[i].state = states[rand() % 9];
		task[i].rss_bytes = rand() % 3 ? (uint64_t)(rand() % 5) : ABSENT;
		task[i].cpu_ns = rand() % 3 ? (uint64_t)(rand() % 5) : ABSENT;
		snprintf(task[i].comm, sizeof(task[i].comm), "%s", names[rand() % 4]);
		view[i] = (struct task_view){ .task = &task[i],
					      .cpu_pct = some_value(),
					      .minor_per_s = some_value(),
					      .major_per_s = some_value(),
					      .read_bytes_per_s = some_value(),
					      .write_bytes_per_s = some_value(),
					      .runq_pct = some_value(),
					      .disk_wait_pct = some_value(),
					      .rss_bytes_per_s = some_value() };
	}
}

static int sign(int value)
{
	return (value > 0) - (value < 0);
}

static void assert_total(const struct task_order *order, const struct task_view *view)
{
	static int before[VIEWS][VIEWS];

	for (int a = 0; a < VIEWS; a++)
		for (int b = 0; b < VIEWS; b++)
			before[a][b] = sign(task_order_compare(order, &view[a], &view[b]));
	for (int a = 0; a < VIEWS; a++)
		for (int b = 0; b < VIEWS; b++) {
			assert_int_equal(before[a][b], -before[b][a]);
			assert_int_equal(before[a][b] == 0, a == b);
			for (int c = 0; c < VIEWS; c++)
				if (before[a][b] < 0 && before[b][c] < 0)
					assert_true(before[a][c] < 0);
		}
}

static void the_order_is_total(void **state)
{
	struct task task[VIEWS];
	struct task_view view[VIEWS];

	(void)state;
	srand(20261120);
	for (int sort = 0; sort < COLUMN_COUNT; sort++) {
		for (int reverse = 0; reverse < 2; reverse++) {
			struct task_order order = { .sort = (enum task_column_id)sort,
						    .then = (enum task_column_id)(rand() %
										  COLUMN_COUNT),
						    .reverse = reverse };

			random_views(task, view);
			assert_total(&order, view);
		}
	}
}

/* Fills a model with processes whose majors are given; -1 is unknown. Pids are 1, 2, ... */
static void with_majors(struct pair *pair, const int *majors, size_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		struct task *task = pair_add_task(pair, i + 1, "x");

		task->major_faults = majors[i] < 0 ? ABSENT : (uint64_t)majors[i];
	}
}

static void assert_top(const struct model *model, enum top_kind kind, const uint32_t *pids,
		       size_t count)
{
	assert_int_equal(model->top_count[kind], count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(model->task[model->top[kind][i]].task->pid, pids[i]);
}

static void unknown_comes_last_either_way(void **state)
{
	struct pair *pair = *state;

	with_majors(pair, (int[]){ -1, 0, 81, 4, 0, -1 }, 6);
	pair_update(pair);
	assert_top(&pair->model, TOP_FAULTS, (uint32_t[]){ 3, 4, 2, 5, 1, 6 }, 6);
	pair->model.top_order[TOP_FAULTS].reverse = true;
	model_rank(&pair->model);
	assert_top(&pair->model, TOP_FAULTS, (uint32_t[]){ 2, 5, 4, 3, 1, 6 }, 6);
}

static void ties_fall_to_the_second_key_and_the_pid(void **state)
{
	struct pair *pair = *state;

	with_majors(pair, (int[]){ 5, 5, 9, 5 }, 4);
	pair->now.tasks.task[3].minor_faults = 7;
	pair_update(pair);
	assert_top(&pair->model, TOP_FAULTS, (uint32_t[]){ 3, 4, 1, 2 }, 4);
	/* By name from a to z, by user alike; the pid decides. */
	pair->model.top_order[TOP_CPU] =
		(struct task_order){ .sort = COL_COMMAND, .then = COL_USER };
	pair->now.tasks.task[2].comm[0] = 'a';
	model_rank(&pair->model);
	assert_top(&pair->model, TOP_CPU, (uint32_t[]){ 3, 1, 2, 4 }, 4);
}

static void each_table_has_its_own_key(void **state)
{
	struct pair *pair = *state;
	struct task *task;

	task = pair_add_task(pair, 1, "a");
	task->cpu_ns = NS_PER_S / 2;
	task = pair_add_task(pair, 2, "b");
	task->rss_bytes = 1 << 20;
	task = pair_add_task(pair, 3, "c");
	task->write_bytes = 4096;
	task->read_bytes = ABSENT;
	task = pair_add_task(pair, 4, "d");
	task->major_faults = 1;
	task->minor_faults = 9;
	task = pair_add_task(pair, 5, "e");
	task->run_delay_ns = NS_PER_S / 10;
	task->disk_wait_ns = NS_PER_S / 5;
	pair_update(pair);
	assert_top(&pair->model, TOP_CPU, (uint32_t[]){ 1, 5, 2, 3, 4 }, 5);
	assert_top(&pair->model, TOP_MEMORY, (uint32_t[]){ 2, 1, 3, 4, 5 }, 5);
	assert_top(&pair->model, TOP_IO, (uint32_t[]){ 3, 1, 2, 4, 5 }, 5);
	assert_top(&pair->model, TOP_FAULTS, (uint32_t[]){ 4, 1, 2, 3, 5 }, 5);
	assert_top(&pair->model, TOP_WAITS, (uint32_t[]){ 5, 1, 2, 3, 4 }, 5);
}

/* The top of 10,000, of which some do something, is the beginning of the sorted list. */
static void the_top_is_the_sorted_list_s_beginning(void **state)
{
	struct pair *pair = *state;
	uint32_t *index = malloc(10000 * sizeof(*index));
	const struct model *model = &pair->model;

	assert_non_null(index);
	srand(7);
	for (uint32_t pid = 1; pid <= 10000; pid++) {
		struct task *task = pair_add_task(pair, pid, rand() % 2 ? "x" : "y");

		task->rss_bytes = (uint64_t)(rand() % 3000) * 4096;
		task->uid = (uint32_t)(rand() % 3);
		if (rand() % 200) {
			task->flags = TASK_IDLE;
			continue;
		}
		task->cpu_ns = (unsigned)(rand() % 1000) * NS_PER_MS;
		task->read_bytes = rand() % 2 ? ABSENT : (uint64_t)(rand() % 5);
		task->major_faults = (uint64_t)(rand() % 5);
	}
	pair_update(pair);
	for (int sort = 0; sort < COLUMN_COUNT; sort++) {
		for (int kind = 0; kind < TOP_KINDS; kind++) {
			struct task_order *order = &pair->model.top_order[kind];

			*order = (struct task_order){ .sort = (enum task_column_id)sort,
						      .then = top_tables[kind].sort,
						      .reverse = rand() % 2 };
			model_rank(&pair->model);
			model_sort(model, order, index);
			assert_int_equal(model->top_count[kind], TOP_MAX);
			assert_memory_equal(model->top[kind], index, TOP_MAX * sizeof(*index));
			for (size_t i = 1; i < model->task_count; i++)
				assert_true(task_order_compare(order, &model->task[index[i - 1]],
							       &model->task[index[i]]) < 0);
		}
	}
	free(index);
}

static void a_filter_hides_processes_not_numbers(void **state)
{
	struct pair *pair = *state;

	with_majors(pair, (int[]){ 3, 7, 5, 90 }, 4);
	pair->now.tasks.task[0].uid = pair->now.tasks.task[2].uid = 1000;
	pair->now.vmstat.pgmajfault += 105;
	pair->now.vmstat.pgfault += 105;
	pair->model.filter = (struct task_filter){ .by_uid = true, .uid = 1000 };
	pair_update(pair);
	assert_int_equal(pair->model.task_count, 2);
	assert_top(&pair->model, TOP_FAULTS, (uint32_t[]){ 3, 1 }, 2);
	assert_near(pair->model.value[M_TASKS_TOTAL], 4);
	assert_int_equal(pair->model.verdict.culprit->pid, 4);

	pair->model.filter.uid = 4242;
	model_rank(&pair->model);
	assert_top(&pair->model, TOP_FAULTS, NULL, 0);
	pair->model.filter.by_uid = false;
	model_rank(&pair->model);
	assert_top(&pair->model, TOP_FAULTS, (uint32_t[]){ 4, 2, 3, 1 }, 4);
}

static void nobody_to_rank(void **state)
{
	struct pair *pair = *state;
	uint32_t index = 77;

	model_rank(&pair->model); /* before the first sample */
	pair_update(pair);
	for (int kind = 0; kind < TOP_KINDS; kind++)
		assert_top(&pair->model, (enum top_kind)kind, NULL, 0);
	model_sort(&pair->model, &pair->model.top_order[TOP_CPU], &index);
	assert_int_equal(index, 77);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_filled),
		cmocka_unit_test(tables_are_filled),
		cmocka_unit_test(values_of_columns),
		cmocka_unit_test(the_order_is_total),
		pair_test(unknown_comes_last_either_way),
		pair_test(ties_fall_to_the_second_key_and_the_pid),
		pair_test(each_table_has_its_own_key),
		pair_test(the_top_is_the_sorted_list_s_beginning),
		pair_test(a_filter_hides_processes_not_numbers),
		pair_test(nobody_to_rank),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
