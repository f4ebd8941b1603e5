#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/directory.h"

#define MANY 3000 /* more than one read of the directory holds */

struct folder {
	char path[40];
	int fd;
	struct number_list list;
};

static int setup(void **state)
{
	static struct folder folder;

	folder = (struct folder){ .path = "/tmp/stalltop-directory-XXXXXX" };
	if (!mkdtemp(folder.path))
		return -1;
	folder.fd = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*state = &folder;
	return folder.fd < 0;
}

static int teardown(void **state)
{
	struct folder *folder = *state;

	number_list_release(&folder->list);
	assert_null(folder->list.number);
	close(folder->fd);
	return rmdir(folder->path);
}

static void make(const struct folder *folder, const char *name)
{
	assert_int_equal(mkdirat(folder->fd, name, 0700), 0);
}

static void drop(const struct folder *folder, const char *name)
{
	assert_int_equal(unlinkat(folder->fd, name, AT_REMOVEDIR), 0);
}

static void numbers_alone_ascending(void **state)
{
	static const char *const names[] = { "10",
					     "9",
					     "100",
					     "4294967295",
					     "1",
					     "4194304", /* numbers */
					     "0",
					     "01",
					     "007",
					     "12x",
					     "x12",
					     "-3",
					     "+3",
					     " 4",
					     "4 ",
					     "4294967296",
					     "99999999999999999999999",
					     "self",
					     "\xd9\xa1",
					     ".5",
					     "1e3" };
	static const uint32_t expected[] = { 1, 9, 10, 100, 4194304, UINT32_MAX };
	struct folder *folder = *state;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		make(folder, names[i]);
	assert_int_equal(directory_numbers(folder->fd, &folder->list), 0);
	assert_int_equal(folder->list.count, 6);
	assert_memory_equal(folder->list.number, expected, sizeof(expected));
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		drop(folder, names[i]);
}

static void afresh_each_time(void **state)
{
	struct folder *folder = *state;

	assert_int_equal(directory_numbers(folder->fd, &folder->list), 0);
	assert_int_equal(folder->list.count, 0);
	make(folder, "5");
	make(folder, "6");
	assert_int_equal(directory_numbers(folder->fd, &folder->list), 0);
	assert_int_equal(folder->list.count, 2);
	drop(folder, "5");
	assert_int_equal(directory_numbers(folder->fd, &folder->list), 0);
	assert_int_equal(folder->list.count, 1);
	assert_int_equal(folder->list.number[0], 6);
	drop(folder, "6");
}

static void many(void **state)
{
	struct folder *folder = *state;
	char name[16];

	for (int i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "%d", i * 7 + 1);
		make(folder, name);
	}
	assert_int_equal(directory_numbers(folder->fd, &folder->list), 0);
	assert_int_equal(folder->list.count, MANY);
	for (uint32_t i = 0; i < MANY; i++)
		assert_int_equal(folder->list.number[i], i * 7 + 1);
	for (int i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "%d", i * 7 + 1);
		drop(folder, name);
	}
}

static void errors_leave_an_empty_list(void **state)
{
	struct folder *folder = *state;
	int fd = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);

	make(folder, "5");
	assert_int_equal(directory_numbers(folder->fd, &folder->list), 0);
	assert_int_equal(directory_numbers(fd, &folder->list), -ENOTDIR);
	assert_int_equal(folder->list.count, 0);
	close(fd);
	assert_int_equal(directory_numbers(-1, &folder->list), -EBADF);
	drop(folder, "5");
}

static void proc_holds_this_process(void **state)
{
	struct folder *folder = *state;
	int fd = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool found = false;

	assert_int_equal(directory_numbers(fd, &folder->list), 0);
	assert_true(folder->list.count > 0);
	for (size_t i = 0; i < folder->list.count; i++) {
		found |= folder->list.number[i] == (uint32_t)getpid();
		assert_true(!i || folder->list.number[i] > folder->list.number[i - 1]);
	}
	assert_true(found);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(numbers_alone_ascending, setup, teardown),
		cmocka_unit_test_setup_teardown(afresh_each_time, setup, teardown),
		cmocka_unit_test_setup_teardown(many, setup, teardown),
		cmocka_unit_test_setup_teardown(errors_leave_an_empty_list, setup, teardown),
		cmocka_unit_test_setup_teardown(proc_holds_this_process, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
