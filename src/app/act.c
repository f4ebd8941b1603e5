#include "app/act.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/directory.h"
#include "base/file.h"
#include "base/scan.h"
#include "proc/pid_stat.h"
#include "ui/signal_list.h"

/* Start times are known to a tick at least. */
static int check_start(uint32_t pid, uint64_t start_ns)
{
	uint64_t tick_ns = NS_PER_S / (uint64_t)sysconf(_SC_CLK_TCK);
	char path[32], text[1024];
	struct pid_stat stat;
	ssize_t length;

	snprintf(path, sizeof(path), "/proc/%u/stat", pid);
	length = file_read_at(AT_FDCWD, path, text, sizeof(text));
	if (length < 0)
		return length == -ENOENT ? -ESRCH : (int)length;
	if (pid_stat_parse(&stat, text, (size_t)length))
		return -ESRCH;
	return stat.starttime == start_ns / tick_ns ? 0 : -ESRCH;
}

/*
 * Whether the process of the pidfd has that number in /proc too. Our pid namespace and the mount's may
 * differ (unshare -p without --mount-proc): the table has the numbers of /proc, the kernel takes ours.
 */
static int check_number(int pidfd, uint32_t pid)
{
	char path[48], text[512];
	ssize_t length;
	const char *line;
	struct scan scan;
	uint64_t number;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", pidfd);
	length = file_read_at(AT_FDCWD, path, text, sizeof(text));
	line = length > 0 ? strstr(text, "\nPid:") : NULL;
	if (!line)
		return -EXDEV;
	line += strlen("\nPid:");
	scan = scan_text(line, strcspn(line, "\n"));
	scan_u64(&scan, &number);
	return number == pid ? 0 : -EXDEV;
}

/* A pidfd of this very process, or -errno. */
static int pin(uint32_t pid, uint64_t start_ns)
{
	int fd = pidfd_open((pid_t)pid, 0), err;

	if (fd < 0)
		return -errno;
	err = check_number(fd, pid);
	if (!err)
		err = check_start(pid, start_ns);
	if (err) {
		close(fd);
		return err;
	}
	return fd;
}

int act_signal(uint32_t pid, uint64_t start_ns, int signal)
{
	int fd = pin(pid, start_ns), err;

	if (fd < 0)
		return fd;
	err = pidfd_send_signal(fd, signal, NULL, 0) ? -errno : 0;
	close(fd);
	return err;
}

static bool has_ended(int pidfd)
{
	struct pollfd end = { .fd = pidfd, .events = POLLIN };

	return poll(&end, 1, 0) == 1;
}

static int nice_threads(uint32_t pid, int nice)
{
	struct number_list threads = { 0 };
	char path[32];
	int fd, err;

	snprintf(path, sizeof(path), "/proc/%u/task", pid);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? -ESRCH : -errno;
	err = directory_numbers(fd, &threads);
	for (size_t i = 0; i < threads.count && !err; i++) {
		char tid[12];

		/* A thread that ended meanwhile needs no nice value; who has its number now, none of ours. */
		snprintf(tid, sizeof(tid), "%u", threads.number[i]);
		if (faccessat(fd, tid, F_OK, 0))
			continue;
		if (setpriority(PRIO_PROCESS, threads.number[i], nice) && errno != ESRCH)
			err = -errno;
	}
	close(fd);
	number_list_release(&threads);
	return err;
}

int act_nice(uint32_t pid, uint64_t start_ns, int nice)
{
	int fd = pin(pid, start_ns), err;

	if (fd < 0)
		return fd;
	err = nice_threads(pid, nice);
	if (!err && has_ended(fd))
		err = -ESRCH;
	close(fd);
	return err;
}

static const char *reason(int err)
{
	switch (-err) {
	case ESRCH:
		return "it is gone, and nothing was done";
	case EXDEV:
		return "/proc is of another pid namespace: nothing was done";
	case EPERM:
	case EACCES:
		return "no permission";
	default:
		return strerror(-err);
	}
}

void act_run(struct view *view, bool live)
{
	const struct act_target *target = &view->target;
	const struct act act = view->act;
	char what[32];
	int err = -EOPNOTSUPP;

	view->act.kind = ACT_NONE;
	if (act.kind == ACT_SIGNAL)
		snprintf(what, sizeof(what), "%s", signal_list_name(act.value));
	else
		snprintf(what, sizeof(what), "nice %d", act.value);
	if (!live) {
		snprintf(view->message, sizeof(view->message),
			 "this is a copy of a machine: nothing was done");
		return;
	}
	if (act.kind == ACT_SIGNAL)
		err = act_signal(target->pid, target->start_ns, act.value);
	else
		err = act_nice(target->pid, target->start_ns, act.value);
	if (err)
		snprintf(view->message, sizeof(view->message), "%s for %u %.40s: %s", what,
			 target->pid, target->comm, reason(err));
	else
		snprintf(view->message, sizeof(view->message), "%s: done for %u %.40s", what,
			 target->pid, target->comm);
}
