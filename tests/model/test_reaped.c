/* What a child read and wrote is not its parent's doing when the parent waits for it. */
#include "model/pair.h"

#define MIB (1u << 20)

/* Of the sample before alone: it has gone since. */
static void add_child(struct pair *pair, uint32_t ppid, uint64_t read_bytes, uint64_t write_bytes)
{
	struct task *child = sample_add_task(&pair->before, 200, 100);

	child->ppid = ppid;
	child->read_bytes = read_bytes;
	child->write_bytes = write_bytes;
}

static void what_a_child_wrote_is_not_the_shells(void **state)
{
	struct pair *pair = *state;
	struct task *shell = pair_add_task(pair, 100, "bash");

	shell->read_bytes = 7 * MIB;
	shell->write_bytes = 52 * MIB;
	add_child(pair, 100, 7 * MIB, 50 * MIB);
	pair_update(pair);
	assert_near(view_of_pid(&pair->model, 100)->read_bytes_per_s, 0);
	assert_near(view_of_pid(&pair->model, 100)->write_bytes_per_s, 2 * MIB);
}

static void a_child_that_the_probe_saw_go_counts_once(void **state)
{
	struct pair *pair = *state;
	struct task *shell = pair_add_task(pair, 100, "bash"), *child;

	shell->write_bytes = 52 * MIB;
	add_child(pair, 100, 0, 10 * MIB);
	child = sample_add_task(&pair->now, 200, 100);
	child->ppid = 100;
	child->write_bytes = 50 * MIB;
	child->flags = TASK_EXITED;
	pair_update(pair);
	assert_near(view_of_pid(&pair->model, 100)->write_bytes_per_s, 2 * MIB);
	assert_near(view_of_pid(&pair->model, 200)->write_bytes_per_s, 40 * MIB);
}

static void a_child_that_lives_takes_nothing_away(void **state)
{
	struct pair *pair = *state;
	struct task *child;

	pair_add_task(pair, 100, "bash")->write_bytes = 52 * MIB;
	child = pair_add_task(pair, 200, "dd");
	child->ppid = pair->before.tasks.task[1].ppid = 100;
	child->write_bytes = 50 * MIB;
	pair_update(pair);
	assert_near(view_of_pid(&pair->model, 100)->write_bytes_per_s, 52 * MIB);
}

static void a_reused_pid_is_another_child(void **state)
{
	struct pair *pair = *state;

	pair_add_task(pair, 100, "bash")->write_bytes = 52 * MIB;
	add_child(pair, 100, 0, 50 * MIB);
	sample_add_task(&pair->now, 200, 5000)->ppid = 100;
	pair_update(pair);
	assert_near(view_of_pid(&pair->model, 100)->write_bytes_per_s, 2 * MIB);
}

static void the_unknown_stays_unknown(void **state)
{
	struct pair *pair = *state;
	struct task *shell = pair_add_task(pair, 100, "bash");

	shell->write_bytes = ABSENT;
	shell->read_bytes = 3 * MIB;
	add_child(pair, 100, ABSENT, 50 * MIB);
	pair_update(pair);
	assert_unknown(view_of_pid(&pair->model, 100)->write_bytes_per_s);
	assert_near(view_of_pid(&pair->model, 100)->read_bytes_per_s, 3 * MIB);
}

static void a_parent_that_is_gone_gets_nothing(void **state)
{
	struct pair *pair = *state;

	pair_add_task(pair, 1, "init")->write_bytes = 5 * MIB;
	add_child(pair, 100, 0, 50 * MIB);
	pair_update(pair);
	assert_near(view_of_pid(&pair->model, 1)->write_bytes_per_s, 5 * MIB);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		pair_test(what_a_child_wrote_is_not_the_shells),
		pair_test(a_child_that_the_probe_saw_go_counts_once),
		pair_test(a_child_that_lives_takes_nothing_away),
		pair_test(a_reused_pid_is_another_child),
		pair_test(the_unknown_stays_unknown),
		pair_test(a_parent_that_is_gone_gets_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
