/* Which processes the tables show. */
#include "model/pair.h"

#include <string.h>

static void name_task(struct pair *pair, uint32_t pid, uint32_t ppid, const char *comm,
		      uint8_t flags)
{
	struct task *task = pair_add_task(pair, pid, comm);

	task->ppid = ppid;
	task->flags = flags;
}

/* Pids began anew after 30: its child has a smaller one. */
static void add_family(struct pair *pair)
{
	name_task(pair, 2, 0, "kthreadd", TASK_KTHREAD);
	name_task(pair, 3, 2, "kworker/0:1", TASK_KTHREAD);
	name_task(pair, 4, 30, "cc1", 0);
	name_task(pair, 5, 4, "as", 0);
	name_task(pair, 20, 1, "make", 0);
	name_task(pair, 30, 20, "sh", 0);
	name_task(pair, 40, 1, "bash", 0);
	pair_update(pair);
}

/* The pids of task[], in their order. */
static void expect_pids(const struct model *model, const uint32_t *pids, size_t count)
{
	assert_int_equal(model->task_count, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(model->task[i].task->pid, pids[i]);
}
#define EXPECT(model, ...) \
	expect_pids(model, (const uint32_t[]){ __VA_ARGS__ }, \
		    sizeof((const uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t))

static void kernel_threads_are_left_out(void **state)
{
	struct pair *pair = *state;

	add_family(pair);
	EXPECT(&pair->model, 2, 3, 4, 5, 20, 30, 40);
	pair->model.filter.no_kernel = true;
	model_rank(&pair->model);
	EXPECT(&pair->model, 4, 5, 20, 30, 40);
	/* The machine still has them. */
	assert_near(pair->model.value[M_TASKS_TOTAL], 7);
}

static void names_are_matched(void **state)
{
	struct pair *pair = *state;
	struct pattern pattern = { 0 };
	char why[64];

	add_family(pair);
	assert_int_equal(pattern_set(&pattern, "~^(ba)?sh$", why, sizeof(why)), 0);
	pair->model.filter.pattern = &pattern;
	model_rank(&pair->model);
	EXPECT(&pair->model, 30, 40);
	for (size_t i = 0; i < pair->model.top_count[TOP_CPU]; i++)
		assert_true(pair->model.top[TOP_CPU][i] < 2);
	assert_int_equal(pattern_set(&pattern, "K", why, sizeof(why)), 0);
	model_rank(&pair->model);
	EXPECT(&pair->model, 2, 3, 20);
	pattern_release(&pattern);
}

static void descendants_are_followed(void **state)
{
	struct pair *pair = *state;

	add_family(pair);
	pair->model.filter.root_pid = 20;
	model_rank(&pair->model);
	EXPECT(&pair->model, 4, 5, 20, 30);
	pair->model.filter.no_kernel = true;
	pair->model.filter.root_pid = 2;
	pair->model.filter.root_seen = false;
	model_rank(&pair->model);
	assert_int_equal(pair->model.task_count, 0);
	pair->model.filter.root_pid = 99;
	pair->model.filter.root_seen = false;
	model_rank(&pair->model);
	assert_int_equal(pair->model.task_count, 0);
}

static void another_process_with_the_pid_is_not_followed(void **state)
{
	struct pair *pair = *state;

	add_family(pair);
	pair->model.filter.root_pid = 40;
	model_rank(&pair->model);
	EXPECT(&pair->model, 40);
	for (size_t i = 0; i < pair->now.tasks.count; i++)
		if (pair->now.tasks.task[i].pid == 40)
			pair->now.tasks.task[i].start_ns++;
	model_rank(&pair->model);
	assert_int_equal(pair->model.task_count, 0);
}

/*
 * Each parent has a larger pid than its child, so that a pass over the table settles one of them:
 * passes until nothing changes would take hours. The ring, as of a copied tree, has no end either.
 */
static void long_chains_and_rings_are_followed_in_one_go(void **state)
{
	enum { CHAIN = 200000 };
	struct pair *pair = *state;

	assert_int_equal(task_list_reserve(&pair->now.tasks, CHAIN + 3), 0);
	for (uint32_t pid = 1; pid <= CHAIN; pid++)
		name_task(pair, pid, pid + 1, "chain", 0);
	name_task(pair, CHAIN + 2, CHAIN + 3, "ring", 0);
	name_task(pair, CHAIN + 3, CHAIN + 2, "ring", 0);
	pair_update(pair);
	pair->model.filter.root_pid = CHAIN - 10;
	model_rank(&pair->model);
	assert_int_equal(pair->model.task_count, CHAIN - 10);
	assert_int_equal(pair->model.task[CHAIN - 11].task->pid, CHAIN - 10);
	pair->model.filter.root_pid = CHAIN + 2;
	pair->model.filter.root_seen = false;
	model_rank(&pair->model);
	EXPECT(&pair->model, CHAIN + 2, CHAIN + 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		pair_test(kernel_threads_are_left_out),
		pair_test(names_are_matched),
		pair_test(descendants_are_followed),
		pair_test(long_chains_and_rings_are_followed_in_one_go),
		pair_test(another_process_with_the_pid_is_not_followed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
