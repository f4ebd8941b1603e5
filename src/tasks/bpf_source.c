#include "tasks/bpf_source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "base/value.h"
#include "tasks/bpf_exits.h"
#include "tasks/bpf_kept.h"
#include "tasks/bpf_records.h"

/* Exact RSS costs about 15 ns a process and CPU: for all when there are few, else for the largest. */
#define EXACT_COUNTS 8192
#define EXACT_ROWS 64

#define EXITS_AT_FIRST 256 /* ends in one interval: no allocation at the first of them */

struct bpf_source {
	struct task_source base;
	struct bpf_probe *probe;
	struct users *users;
	uint64_t page_bytes;
	struct records records;
	struct exits exits;
	struct kept_list before, now;
};

static bool is_before(uint32_t pid_a, uint64_t start_a, uint32_t pid_b, uint64_t start_b)
{
	return pid_a < pid_b || (pid_a == pid_b && start_a < start_b);
}

static void put_counters(struct task *task, const struct counters *total)
{
	task->cpu_ns = total->cpu_ns;
	task->minor_faults = total->minor_faults;
	task->major_faults = total->major_faults;
	task->read_bytes = total->read_bytes;
	task->write_bytes = total->write_bytes;
	task->run_delay_ns = total->run_delay_ns;
	task->disk_wait_ns = total->disk_wait_ns;
	task->voluntary_switches = total->voluntary_switches;
	task->involuntary_switches = total->involuntary_switches;
}

/* Nearly every name is plain ASCII, and cleaning the names of thousands of processes costs a tenth. */
static bool is_plain(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] < ' ' || text[i] > '~')
			return false;
	return true;
}

static void put_comm(struct task *task, const char comm[static RECORD_COMM_MAX])
{
	size_t len = strnlen(comm, RECORD_COMM_MAX);

	if (is_plain(comm, len)) {
		memcpy(task->comm, comm, len);
		task->comm[len] = '\0';
		return;
	}
	text_clean(task->comm, sizeof(task->comm), comm, len);
}

static uint64_t bytes_of(const struct bpf_source *source, int64_t pages)
{
	return pages < 0 ? ABSENT : (uint64_t)pages * source->page_bytes;
}

static void put_identity(struct task *task, const struct process_record *leader)
{
	task->pid = leader->thread.pid;
	task->ppid = leader->ppid;
	task->uid = leader->uid;
	task->threads = leader->threads;
	task->nice = leader->nice;
	task->state = leader->state;
	task->flags = leader->thread.flags & RECORD_KTHREAD ? TASK_KTHREAD : 0;
	task->start_ns = leader->start_ns;
	task->at_ns = task->run_delay_at_ns = leader->thread.at_ns;
	put_comm(task, leader->comm);
}

static void put_blocked(struct task *task, const struct process_row *row)
{
	task->blocked_ns = present(row->living.disk_wait_ns) ? row->blocked_ns : ABSENT;
	if (row->blocked)
		task->flags |= TASK_BLOCKED;
}

static void put_memory(const struct bpf_source *source, struct task *task,
		       const struct process_record *leader)
{
	task->anon_bytes = bytes_of(source, leader->anon_pages);
	task->swap_bytes = bytes_of(source, leader->swap_pages);
	task->rss_bytes =
		add_present(task->anon_bytes, add_present(bytes_of(source, leader->file_pages),
							  bytes_of(source, leader->shmem_pages)));
}

static void put_living(struct bpf_source *source, struct task *task, const struct process_row *row,
		       const struct kept *before, struct kept *now)
{
	put_identity(task, row->leader);
	put_blocked(task, row);
	put_memory(source, task, row->leader);
	now->pid = task->pid;
	now->uid = task->uid;
	now->start_ns = task->start_ns;
	now->total = row->living;
	counters_add(&now->total, &now->dead);
	if (before)
		counters_raise(&now->total, &before->total);
	put_counters(task, &now->total);
	if (before && !memcmp(&now->total, &before->total, sizeof(now->total)))
		task->flags |= TASK_IDLE;
	if (!before || before->uid != now->uid)
		users_learn(source->users, now->uid);
}

