#include "tasks/thread_delays.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/directory.h"
#include "base/file.h"
#include "proc/pid_schedstat.h"

#define SCHEDSTAT_MAX 128

static int read_thread(int taskfd, uint32_t tid, uint64_t *run_delay_ns)
{
	char path[32], text[SCHEDSTAT_MAX];
	struct pid_schedstat sched;
	ssize_t len;

	snprintf(path, sizeof(path), "%u/schedstat", tid);
	len = file_read_at(taskfd, path, text, sizeof(text));
	if (len < 0)
		return (int)len;
	if (pid_schedstat_parse(&sched, text, (size_t)len))
		return -ENODATA;
	*run_delay_ns = sched.run_delay_ns;
	return 0;
}

static int reserve(struct thread_delays *delays, size_t n)
{
	struct thread_delay *grown;

	if (n <= delays->cap)
		return 0;
	grown = reallocarray(delays->thread, n + n / 4, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	delays->thread = grown;
	delays->cap = n + n / 4;
	return 0;
}

/*
 * Replaces the kept threads by those of the list. The new ones are written behind the old ones, which
 * are read meanwhile, and moved to the front at the end.
 */
static int update(struct thread_delays *delays, int taskfd, const struct number_list *tids)
{
	size_t old = 0, olds = delays->count, news = 0;
	uint64_t total_ns = delays->total_ns;
	int err = reserve(delays, olds + tids->count);

	if (err)
		return err;
	for (size_t i = 0; i < tids->count; i++) {
		struct thread_delay *thread = &delays->thread[olds + news];

		thread->tid = tids->number[i];
		err = read_thread(taskfd, thread->tid, &thread->run_delay_ns);
		if (err == -ENOENT || err == -ESRCH)
			continue; /* it ended meanwhile */
		if (err)
			return err;
		news++;
		while (old < olds && delays->thread[old].tid < thread->tid)
			old++;
		if (old == olds || delays->thread[old].tid != thread->tid ||
			delays->thread[old].run_delay_ns > thread->run_delay_ns)
			total_ns += thread->run_delay_ns; /* a new thread */
		else
			total_ns += thread->run_delay_ns - delays->thread[old].run_delay_ns;
	}
	memmove(delays->thread, delays->thread + olds, news * sizeof(*delays->thread));
	delays->count = news;
	delays->total_ns = total_ns;
	return 0;
}

int thread_delays_read(struct thread_delays *delays, int procfd, uint32_t pid,
	struct number_list *tids)
{
	char path[32];
	int fd, err;

	snprintf(path, sizeof(path), "%u/task", pid);
	fd = openat(procfd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	err = directory_numbers(fd, tids);
	if (!err)
		err = update(delays, fd, tids);
	close(fd);
	return err;
}

void thread_delays_release(struct thread_delays *delays)
{
	free(delays->thread);
	*delays = (struct thread_delays){0};
}
