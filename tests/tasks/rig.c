#include "tasks/rig.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/value.h"
#include "proc/stat.h"
#include "tasks/proc_source.h"

void rig_open(struct rig *rig, const char *proc_root, bool live)
{
	memset(rig, 0, sizeof(*rig));
	rig->context = (struct task_context){ .forks = ABSENT, .reclaim = ABSENT, .delayacct = 0 };
	rig->procfd = open(proc_root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(rig->procfd >= 0);
	assert_int_equal(users_new(&rig->users, "/nowhere"), 0);
	assert_int_equal(proc_source_open(&rig->source, rig->procfd, rig->users, live), 0);
}

void rig_close(struct rig *rig)
{
	rig->source->ops->close(rig->source);
	users_free(rig->users);
	task_list_release(&rig->list);
	close(rig->procfd);
}

static uint64_t forks(const struct rig *rig)
{
	static char text[1 << 16];
	struct proc_stat stat = { .cpu_cap = 0 };
	ssize_t len = file_read_at(rig->procfd, "stat", text, sizeof(text));

	if (len < 0 || stat_parse(&stat, text, (size_t)len))
		return ABSENT;
	return stat.processes;
}

void rig_take(struct rig *rig)
{
	if (!rig->hold) {
		rig->context.forks = forks(rig);
		rig->context.mono_ns = clock_ns(CLOCK_MONOTONIC);
		rig->context.boot_ns = clock_ns(CLOCK_BOOTTIME);
	}
	assert_int_equal(rig->source->ops->collect(rig->source, &rig->context, &rig->list), 0);
}

bool rig_has(const struct rig *rig, pid_t pid)
{
	return task_list_find(&rig->list, (uint32_t)pid) != NULL;
}

struct task rig_task(struct rig *rig, pid_t pid)
{
	const struct task *task;

	rig_take(rig);
	task = task_list_find(&rig->list, (uint32_t)pid);
	assert_non_null(task);
	return *task;
}

int rig_setup(void **state)
{
	static struct rig rig;

	rig_open(&rig, "/proc", true);
	*state = &rig;
	return 0;
}

int rig_teardown(void **state)
{
	rig_close(*state);
	return 0;
}
