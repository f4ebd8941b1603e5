#include "tasks/proc_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/directory.h"
#include "base/file.h"
#include "base/scan.h"
#include "base/value.h"
#include "tasks/pid_entry.h"
#include "tasks/proc_threads.h"

#define LIST_EVERY 10 /* passes: a fork count that somebody emulates may stand still */
#define STATUS_ROWS 8 /* processes with the largest RSS whose status is read */
#define SCRATCH_BYTES 65536

struct proc_source {
	struct task_source base;
	struct pid_pass pass;
	int dirfd; /* of procfd, for listing alone */
	struct pid_entry *entry; /* beside task[], in ascending order of pid */
	struct task *task;
	size_t count, cap;
	struct number_list pids;
	uint64_t forks; /* when /proc was last listed; ABSENT: list it */
	unsigned passes; /* since then */
	uint64_t reclaim;
	bool hidepid;
	char buf[SCRATCH_BYTES];
};

static int reserve(struct proc_source *source, size_t n)
{
	size_t cap = n + n / 4;
	struct pid_entry *entry;
	struct task *task;

	if (n <= source->cap)
		return 0;
	entry = reallocarray(source->entry, cap, sizeof(*entry));
	if (!entry)
		return -ENOMEM;
	source->entry = entry;
	task = reallocarray(source->task, cap, sizeof(*task));
	if (!task)
		return -ENOMEM;
	source->task = task;
	source->cap = cap;
	return 0;
}

/* How many pids of the list are not in the table yet; both are sorted. */
static size_t count_new(const struct proc_source *source)
{
	size_t at = 0, new = 0;

	for (size_t i = 0; i < source->pids.count; i++) {
		while (at < source->count && source->task[at].pid < source->pids.number[i])
			at++;
		if (at == source->count || source->task[at].pid != source->pids.number[i])
			new ++;
	}
	return new;
}

/*
 * Adds the listed pids that are not in the table, from the back, in place. Those that are gone stay:
 * reading them tells.
 */
static int merge(struct proc_source *source)
{
	size_t new = count_new(source);
	size_t from = source->count, to = source->count + new, i = source->pids.count;
	int err = reserve(source, to);

	if (err)
		return err;
	source->count = to;
	while (to > from) {
		uint32_t pid = i ? source->pids.number[i - 1] : 0;

		to--;
		if (from && (!i || source->task[from - 1].pid >= pid)) {
			if (i && source->task[from - 1].pid == pid)
				i--;
			from--;
			source->task[to] = source->task[from];
			source->entry[to] = source->entry[from];
		} else {
			i--;
			source->task[to].pid = pid;
			pid_entry_init(&source->entry[to]);
		}
	}
	return 0;
}

static int list_pids(struct proc_source *source, const struct task_context *context)
{
	bool same = source->pass.live && present(context->forks) &&
		    context->forks == source->forks && ++source->passes < LIST_EVERY;
	int err;

	if (same)
		return 0;
	err = directory_numbers(source->dirfd, &source->pids);
	if (!err)
		err = merge(source);
	if (err)
		return err;
	source->forks = context->forks;
	source->passes = 0;
	return 0;
}

/* Reads one process. False when it is gone, or new and unreadable. */
static bool refresh(struct proc_source *source, struct pid_entry *entry, struct task *task)
{
	int err = pid_entry_read(entry, task, &source->pass);

	if (err != -ESRCH && entry->known)
		return true;
	if (err == -EMFILE || err == -ENFILE || err == -ENOMEM)
		source->forks = ABSENT; /* it is there: to be found again */
	pid_entry_release(entry);
	return false;
}

static void refresh_all(struct proc_source *source)
{
	size_t kept = 0;

	for (size_t i = 0; i < source->count; i++) {
		if (!refresh(source, &source->entry[i], &source->task[i]))
			continue;
		if (kept != i) {
			source->entry[kept] = source->entry[i];
			source->task[kept] = source->task[i];
		}
		kept++;
	}
	source->count = kept;
}

/* The rows with the largest RSS, the largest first. Returns how many. */
static size_t find_largest(const struct proc_source *source, size_t row[static STATUS_ROWS])
{
	size_t rows = 0;

	for (size_t i = 0; i < source->count; i++) {
		uint64_t rss = source->task[i].rss_bytes;
		size_t at = rows;

		if (!present(rss) || !rss)
			continue;
		while (at && source->task[row[at - 1]].rss_bytes < rss)
			at--;
		if (at == STATUS_ROWS)
			continue;
		if (rows < STATUS_ROWS)
			rows++;
		memmove(&row[at + 1], &row[at], (rows - 1 - at) * sizeof(*row));
		row[at] = i;
	}
	return rows;
}

static bool is_among(const size_t *row, size_t rows, size_t i)
{
	while (rows--)
		if (row[rows] == i)
			return true;
	return false;
}

