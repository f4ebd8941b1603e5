#include "tasks/pid_entry.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "base/value.h"
#include "proc/pid_io.h"
#include "proc/pid_stat.h"
#include "proc/pid_status.h"

/* What did not run is read again after this long, since RSS, parent and nice change by others. */
#define STALE_NS (15 * NS_PER_S)
#define STALE_RECLAIM_NS (4 * NS_PER_S)

void pid_entry_init(struct pid_entry *entry)
{
	*entry = (struct pid_entry){.fd = -1};
}

void pid_entry_release(struct pid_entry *entry, struct pid_pass *pass)
{
	if (entry->fd >= 0) {
		close(entry->fd);
		pass->fds_left++;
	}
	thread_delays_release(&entry->threads);
	pid_entry_init(entry);
}

static void drop_fd(struct pid_entry *entry, struct pid_pass *pass)
{
	close(entry->fd);
	entry->fd = -1;
	pass->fds_left++;
}

/*
 * Reads schedstat or stat, through the kept descriptor where there is one, and keeps a new one when
 * `keep` says that this is the file read each time and one is left.
 */
static ssize_t read_file(struct pid_entry *entry, uint32_t pid, bool is_stat, bool keep,
	struct pid_pass *pass)
{
	char path[32];
	ssize_t len;
	int fd;

	if (entry->fd >= 0 && entry->fd_is_stat == is_stat)
		return file_pread(entry->fd, pass->buf, pass->cap);
	snprintf(path, sizeof(path), "%u/%s", pid, is_stat ? "stat" : "schedstat");
	if (!keep || !pass->live || (entry->fd < 0 && !pass->fds_left))
		return file_read_at(pass->procfd, path, pass->buf, pass->cap);
	fd = openat(pass->procfd, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno == EMFILE || errno == ENFILE ? -EAGAIN : -errno;
	len = file_pread(fd, pass->buf, pass->cap);
	if (len < 0) {
		close(fd);
		return len;
	}
	if (entry->fd >= 0)
		drop_fd(entry, pass);
	entry->fd = fd;
	entry->fd_is_stat = is_stat;
	pass->fds_left--;
	return len;
}

static bool gone(ssize_t err)
{
	return err == -ESRCH || err == -ENOENT;
}

/* The owner of the directory is the effective uid, even of a process that must not be traced. */
static void read_owner(struct task *task, struct pid_pass *pass)
{
	struct pid_status status;
	struct stat st;
	char path[32];
	ssize_t len;

	if (pass->live) {
		snprintf(path, sizeof(path), "%u", task->pid);
		if (!fstatat(pass->procfd, path, &st, 0))
			task->uid = st.st_uid;
	} else {
		snprintf(path, sizeof(path), "%u/status", task->pid);
		len = file_read_at(pass->procfd, path, pass->buf, pass->cap);
		if (len > 0 && !pid_status_parse(&status, pass->buf, (size_t)len) &&
			present(status.euid))
			task->uid = (uint32_t)status.euid;
	}
	users_learn(pass->users, task->uid);
}

static void read_io(struct pid_entry *entry, struct task *task, struct pid_pass *pass)
{
	struct pid_io io;
	char path[32];
	ssize_t len;

	snprintf(path, sizeof(path), "%u/io", task->pid);
	len = file_read_at(pass->procfd, path, pass->buf, pass->cap);
	entry->io_hidden = len == -EACCES || len == -EPERM;
	if (len < 0 || pid_io_parse(&io, pass->buf, (size_t)len)) {
		task->read_bytes = task->write_bytes = ABSENT;
		return;
	}
	task->read_bytes = io.read_bytes;
	task->write_bytes = io.write_bytes;
	entry->io_events = io.rchar + io.wchar + io.syscr + io.syscw;
}

static uint64_t times(uint64_t value, uint64_t factor)
{
	return present(value) && value < ABSENT / factor ? value * factor : ABSENT;
}

/*
 * CPU time. stat's is of the whole process but in ticks, each of its two parts cut; schedstat's is
 * exact but of the leading thread. While the process has one thread and the two agree to the two
 * ticks that cutting can lose, no thread of it has died and schedstat is the better one. Once they
 * do not, stat's is taken for good, never less than what was said before.
 */
static void settle_cpu(struct pid_entry *entry, struct task *task, const struct pid_pass *pass)
{
	uint64_t run_ns = entry->sched.run_ns;

	if (!present(entry->ticks_ns)) {
		task->cpu_ns = ABSENT;
		return;
	}
	if (entry->exact && (task->threads > 1 || !present(run_ns) ||
				    run_ns + pass->tick_ns < entry->ticks_ns))
		entry->exact = false;
	if (entry->exact)
		task->cpu_ns = run_ns;
	else if (!present(task->cpu_ns) || entry->ticks_ns > task->cpu_ns)
		task->cpu_ns = entry->ticks_ns;
}

static bool is_active_state(char state)
{
	return state == 'R' || state == 'D';
}

/* Takes a parsed stat in. Returns true when it says that the process did something. */
static bool take_stat(struct pid_entry *entry, struct task *task, const struct pid_stat *stat,
	struct pid_pass *pass)
{
	uint64_t ticks_ns = times(add_present(stat->utime, stat->stime), pass->tick_ns);
	bool changed = ticks_ns != entry->ticks_ns || stat->minflt != task->minor_faults ||
		       stat->majflt != task->major_faults || stat->state != task->state ||
		       is_active_state(stat->state);
	char comm[TASK_COMM_MAX];