/* The row of a process that is gone: its threads' last counters upon those that died earlier. */
static void put_gone(struct bpf_source *source, struct task *task, const struct exit_record *record,
		     size_t count, const struct kept *before)
{
	const struct exit_record *last = &record[count - 1];
	struct counters total = { 0 };

	memset(task, 0xff, sizeof(*task)); /* ABSENT throughout */
	if (before)
		total = before->dead;
	for (size_t i = 0; i < count; i++) {
		struct counters one;

		counters_of_thread(&one, &record[i].thread);
		counters_add(&total, &one);
	}
	if (before)
		counters_raise(&total, &before->total);
	put_counters(task, &total);
	task->pid = last->thread.tgid;
	task->ppid = last->ppid;
	task->uid = last->uid;
	task->threads = 0;
	task->nice = 0;
	task->state = 'X';
	task->flags = TASK_EXITED;
	if (last->thread.flags & RECORD_KTHREAD)
		task->flags |= TASK_KTHREAD;
	task->start_ns = last->start_ns;
	task->at_ns = task->run_delay_at_ns = last->thread.at_ns;
	put_comm(task, last->comm);
	users_learn(source->users, task->uid);
}

/*
 * The ends of a process that is still there: adds the waits of those that died before it was read, and
 * moves the others to the front of the list, for the next sample. Returns how many were moved.
 */
static size_t settle_living(struct exits *exits, size_t first, size_t count, size_t kept,
			    const struct process_row *row, struct counters *dead)
{
	size_t moved = 0;

	for (size_t i = first; i < first + count; i++) {
		const struct exit_record *record = &exits->record[i];

		if (record->thread.at_ns > row->leader->thread.at_ns) {
			exits->record[kept + moved++] = *record;
			continue;
		}
		/* A leader that ended before its threads is still listed, with its own waits. */
		if (record->thread.flags & RECORD_LEADER)
			continue;
		dead->run_delay_ns = add_present(dead->run_delay_ns, record->thread.run_delay_ns);
		dead->disk_wait_ns = add_present(dead->disk_wait_ns, record->thread.disk_wait_ns);
	}
	return moved;
}

/* The walk over what is there and what has gone, both in order. */
struct merge {
	struct bpf_source *source;
	struct task_list *list;
	size_t row, exit, exits_kept, before;
};

static void merge_gone(struct merge *merge)
{
	struct bpf_source *source = merge->source;
	const struct exit_record *record = &source->exits.record[merge->exit];
	size_t count = exits_of_process(&source->exits, merge->exit);
	const struct kept *before =
		kept_find(&source->before, &merge->before, record->thread.tgid, record->start_ns);

	put_gone(source, &merge->list->task[merge->list->count++], record, count, before);
	merge->exit += count;
}

static void merge_living(struct merge *merge)
{
	struct bpf_source *source = merge->source;
	struct process_row *row = &source->records.row[merge->row++];
	const struct process_record *leader = row->leader;
	const struct kept *before =
		kept_find(&source->before, &merge->before, leader->thread.pid, leader->start_ns);
	struct kept *now = &source->now.kept[source->now.count++];
	struct exits *exits = &source->exits;

	now->dead = row->dead;
	if (before) {
		now->dead.run_delay_ns = before->dead.run_delay_ns;
		now->dead.disk_wait_ns = before->dead.disk_wait_ns;
	}
	if (merge->exit < exits->count &&
	    exits->record[merge->exit].thread.tgid == leader->thread.pid &&
	    exits->record[merge->exit].start_ns == leader->start_ns) {
		size_t count = exits_of_process(exits, merge->exit);

		merge->exits_kept += settle_living(exits, merge->exit, count, merge->exits_kept,
						   row, &now->dead);
		merge->exit += count;
	}
	put_living(source, &merge->list->task[merge->list->count++], row, before, now);
}

static bool is_gone_next(const struct merge *merge)
{
	const struct exits *exits = &merge->source->exits;
	const struct records *records = &merge->source->records;
	const struct exit_record *record = &exits->record[merge->exit];
	const struct process_record *leader;

	if (merge->exit == exits->count)
		return false;
	if (merge->row == records->count)
		return true;
	leader = records->row[merge->row].leader;
	return is_before(record->thread.tgid, record->start_ns, leader->thread.pid,
			 leader->start_ns);
}

static int merge(struct bpf_source *source, struct task_list *list)
{
	struct merge merge = { .source = source, .list = list };
	struct kept_list before = source->before;
	int err = task_list_reserve(list, source->records.count + source->exits.count);

	if (!err)
		err = kept_reserve(&source->now, source->records.count);
	if (err)
		return err;
	source->now.count = 0;
	while (merge.row < source->records.count || merge.exit < source->exits.count) {
		if (is_gone_next(&merge))
			merge_gone(&merge);
		else
			merge_living(&merge);
	}
	source->exits.count = merge.exits_kept;
	source->before = source->now;
	source->now = before;
	return 0;
}

