/*
 * Sums over threads that come and go, from task/TID files that each test writes.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/value.h"
#include "screen/tree.h"
#include "tasks/thread_delays.h"

#define PID 7

struct place {
	char root[48];
	int fd;
	struct thread_delays delays;
	struct number_list tids;
};

static int setup(void **state)
{
	static struct place place;

	place = (struct place){ .root = "/tmp/stalltop-threads-XXXXXX" };
	if (!mkdtemp(place.root))
		return -1;
	place.fd = open(place.root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	mkdirat(place.fd, "7", 0755);
	mkdirat(place.fd, "7/task", 0755);
	*state = &place;
	return place.fd < 0;
}

static int teardown(void **state)
{
	struct place *place = *state;
	struct tree tree = { .machine = NULL };

	memcpy(tree.root, place->root, sizeof(place->root));
	tree_remove(&tree);
	close(place->fd);
	thread_delays_release(&place->delays);
	number_list_release(&place->tids);
	return 0;
}

static void put(const struct place *place, const char *path, const char *text)
{
	int fd = openat(place->fd, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

/* Writes the files of a thread. */
static void thread(const struct place *place, unsigned tid, const char *schedstat, unsigned block)
{
	char path[64], text[512];

	snprintf(path, sizeof(path), "7/task/%u", tid);
	mkdirat(place->fd, path, 0755);
	snprintf(path, sizeof(path), "7/task/%u/schedstat", tid);
	put(place, path, schedstat);
	snprintf(
		text, sizeof(text),
		"%u (a) b) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 2 0 100 4096 1 0 0 0 0 0 0 0 0 0 0 0 "
		"0 0 17 0 0 0 %u 0 0\n",
		tid, block);
	snprintf(path, sizeof(path), "7/task/%u/stat", tid);
	put(place, path, text);
}

static void end_thread(const struct place *place, unsigned tid)
{
	char path[64];

	snprintf(path, sizeof(path), "7/task/%u/schedstat", tid);
	unlinkat(place->fd, path, 0);
	snprintf(path, sizeof(path), "7/task/%u/stat", tid);
	unlinkat(place->fd, path, 0);
	snprintf(path, sizeof(path), "7/task/%u", tid);
	assert_int_equal(unlinkat(place->fd, path, AT_REMOVEDIR), 0);
}

static int take(struct place *place, bool block)
{
	return thread_delays_read(&place->delays, place->fd, PID, block, &place->tids);
}

/* Reads, and compares the sums. */
static void expect(struct place *place, bool block, uint64_t run_delay_ns, uint64_t block_ticks)
{
	assert_int_equal(take(place, block), 0);
	assert_int_equal(place->delays.run_delay_ns, run_delay_ns);
	assert_int_equal(place->delays.block_ticks, block_ticks);
}

static void sums_and_growth(void **state)
{
	struct place *place = *state;

	thread(place, 7, "1000 100 3\n", 4);
	thread(place, 9, "2000 30 5\n", 0);
	thread(place, 12, "10 7 1\n", 2);
	expect(place, true, 137, 6);
	expect(place, true, 137, 6);
	thread(place, 9, "2500 50 6\n", 9);
	expect(place, true, 157, 15);
	thread(place, 8, "1 1000 1\n", 100);
	expect(place, true, 1157, 115);
}

static void the_dead_stay(void **state)
{
	struct place *place = *state;

	thread(place, 7, "1000 100 3\n", 4);
	thread(place, 9, "2000 30 5\n", 6);
	expect(place, true, 130, 10);
	end_thread(place, 9);
	thread(place, 7, "1001 105 4\n", 5);
	expect(place, true, 135, 11);
	/* Its tid goes to another thread, which has waited less, or run less. */
	thread(place, 9, "10 2 1\n", 1);
	expect(place, true, 137, 12);
	thread(place, 9, "5 50 1\n", 8);
	expect(place, true, 187, 20);
	thread(place, 9, "6 60 0\n", 1);
	expect(place, true, 247, 21);
	end_thread(place, 7);
	expect(place, true, 247, 21);
	/* One that is listed and ends before it is read. */
	assert_int_equal(mkdirat(place->fd, "7/task/8", 0755), 0);
	thread(place, 9, "7 61 1\n", 1);
	expect(place, true, 248, 21);
	assert_int_equal(place->delays.count, 1);
}