	text_clean(comm, sizeof(comm), stat->comm, stat->comm_len);
	if (!entry->known || strcmp(comm, task->comm)) {
		memcpy(task->comm, comm, sizeof(comm));
		changed = true;
	}
	entry->ticks_ns = ticks_ns;
	task->ppid = present(stat->ppid) ? (uint32_t)stat->ppid : 0;
	task->state = stat->state;
	task->threads = present(stat->num_threads) ? (uint32_t)stat->num_threads : 0;
	task->nice = (int8_t)stat->nice;
	task->flags = present(stat->flags) && (stat->flags & PF_KTHREAD) ? TASK_KTHREAD : 0;
	task->start_ns = times(stat->starttime, pass->tick_ns);
	task->minor_faults = stat->minflt;
	task->major_faults = stat->majflt;
	task->rss_bytes = times(stat->rss, pass->page_bytes);
	if (task->threads > 1 || !pass->delayacct)
		task->disk_wait_ns = ABSENT; /* field 42 is of the leading thread alone */
	else
		task->disk_wait_ns = times(stat->blkio_ticks, pass->tick_ns);
	return changed;
}

static int read_stat(struct pid_entry *entry, struct task *task, struct pid_pass *pass, bool *changed)
{
	uint32_t pid = task->pid;
	struct pid_stat stat;
	ssize_t len = read_file(entry, pid, true, entry->threaded, pass);
	bool new = !entry->known;

	if (len < 0)
		return gone(len) ? -ESRCH : (int)len;
	if (pid_stat_parse(&stat, pass->buf, (size_t)len))
		return -EINVAL;
	if (!new && times(stat.starttime, pass->tick_ns) != task->start_ns)
		return -ESRCH; /* its pid went to another one */
	entry->stat_ns = task->at_ns;
	if (new) /* so that not all of them are due at once */
		entry->stat_ns -= (pid % 16) * (STALE_NS / 16);
	*changed = take_stat(entry, task, &stat, pass);
	if (new || *changed)
		read_owner(task, pass);
	entry->known = true;
	return 0;
}

static int read_sched(struct pid_entry *entry, const struct task *task, struct pid_pass *pass,
	struct pid_schedstat *sched)
{
	ssize_t len = read_file(entry, task->pid, false, true, pass);

