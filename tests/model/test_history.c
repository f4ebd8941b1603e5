/* Looking back: what a past instant had becomes a model again. */
#include "model/pair.h"

#include <stdio.h>
#include <string.h>

#include "model/history_time.h"

/* `count` processes, of which number `busiest` ran most and faults. */
static void add_tasks(struct pair *pair, uint32_t count, uint32_t busiest)
{
	char name[32];

	for (uint32_t pid = 1; pid <= count; pid++) {
		struct task *task;

		snprintf(name, sizeof(name), "task%u", pid);
		task = pair_add_task(pair, pid, name);
		task->rss_bytes = pid * 4096;
		if (pid == busiest) {
			task->cpu_ns += NS_PER_S / 2;
			task->major_faults += 700;
		}
	}
}

static void a_past_instant_shows_as_it_was(void **state)
{
	struct pair *pair = *state;
	struct history history = { 0 };
	struct model *past = &history.past;

	add_tasks(pair, 300, 17);
	pair->now.vmstat.pgmajfault = pair->before.vmstat.pgmajfault + 700;
	pair->now.loadavg.load1_centi = 242;
	pair_update(pair);
	assert_int_equal(pair->model.verdict.level, LEVEL_CRIT);
	assert_int_equal(history_push(&history, &pair->model), 0);
	assert_int_equal(history_show(&history, 0, &pair->model), 0);
	for (int id = 0; id < METRIC_COUNT; id++) {
		if (isnan(pair->model.value[id]))
			assert_unknown(past->value[id]);
		else
			assert_true(past->value[id] == pair->model.value[id]);
		assert_int_equal(past->level[id], pair->model.level[id]);
	}
	assert_int_equal(past->current->loadavg.load1_centi, 242);
	assert_string_equal(past->verdict.blame, pair->model.verdict.blame);
	assert_non_null(past->verdict.culprit);
	assert_int_equal(past->verdict.culprit->pid, 17);
	assert_int_equal(past->cpu_count, pair->model.cpu_count);
	assert_near(past->cpu[0].idle_pct, (double)pair->model.cpu[0].idle_pct);
	/* The culprit of then leads, with the numbers of then. */
	assert_int_equal(past->task[past->top[TOP_CPU][0]].task->pid, 17);
	assert_near(past->task[past->top[TOP_FAULTS][0]].major_per_s, 700);
	assert_string_equal(past->task[past->top[TOP_CPU][0]].task->comm, "task17");
	history_release(&history);
}

static void check_columns(const struct task_view *past, const struct task_view *now)
{
	for (int id = 0; id < COLUMN_COUNT; id++) {
		double value = task_columns[id].value(now);

		if (isnan(value))
			assert_unknown(task_columns[id].value(past));
		else
			check_near(task_columns[id].value(past), value, task_columns[id].key,
				   __FILE__, __LINE__);
	}
	assert_int_equal(past->task->state, now->task->state);
	assert_int_equal(past->task->flags, now->task->flags);
	assert_string_equal(past->task->comm, now->task->comm);
}

/* Each figure of a process, of one that waits in D, and of one of which little is known. */
static void every_column_is_of_then(void **state)
{
	struct pair *pair = *state;
	struct history history = { 0 };
	struct task *task;

	task = pair_add_task(pair, 7, "busy");
	task->state = 'D';
	task->flags = TASK_BLOCKED;
	task->nice = -5;
	task->threads = 3;
	task->cpu_ns += NS_PER_S / 2;
	task->run_delay_ns += NS_PER_S / 8;
	task->disk_wait_ns += NS_PER_S / 4;
	task->blocked_ns = 5 * NS_PER_S / 2;
	task->voluntary_switches += 40;
	task->involuntary_switches += 50;
	task->minor_faults += 60;
	task->major_faults += 70;
	task->read_bytes += 8192;
	task->write_bytes += 4096;
	task->rss_bytes += 16384;
	task->anon_bytes = 8192;
	task->swap_bytes = 4096;
	task = pair_add_task(pair, 8, "hidden");
	task->read_bytes = task->write_bytes = task->swap_bytes = task->anon_bytes = ABSENT;
	task->run_delay_ns = task->disk_wait_ns = task->blocked_ns = ABSENT;
	task->voluntary_switches = task->involuntary_switches = ABSENT;
	pair_update(pair);
	assert_int_equal(history_push(&history, &pair->model), 0);
	assert_int_equal(history_show(&history, 0, &pair->model), 0);
	for (uint32_t pid = 7; pid <= 8; pid++)
		check_columns(view_of_pid(&history.past, pid), view_of_pid(&pair->model, pid));
	history_release(&history);
}