/* A thread is not read again for block I/O unless it ran: it cannot have waited. */
static void only_what_ran_is_read(void **state)
{
	struct place *place = *state;

	thread(place, 7, "1000 100 3\n", 4);
	expect(place, true, 100, 4);
	thread(place, 7, "1000 100 3\n", 9);
	expect(place, true, 100, 4);
	thread(place, 7, "1000 100 4\n", 9);
	expect(place, true, 100, 9);
}

static void block_on_and_off(void **state)
{
	struct place *place = *state;

	thread(place, 7, "1000 100 3\n", 4);
	thread(place, 8, "1000 100 3\n", 1);
	expect(place, false, 200, ABSENT);
	/* Asked for from now on: of all threads, those too that did not run. */
	thread(place, 7, "1001 101 4\n", 5);
	expect(place, true, 201, 6);
	expect(place, true, 201, 6);
	thread(place, 7, "1002 102 5\n", 7);
	expect(place, false, 202, ABSENT);
	expect(place, true, 202, 8);
}

static void new_threads_that_never_ran(void **state)
{
	struct place *place = *state;

	thread(place, 7, "1000 100 3\n", 0);
	thread(place, 8, "0 0 0\n", 0);
	expect(place, false, 100, ABSENT);
	thread(place, 8, "5 40 1\n", 0);
	expect(place, false, 140, ABSENT);
}

static void a_kernel_that_does_not_count(void **state)
{
	struct place *place = *state;

	assert_int_equal(take(place, true), -ESRCH); /* no thread at all */
	thread(place, 7, "0 0 0\n", 0);
	thread(place, 8, "0 0 0\n", 0);
	assert_int_equal(take(place, true), -ENODATA);
	assert_int_equal(place->delays.count, 0);
}

static void errors_change_nothing(void **state)
{
	struct place *place = *state;

	thread(place, 7, "1000 100 3\n", 4);
	thread(place, 8, "1000 100 3\n", 4);
	expect(place, true, 200, 8);
	thread(place, 7, "1001 150 4\n", 5);
	put(place, "7/task/8/stat", "8 (cut) S 1");
	put(place, "7/task/8/schedstat", "1001 150 4");
	assert_int_equal(take(place, true), -ENODATA);
	assert_int_equal(place->delays.run_delay_ns, 200);
	assert_int_equal(place->delays.block_ticks, 8);
	thread(place, 8, "1001 150 4\n", 7);
	expect(place, true, 300, 12);
	assert_int_equal(thread_delays_read(&place->delays, place->fd, 99, true, &place->tids),
			 -ESRCH);
	assert_int_equal(place->delays.run_delay_ns, 300);
}

/* More threads come and go than fit at first, and the table shrinks and grows. */
static void many_threads(void **state)
{
	struct place *place = *state;
	uint64_t sum = 0;

	for (unsigned i = 0; i < 300; i++) {
		thread(place, 100 + i, "10 1 1\n", 0);
		sum++;
		if (i % 50 == 0)
			expect(place, false, sum, ABSENT);
	}
	expect(place, false, sum, ABSENT);
	assert_int_equal(place->delays.count, 300);
	for (unsigned i = 0; i < 300; i += 2)
		end_thread(place, 100 + i);
	expect(place, false, sum, ABSENT);
	assert_int_equal(place->delays.count, 150);
	for (unsigned i = 0; i < 300; i += 2)
		thread(place, 100 + i, "9 2 1\n", 0);
	expect(place, false, sum + 300, ABSENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(sums_and_growth, setup, teardown),
		cmocka_unit_test_setup_teardown(the_dead_stay, setup, teardown),
		cmocka_unit_test_setup_teardown(only_what_ran_is_read, setup, teardown),
		cmocka_unit_test_setup_teardown(block_on_and_off, setup, teardown),
		cmocka_unit_test_setup_teardown(new_threads_that_never_ran, setup, teardown),
		cmocka_unit_test_setup_teardown(a_kernel_that_does_not_count, setup, teardown),
		cmocka_unit_test_setup_teardown(errors_change_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(many_threads, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