	if (len < 0)
		return (int)len;
	return pid_schedstat_parse(sched, pass->buf, (size_t)len);
}

static bool is_stale(const struct pid_entry *entry, const struct task *task,
	const struct pid_pass *pass)
{
	uint64_t limit = pass->reclaiming ? STALE_RECLAIM_NS : STALE_NS;

	return !pass->live || task->at_ns - entry->stat_ns >= limit || is_active_state(task->state);
}

/* One thread: schedstat says whether it ran. */
static int read_single(struct pid_entry *entry, struct task *task, struct pid_pass *pass)
{
	struct pid_schedstat sched;
	int err = read_sched(entry, task, pass, &sched);
	bool ran = true, changed = false;

	if (err == -ESRCH)
		return err;
	if (!err) {
		ran = !entry->known || sched.run_ns != entry->sched.run_ns ||
		      sched.run_delay_ns != entry->sched.run_delay_ns ||
		      sched.timeslices != entry->sched.timeslices;
		entry->sched = sched;
	} else {
		entry->sched.run_ns = entry->sched.run_delay_ns = ABSENT;
	}
	if (!ran && !is_stale(entry, task, pass)) {
		task->flags |= TASK_IDLE;
		return 1;
	}
	err = read_stat(entry, task, pass, &changed);
	if (err)
		return err;
	task->run_delay_ns = entry->sched.run_delay_ns;
	task->run_delay_at_ns = task->at_ns;
	if (ran || changed)
		read_io(entry, task, pass);
	else
		task->flags |= TASK_IDLE;
	settle_cpu(entry, task, pass);
	return 0;
}

static void read_delays(struct pid_entry *entry, struct task *task, struct pid_pass *pass)
{
	if (thread_delays_read(&entry->threads, pass->procfd, task->pid, &pass->tids))
		task->run_delay_ns = ABSENT;
	else
		task->run_delay_ns = entry->threads.total_ns;
	task->run_delay_at_ns = task->at_ns;
}

/* Several threads: stat and io are of all of them, and tell whether their waits are worth a look. */
static int read_threaded(struct pid_entry *entry, struct task *task, struct pid_pass *pass)
{
	uint64_t events = entry->io_events;
	bool changed = false;
	int err = read_stat(entry, task, pass, &changed);

	if (err)
		return err;
	read_io(entry, task, pass);
	settle_cpu(entry, task, pass);
	if (changed || events != entry->io_events)
		read_delays(entry, task, pass);
	else
		task->flags |= TASK_IDLE;
	return 0;
}

static void unknown(struct task *task)
{
	uint32_t pid = task->pid;
	uint64_t at_ns = task->at_ns;

	memset(task, 0xff, sizeof(*task));
	task->pid = pid;
	task->at_ns = at_ns;
	task->ppid = task->threads = 0;
	task->state = '?';
	task->flags = 0;
	task->nice = 0;
	memset(task->comm, 0, sizeof(task->comm));
}

int pid_entry_read(struct pid_entry *entry, struct task *task, struct pid_pass *pass)
{
	int err;

	task->at_ns = pass->live ? clock_ns(CLOCK_MONOTONIC) : pass->context->mono_ns;
	if (!entry->known) {
		unknown(task);
		entry->exact = true;
		entry->ticks_ns = ABSENT;
		entry->sched = (struct pid_schedstat){ABSENT, ABSENT, ABSENT};
	}
	task->flags &= (uint8_t)~TASK_IDLE;
	if (entry->threaded)
		return read_threaded(entry, task, pass);
	err = read_single(entry, task, pass);
	if (!err && task->threads > 1) {
		entry->threaded = true; /* for good: schedstat alone says no more */
		read_delays(entry, task, pass);
	}
	return err;
}

void pid_entry_read_status(struct pid_entry *entry, struct task *task, struct pid_pass *pass)
{
	struct pid_status status;
	char path[32];
	ssize_t len;

	if (entry->status_ns && task->flags & TASK_IDLE &&
		task->at_ns - entry->status_ns < STALE_RECLAIM_NS)
		return;
	snprintf(path, sizeof(path), "%u/status", task->pid);
	len = file_read_at(pass->procfd, path, pass->buf, pass->cap);
	if (len < 0 || pid_status_parse(&status, pass->buf, (size_t)len))
		return;
	entry->status_ns = task->at_ns;
	task->anon_bytes = times(status.rss_anon_kb, 1024);
	task->swap_bytes = times(status.swap_kb, 1024);
}