/* The RSS of the smallest of the EXACT_ROWS largest processes. */
static uint64_t large_rss(const struct task_list *list)
{
	uint64_t largest[EXACT_ROWS] = { 0 };

	for (size_t i = 0; i < list->count; i++) {
		uint64_t rss = list->task[i].rss_bytes;
		size_t at = EXACT_ROWS;

		if (!present(rss) || rss <= largest[EXACT_ROWS - 1])
			continue;
		while (at && largest[at - 1] < rss)
			at--;
		memmove(&largest[at + 1], &largest[at], (EXACT_ROWS - 1 - at) * sizeof(*largest));
		largest[at] = rss;
	}
	return largest[EXACT_ROWS - 1];
}

/* Chooses for the next pass. */
static void choose_exact(struct bpf_source *source, const struct task_list *list)
{
	size_t cpus = (size_t)bpf_probe_cpus(source->probe);
	bool few = list->count * cpus <= EXACT_COUNTS;

	bpf_probe_exact_from(source->probe, few ? 0 : large_rss(list) / source->page_bytes);
}

static int read_tasks(struct bpf_source *source)
{
	int fd = bpf_probe_list(source->probe), err;

	if (fd < 0)
		return fd;
	err = records_read(&source->records, fd);
	close(fd);
	return err;
}

/* Every record of the pass that names its thread. */
static int list_threads(struct bpf_source *source, struct task_list *threads)
{
	const struct process_record *record;
	size_t at = 0;

	threads->count = 0;
	if (task_list_reserve(threads, (size_t)source->records.threads))
		return -ENOMEM;
	while (threads->count < source->records.threads &&
	       (record = records_next_named(&source->records, &at))) {
		struct task *thread = &threads->task[threads->count++];
		struct counters own;

		memset(thread, 0xff, sizeof(*thread)); /* ABSENT throughout */
		counters_of_thread(&own, &record->thread);
		put_identity(thread, record);
		put_memory(source, thread, record);
		put_counters(thread, &own);
		thread->ppid = record->thread.tgid;
		thread->threads = 1;
		thread->flags |= TASK_THREAD;
		if (record->thread.flags & RECORD_BLOCKED)
			thread->flags |= TASK_BLOCKED;
		thread->blocked_ns = present(own.disk_wait_ns) ? record->thread.blocked_ns : ABSENT;
	}
	return 0;
}

static int collect(struct task_source *base, const struct task_context *context,
		   struct task_list *list)
{
	struct bpf_source *source = (struct bpf_source *)base;
	struct probe_self self;
	int err;

	*list = (struct task_list){ .task = list->task, .cap = list->cap };
	bpf_probe_all_threads(source->probe, context->threads);
	err = read_tasks(source);
	/* After the list: what is missing from it has been handed over, or died before we looked. */
	if (!err)
		err = bpf_probe_exits(source->probe, exits_take, &source->exits);
	exits_sort(&source->exits);
	if (!err)
		err = merge(source, list);
	if (err)
		return err;
	if (context->threads)
		err = list_threads(source, context->threads);
	if (err)
		return err;
	list->threads = source->records.threads;
	choose_exact(source, list);
	list->lost = list->probe_runs = list->probe_ns = ABSENT;
	if (bpf_probe_self(source->probe, &self))
		return 0;
	list->lost = self.lost;
	if (bpf_probe_has_waits(source->probe)) {
		list->probe_runs = self.timed;
		list->probe_ns = self.timed_ns;
	}
	return 0;
}

static void close_source(struct task_source *base)
{
	struct bpf_source *source = (struct bpf_source *)base;

	bpf_probe_close(source->probe);
	records_release(&source->records);
	exits_release(&source->exits);
	free(source->before.kept);
	free(source->now.kept);
	free(source);
}

static int profile(struct task_source *base, uint64_t *bucket, size_t cap)
{
	struct bpf_source *source = (struct bpf_source *)base;
	size_t count = cap < PROFILE_BUCKETS ? cap : PROFILE_BUCKETS;
	struct probe_self self;
	int err = bpf_probe_self(source->probe, &self);

	if (err)
		return err;
	memcpy(bucket, self.bucket, count * sizeof(*bucket));
	return (int)count;
}

static const struct task_source_ops bpf_source_ops = {
	.name = "bpf",
	.collect = collect,
	.close = close_source,
	.profile = profile,
};

int bpf_source_open(struct task_source **source, struct users *users,
		    const struct bpf_probe_options *options, char *why, size_t cap)
{
	struct bpf_source *new = calloc(1, sizeof(*new));
	int err;

	if (!new)
		return -ENOMEM;
	new->base.ops = &bpf_source_ops;
	new->users = users;
	new->page_bytes = (uint64_t)sysconf(_SC_PAGESIZE);
	err = exits_reserve(&new->exits, EXITS_AT_FIRST);
	if (!err)
		err = bpf_probe_open(&new->probe, options, why, cap);
	if (err) {
		exits_release(&new->exits);
		free(new);
		return err;
	}
	*source = &new->base;
	return 0;
}
