/*
 * tasks/bpf_records: one pass of the task iterator, summed from threads to processes.
 */
#ifndef STALLTOP_TASKS_BPF_RECORDS_H
#define STALLTOP_TASKS_BPF_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bpf/task_record.h"

/* What a thread and a process count, and what is summed. ABSENT once a part of the sum is. */
struct counters {
	uint64_t cpu_ns;
	uint64_t minor_faults;
	uint64_t major_faults;
	uint64_t read_bytes;
	uint64_t write_bytes;
	uint64_t run_delay_ns;
	uint64_t disk_wait_ns;
	uint64_t voluntary_switches;
	uint64_t involuntary_switches;
};

struct process_row {
	const struct process_record *leader; /* in the buffer of the pass */
	struct counters living; /* its threads that are alive, the leader among them */
	struct counters dead; /* those that died; waits are not in it: the kernel forgets them */
	uint64_t blocked_ns; /* of those that are in D the longest; 0: none was seen entering */
	bool blocked; /* one is in D */
};

/* Arrays only grow. Begins as zeros. */
struct records {
	char *buf;
	size_t len, cap;
	struct process_row *row; /* ascending pid */
	size_t count, row_cap;
	uint64_t threads;
};

/* Reads a pass to its end, and sums it. 0 or -errno. */
int records_read(struct records *records, int fd);

/* The same for a pass that is in buf already: len is set. For tests. */
int records_sum(struct records *records);
void records_release(struct records *records);

/* The next record, from *at on, that is a process_record, and *at behind it; NULL at the end. */
const struct process_record *records_next_named(const struct records *records, size_t *at);

/* The row of a process, or NULL. */
struct process_row *records_find(const struct records *records, uint32_t pid);

void counters_of_thread(struct counters *counters, const struct thread_record *thread);
void counters_add(struct counters *sum, const struct counters *more);
/* Raises each to what it was before: what only grows is not seen to fall. */
void counters_raise(struct counters *now, const struct counters *before);

#endif
