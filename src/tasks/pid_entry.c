#include "tasks/pid_entry.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/text.h"
#include "base/value.h"
#include "proc/pid_io.h"
#include "proc/pid_stat.h"
#include "proc/pid_status.h"
#include "tasks/record.h"

/* What did not run is read again after this long, since RSS, parent and nice change by others. */
#define STALE_NS (15 * NS_PER_S)
#define STALE_RECLAIM_NS (4 * NS_PER_S)

void pid_entry_init(struct pid_entry *entry)
{
	*entry = (struct pid_entry){ .clock_ns = ABSENT };
}

void pid_entry_release(struct pid_entry *entry)
{
	thread_delays_release(&entry->threads);
	pid_entry_init(entry);
}

static uint64_t times(uint64_t value, uint64_t factor)
{
	return present(value) && value < ABSENT / factor ? value * factor : ABSENT;
}

static uint32_t narrow(uint64_t value)
{
	return value <= UINT32_MAX ? (uint32_t)value : 0;
}

/*
 * The CPU time of all threads of a process, its dead ones included, in nanoseconds. Nobody but the
 * system call tells it, and it needs no permission. ABSENT when there is no such process.
 */
static uint64_t cpu_clock(uint32_t pid, const struct pid_pass *pass)
{
	/* CPUCLOCK_SCHED of kernel include/linux/posix-timers.h, as clock_getcpuclockid(3) makes it */
	clockid_t clock = (clockid_t)(~pid << 3 | 2);
	struct timespec now;

	if (!pass->own_pids || clock_gettime(clock, &now))
		return ABSENT;
	return (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
}

static void begin(struct pid_entry *entry, struct task *task)
{
	uint32_t pid = task->pid;
	uint64_t at_ns = task->at_ns;

	pid_entry_release(entry);
	memset(task, 0xff, sizeof(*task)); /* ABSENT throughout */
	task->pid = pid;
	task->at_ns = at_ns;
	task->flags = 0;
}

/* The owner of the directory is the effective uid, even of a process that must not be traced. */
static void read_owner(struct task *task, struct pid_pass *pass)
{
	struct pid_status status;
	struct stat st;
	char path[16];
	ssize_t len;

	if (pass->live) {
		snprintf(path, sizeof(path), "%u", task->pid);
		if (!fstatat(pass->procfd, path, &st, 0))
			task->uid = st.st_uid;
	} else {
		len = record_read(pass->procfd, task->pid, "status", pass->buf, pass->cap);
		if (len > 0 && !pid_status_parse(&status, pass->buf, (size_t)len) &&
		    status.euid < UINT32_MAX)
			task->uid = (uint32_t)status.euid;
	}
	users_learn(pass->users, task->uid);
}

static void read_io(struct pid_entry *entry, struct task *task, struct pid_pass *pass)
{
	struct pid_io io;
	ssize_t len = record_read(pass->procfd, task->pid, "io", pass->buf, pass->cap);

	entry->io_hidden = len == -EACCES || len == -EPERM;
	if (len < 0 || pid_io_parse(&io, pass->buf, (size_t)len)) {
		task->read_bytes = task->write_bytes = ABSENT;
		return;
	}
	task->read_bytes = io.read_bytes;
	task->write_bytes = io.write_bytes;
}

/* Waits: of the thread where there is one, and the sum over them from when there were several. */
static void read_delays(struct pid_entry *entry, struct task *task, const struct pid_stat *stat,
			const struct pid_schedstat *sched, struct pid_pass *pass)
{
	int err;

	task->run_delay_at_ns = task->at_ns;
	if (!entry->threaded) {
		task->run_delay_ns = sched->run_delay_ns;
		task->disk_wait_ns = times(stat->blkio_ticks, pass->tick_ns);
		return;
	}
	err = thread_delays_read(&entry->threads, pass->procfd, task->pid, pass->block,
				 &pass->tids);
	if (err == -ESRCH && entry->threads.count)
		return; /* the process ended just now: what is known of it stands */
	task->run_delay_ns = err ? ABSENT : entry->threads.run_delay_ns;
	task->disk_wait_ns = err ? ABSENT : times(entry->threads.block_ticks, pass->tick_ns);
}

/*
 * CPU time where there is no clock to ask. stat's is of the whole process but in ticks, each of its
 * two parts cut; schedstat's is exact but of the leading thread. While the process has one thread and
 * the two agree to what cutting can lose, no thread of it has died and schedstat is the better one.
 * Once they do not, stat's is taken for good. It never goes back.
 */
static uint64_t settle_cpu(struct pid_entry *entry, const struct task *task, uint64_t ticks_ns,
			   uint64_t run_ns, const struct pid_pass *pass)
{
	uint64_t before = present(task->cpu_ns) ? task->cpu_ns : 0;

	if (!present(ticks_ns))
		return ABSENT;
	/* Of a copied tree that is just being replaced, the two may be of different instants. */
	if (!pass->live)
		entry->inexact = false;
	if (entry->threaded ||
	    (present(run_ns) && (run_ns < before || run_ns + pass->tick_ns < ticks_ns)))
		entry->inexact = true;
	if (!entry->inexact && present(run_ns))
		return run_ns;
	return ticks_ns > before ? ticks_ns : before;
}

static void take_stat(struct pid_entry *entry, struct task *task, const struct pid_stat *stat,
		      struct pid_pass *pass)
{
	text_clean(task->comm, sizeof(task->comm), stat->comm, stat->comm_len);
	task->ppid = narrow(stat->ppid);
	task->state = stat->state;
	task->threads = narrow(stat->num_threads);
	task->nice = (int8_t)(stat->nice < -20 ? -20 : stat->nice > 19 ? 19 : stat->nice);
	task->flags = present(stat->flags) && (stat->flags & PF_KTHREAD) ? TASK_KTHREAD : 0;
	task->start_ns = times(stat->starttime, pass->tick_ns);
	task->minor_faults = stat->minflt;
	task->major_faults = stat->majflt;
	task->rss_bytes = times(stat->rss, pass->page_bytes);
	entry->threaded |= task->threads > 1;
	pass->block_seen |= present(stat->blkio_ticks) && stat->blkio_ticks;
}

/* What only running can change. Clobbers the buffer, and with it stat's name. */
static void read_rest(struct pid_entry *entry, struct task *task, const struct pid_stat *stat,
		      struct pid_pass *pass)
{
	struct pid_schedstat sched = { ABSENT, ABSENT, ABSENT };
	uint64_t ticks_ns = times(add_present(stat->utime, stat->stime), pass->tick_ns);
	ssize_t len = 0;

	if (!entry->threaded)
		len = record_read(pass->procfd, task->pid, "schedstat", pass->buf, pass->cap);
	if (len <= 0 || pid_schedstat_parse(&sched, pass->buf, (size_t)len))
		sched = (struct pid_schedstat){ ABSENT, ABSENT, ABSENT };
	read_delays(entry, task, stat, &sched, pass);
	read_io(entry, task, pass);
	read_owner(task, pass);
	if (present(entry->clock_ns))
		task->cpu_ns = entry->clock_ns;
	else
		task->cpu_ns = settle_cpu(entry, task, ticks_ns, sched.run_ns, pass);
}

static int read_stat(const struct task *task, struct pid_stat *stat, struct pid_pass *pass)
{
	ssize_t len = record_read(pass->procfd, task->pid, "stat", pass->buf, pass->cap);

	if (len < 0)
		return record_is_gone(len) ? -ESRCH : (int)len;
	return pid_stat_parse(stat, pass->buf, (size_t)len) ? -EINVAL : 0;
}

static bool is_stale(const struct pid_entry *entry, uint64_t now_ns, const struct pid_pass *pass)
{
	return now_ns - entry->stat_ns >= (pass->reclaiming ? STALE_RECLAIM_NS : STALE_NS);
}

int pid_entry_read(struct pid_entry *entry, struct task *task, struct pid_pass *pass)
{
	uint64_t now_ns = pass->live ? clock_ns(CLOCK_MONOTONIC) : pass->context->mono_ns;
	uint64_t cpu_ns = cpu_clock(task->pid, pass);
	bool ran = !entry->known || !present(cpu_ns) || cpu_ns != entry->clock_ns;
	struct pid_stat stat;
	int err;

	if (!ran && !is_stale(entry, now_ns, pass)) {
		task->flags |= TASK_IDLE;
		task->at_ns = task->run_delay_at_ns = now_ns;
		return 0;
	}
	err = read_stat(task, &stat, pass);
	if (err)
		return err;
	if (!entry->known || times(stat.starttime, pass->tick_ns) != task->start_ns) {
		begin(entry, task);
		/* So that not all of them are due at once. */
		entry->stat_ns = now_ns - task->pid % 16 * (STALE_NS / 16);
		cpu_ns = cpu_clock(task->pid, pass); /* of the one that stat is of */
		ran = true;
	} else {
		entry->stat_ns = now_ns;
	}
	task->at_ns = now_ns;
	entry->clock_ns = cpu_ns;
	take_stat(entry, task, &stat, pass);
	if (ran)
		read_rest(entry, task, &stat, pass);
	else
		task->flags |= TASK_IDLE;
	entry->known = true;
	return 0;
}

void pid_entry_read_status(struct pid_entry *entry, struct task *task, struct pid_pass *pass)
{
	struct pid_status status;
	ssize_t len;

	if (entry->status_ns && task->flags & TASK_IDLE &&
	    task->at_ns - entry->status_ns < STALE_RECLAIM_NS)
		return;
	len = record_read(pass->procfd, task->pid, "status", pass->buf, pass->cap);
	if (len < 0 || pid_status_parse(&status, pass->buf, (size_t)len)) {
		pid_entry_drop_status(entry, task);
		return;
	}
	entry->status_ns = task->at_ns;
	task->anon_bytes = times(status.rss_anon_kb, 1024);
	task->swap_bytes = times(status.swap_kb, 1024);
}

void pid_entry_drop_status(struct pid_entry *entry, struct task *task)
{
	entry->status_ns = 0;
	task->anon_bytes = task->swap_bytes = ABSENT;
}
