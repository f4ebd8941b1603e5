/* The rows of a zoomed table: flat, as a tree, with folded branches. */
#include <stdio.h>
#include <string.h>

#include "base/value.h"
#include "model/pair.h"
#include "ui/listing.h"

static const struct task_order by_pid = { .sort = COL_PID, .then = COL_COMMAND };

static void add(struct pair *pair, uint32_t pid, uint32_t ppid, uint64_t start_ns)
{
	for (int i = 0; i < 2; i++) {
		struct task *task = sample_add_task(i ? &pair->now : &pair->before, pid, start_ns);

		task->ppid = ppid;
		task->rss_bytes = 100;
		task->anon_bytes = pid == 4 ? ABSENT : 10;
	}
}

/* 1 has 3 and 7; 3 has 4 and 5; 5 has 2, born after pids began anew. */
static void add_family(struct pair *pair)
{
	add(pair, 1, 0, 1);
	add(pair, 2, 5, 9);
	add(pair, 3, 1, 3);
	add(pair, 4, 3, 4);
	add(pair, 5, 3, 5);
	add(pair, 7, 1, 5);
	add(pair, 8, 0, 6);
	pair_update(pair);
}

/* "1 3 .4 ..5": pids by row, a dot for each step of depth. */
static const char *shape(const struct listing *listing, const struct model *model)
{
	static char text[256];
	size_t used = 0;

	text[0] = '\0';
	for (size_t row = 0; row < listing->count; row++) {
		const struct listing_node *node = listing_node(listing, row);

		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%.*s%u%s",
					 row ? " " : "", (int)node->depth, "........",
					 model->task[node->task].task->pid,
					 node->folded && node->size > 1 ? "+" : "");
	}
	return text;
}

static void flat_is_every_process_in_order(void **state)
{
	struct pair *pair = *state;
	struct listing listing = { 0 };
	struct task_order order = by_pid;

	add_family(pair);
	assert_int_equal(listing_fill(&listing, &pair->model, &order), 0);
	assert_string_equal(shape(&listing, &pair->model), "1 2 3 4 5 7 8");
	order.reverse = true;
	assert_int_equal(listing_fill(&listing, &pair->model, &order), 0);
	assert_string_equal(shape(&listing, &pair->model), "8 7 5 4 3 2 1");
	assert_int_equal(listing_find(&listing, &pair->model, 5, 5), 2);
	assert_int_equal(listing_find(&listing, &pair->model, 5, 6), -1);
	listing_release(&listing);
}

static void children_stand_below_their_parent(void **state)
{
	struct pair *pair = *state;
	struct listing listing = { .tree = true };
	struct task_order order = by_pid;

	add_family(pair);
	assert_int_equal(listing_fill(&listing, &pair->model, &order), 0);
	assert_string_equal(shape(&listing, &pair->model), "1 .3 ..4 ..5 ...2 .7 8");
	assert_int_equal(listing_node(&listing, 0)->size, 6);
	assert_int_equal(listing_node(&listing, 1)->size, 4);
	assert_int_equal(listing_node(&listing, 6)->size, 1);
	assert_int_equal(listing_parent(&listing, 4), 3);
	assert_int_equal(listing_parent(&listing, 5), 0);
	assert_int_equal(listing_parent(&listing, 6), -1);
	/* Siblings follow the order of the table. */
	order.reverse = true;
	assert_int_equal(listing_fill(&listing, &pair->model, &order), 0);
	assert_string_equal(shape(&listing, &pair->model), "8 1 .7 .3 ..5 ...2 ..4");
	listing_release(&listing);
}

static void a_fold_hides_and_sums_a_branch(void **state)
{
	struct pair *pair = *state;
	struct listing listing = { .tree = true };
	struct task_view sum;
	struct task task;

	add_family(pair);
	assert_int_equal(listing_fill(&listing, &pair->model, &by_pid), 0);
	assert_false(listing_fold(&listing, &pair->model, 2, true));
	assert_true(listing_fold(&listing, &pair->model, 1, true));
	assert_int_equal(listing_fill(&listing, &pair->model, &by_pid), 0);
	assert_string_equal(shape(&listing, &pair->model), "1 .3+ .7 8");
	listing_sum(&listing, &pair->model, 1, &task, &sum);
	assert_ptr_equal(sum.task, &task);
	assert_int_equal(task.pid, 3);
	assert_int_equal(task.threads, 4);
	assert_int_equal(task.rss_bytes, 400);
	/* What one of them does not tell is left out. */
	assert_int_equal(task.anon_bytes, 30);
	assert_false(listing_fold(&listing, &pair->model, 1, true));
	assert_true(listing_fold(&listing, &pair->model, 1, false));
	assert_false(listing_fold(&listing, &pair->model, 1, false));
	assert_int_equal(listing_fill(&listing, &pair->model, &by_pid), 0);
	assert_int_equal(listing.count, 7);
	listing_release(&listing);
}

static void a_loop_of_parents_is_no_loop(void **state)
{
	struct pair *pair = *state;
	struct listing listing = { .tree = true };

	add(pair, 10, 11, 5);
	add(pair, 11, 10, 5);
	add(pair, 12, 12, 7);
	add(pair, 13, 14, 8);
	add(pair, 14, 13, 9);
	pair_update(pair);
	assert_int_equal(listing_fill(&listing, &pair->model, &by_pid), 0);
	assert_string_equal(shape(&listing, &pair->model), "10 .11 12 13 .14");
	listing_release(&listing);
}

/* Deeper than any stack of fixed size, and every one is there. */
static void a_chain_may_be_deep(void **state)
{
	struct pair *pair = *state;
	struct listing listing = { .tree = true };
	const uint32_t count = 3000;

	for (uint32_t pid = 1; pid <= count; pid++)
		add(pair, pid, pid - 1, pid);
	pair_update(pair);
	assert_int_equal(listing_fill(&listing, &pair->model, &by_pid), 0);
	assert_int_equal(listing.count, count);
	assert_int_equal(listing_node(&listing, count - 1)->depth, count - 1);
	assert_int_equal(listing_node(&listing, 0)->size, count);
	listing_release(&listing);
}

static void an_empty_list_is_empty(void **state)
{
	struct pair *pair = *state;
	struct listing listing = { .tree = true };

	pair_update(pair);
	assert_int_equal(listing_fill(&listing, &pair->model, &by_pid), 0);
	assert_int_equal(listing.count, 0);
	listing_release(&listing);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		pair_test(flat_is_every_process_in_order),
		pair_test(children_stand_below_their_parent),
		pair_test(a_fold_hides_and_sums_a_branch),
		pair_test(a_loop_of_parents_is_no_loop),
		pair_test(a_chain_may_be_deep),
		pair_test(an_empty_list_is_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