static void read_largest(struct proc_source *source)
{
	size_t row[STATUS_ROWS], rows = find_largest(source, row);

	for (size_t i = 0; i < source->count; i++)
		if (source->entry[i].status_ns && !is_among(row, rows, i))
			pid_entry_drop_status(&source->entry[i], &source->task[i]);
	for (size_t i = 0; i < rows; i++)
		pid_entry_read_status(&source->entry[row[i]], &source->task[row[i]], &source->pass);
}

/* Before 5.14 there is no switch: accounting is on by default, and shows when something waits. */
static bool block_is_accounted(const struct proc_source *source, const struct task_context *context)
{
	if (present(context->delayacct))
		return context->delayacct == 1;
	return source->pass.block_seen;
}

static void begin_pass(struct proc_source *source, const struct task_context *context)
{
	source->pass.context = context;
	source->pass.reclaiming = present(context->reclaim) && context->reclaim != source->reclaim;
	source->reclaim = context->reclaim;
	source->pass.block = block_is_accounted(source, context);
}

static int fill(const struct proc_source *source, const struct task_context *context,
		struct task_list *list)
{
	bool block = block_is_accounted(source, context);
	int err = task_list_reserve(list, source->count);

	if (err)
		return err;
	for (size_t i = 0; i < source->count; i++) {
		struct task *task = &list->task[i];

		*task = source->task[i];
		if (!block)
			task->disk_wait_ns = ABSENT;
		list->threads += task->threads;
		list->io_hidden += source->entry[i].io_hidden;
	}
	list->count = source->count;
	return 0;
}

static int collect(struct task_source *base, const struct task_context *context,
		   struct task_list *list)
{
	struct proc_source *source = (struct proc_source *)base;
	int err;

	list->count = 0;
	list->threads = 0;
	list->io_hidden = 0;
	list->hidepid = source->hidepid;
	begin_pass(source, context);
	err = list_pids(source, context);
	if (err)
		return err;
	refresh_all(source);
	read_largest(source);
	err = fill(source, context, list);
	if (!err && context->threads)
		err = proc_threads_read(&source->pass, list, context->threads);
	return err;
}

static void close_source(struct task_source *base)
{
	struct proc_source *source = (struct proc_source *)base;

	for (size_t i = 0; i < source->count; i++)
		pid_entry_release(&source->entry[i]);
	free(source->entry);
	free(source->task);
	number_list_release(&source->pids);
	number_list_release(&source->pass.tids);
	close(source->dirfd);
	free(source);
}

static const struct task_source_ops proc_source_ops = {
	.name = "proc",
	.collect = collect,
	.close = close_source,
};

/* A line of mountinfo, proc_pid_mountinfo(5), of this device and with a hidepid= that hides. */
static bool is_hiding(struct scan line, const char *device)
{
	const char *option;
	struct scan word;

	scan_skip(&line, 2);
	if (!scan_word(&line, &word) || !scan_is(word, device))
		return false;
	option = memmem(line.at, scan_left(&line), "hidepid=", 8);
	if (!option)
		return false;
	line.at = option + 8;
	return !scan_starts(line, "0") && !scan_starts(line, "off");
}

/* Whether the processes of others do not show: hidepid of proc(5), for whom it is meant. */
static bool has_hidepid(struct proc_source *source)
{
	int procfd = source->pass.procfd;
	ssize_t len = file_read_at(procfd, "self/mountinfo", source->buf, sizeof(source->buf));
	struct scan text = scan_text(source->buf, strlen(source->buf)), line;
	char device[32];
	struct stat st;

	if ((len < 0 && len != -EFBIG) || fstat(procfd, &st))
		return false;
	snprintf(device, sizeof(device), "%u:%u", major(st.st_dev), minor(st.st_dev));
	while (scan_line(&text, &line))
		if (is_hiding(line, device))
			return faccessat(procfd, "1/stat", R_OK, 0) != 0;
	return false;
}

/* A process in another pid namespace than the mount's has another number there, or none. */
static bool has_own_pids(int procfd)
{
	char self[16], pid[16];
	ssize_t len = readlinkat(procfd, "self", self, sizeof(self));

	snprintf(pid, sizeof(pid), "%d", getpid());
	return len > 0 && (size_t)len == strlen(pid) && !memcmp(self, pid, (size_t)len);
}

int proc_source_open(struct task_source **source, int procfd, struct users *users, bool live)
{
	struct proc_source *new = calloc(1, sizeof(*new));
	long ticks = sysconf(_SC_CLK_TCK);

	if (!new)
		return -ENOMEM;
	new->base.ops = &proc_source_ops;
	new->forks = new->reclaim = ABSENT;
	new->pass = (struct pid_pass){
		.users = users,
		.procfd = procfd,
		.live = live,
		.own_pids = live && has_own_pids(procfd),
		.tick_ns = NS_PER_S / (uint64_t)(ticks > 0 ? ticks : 100),
		.page_bytes = (uint64_t)sysconf(_SC_PAGESIZE),
		.buf = new->buf,
		.cap = sizeof(new->buf),
	};
	new->dirfd = openat(procfd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (new->dirfd < 0) {
		int err = -errno;

		free(new);
		return err;
	}
	new->hidepid = live &&has_hidepid(new);
	*source = &new->base;
	return 0;
}
