/*
 * The model as a whole: its history, samples of the same instant, copies, and tables that only grow.
 */
#include <errno.h>
#include <string.h>

#include "model/pair.h"

static void step(struct pair *pair, uint64_t major_faults)
{
	assert_int_equal(sample_copy(&pair->before, &pair->now), 0);
	pair->now.mono_ns += NS_PER_S;
	pair->now.boot_ns += NS_PER_S;
	pair->now.real_ns += 1;
	pair->now.vmstat.pgmajfault += major_faults;
	assert_int_equal(model_update(&pair->model, &pair->before, &pair->now), 0);
}

static void history_keeps_the_last_thousand(void **state)
{
	struct pair *pair = *state;
	const struct ring *history = &pair->model.history;

	pair->before.real_ns = 5000;
	pair->now.real_ns = 5001;
	pair_update(pair);
	assert_int_equal(history->count, 2);
	assert_true(isnan(ring_get(history, 1, M_FAULTS_MAJOR_PER_S)));
	assert_true(ring_get(history, 1, M_CPU_LOAD1) == 0.1f);
	assert_true(ring_get(history, 0, M_FAULTS_MAJOR_PER_S) == 0);
	for (uint64_t i = 1; i <= HISTORY_ROWS + 10; i++)
		step(pair, i);
	assert_int_equal(history->count, HISTORY_ROWS);
	for (size_t age = 0; age < HISTORY_ROWS; age++) {
		size_t row = (history->head + HISTORY_ROWS - age) % HISTORY_ROWS;
		float expected = (float)(HISTORY_ROWS + 10 - age);

		assert_true(ring_get(history, age, M_FAULTS_MAJOR_PER_S) == expected);
		assert_int_equal(pair->model.history_real_ns[row], 5001 + HISTORY_ROWS + 10 - age);
	}
}

/* A machine with something of everything. */
static void busy(struct pair *pair)
{
	pair_add_task(pair, 1, "systemd");
	pair_add_task(pair, 1234, "python3")->major_faults = 81;
	pair_add_task(pair, 2201, "postgres")->major_faults = 4;
	pair->now.vmstat.pgmajfault += 85;
	sample_add_disk(&pair->before, "sda");
	sample_add_disk(&pair->now, "sda")->reads = 7;
	sample_add_disk(&pair->now, "sdb");
	pair->now.tasks.task[1].uid = 1000;
}

static void assert_same(const struct model *a, const struct model *b)
{
	assert_memory_equal(a->value, b->value, sizeof(a->value));
	assert_memory_equal(a->level, b->level, sizeof(a->level));
	assert_memory_equal(a->absence, b->absence, sizeof(a->absence));
	assert_memory_equal(a->top, b->top, sizeof(a->top));
	assert_memory_equal(a->top_count, b->top_count, sizeof(a->top_count));
	assert_int_equal(a->task_count, b->task_count);
	assert_int_equal(a->disk_count, b->disk_count);
	assert_int_equal(a->cpu_count, b->cpu_count);
	assert_memory_equal(a->cpu, b->cpu, a->cpu_count * sizeof(*a->cpu));
	for (size_t i = 0; i < a->task_count; i++) {
		assert_int_equal(a->task[i].task->pid, b->task[i].task->pid);
		assert_memory_equal(&a->task[i].is_new, &b->task[i].is_new,
				    sizeof(a->task[i]) - offsetof(struct task_view, is_new));
	}
	for (size_t i = 0; i < a->disk_count; i++)
		assert_string_equal(a->disk[i].disk->name, b->disk[i].disk->name);
	assert_string_equal(a->verdict.blame, b->verdict.blame);
	assert_int_equal(a->history.count, b->history.count);
	for (size_t age = 0; age < a->history.count; age++)
		for (int id = 0; id < METRIC_COUNT; id++) {
			float x = ring_get(&a->history, age, (size_t)id);
			float y = ring_get(&b->history, age, (size_t)id);

			assert_true(x == y || (isnan(x) && isnan(y)));
		}
}

/* Every pointer of the model leads into this sample. */
static void assert_borrows(const struct model *model, const struct sample *sample)
{
	const struct task *task = sample->tasks.task;

	assert_ptr_equal(model->current, sample);
	for (size_t i = 0; i < model->task_count; i++)
		assert_in_range((uintptr_t)model->task[i].task, (uintptr_t)task,
				(uintptr_t)(task + sample->tasks.count) - 1);
	for (size_t i = 0; i < model->disk_count; i++)
		assert_in_range((uintptr_t)model->disk[i].disk, (uintptr_t)sample->disks.disk,
				(uintptr_t)(sample->disks.disk + sample->disks.count) - 1);
	if (model->verdict.culprit)
		assert_ptr_equal(model->verdict.culprit, task_list_find(&sample->tasks, 1234));
}

