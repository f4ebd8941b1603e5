/*
 * Sums over threads, from passes made by hand: what the kernel hands over in one moment or another.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/value.h"
#include "tasks/bpf_exits.h"
#include "tasks/bpf_records.h"

#define CAP 16384

static int setup(void **state)
{
	static struct records records;

	records = (struct records){ .buf = malloc(CAP), .cap = CAP };
	assert_non_null(records.buf);
	*state = &records;
	return 0;
}

static int teardown(void **state)
{
	records_release(*state);
	return 0;
}

static void put(struct records *records, const void *record, uint32_t size)
{
	assert_true(records->len + size <= records->cap);
	memcpy(records->buf + records->len, record, size);
	records->len += size;
}

static struct process_record process(uint32_t tgid, uint32_t pid, uint64_t count, uint64_t dead)
{
	return (struct process_record){
		.thread = { .size = sizeof(struct process_record),
			    .flags = tgid == pid ? RECORD_LEADER : 0,
			    .tgid = tgid,
			    .pid = pid,
			    .cpu_ns = count,
			    .min_flt = count,
			    .run_delay_ns = count,
			    .disk_wait_ns = RECORD_ABSENT },
		.dead_cpu_ns = dead,
		.dead_min_flt = dead,
	};
}

static void put_process(struct records *records, uint32_t tgid, uint32_t pid, uint64_t count,
			uint64_t dead)
{
	struct process_record record = process(tgid, pid, count, dead);

	put(records, &record, record.thread.size);
}

static void put_thread(struct records *records, uint32_t tgid, uint32_t pid, uint64_t count)
{
	struct thread_record record = process(tgid, pid, count, 0).thread;

	record.size = sizeof(record);
	put(records, &record, record.size);
}

static void threads_are_summed(void **state)
{
	struct records *records = *state;
	const struct process_row *row;

	put_process(records, 10, 10, 1, 100);
	put_process(records, 12, 12, 2, 0);
	put_thread(records, 10, 13, 4);
	put_thread(records, 12, 14, 8);
	put_thread(records, 10, 15, 16);
	assert_int_equal(records_sum(records), 0);
	assert_int_equal(records->count, 2);
	assert_int_equal(records->threads, 5);
	row = records_find(records, 10);
	assert_int_equal(row->living.cpu_ns, 21);
	assert_int_equal(row->living.run_delay_ns, 21);
	assert_int_equal(row->dead.cpu_ns, 100);
	assert_int_equal(row->living.disk_wait_ns, ABSENT);
	assert_int_equal(records_find(records, 12)->living.minor_faults, 10);
	assert_null(records_find(records, 13));
}

/* The first thread may sleep while another is in D. */
static void the_oldest_thread_in_d_counts(void **state)
{
	struct records *records = *state;
	struct thread_record thread = process(10, 12, 0, 0).thread;

	put_process(records, 10, 10, 1, 0);
	put_process(records, 11, 11, 1, 0);
	thread.size = sizeof(thread);
	thread.flags = RECORD_BLOCKED;
	for (uint64_t i = 0; i < 3; i++) {
		thread.blocked_ns = 7 - 3 * (i % 2);
		put(records, &thread, thread.size);
	}
	assert_int_equal(records_sum(records), 0);
	assert_true(records_find(records, 10)->blocked);
	assert_int_equal(records_find(records, 10)->blocked_ns, 7);
	assert_false(records_find(records, 11)->blocked);
	assert_int_equal(records_find(records, 11)->blocked_ns, 0);
}

/* Pids went round: the thread was read before its leader, and the dead were fewer then. */
static void the_dead_are_those_read_first(void **state)
{
	struct records *records = *state;

	put_process(records, 30000, 7, 5, 100);
	put_process(records, 30000, 30000, 1, 105);
	assert_int_equal(records_sum(records), 0);
	assert_int_equal(records->row[0].living.cpu_ns, 6);
	assert_int_equal(records->row[0].dead.cpu_ns, 100);
}

