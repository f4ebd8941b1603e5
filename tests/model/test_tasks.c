/*
 * Processes: rates by pid and start time, those that are new, idle, hidden or ended, and counts.
 */
#include <errno.h>

#include "model/pair.h"

static const struct task_view *only(const struct pair *pair)
{
	assert_int_equal(pair->model.task_count, 1);
	return &pair->model.task[0];
}

static void assert_no_rates(const struct task_view *view)
{
	assert_unknown(view->cpu_pct);
	assert_unknown(view->minor_per_s);
	assert_unknown(view->major_per_s);
	assert_unknown(view->read_bytes_per_s);
	assert_unknown(view->write_bytes_per_s);
	assert_unknown(view->runq_pct);
	assert_unknown(view->disk_wait_pct);
	assert_unknown(view->voluntary_per_s);
	assert_unknown(view->involuntary_per_s);
	assert_unknown(view->rss_bytes_per_s);
}

/* What python3 of the drawings does in a second. */
static void work(struct task *task)
{
	task->cpu_ns += 410 * NS_PER_MS;
	task->run_delay_ns += 2 * NS_PER_MS;
	task->disk_wait_ns += 550 * NS_PER_MS;
	task->voluntary_switches += 120;
	task->involuntary_switches += 8;
	task->minor_faults += 301;
	task->major_faults += 81;
	task->read_bytes += 12582912;
	task->write_bytes += 4096;
	task->rss_bytes += 60817408;
}

static void assert_work(const struct task_view *view, double share)
{
	assert_near(view->cpu_pct, 41 * share);
	assert_near(view->runq_pct, (float)(0.2 * share));
	assert_near(view->disk_wait_pct, 55 * share);
	assert_near(view->voluntary_per_s, 120 * share);
	assert_near(view->involuntary_per_s, 8 * share);
	assert_near(view->minor_per_s, 301 * share);
	assert_near(view->major_per_s, 81 * share);
	assert_near(view->read_bytes_per_s, 12582912 * share);
	assert_near(view->write_bytes_per_s, 4096 * share);
	assert_near(view->rss_bytes_per_s, 60817408 * share);
}

static void rates_of_a_process(void **state)
{
	struct pair *pair = *state;

	work(pair_add_task(pair, 1234, "python3"));
	pair_update(pair);
	assert_ptr_equal(only(pair)->task, &pair->now.tasks.task[0]);
	assert_false(only(pair)->is_new);
	assert_work(only(pair), 1);
}

/* Its counters were read at its own time, not at the sample's. */
static void each_process_has_its_own_interval(void **state)
{
	struct pair *pair = *state;
	struct task *task = pair_add_task(pair, 1234, "python3");

	work(task);
	task->at_ns = pair->before.tasks.task[0].at_ns + 2 * NS_PER_S;
	task->run_delay_at_ns = task->at_ns;
	pair_update(pair);
	assert_work(only(pair), 0.5);

	task->run_delay_at_ns = pair->before.tasks.task[0].run_delay_at_ns + NS_PER_S / 2;
	pair_again(pair);
	assert_near(only(pair)->runq_pct, 0.4f);
	assert_near(only(pair)->cpu_pct, 20.5);

	task->at_ns = pair->before.tasks.task[0].at_ns; /* not known: the sample's interval */
	pair_again(pair);
	assert_near(only(pair)->cpu_pct, 41);
}

static void a_run_delay_not_read_again_is_unknown(void **state)
{
	struct pair *pair = *state;
	struct task *task = pair_add_task(pair, 1234, "python3");

	task->run_delay_at_ns = pair->before.tasks.task[0].run_delay_at_ns;
	task->run_delay_ns = 5 * NS_PER_MS;
	pair_update(pair);
	assert_unknown(only(pair)->runq_pct);
	assert_near(only(pair)->cpu_pct, 0);

	task->flags = TASK_IDLE;
	pair_again(pair);
	assert_near(only(pair)->runq_pct, 0);
}

static void what_goes_back_or_is_absent_has_no_rate(void **state)
{
	struct pair *pair = *state;
	struct task *task = pair_add_task(pair, 1234, "python3");
	struct task *before = &pair->before.tasks.task[0];

	before->cpu_ns = before->minor_faults = before->rss_bytes = 1u << 20;
	task->cpu_ns = task->minor_faults = (1u << 20) - 1;
	task->rss_bytes = 1u << 19;
	task->major_faults = 5;
	task->read_bytes = ABSENT;
	before->write_bytes = ABSENT;
	task->disk_wait_ns = before->disk_wait_ns = ABSENT;
	pair_update(pair);
	assert_unknown(only(pair)->cpu_pct);
	assert_unknown(only(pair)->minor_per_s);
	assert_near(only(pair)->major_per_s, 5);
	assert_unknown(only(pair)->read_bytes_per_s);
	assert_unknown(only(pair)->write_bytes_per_s);
	assert_unknown(only(pair)->disk_wait_pct);
	assert_near(only(pair)->rss_bytes_per_s, -(1 << 19)); /* memory may shrink */
	task->rss_bytes = ABSENT;
	pair_again(pair);
	assert_unknown(only(pair)->rss_bytes_per_s);
}

