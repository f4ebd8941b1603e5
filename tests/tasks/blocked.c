#include "tasks/blocked.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "tasks/bpf_rig.h"

void be_real_time(void)
{
	sched_setscheduler(0, SCHED_FIFO, &(struct sched_param){ .sched_priority = 1 });
}

void pin(pid_t pid, int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET((unsigned)cpu, &set);
	sched_setaffinity(pid, sizeof(set), &set);
}

/* By system calls alone: after vfork() nothing else may be called. */
static char state_at(const char *path)
{
	char text[512], *end;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t len = read(fd, text, sizeof(text) - 1);

	close(fd);
	if (len <= 0)
		return 0;
	text[len] = '\0';
	end = strrchr(text, ')');
	return end && end[1] ? end[2] : 0;
}

static void witness(const char *path, char state, pid_t sleeper, uint64_t ns,
		    void (*meanwhile)(pid_t), volatile int64_t *slept)
{
	uint64_t began;

	be_real_time();
	while (state_at(path) != state)
		pass_ns(NS_PER_MS / 4);
	began = clock_ns(CLOCK_MONOTONIC);
	if (meanwhile)
		meanwhile(sleeper);
	else
		sched_setscheduler(sleeper, SCHED_OTHER, &(struct sched_param){ 0 });
	pass_ns(ns);
	*slept = (int64_t)(clock_ns(CLOCK_MONOTONIC) - began);
}

int64_t sleep_in(char state, uint64_t ns, void (*meanwhile)(pid_t sleeper))
{
	volatile int64_t *shared;
	pid_t sleeper = gettid(), pid;
	int64_t slept = -1;
	char path[64];

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	if (shared == MAP_FAILED)
		return -1;
	snprintf(path, sizeof(path), "/proc/%d/stat", sleeper);
	/* Else the witness may wait for a CPU before it looks. But who has it is taken off the queue at once. */
	if (!meanwhile)
		be_real_time();
	pid = state == 'D' ? vfork() : fork();
	if (!pid) {
		witness(path, state, sleeper, ns, meanwhile, shared);
		_exit(0);
	}
	if (waitpid(pid, NULL, 0) == pid)
		slept = *shared;
	munmap((void *)shared, sizeof(*shared));
	return slept;
}
