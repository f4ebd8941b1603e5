#include "tasks/bpf_records.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/value.h"

#define READ_BYTES 65536 /* a read gives 32 kB at most: that of seq_file's buffer */

_Static_assert(RECORD_ABSENT == ABSENT, "both sides say absent alike");

#define COUNTERS (sizeof(struct counters) / sizeof(uint64_t))

/* As an array, for they are all treated alike. */
union counter_array {
	struct counters counters;
	uint64_t value[COUNTERS];
};

void counters_of_thread(struct counters *counters, const struct thread_record *thread)
{
	*counters = (struct counters){
		.cpu_ns = thread->cpu_ns,
		.minor_faults = thread->min_flt,
		.major_faults = thread->maj_flt,
		.read_bytes = thread->read_bytes,
		.write_bytes = thread->write_bytes,
		.run_delay_ns = thread->run_delay_ns,
		.disk_wait_ns = thread->disk_wait_ns,
		.voluntary_switches = thread->nvcsw,
		.involuntary_switches = thread->nivcsw,
	};
}

void counters_add(struct counters *sum, const struct counters *more)
{
	union counter_array to = { *sum }, from = { *more };

	for (size_t i = 0; i < COUNTERS; i++)
		to.value[i] = add_present(to.value[i], from.value[i]);
	*sum = to.counters;
}

void counters_raise(struct counters *now, const struct counters *before)
{
	union counter_array to = { *now }, from = { *before };

	for (size_t i = 0; i < COUNTERS; i++)
		if (present(from.value[i]) && to.value[i] < from.value[i])
			to.value[i] = from.value[i];
	*now = to.counters;
}

static int reserve_rows(struct records *records, size_t n)
{
	struct process_row *grown;

	if (n <= records->row_cap)
		return 0;
	n += n / 2 + 256;
	grown = reallocarray(records->row, n, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	records->row = grown;
	records->row_cap = n;
	return 0;
}

static struct counters dead_of(const struct process_record *record)
{
	return (struct counters){
		.cpu_ns = record->dead_cpu_ns,
		.minor_faults = record->dead_min_flt,
		.major_faults = record->dead_maj_flt,
		.read_bytes = record->dead_read_bytes,
		.write_bytes = record->dead_write_bytes,
		.voluntary_switches = record->dead_nvcsw,
		.involuntary_switches = record->dead_nivcsw,
	};
}

static void take_blocked(struct process_row *row, const struct thread_record *thread)
{
	row->blocked |= !!(thread->flags & RECORD_BLOCKED);
	if (thread->blocked_ns > row->blocked_ns)
		row->blocked_ns = thread->blocked_ns;
}

/* The record at `at`, or NULL where no whole one lies. */
static const struct thread_record *record_at(const struct records *records, size_t at)
{
	const struct thread_record *record = (const void *)(records->buf + at);
	size_t left = records->len - at;

	if (left < sizeof(*record) || record->size < sizeof(*record) || record->size > left)
		return NULL;
	return record;
}

static int add_leaders(struct records *records)
{
	const struct thread_record *record;

	records->count = 0;
	records->threads = 0;
	for (size_t at = 0; (record = record_at(records, at)); at += record->size) {
		const struct process_record *leader = (const void *)record;
		struct process_row *row;

		records->threads++;
		if (!(record->flags & RECORD_LEADER) || record->size < sizeof(*leader))
			continue;
		if (reserve_rows(records, records->count + 1))
			return -ENOMEM;
		row = &records->row[records->count++];
		*row = (struct process_row){ .leader = leader, .dead = dead_of(leader) };
		take_blocked(row, record);
		counters_of_thread(&row->living, record);
	}
	return 0;
}

/*
 * A thread that died while the pass went on must not count twice: neither alive and in the sums of
 * the dead. So those sums are the ones read first.
 */
static void take_earlier_dead(struct process_row *row, const struct process_record *early)
{
	if (early->dead_cpu_ns < row->dead.cpu_ns)
		row->dead = dead_of(early);
}

static void add_threads(struct records *records)
{
	const struct thread_record *record;
	struct process_row *row = NULL;

	for (size_t at = 0; (record = record_at(records, at)); at += record->size) {
		struct counters counters;

		if (record->flags & RECORD_LEADER)
			continue;
		if (!row || row->leader->thread.tgid != record->tgid)
			row = records_find(records, record->tgid);
		if (!row)
			continue;
		counters_of_thread(&counters, record);
		counters_add(&row->living, &counters);
		take_blocked(row, record);
		if (record->size >= sizeof(struct process_record))
			take_earlier_dead(row, (const void *)record);
	}
}

int records_sum(struct records *records)
{
	int err = add_leaders(records);

	if (!err && records->threads > records->count)
		add_threads(records);
	return err;
}

/* Makes room for a read. */
static int reserve_buf(struct records *records)
{
	size_t cap = records->cap * 2 + 2 * READ_BYTES;
	char *grown;

	if (records->cap - records->len >= READ_BYTES)
		return 0;
	grown = realloc(records->buf, cap);
	if (!grown)
		return -ENOMEM;
	records->buf = grown;
	records->cap = cap;
	return 0;
}

int records_read(struct records *records, int fd)
{
	records->len = 0;
	for (;;) {
		ssize_t len;

		if (reserve_buf(records))
			return -ENOMEM;
		len = read(fd, records->buf + records->len, READ_BYTES);
		if (!len)
			break;
		if (len < 0 && errno != EINTR && errno != EAGAIN)
			return -errno;
		if (len > 0)
			records->len += (size_t)len;
	}
	return records_sum(records);
}

void records_release(struct records *records)
{
	free(records->buf);
	free(records->row);
	*records = (struct records){ 0 };
}

struct process_row *records_find(const struct records *records, uint32_t pid)
{
	size_t low = 0, high = records->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (records->row[middle].leader->thread.pid < pid)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < records->count && records->row[low].leader->thread.pid == pid)
		return &records->row[low];
	return NULL;
}

const struct process_record *records_next_named(const struct records *records, size_t *at)
{
	const struct thread_record *record;

	while ((record = record_at(records, *at))) {
		*at += record->size;
		if (record->size >= sizeof(struct process_record))
			return (const void *)record;
	}
	return NULL;
}
