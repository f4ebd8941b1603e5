/*
 * Processes that come, change and go under the /proc source, and what permission hides from it.
 * What only root can arrange is left out for others.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <grp.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/value.h"
#include "tasks/child.h"
#include "tasks/rig.h"

#define NOBODY 65534
#define LIST_PASSES 10 /* a process whose fork was not counted is found within so many */

enum order {
	ORDER_NOTHING,
	ORDER_BURN,
	ORDER_EXEC,
	ORDER_RENAME,
	ORDER_SETUID,
	ORDER_HIDEPID,
	ORDER_HIDDEN_IO,
	ORDER_PID_NAMESPACE,
};

/* Root's group is let in by hidepid, so it goes too. */
static bool become_nobody(void)
{
	return !setgroups(0, NULL) && !setresgid(NOBODY, NOBODY, NOBODY) &&
	       !setresuid(NOBODY, NOBODY, NOBODY);
}

/* 1 when a /proc with hidepid=2 shows nobody nothing but itself and says so, and shows root all. */
static int64_t see_hidepid(void)
{
	struct rig rig;
	bool good;

	if (unshare(CLONE_NEWNS) || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("proc", "/proc", "proc", 0, "hidepid=2"))
		return -1;
	rig_open(&rig, "/proc", true);
	rig_take(&rig);
	good = !rig.list.hidepid && rig_has(&rig, 1);
	rig_close(&rig);
	if (!become_nobody())
		return -1;
	rig_open(&rig, "/proc", true);
	rig_take(&rig);
	good = good && rig.list.hidepid && !rig_has(&rig, 1) && rig_has(&rig, getpid());
	rig_close(&rig);
	return good;
}

/* 1 when nobody is told the I/O of init, and is told everything else. */
static int64_t see_hidden_io(void)
{
	const struct task *init;
	struct rig rig;
	bool good;

	if (!become_nobody())
		return -1;
	rig_open(&rig, "/proc", true);
	rig_take(&rig);
	init = task_list_find(&rig.list, 1);
	good = init && !present(init->read_bytes) && !present(init->write_bytes) &&
	       present(init->cpu_ns) && init->uid == 0 && rig.list.io_hidden > 0;
	rig_close(&rig);
	return good;
}

/* Two times of a CPU that are the same but for what reading them takes, and for ticks. */
static bool is_near(uint64_t a_ns, uint64_t b_ns)
{
	return a_ns < b_ns + 50 * NS_PER_MS && b_ns < a_ns + 50 * NS_PER_MS;
}

/*
 * 1 when the /proc of another namespace, where this process has another pid, is read right: its own
 * CPU time is there under that pid, and not under pid 1, which it has here.
 */
static bool sees_itself(void)
{
	unsigned long long init_ns = 0;
	FILE *schedstat = fopen("/proc/1/schedstat", "re");
	char self[16] = "";
	struct task task, init;
	struct rig rig;
	uint64_t cpu_ns;

	if (readlink("/proc/self", self, sizeof(self) - 1) < 0 || getpid() != 1 || !schedstat ||
	    fscanf(schedstat, "%llu", &init_ns) != 1)
		return false;
	rig_open(&rig, "/proc", true);
	task = rig_task(&rig, (pid_t)strtol(self, NULL, 10));
	init = rig_task(&rig, 1);
	cpu_ns = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
	rig_close(&rig);
	return is_near(task.cpu_ns, cpu_ns) &&
	       (is_near(init_ns, cpu_ns) || !is_near(init.cpu_ns, cpu_ns));
}