/* Its counters are not looked at, but hidden ones stay unknown and RSS is reclaimed from sleepers. */
static void an_idle_process_did_nothing(void **state)
{
	struct pair *pair = *state;
	struct task *task = pair_add_task(pair, 1234, "python3");

	work(task);
	task->flags = TASK_IDLE;
	task->rss_bytes = 0;
	pair->before.tasks.task[0].rss_bytes = 4096;
	task->write_bytes = ABSENT;
	pair_update(pair);
	assert_near(only(pair)->cpu_pct, 0);
	assert_near(only(pair)->minor_per_s, 0);
	assert_near(only(pair)->major_per_s, 0);
	assert_near(only(pair)->read_bytes_per_s, 0);
	assert_unknown(only(pair)->write_bytes_per_s);
	assert_near(only(pair)->runq_pct, 0);
	assert_near(only(pair)->disk_wait_pct, 0);
	assert_near(only(pair)->rss_bytes_per_s, -4096);
}

/* It slept for a minute: what it did since then it did in this interval. */
static void work_after_sleep_is_of_this_interval(void **state)
{
	struct pair *pair = *state;
	struct task *before;

	work(pair_add_task(pair, 1234, "python3"));
	before = &pair->before.tasks.task[0];
	before->flags = TASK_IDLE;
	before->at_ns = before->run_delay_at_ns = BEFORE_NS - 60 * NS_PER_S;
	pair_update(pair);
	assert_work(only(pair), 1);
}

static void a_new_process_is_charged_since_its_start(void **state)
{
	struct pair *pair = *state;
	uint64_t boot_ns = pair->before.boot_ns;
	struct task *task = sample_add_task(&pair->now, 1234, boot_ns + 900 * NS_PER_MS);

	work(task);
	pair_update(pair);
	assert_true(only(pair)->is_new);
	assert_work(only(pair), 1);

	task->start_ns = boot_ns - 20 * NS_PER_MS; /* start times are cut to ticks */
	pair_again(pair);
	assert_true(only(pair)->is_new);

	pair_seconds(pair, 2);
	pair_again(pair);
	assert_work(only(pair), 0.5);
}

/* One that was hidden before: its life-long counters are not one interval's. */
static void an_old_process_that_appears_has_no_rates(void **state)
{
	struct pair *pair = *state;
	struct task *task =
		sample_add_task(&pair->now, 1234, pair->before.boot_ns - 20 * NS_PER_MS - 1);

	work(task);
	pair_update(pair);
	assert_false(only(pair)->is_new);
	assert_no_rates(only(pair));

	task->start_ns = ABSENT;
	pair_again(pair);
	assert_false(only(pair)->is_new);
	assert_no_rates(only(pair));
}

static void a_reused_pid_is_another_process(void **state)
{
	struct pair *pair = *state;
	struct task *old = sample_add_task(&pair->before, 500, 77);
	struct task *new = sample_add_task(&pair->now, 500, pair->before.boot_ns + 300 * NS_PER_MS);

	old->cpu_ns = old->minor_faults = old->read_bytes = 1000 * NS_PER_S;
	work(new);
	pair_update(pair);
	assert_true(only(pair)->is_new);
	assert_work(only(pair), 1);

	new->start_ns = 76; /* nor is it an older one */
	pair_again(pair);
	assert_no_rates(only(pair));
}

/* Both in one list: the one that ended in the interval and its successor. */
static void an_ended_process_and_its_successor(void **state)
{
	struct pair *pair = *state;
	struct task *task = pair_add_task(pair, 500, "old");

	work(task);
	task->flags = TASK_EXITED;
	task->at_ns -= 800 * NS_PER_MS; /* its last counters stand for the interval */
	task->run_delay_at_ns = task->at_ns;
	work(sample_add_task(&pair->now, 500, pair->before.boot_ns + 300 * NS_PER_MS));
	pair_update(pair);
	assert_int_equal(pair->model.task_count, 2);
	assert_work(&pair->model.task[0], 1);
	assert_false(pair->model.task[0].is_new);
	assert_work(&pair->model.task[1], 1);
	assert_true(pair->model.task[1].is_new);
	assert_near(pair->model.value[M_TASKS_TOTAL], 1);

	/* In the next interval the successor has its rates by what it was itself. */
	assert_int_equal(sample_copy(&pair->before, &pair->now), 0);
	pair->now.tasks.task[0] = pair->now.tasks.task[1];
	pair->now.tasks.count = 1;
	pair_seconds(pair, 2);
	work(&pair->now.tasks.task[0]);
	pair_again(pair);
	assert_false(only(pair)->is_new);
	assert_work(only(pair), 1);
}

