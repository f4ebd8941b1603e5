/* Rows of threads: rates of their own, in the tables in place of processes or below them. */
#include "model/pair.h"

#include <stdio.h>

#include "model/history.h"
#include "model/since.h"

#define OLD_NS (NS_PER_S)

static struct task *add_thread(struct sample *sample, uint32_t tid, uint32_t pid, const char *comm)
{
	struct task *thread;

	assert_int_equal(task_list_reserve(&sample->threads, sample->threads.count + 1), 0);
	thread = &sample->threads.task[sample->threads.count++];
	*thread = *task_list_find(&sample->tasks, pid);
	thread->pid = tid;
	thread->ppid = pid;
	thread->flags = TASK_THREAD;
	snprintf(thread->comm, sizeof(thread->comm), "%s", comm);
	return thread;
}

/* Processes 10 and 20; 10 has threads 10, 11 and 12, of which 11 ran 0.7 of the second. */
static void add_all(struct pair *pair)
{
	struct sample *samples[] = { &pair->before, &pair->now };

	pair_add_task(pair, 10, "server");
	pair_add_task(pair, 20, "other");
	for (int i = 0; i < 2; i++) {
		struct task *worker;

		add_thread(samples[i], 10, 10, "server");
		worker = add_thread(samples[i], 11, 10, "worker");
		worker->cpu_ns = i ? 700 * NS_PER_MS : 0;
		worker->run_delay_ns = i ? 100 * NS_PER_MS : 0;
		add_thread(samples[i], 12, 10, "writer");
		add_thread(samples[i], 20, 20, "other");
	}
}

static void rates_are_their_own(void **state)
{
	struct pair *pair = *state;

	add_all(pair);
	pair->model.filter.rows = ROWS_THREADS;
	pair_again(pair);
	assert_int_equal(pair->model.thread_count, 4);
	assert_near(pair->model.thread[1].cpu_pct, 70);
	assert_near(pair->model.thread[1].runq_pct, 10);
	assert_near(pair->model.thread[2].cpu_pct, 0);
	/* The process' own sum and the metrics are of processes alone. */
	assert_int_equal(pair->model.all_count, 2);
	assert_near(view_of_pid(&pair->model, 10)->cpu_pct, 0);
	assert_near(pair->model.value[M_TASKS_TOTAL], 2);
}

static void there_is_no_rate_at_first(void **state)
{
	struct pair *pair = *state;

	add_all(pair);
	pair->before.threads.count = 0;
	pair_again(pair);
	assert_int_equal(pair->model.thread_count, 4);
	for (size_t i = 0; i < 4; i++)
		assert_unknown(pair->model.thread[i].cpu_pct);
}

/* A tid that went to a new thread is another thread. */
static void a_tid_is_no_thread(void **state)
{
	struct pair *pair = *state;

	add_all(pair);
	pair->now.threads.task[1].start_ns = pair->now.boot_ns - NS_PER_S / 2;
	pair_again(pair);
	assert_true(pair->model.thread[1].is_new);
	assert_near(pair->model.thread[1].cpu_pct, 70);
	pair->now.threads.task[1].start_ns = OLD_NS + 1;
	pair_again(pair);
	assert_unknown(pair->model.thread[1].cpu_pct);
}

static void show(struct model *model, enum task_rows rows)
{
	model->filter.rows = rows;
	model_rank(model);
}

static void expect_rows(const struct model *model, const uint32_t *pids, size_t count)
{
	assert_int_equal(model->task_count, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(model->task[i].task->pid, pids[i]);
}

static void rows_are_what_was_asked_for(void **state)
{
	static const uint32_t processes[] = { 10, 20 }, threads[] = { 10, 11, 12, 20 },
			      both[] = { 10, 10, 11, 12, 20, 20 };
	struct pair *pair = *state;
	struct model *model = &pair->model;

	add_all(pair);
	pair_again(pair);
	expect_rows(model, processes, 2);
	show(model, ROWS_THREADS);
	expect_rows(model, threads, 4);
	assert_true(model_shows_threads(model));
	/* The busiest leads the table. */
	assert_int_equal(model->task[model->top[TOP_CPU][0]].task->pid, 11);
	show(model, ROWS_BOTH);
	expect_rows(model, both, 6);
	assert_false(model->task[0].task->flags & TASK_THREAD);
	assert_true(model->task[1].task->flags & TASK_THREAD);
	/* Where none are known, processes show. */
	pair->now.threads.count = 0;
	pair_again(pair);
	show(model, ROWS_THREADS);
	expect_rows(model, processes, 2);
	assert_false(model_shows_threads(model));
}

static void filters_are_of_the_process_or_the_name(void **state)
{
	static const uint32_t server[] = { 10, 11, 12 }, worker[] = { 11 }, other[] = { 20 };
	struct pair *pair = *state;
	struct model *model = &pair->model;
	struct pattern pattern = { .text = "serv" };

	add_all(pair);
	pair_again(pair);
	model->filter.pattern = &pattern;
	show(model, ROWS_THREADS);
	expect_rows(model, server, 3);
	snprintf(pattern.text, sizeof(pattern.text), "work");
	show(model, ROWS_THREADS);
	expect_rows(model, worker, 1);
	show(model, ROWS_BOTH);
	expect_rows(model, worker, 1);
	model->filter.pattern = NULL;
	model->filter.root_pid = 20;
	show(model, ROWS_THREADS);
	expect_rows(model, other, 1);
	model->filter.root_pid = 0;
}

/* A copy of a model at rest has its threads; what is remembered has none. */
static void threads_are_copied_and_not_remembered(void **state)
{
	struct pair *pair = *state;
	struct history history = { 0 };
	struct since since = { 0 };
	struct sample sample;
	struct model copy;

	add_all(pair);
	pair_again(pair);
	show(&pair->model, ROWS_THREADS);
	assert_int_equal(model_init(&copy), 0);
	assert_int_equal(sample_init(&sample), 0);
	assert_int_equal(model_copy(&copy, &pair->model, &sample), 0);
	assert_int_equal(copy.task_count, 4);
	for (size_t i = 0; i < 4; i++)
		assert_ptr_equal(copy.thread[i].task, &sample.threads.task[i]);
	assert_near(copy.thread[1].cpu_pct, 70);
	assert_int_equal(history_push(&history, &pair->model), 0);
	assert_int_equal(history_show(&history, 0, &pair->model), 0);
	assert_int_equal(history.past.all_count, 2);
	assert_int_equal(history.past.thread_count, 0);
	/* Since a mark they have rates too. */
	assert_int_equal(since_mark(&since, &pair->model), 0);
	since.mark.mono_ns -= NS_PER_S;
	since.mark.boot_ns -= NS_PER_S;
	for (size_t i = 0; i < 4; i++) {
		since.mark.threads.task[i].cpu_ns = 0;
		since.mark.threads.task[i].at_ns = since.mark.mono_ns;
		since.mark.threads.task[i].run_delay_at_ns = since.mark.mono_ns;
	}
	assert_int_equal(since_update(&since, &pair->model, false), 0);
	assert_int_equal(since.model.thread_count, 4);
	assert_near(since.model.thread[1].cpu_pct, 70);
	since_release(&since);
	history_release(&history);
	model_release(&copy);
	sample_release(&sample);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		pair_test(rates_are_their_own),
		pair_test(there_is_no_rate_at_first),
		pair_test(a_tid_is_no_thread),
		pair_test(rows_are_what_was_asked_for),
		pair_test(filters_are_of_the_process_or_the_name),
		pair_test(threads_are_copied_and_not_remembered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