static int64_t see_from_namespace(void)
{
	int status;
	pid_t pid;

	if (unshare(CLONE_NEWPID))
		return -1;
	pid = fork();
	if (!pid) {
		burn_ns(120 * NS_PER_MS);
		_exit(sees_itself());
	}
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

static int64_t work(int order)
{
	switch ((enum order)order) {
	case ORDER_NOTHING:
		return 0;
	case ORDER_BURN:
		burn_ns(20 * NS_PER_MS);
		return 0;
	case ORDER_EXEC:
		execlp("sleep", "sleep", "1000", NULL);
		return -1;
	case ORDER_RENAME:
		return prctl(PR_SET_NAME, "\033[2J\xff) R 1");
	case ORDER_SETUID:
		return setresuid(NOBODY, NOBODY, NOBODY);
	case ORDER_HIDEPID:
		return see_hidepid();
	case ORDER_HIDDEN_IO:
		return see_hidden_io();
	case ORDER_PID_NAMESPACE:
		return see_from_namespace();
	}
	return -1;
}

static void zombie_then_gone(void **state)
{
	struct rig *rig = *state;
	struct child child;
	struct task task;

	child_start(&child, work);
	task = rig_task(rig, child.pid);
	assert_true(task.rss_bytes > 0);
	child_kill(&child);
	task = rig_task(rig, child.pid);
	assert_int_equal(task.state, 'Z');
	assert_int_equal(task.rss_bytes, 0);
	task = rig_task(rig, child.pid);
	assert_true(task.flags & TASK_IDLE);
	child_reap(&child);
	rig_take(rig);
	assert_false(rig_has(rig, (pid_t)task.pid));
	child_end(&child);
}

static void exec_and_rename(void **state)
{
	struct rig *rig = *state;
	struct task before, after;
	struct child child;

	child_start(&child, work);
	child_do(&child, ORDER_RENAME);
	before = rig_task(rig, child.pid);
	assert_string_equal(before.comm, "\uFFFD[2J\uFFFD) R 1");
	child_order(&child, ORDER_EXEC);
	wait_comm(child.pid, "sleep");
	wait_asleep(child.pid);
	after = rig_task(rig, child.pid);
	assert_string_equal(after.comm, "sleep");
	assert_int_equal(after.start_ns, before.start_ns);
	assert_true(after.cpu_ns > before.cpu_ns);
	child_end(&child);
}

/* In a forked process with a pid of our choice. Its parent must be allowed to choose. */
static pid_t fork_as(pid_t pid)
{
	struct clone_args args = { .exit_signal = SIGCHLD,
				   .set_tid = (uintptr_t)&pid,
				   .set_tid_size = 1 };
	pid_t made = (pid_t)syscall(SYS_clone3, &args, sizeof(args));

	if (!made) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		prctl(PR_SET_NAME, "reborn");
		for (;;)
			pause();
	}
	return made;
}