/* Two CPUs cannot do more than 200 %; with rounding to ticks a little more may show. */
static void an_impossible_share_is_discarded(void **state)
{
	struct pair *pair = *state;
	struct task *task = pair_add_task(pair, 1234, "python3");

	task->cpu_ns = 3500 * NS_PER_MS;
	pair_update(pair);
	assert_near(only(pair)->cpu_pct, 350);
	task->cpu_ns = 3501 * NS_PER_MS;
	pair_again(pair);
	assert_unknown(only(pair)->cpu_pct);
	pair->now.stat.cpu_count = 0; /* how many there are is not known */
	pair_again(pair);
	assert_near(only(pair)->cpu_pct, 350.1f);
}

static void lists_are_joined_whoever_comes_or_goes(void **state)
{
	struct pair *pair = *state;

	for (uint32_t pid = 1; pid <= 3000; pid++) {
		struct task *task;

		if (pid % 3)
			sample_add_task(&pair->before, pid, pid);
		if (pid % 5 == 0)
			continue;
		task = sample_add_task(&pair->now, pid, pid % 7 ? pid : pair->now.boot_ns);
		task->minor_faults = pid;
	}
	pair_update(pair);
	assert_int_equal(pair->model.task_count, 2400);
	for (size_t i = 0; i < pair->model.task_count; i++) {
		const struct task_view *view = &pair->model.task[i];
		uint32_t pid = view->task->pid;

		assert_int_equal(view->is_new, pid % 7 == 0);
		if (pid % 7 && pid % 3 == 0)
			assert_unknown(view->minor_per_s);
		else
			assert_near(view->minor_per_s, pid);
	}
}

static void processes_are_counted_by_state(void **state)
{
	static const char states[] = "RRSSSIDDTtZX";
	struct pair *pair = *state;
	const double *value = pair->model.value;

	for (uint32_t i = 0; states[i]; i++) {
		struct task *task = sample_add_task(&pair->now, i + 1, 5);

		task->state = states[i];
		if (i % 4 == 0)
			task->flags = TASK_KTHREAD;
	}
	sample_add_task(&pair->now, 99, 5)->flags = TASK_EXITED;
	pair->now.tasks.threads = 390;
	pair->now.tasks.io_hidden = 4;
	pair_update(pair);
	assert_near(value[M_TASKS_TOTAL], 12);
	assert_near(value[M_TASKS_RUNNING], 2);
	assert_near(value[M_TASKS_SLEEPING], 4);
	assert_near(value[M_TASKS_BLOCKED], 2);
	assert_near(value[M_TASKS_STOPPED], 2);
	assert_near(value[M_TASKS_ZOMBIE], 1);
	assert_near(value[M_TASKS_KERNEL], 3);
	assert_near(value[M_TASKS_THREADS], 390);
	assert_near(value[M_TASKS_IO_VISIBLE], 8);
	assert_int_equal(pair->model.task_count, 13);

	/* Its first thread sleeps, another is in D. */
	pair->now.tasks.task[2].flags = TASK_BLOCKED;
	pair_again(pair);
	assert_near(value[M_TASKS_SLEEPING], 3);
	assert_near(value[M_TASKS_BLOCKED], 3);

	pair->now.status[FILE_TASKS] = -EACCES;
	pair_again(pair);
	assert_unknown(value[M_TASKS_TOTAL]);
	assert_unknown(value[M_TASKS_RUNNING]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		pair_test(rates_of_a_process),
		pair_test(each_process_has_its_own_interval),
		pair_test(a_run_delay_not_read_again_is_unknown),
		pair_test(what_goes_back_or_is_absent_has_no_rate),
		pair_test(an_idle_process_did_nothing),
		pair_test(work_after_sleep_is_of_this_interval),
		pair_test(a_new_process_is_charged_since_its_start),
		pair_test(an_old_process_that_appears_has_no_rates),
		pair_test(a_reused_pid_is_another_process),
		pair_test(an_ended_process_and_its_successor),
		pair_test(an_impossible_share_is_discarded),
		pair_test(lists_are_joined_whoever_comes_or_goes),
		pair_test(processes_are_counted_by_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
