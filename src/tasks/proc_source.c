#include "tasks/proc_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/directory.h"
#include "base/file.h"
#include "base/value.h"
#include "tasks/pid_entry.h"

#define KEPT_FDS_MAX 4096
#define OTHER_FDS 64          /* for everything else in the program */
#define LIST_EVERY 10         /* passes: a fork count that somebody emulates may stand still */
#define STATUS_ROWS 8         /* processes with the largest RSS whose status is read */
#define SCRATCH_BYTES 65536

struct proc_source {
	struct task_source base;
	struct pid_pass pass;
	int dirfd;                /* of procfd, for listing alone */
	struct pid_entry *entry;  /* beside task[], in ascending order of pid */
	struct task *task;
	size_t count, cap;
	struct number_list pids;
	uint64_t forks;           /* when /proc was last listed */
	unsigned passes;          /* since then */
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
			new++;
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

	if (err || !new)
		return err;
	source->count = to;
	while (to > from) {
		uint32_t pid = i ? source->pids.number[i - 1] : 0;

		if (from && (!i || source->task[from - 1].pid >= pid)) {
			if (i && source->task[from - 1].pid == pid)
				i--;
			to--;
			from--;
			source->task[to] = source->task[from];
			source->entry[to] = source->entry[from];
		} else {
			to--;
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
	if (err)
		return err;
	source->forks = context->forks;
	source->passes = 0;
	return merge(source);
}

/* Reads one process; a pid that went to another one is read as that one. False when it is gone. */
static bool refresh(struct proc_source *source, struct pid_entry *entry, struct task *task)
{
	int err = pid_entry_read(entry, task, &source->pass);

	if (err == -ESRCH && entry->known) {
		pid_entry_release(entry, &source->pass);
		err = pid_entry_read(entry, task, &source->pass);
	}
	if (err == -ESRCH || !entry->known) {
		pid_entry_release(entry, &source->pass);
		return false;
	}
	return true;
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

/* Reads status of the processes with the largest RSS. */
static void read_largest(struct proc_source *source)
{
	size_t row[STATUS_ROWS], rows = 0;

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
	for (size_t i = 0; i < rows; i++)
		pid_entry_read_status(&source->entry[row[i]], &source->task[row[i]], &source->pass);
}

static void begin_pass(struct proc_source *source, const struct task_context *context)
{
	source->pass.context = context;
	source->pass.reclaiming = present(context->reclaim) && context->reclaim != source->reclaim;
	source->reclaim = context->reclaim;
	/* Before 5.14 there is no switch, and accounting is on where it is built in. */
	source->pass.delayacct = !present(context->delayacct) || context->delayacct == 1;
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
	err = task_list_reserve(list, source->count);
	if (err)
		return err;
	memcpy(list->task, source->task, source->count * sizeof(*list->task));
	list->count = source->count;
	for (size_t i = 0; i < source->count; i++) {
		list->threads += source->task[i].threads;
		list->io_hidden += source->entry[i].io_hidden;
	}
	return 0;
}

static void close_source(struct task_source *base)
{
	struct proc_source *source = (struct proc_source *)base;

	for (size_t i = 0; i < source->count; i++)
		pid_entry_release(&source->entry[i], &source->pass);
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

/* Whether a mount of /proc hides the processes of others: hidepid of proc(5). */
static bool has_hidepid(struct proc_source *source)
{
	ssize_t len = file_read_at(source->pass.procfd, "self/mountinfo", source->buf,
		sizeof(source->buf));
	const char *option;

	if (len <= 0 && len != -EFBIG)
		return false;
	option = strstr(source->buf, "hidepid=");
	return option && strncmp(option + 8, "0", 1) && strncmp(option + 8, "off", 3);
}

/* Takes all the descriptors that may be had, and returns how many of them processes may use. */
static size_t descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit))
		return 0;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur <= OTHER_FDS)
		return 0;
	return limit.rlim_cur - OTHER_FDS < KEPT_FDS_MAX ? limit.rlim_cur - OTHER_FDS : KEPT_FDS_MAX;
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
		.tick_ns = 1000000000ull / (uint64_t)(ticks > 0 ? ticks : 100),
		.page_bytes = (uint64_t)sysconf(_SC_PAGESIZE),
		.fds_left = live ? descriptors() : 0,
		.buf = new->buf,
		.cap = sizeof(new->buf),
	};
	new->dirfd = openat(procfd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (new->dirfd < 0) {
		int err = -errno;

		free(new);
		return err;
	}
	new->hidepid = live && has_hidepid(new);
	*source = &new->base;
	return 0;
}