static void pid_is_reused(void **state)
{
	struct rig *rig = *state;
	struct task before, after;
	struct child child;
	pid_t pid;

	child_start(&child, work);
	child_do(&child, ORDER_BURN);
	before = rig_task(rig, child.pid);
	pid = child.pid;
	/* Start times are cut to a tick. */
	while (clock_ns(CLOCK_BOOTTIME) < before.start_ns + 30 * NS_PER_MS)
		;
	child_end(&child);
	if (fork_as(pid) < 0)
		return;
	wait_comm(pid, "reborn");
	wait_asleep(pid);
	after = rig_task(rig, pid);
	assert_true(after.start_ns > before.start_ns);
	assert_true(after.cpu_ns < before.cpu_ns);
	assert_int_equal(after.cpu_ns, cpu_clock_of(pid));
	assert_false(after.flags & TASK_IDLE);
	assert_string_equal(after.comm, "reborn");
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void owner_changes(void **state)
{
	struct rig *rig = *state;
	struct child child;

	if (geteuid())
		return;
	child_start(&child, work);
	assert_int_equal(rig_task(rig, child.pid).uid, 0);
	assert_int_equal(child_do(&child, ORDER_SETUID).answer, 0);
	/* It is not dumpable now, and its files are root's; the owner is not. */
	assert_int_equal(rig_task(rig, child.pid).uid, NOBODY);
	child_end(&child);
}

/* A new nice is seen without a run of the process: at 15 s, at 4 s while pages are reclaimed. */
static void changes_without_running(void **state)
{
	struct rig *rig = *state;
	struct child child;
	struct task task;

	/* Processes are due at different times after their first reading, by their pid. */
	child_start(&child, work);
	while (child.pid % 16 < 5 || child.pid % 16 > 13) {
		child_end(&child);
		child_start(&child, work);
	}
	rig->context.reclaim = 1;
	rig_task(rig, child.pid);
	assert_int_equal(setpriority(PRIO_PROCESS, (id_t)child.pid, 7), 0);
	task = rig_task(rig, child.pid);
	assert_int_equal(task.nice, 0);
	rig->context.reclaim = 2;
	task = rig_task(rig, child.pid);
	assert_int_equal(task.nice, 7);
	assert_true(task.flags & TASK_IDLE);
	child_end(&child);
}

static void new_one_is_found(void **state)
{
	struct rig *rig = *state;
	struct child counted, uncounted;
	int passes = 0;

	rig_take(rig);
	child_start(&counted, work);
	rig_take(rig);
	assert_true(rig_has(rig, counted.pid));

	/* The count of forks stands still, as some container's emulation of /proc/stat does. */
	rig->hold = true;
	child_start(&uncounted, work);
	do
		rig_take(rig);
	while (!rig_has(rig, uncounted.pid) && ++passes < LIST_PASSES);
	assert_true(rig_has(rig, uncounted.pid));
	assert_true(passes > 0); /* /proc is not listed each time */
	child_end(&counted);
	child_end(&uncounted);
}

static void keeps_no_descriptors(void **state)
{
	int before = open_descriptors();
	struct rig rig;

	(void)state;
	rig_open(&rig, "/proc", true);
	rig_take(&rig);
	rig_take(&rig);
	/* Those of the rig and of the source's listing, however many processes there are. */
	assert_int_equal(open_descriptors(), before + 2);
	rig_close(&rig);
	assert_int_equal(open_descriptors(), before);
}

static void without_free_descriptors(void **state)
{
	struct rig *rig = *state;
	struct child sleeper, burner, late;
	struct rlimit limit, none;
	struct task before, during, after;

	child_start(&sleeper, work);
	child_start(&burner, work);
	before = rig_task(rig, burner.pid);
	child_start(&late, work);
	child_do(&burner, ORDER_BURN);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	none = (struct rlimit){ 3, limit.rlim_max };
	rig->hold = true;
	rig->context.forks++;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	during = rig_task(rig, burner.pid);
	assert_true(rig_has(rig, sleeper.pid));
	assert_false(rig_has(rig, late.pid));
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
	/* Nothing was learnt of it, so the next growth is from the time of the last. */
	during.anon_bytes = before.anon_bytes;
	during.swap_bytes = before.swap_bytes;
	assert_memory_equal(&during, &before, sizeof(before));
	after = rig_task(rig, burner.pid);
	assert_true(after.cpu_ns - before.cpu_ns >= 20 * NS_PER_MS);
	assert_true(rig_has(rig, late.pid));
	child_end(&sleeper);
	child_end(&burner);
	child_end(&late);
}

/* Runs an order that only root can follow; the answer says whether all was as it should be. */
static void ask_root(int order)
{
	struct child child;

	if (geteuid())
		return;
	child_start(&child, work);
	assert_int_equal(child_do(&child, order).answer, 1);
	child_end(&child);
}

static void hidepid_is_named(void **state)
{
	(void)state;
	ask_root(ORDER_HIDEPID);
}

static void hidden_io_is_absent(void **state)
{
	(void)state;
	ask_root(ORDER_HIDDEN_IO);
}

static void other_pid_namespace(void **state)
{
	(void)state;
	ask_root(ORDER_PID_NAMESPACE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(zombie_then_gone, rig_setup, rig_teardown),
		cmocka_unit_test_setup_teardown(exec_and_rename, rig_setup, rig_teardown),
		cmocka_unit_test_setup_teardown(pid_is_reused, rig_setup, rig_teardown),
		cmocka_unit_test_setup_teardown(owner_changes, rig_setup, rig_teardown),
		cmocka_unit_test_setup_teardown(changes_without_running, rig_setup, rig_teardown),
		cmocka_unit_test_setup_teardown(new_one_is_found, rig_setup, rig_teardown),
		cmocka_unit_test(keeps_no_descriptors),
		cmocka_unit_test_setup_teardown(without_free_descriptors, rig_setup, rig_teardown),
		cmocka_unit_test(hidepid_is_named),
		cmocka_unit_test(hidden_io_is_absent),
		cmocka_unit_test(other_pid_namespace),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