static void the_same_instant_changes_nothing(void **state)
{
	struct pair *pair = *state;
	struct model *model = &pair->model;
	double value[METRIC_COUNT];

	busy(pair);
	pair_update(pair);
	memcpy(value, model->value, sizeof(value));
	assert_int_equal(sample_copy(&pair->before, &pair->now), 0);
	assert_int_equal(model_update(model, &pair->now, &pair->before), 0);
	assert_borrows(model, &pair->before);
	assert_non_null(model->verdict.culprit);
	assert_memory_equal(value, model->value, sizeof(value));
	assert_int_equal(model->interval_state, INTERVAL_OK);
	assert_int_equal(model->history.count, 2);
	assert_near(view_of_pid(model, 1234)->major_per_s, 81);
	assert_string_equal(model->verdict.blame, "python3[1234] 81/s, 95% of them");
	assert_int_equal(model->top_count[TOP_FAULTS], 3);

	/* Whoever is not there any more is not pointed at. */
	assert_int_equal(sample_copy(&pair->now, &pair->before), 0);
	pair->now.tasks.task[1] = pair->now.tasks.task[2];
	pair->now.tasks.count = 2;
	pair->now.disks.count = 1;
	assert_int_equal(model_update(model, &pair->before, &pair->now), 0);
	assert_borrows(model, &pair->now);
	assert_int_equal(model->task_count, 2);
	assert_int_equal(model->disk_count, 1);
	assert_null(model->verdict.culprit);
}

static void a_copy_stands_still(void **state)
{
	struct pair *pair = *state;
	struct model copy;
	struct sample sample;

	assert_int_equal(model_init(&copy), 0);
	assert_int_equal(sample_init(&sample), 0);
	assert_int_equal(model_copy(&copy, &pair->model, &sample), -EINVAL);
	busy(pair);
	pair_update(pair);
	for (int round = 0; round < 2; round++) { /* the second time into what is there */
		pair->model.filter = (struct task_filter){ .by_uid = round, .uid = 1000 };
		model_rank(&pair->model);
		assert_int_equal(model_copy(&copy, &pair->model, &sample), 0);
		assert_same(&copy, &pair->model);
		assert_borrows(&copy, &sample);
		assert_int_equal(copy.task_count, round ? 1 : 3);
	}
	step(pair, 100000);
	assert_near(copy.value[M_FAULTS_MAJOR_PER_S], 85);
	assert_borrows(&copy, &sample);
	copy.filter.by_uid = false;
	model_rank(&copy);
	assert_int_equal(copy.task_count, 3);
	model_release(&copy);
	sample_release(&sample);
}

static void tables_grow_once(void **state)
{
	struct pair *pair = *state;
	const struct model *model = &pair->model;
	const void *all, *cpu, *cell;

	for (uint32_t pid = 1; pid <= 10000; pid++)
		pair_add_task(pair, pid, "x")->flags = TASK_IDLE;
	pair_update(pair);
	assert_int_equal(model->task_count, 10000);
	assert_near(model->value[M_TASKS_SLEEPING], 10000);
	all = model->all;
	cpu = model->cpu;
	cell = model->history.cell;
	for (int i = 0; i < 3; i++)
		step(pair, 1);
	pair->now.tasks.count = 10;
	step(pair, 1);
	assert_int_equal(model->task_count, 10);
	assert_ptr_equal(model->all, all);
	assert_ptr_equal(model->cpu, cpu);
	assert_ptr_equal(model->history.cell, cell);
}

/* Wall clock set back or forward changes no rate. */
static void the_wall_clock_is_for_display_only(void **state)
{
	struct pair *pair = *state;

	pair->before.real_ns = 5000 * NS_PER_S;
	pair->now.real_ns = 10 * NS_PER_S;
	pair->now.stat.ctxt += 300;
	pair_update(pair);
	assert_near(pair->model.interval_s, 1);
	assert_near(pair->model.value[M_CPU_CONTEXT_SWITCHES_PER_S], 300);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		pair_test(history_keeps_the_last_thousand),
		pair_test(the_same_instant_changes_nothing),
		pair_test(a_copy_stands_still),
		pair_test(tables_grow_once),
		pair_test(the_wall_clock_is_for_display_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
