#include "tasks/child.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

static void serve(const struct child *child, child_work *work)
{
	unsigned char order;

	while (read(child->orders, &order, 1) == 1) {
		struct child_report report = { .answer = work(order) };
		struct rusage usage;

		getrusage(RUSAGE_SELF, &usage);
		report.minor_faults = (uint64_t)usage.ru_minflt;
		report.major_faults = (uint64_t)usage.ru_majflt;
		report.cpu_ns = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
		if (write(child->reports, &report, sizeof(report)) != sizeof(report))
			break;
	}
}

void child_start(struct child *child, child_work *work)
{
	int orders[2], reports[2];
	pid_t parent = getpid();

	assert_int_equal(pipe2(orders, O_CLOEXEC), 0);
	assert_int_equal(pipe2(reports, O_CLOEXEC), 0);
	child->pid = fork();
	assert_true(child->pid >= 0);
	if (!child->pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(1);
		close(orders[1]);
		close(reports[0]);
		serve(&(struct child){ .orders = orders[0], .reports = reports[1] }, work);
		_exit(0);
	}
	close(orders[0]);
	close(reports[1]);
	child->orders = orders[1];
	child->reports = reports[0];
	wait_asleep(child->pid);
}

void child_order(struct child *child, int order)
{
	unsigned char byte = (unsigned char)order;

	assert_int_equal(write(child->orders, &byte, 1), 1);
}

struct child_report child_do(struct child *child, int order)
{
	struct pollfd ready = { .fd = child->reports, .events = POLLIN };
	struct child_report report;

	child_order(child, order);
	assert_int_equal(poll(&ready, 1, CHILD_WAIT_MS), 1);
	assert_int_equal(read(child->reports, &report, sizeof(report)), sizeof(report));
	wait_asleep(child->pid);
	return report;
}

void child_kill(struct child *child)
{
	siginfo_t info;

	kill(child->pid, SIGKILL);
	assert_int_equal(waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOWAIT), 0);
}

void child_reap(struct child *child)
{
	assert_int_equal(waitpid(child->pid, NULL, 0), child->pid);
	child->pid = 0;
}

void child_end(struct child *child)
{
	if (child->pid) {
		kill(child->pid, SIGKILL);
		child_reap(child);
	}
	close(child->orders);
	close(child->reports);
}

/* A millisecond, unless the deadline has passed. */
static void wait_more(uint64_t began_ns)
{
	assert_true(clock_ns(CLOCK_MONOTONIC) - began_ns < CHILD_WAIT_MS * NS_PER_MS);
	poll(NULL, 0, 1);
}

static bool thread_sleeps(pid_t pid, const char *tid)
{
	char path[64], text[512], *end;
	ssize_t len;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/task/%.12s/stat", pid, tid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT;
	len = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (len <= 0)
		return true;
	text[len] = '\0';
	end = strrchr(text, ')');
	return end && (end[2] == 'S' || end[2] == 'Z');
}

static bool all_sleep(pid_t pid)
{
	struct dirent *entry;
	bool asleep = true;
	char path[32];
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	dir = opendir(path);
	assert_non_null(dir);
	while (asleep && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			asleep = thread_sleeps(pid, entry->d_name);
	closedir(dir);
	return asleep;
}

void wait_asleep(pid_t pid)
{
	uint64_t began = clock_ns(CLOCK_MONOTONIC), before = 0;
	int steady = 0;

	/* A thread says S a moment before it has left its CPU. */
	while (steady < 3) {
		uint64_t now = cpu_clock_of(pid);

		steady = all_sleep(pid) && now == before ? steady + 1 : 0;
		before = now;
		wait_more(began);
	}
}

void wait_comm(pid_t pid, const char *comm)
{
	uint64_t began = clock_ns(CLOCK_MONOTONIC);
	char path[32], text[64];

	snprintf(path, sizeof(path), "/proc/%d/comm", pid);
	for (;;) {
		FILE *file = fopen(path, "re");

		assert_non_null(file);
		if (!fgets(text, sizeof(text), file))
			text[0] = '\0';
		fclose(file);
		text[strcspn(text, "\n")] = '\0';
		if (!strcmp(text, comm))
			return;
		wait_more(began);
	}
}

void burn_ns(uint64_t ns)
{
	uint64_t until = clock_ns(CLOCK_THREAD_CPUTIME_ID) + ns;

	while (clock_ns(CLOCK_THREAD_CPUTIME_ID) < until)
		;
}

uint64_t cpu_clock_of(pid_t pid)
{
	clockid_t clock;

	assert_int_equal(clock_getcpuclockid(pid, &clock), 0);
	return clock_ns(clock);
}

int open_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int count = 0;

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 3; /* . and .. and the directory itself */
}
