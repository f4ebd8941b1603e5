#include "tasks/thread_delays.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/value.h"
#include "proc/pid_stat.h"
#include "tasks/record.h"

#define TEXT_MAX 2048 /* of stat; schedstat has 64 at most */

/* Sums while the threads are walked. */
struct sums {
	uint64_t run_delay_ns, block_ticks;
	bool counted; /* by this kernel: some thread is not all zeros */
};

static int read_sched(int taskfd, uint32_t tid, struct pid_schedstat *sched)
{
	char text[TEXT_MAX];
	ssize_t len = record_read(taskfd, tid, "schedstat", text, sizeof(text));

	if (len < 0)
		return (int)len;
	/* A thread that never ran yet says the same as a kernel that does not count. */
	if (pid_schedstat_parse(sched, text, (size_t)len))
		*sched = (struct pid_schedstat){ 0 };
	return 0;
}

static int read_block(int taskfd, uint32_t tid, uint64_t *ticks)
{
	char text[TEXT_MAX];
	struct pid_stat stat;
	ssize_t len = record_read(taskfd, tid, "stat", text, sizeof(text));

	if (len < 0)
		return (int)len;
	if (pid_stat_parse(&stat, text, (size_t)len) || !present(stat.blkio_ticks))
		return -ENODATA;
	*ticks = stat.blkio_ticks;
	return 0;
}

/* Old and new threads lie side by side while they are compared: room for both from the first time. */
static int reserve(struct thread_delays *delays, size_t n)
{
	struct thread_delay *grown;
	size_t cap = 2 * n + n / 4;

	if (n <= delays->cap)
		return 0;
	grown = reallocarray(delays->thread, cap, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	delays->thread = grown;
	delays->cap = cap;
	return 0;
}

/* Whether now is the same thread a while later; else its tid went to a new one. */
static bool follows(const struct pid_schedstat *before, const struct pid_schedstat *now)
{
	return now->run_ns >= before->run_ns && now->run_delay_ns >= before->run_delay_ns &&
	       now->timeslices >= before->timeslices;
}

/* Reads one thread; old is what is kept of it, NULL when it is new. */
static int read_thread(struct thread_delay *thread, const struct thread_delay *old, int taskfd,
		       bool block, struct sums *sums)
{
	static const struct thread_delay nothing;
	int err = read_sched(taskfd, thread->tid, &thread->sched);
	bool ran;

	if (err)
		return err;
	if (!old || !follows(&old->sched, &thread->sched))
		old = &nothing;
	ran = old == &nothing || memcmp(&old->sched, &thread->sched, sizeof(old->sched)) != 0;
	thread->block_ticks = block ? old->block_ticks : ABSENT;
	if (block && (ran || !present(old->block_ticks))) {
		err = read_block(taskfd, thread->tid, &thread->block_ticks);
		if (err)
			return err;
		/* Not asked for before: its whole past counts, as at the first read. */
		sums->block_ticks = add_present(sums->block_ticks, thread->block_ticks);
		if (present(old->block_ticks) && old->block_ticks <= thread->block_ticks)
			sums->block_ticks -= old->block_ticks;
	}
	sums->run_delay_ns += thread->sched.run_delay_ns - old->sched.run_delay_ns;
	sums->counted |= thread->sched.run_ns || thread->sched.timeslices;
	return 0;
}

/*
 * Replaces the kept threads by those of the list. The new ones are written behind the old ones, which
 * are read meanwhile, and moved to the front at the end.
 */
static int update(struct thread_delays *delays, int taskfd, bool block,
		  const struct number_list *tids)
{
	struct sums sums = { .run_delay_ns = delays->run_delay_ns, .block_ticks = ABSENT };
	size_t old = 0, olds = delays->count, news = 0;
	int err = reserve(delays, olds + tids->count);

	if (err)
		return err;
	if (block)
		sums.block_ticks = present(delays->block_ticks) ? delays->block_ticks : 0;
	for (size_t i = 0; i < tids->count; i++) {
		struct thread_delay *thread = &delays->thread[olds + news];

		thread->tid = tids->number[i];
		while (old < olds && delays->thread[old].tid < thread->tid)
			old++;
		err = read_thread(thread,
				  old < olds && delays->thread[old].tid == thread->tid
					  ? &delays->thread[old]
					  : NULL,
				  taskfd, block, &sums);
		if (record_is_gone(err))
			continue; /* it ended meanwhile */
		if (err)
			return err;
		news++;
	}
	if (!sums.counted)
		return news ? -ENODATA : -ESRCH;
	memmove(delays->thread, delays->thread + olds, news * sizeof(*delays->thread));
	delays->count = news;
	delays->run_delay_ns = sums.run_delay_ns;
	delays->block_ticks = sums.block_ticks;
	return 0;
}

int thread_delays_read(struct thread_delays *delays, int procfd, uint32_t pid, bool block,
		       struct number_list *tids)
{
	char path[32];
	int fd, err;

	snprintf(path, sizeof(path), "%u/task", pid);
	fd = openat(procfd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return record_is_gone(-errno) ? -ESRCH : -errno;
	err = directory_numbers(fd, tids);
	if (!err)
		err = update(delays, fd, block, tids);
	close(fd);
	return err;
}

void thread_delays_release(struct thread_delays *delays)
{
	free(delays->thread);
	*delays = (struct thread_delays){ 0 };
}