static void the_first_rows_of_every_table_are_kept(void **state)
{
	struct pair *pair = *state;
	struct history history = { 0 };
	struct pattern none = { .text = "nobody" };

	add_tasks(pair, 300, 17);
	pair_update(pair);
	/* Whatever was filtered and sorted then. */
	pair->model.filter.pattern = &none;
	pair->model.top_order[TOP_MEMORY].sort = COL_PID;
	model_rank(&pair->model);
	assert_int_equal(history_push(&history, &pair->model), 0);
	assert_int_equal(history_show(&history, 0, &pair->model), 0);
	assert_in_range(history.past.all_count, TOP_SET_ROWS, HISTORY_TASKS);
	for (size_t i = 0; i < TOP_SET_ROWS; i++)
		assert_int_equal(history.past.task[history.past.top[TOP_MEMORY][i]].task->pid,
				 300 - i);
	for (size_t i = 1; i < history.past.all_count; i++)
		assert_true(history.past.all[i - 1].task->pid < history.past.all[i].task->pid);
	history_release(&history);
}

static void the_oldest_gives_way(void **state)
{
	struct pair *pair = *state;
	struct history history = { 0 };

	add_tasks(pair, 3, 2);
	pair_update(pair);
	for (int i = 0; i < HISTORY_ROWS + 5; i++) {
		pair->now.loadavg.load1_centi = (uint64_t)i;
		assert_int_equal(history_push(&history, &pair->model), 0);
	}
	assert_int_equal(history.count, HISTORY_ROWS);
	assert_int_equal(history_sample(&history, 0)->loadavg.load1_centi, HISTORY_ROWS + 4);
	assert_int_equal(history_sample(&history, HISTORY_ROWS - 1)->loadavg.load1_centi, 5);
	assert_null(history_sample(&history, HISTORY_ROWS));
	history_release(&history);
}

static void graphs_end_where_one_stands(void **state)
{
	struct pair *pair = *state;
	struct history history = { 0 };

	add_tasks(pair, 3, 2);
	pair_update(pair);
	for (int i = 0; i < 20; i++) {
		float *row = ring_push(&pair->model.history);

		row[M_CPU_BUSY_PCT] = (float)i;
		history_push(&history, &pair->model);
	}
	assert_int_equal(history_show(&history, 7, &pair->model), 0);
	assert_near(ring_get(&history.past.history, 0, M_CPU_BUSY_PCT), 12);
	assert_near(ring_get(&history.past.history, 5, M_CPU_BUSY_PCT), 7);
	assert_near(ring_get(&pair->model.history, 0, M_CPU_BUSY_PCT), 19);
	history_release(&history);
}

static void minutes_are_counted_in_time(void **state)
{
	struct pair *pair = *state;
	struct history history = { 0 };

	pair_update(pair);
	for (int i = 0; i < 100; i++) {
		pair->now.mono_ns += (i == 50 ? 300 : 7) * NS_PER_S;
		history_push(&history, &pair->model);
	}
	/* Nine samples of seven seconds are the first beyond a minute; a gap is stepped over at once. */
	assert_int_equal(history_earlier(&history, 0, 60 * NS_PER_S), 9);
	assert_int_equal(history_earlier(&history, 49, 60 * NS_PER_S), 50);
	assert_int_equal(history_earlier(&history, 98, 60 * NS_PER_S), 99);
	assert_int_equal(history_later(&history, 9, 60 * NS_PER_S), 0);
	assert_int_equal(history_later(&history, 50, 60 * NS_PER_S), 49);
	assert_int_equal(history_later(&history, 3, 60 * NS_PER_S), 0);
	history_release(&history);
}

static void nothing_is_nothing(void **state)
{
	struct pair *pair = *state;
	struct history history = { 0 };

	pair_update(pair);
	assert_int_not_equal(history_show(&history, 0, &pair->model), 0);
	assert_null(history_sample(&history, 0));
	assert_int_equal(history_earlier(&history, 0, 1), 0);
	history_release(&history);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		pair_test(a_past_instant_shows_as_it_was),
		pair_test(every_column_is_of_then),
		pair_test(the_first_rows_of_every_table_are_kept),
		pair_test(the_oldest_gives_way),
		pair_test(graphs_end_where_one_stands),
		pair_test(minutes_are_counted_in_time),
		pair_test(nothing_is_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
