#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "tasks/task.h"

/* Under the address sanitizer too, what cannot be had is NULL. */
const char *__asan_default_options(void);

const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

static void finds_by_pid(void **state)
{
	struct task task[5];
	struct task_list list = { .task = task };

	(void)state;
	assert_null(task_list_find(&list, 1));
	for (uint32_t i = 0; i < 5; i++)
		task[i] = (struct task){ .pid = 10 * (i + 1) };
	/* Every length, every pid that is there, and those between and around. */
	for (list.count = 1; list.count <= 5; list.count++)
		for (uint32_t pid = 0; pid < 70; pid++) {
			bool there = pid && pid % 10 == 0 && pid <= 10 * list.count;

			assert_ptr_equal(task_list_find(&list, pid),
					 there ? &task[pid / 10 - 1] : NULL);
		}
	list.count = 5;
	assert_null(task_list_find(&list, UINT32_MAX));
}

static void grows_and_keeps(void **state)
{
	struct task_list list = { 0 };

	(void)state;
	assert_int_equal(task_list_reserve(&list, 0), 0);
	assert_int_equal(task_list_reserve(&list, 1), 0);
	assert_true(list.cap >= 1);
	list.task[0] = (struct task){ .pid = 7, .comm = "kept" };
	list.count = 1;
	for (size_t n = 2; n < 5000; n = n * 2 + 1) {
		assert_int_equal(task_list_reserve(&list, n), 0);
		assert_true(list.cap >= n);
		memset(&list.task[n - 1], 0, sizeof(*list.task)); /* it is ours */
	}
	assert_int_equal(list.count, 1);
	assert_string_equal(list.task[0].comm, "kept");
	task_list_release(&list);
	assert_null(list.task);
	assert_int_equal(list.cap, 0);
	task_list_release(&list);
}

static void too_many_is_no_memory(void **state)
{
	struct task_list list = { 0 };

	(void)state;
	assert_int_equal(task_list_reserve(&list, 3), 0);
	list.task[0].pid = 7;
	assert_int_equal(task_list_reserve(&list, SIZE_MAX / sizeof(struct task) + 1), -ENOMEM);
	assert_int_equal(task_list_reserve(&list, SIZE_MAX), -ENOMEM);
	assert_int_equal(list.task[0].pid, 7);
	task_list_release(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_by_pid),
		cmocka_unit_test(grows_and_keeps),
		cmocka_unit_test(too_many_is_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
