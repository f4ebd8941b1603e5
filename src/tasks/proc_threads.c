#include "tasks/proc_threads.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "base/value.h"
#include "proc/pid_io.h"
#include "proc/pid_stat.h"
#include "tasks/record.h"

static uint64_t times(uint64_t value, uint64_t factor)
{
	return present(value) && value < ABSENT / factor ? value * factor : ABSENT;
}

static void take_stat(struct task *thread, const struct pid_stat *stat, const struct pid_pass *pass)
{
	text_clean(thread->comm, sizeof(thread->comm), stat->comm, stat->comm_len);
	thread->state = stat->state;
	thread->nice = (int8_t)(stat->nice < -20 ? -20 : stat->nice > 19 ? 19 : stat->nice);
	thread->start_ns = times(stat->starttime, pass->tick_ns);
	thread->minor_faults = stat->minflt;
	thread->major_faults = stat->majflt;
	thread->cpu_ns = times(add_present(stat->utime, stat->stime), pass->tick_ns);
	thread->disk_wait_ns = pass->block ? times(stat->blkio_ticks, pass->tick_ns) : ABSENT;
}

static void read_sched(struct task *thread, int taskfd, struct pid_pass *pass)
{
	struct pid_schedstat sched;
	ssize_t len = record_read(taskfd, thread->pid, "schedstat", pass->buf, pass->cap);

	thread->run_delay_ns = ABSENT;
	if (len <= 0 || pid_schedstat_parse(&sched, pass->buf, (size_t)len))
		return;
	thread->run_delay_ns = sched.run_delay_ns;
	if (present(sched.run_ns))
		thread->cpu_ns = sched.run_ns;
}

static void read_io(struct task *thread, int taskfd, struct pid_pass *pass)
{
	struct pid_io io;
	ssize_t len = record_read(taskfd, thread->pid, "io", pass->buf, pass->cap);

	thread->read_bytes = thread->write_bytes = ABSENT;
	if (len <= 0 || pid_io_parse(&io, pass->buf, (size_t)len))
		return;
	thread->read_bytes = io.read_bytes;
	thread->write_bytes = io.write_bytes;
}

/* False when it has ended. */
static bool read_thread(struct task *thread, const struct task *process, uint32_t tid, int taskfd,
			struct pid_pass *pass)
{
	ssize_t len = record_read(taskfd, tid, "stat", pass->buf, pass->cap);
	struct pid_stat stat;

	if (len <= 0 || pid_stat_parse(&stat, pass->buf, (size_t)len))
		return false;
	*thread = *process;
	thread->pid = tid;
	thread->ppid = process->pid;
	thread->threads = 1;
	thread->flags = (uint8_t)((process->flags & TASK_KTHREAD) | TASK_THREAD);
	thread->blocked_ns = ABSENT;
	thread->at_ns = thread->run_delay_at_ns = pass->live ? clock_ns(CLOCK_MONOTONIC)
							     : pass->context->mono_ns;
	take_stat(thread, &stat, pass);
	read_sched(thread, taskfd, pass);
	read_io(thread, taskfd, pass);
	return true;
}

/* A process that is gone has no threads; what permission hides has none that show. */
static int read_process(struct pid_pass *pass, const struct task *process,
			struct task_list *threads)
{
	char path[32];
	int fd, err;

	snprintf(path, sizeof(path), "%u/task", process->pid);
	fd = openat(pass->procfd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno == EMFILE || errno == ENFILE ? -errno : 0;
	err = directory_numbers(fd, &pass->tids);
	if (record_is_gone(err))
		pass->tids.count = 0;
	if (!err || record_is_gone(err))
		err = task_list_reserve(threads, threads->count + pass->tids.count);
	for (size_t i = 0; !err && i < pass->tids.count; i++)
		if (read_thread(&threads->task[threads->count], process, pass->tids.number[i], fd,
				pass))
			threads->count++;
	close(fd);
	return err;
}

/* Processes ascend and so do the threads of each, so little is out of place. qsort(3) would allocate. */
static void sort(struct task_list *list)
{
	static const size_t gaps[] = { 1750, 701, 301, 132, 57, 23, 10, 4, 1 };

	for (size_t g = 0; g < sizeof(gaps) / sizeof(gaps[0]); g++)
		for (size_t i = gaps[g]; i < list->count; i++) {
			struct task moving = list->task[i];
			size_t at = i;

			for (; at >= gaps[g] && list->task[at - gaps[g]].pid > moving.pid;
			     at -= gaps[g])
				list->task[at] = list->task[at - gaps[g]];
			if (at != i)
				list->task[at] = moving;
		}
}

int proc_threads_read(struct pid_pass *pass, const struct task_list *processes,
		      struct task_list *threads)
{
	int err = 0;

	threads->count = 0;
	for (size_t i = 0; !err && i < processes->count; i++)
		err = read_process(pass, &processes->task[i], threads);
	if (err)
		threads->count = 0;
	sort(threads);
	return err;
}