static void a_thread_without_its_leader_is_left_out(void **state)
{
	struct records *records = *state;

	put_process(records, 10, 10, 1, 0);
	put_thread(records, 9, 11, 7);
	assert_int_equal(records_sum(records), 0);
	assert_int_equal(records->count, 1);
	assert_int_equal(records->row[0].living.cpu_ns, 1);
}

static void what_is_cut_short_ends_the_pass(void **state)
{
	struct records *records = *state;
	size_t whole;

	put_process(records, 10, 10, 1, 0);
	whole = records->len;
	put_process(records, 11, 11, 1, 0);
	for (records->len = whole; records->len < 2 * whole; records->len++) {
		assert_int_equal(records_sum(records), 0);
		assert_int_equal(records->count, 1);
	}
	records->len = 0;
	assert_int_equal(records_sum(records), 0);
	assert_int_equal(records->count, 0);
}

static void sizes_that_cannot_be_end_it_too(void **state)
{
	static const uint32_t sizes[] = { 0, 1, sizeof(struct thread_record) - 1, CAP, UINT32_MAX };
	struct records *records = *state;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		records->len = 0;
		put_process(records, 10, 10, 1, 0);
		put_process(records, 11, 11, 1, 0);
		memcpy(records->buf + sizeof(struct process_record), &sizes[i], sizeof(sizes[i]));
		assert_int_equal(records_sum(records), 0);
		assert_int_equal(records->count, 1);
	}
}

static void what_only_grows_does_not_fall(void **state)
{
	struct counters before = { .cpu_ns = 10, .minor_faults = 10, .disk_wait_ns = ABSENT };
	struct counters now = { .cpu_ns = 9, .minor_faults = 11, .run_delay_ns = ABSENT };

	(void)state;
	counters_raise(&now, &before);
	assert_int_equal(now.cpu_ns, 10);
	assert_int_equal(now.minor_faults, 11);
	assert_int_equal(now.run_delay_ns, ABSENT);
	assert_int_equal(now.disk_wait_ns, 0);
}

static void a_pass_is_read_to_its_end(void **state)
{
	struct records *records = *state;
	struct process_record record;
	int pipes[2];

	assert_int_equal(pipe(pipes), 0);
	for (uint32_t pid = 1; pid <= 250; pid++) {
		record = process(pid, pid, 1, 0);
		assert_int_equal(write(pipes[1], &record, sizeof(record)), sizeof(record));
	}
	close(pipes[1]);
	assert_int_equal(records_read(records, pipes[0]), 0);
	assert_int_equal(records->count, 250);
	assert_int_equal(records_find(records, 250)->leader->thread.pid, 250);
	close(pipes[0]);
	assert_true(records_read(records, pipes[0]) < 0);
}

static void ends_are_ordered_by_process_and_time(void **state)
{
	static const uint64_t made[][3] = { { 5, 2, 9 }, { 5, 1, 8 }, { 4, 7, 3 }, { 5, 2, 4 } };
	struct exits exits = { 0 };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct exit_record record = { .thread = { .tgid = (uint32_t)made[i][0],
							  .at_ns = made[i][2] },
					      .start_ns = made[i][1] };

		assert_int_equal(exits_take(&exits, &record), 0);
	}
	exits_sort(&exits);
	assert_int_equal(exits.record[0].thread.tgid, 4);
	assert_int_equal(exits_of_process(&exits, 0), 1);
	assert_int_equal(exits_of_process(&exits, 1), 1);
	assert_int_equal(exits_of_process(&exits, 2), 2);
	assert_int_equal(exits.record[2].thread.at_ns, 4);
	assert_int_equal(exits.record[3].thread.at_ns, 9);
	exits_release(&exits);
}

#define records_test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		records_test(threads_are_summed),
		records_test(the_oldest_thread_in_d_counts),
		records_test(the_dead_are_those_read_first),
		records_test(a_thread_without_its_leader_is_left_out),
		records_test(what_is_cut_short_ends_the_pass),
		records_test(sizes_that_cannot_be_end_it_too),
		records_test(a_pass_is_read_to_its_end),
		cmocka_unit_test(what_only_grows_does_not_fall),
		cmocka_unit_test(ends_are_ordered_by_process_and_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
