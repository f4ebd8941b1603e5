/* Acting on a process, and never on another that has its pid. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/act.h"
#include "base/clock.h"
#include "base/file.h"
#include "proc/pid_stat.h"

#include <fcntl.h>
#include <stdio.h>

static pid_t start_child(void)
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0)
		for (;;)
			pause();
	return pid;
}

static uint64_t start_of(pid_t pid)
{
	char path[32], text[1024];
	struct pid_stat stat;
	ssize_t length;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	length = file_read_at(AT_FDCWD, path, text, sizeof(text));
	assert_true(length > 0);
	assert_int_equal(pid_stat_parse(&stat, text, (size_t)length), 0);
	return stat.starttime * (NS_PER_S / (uint64_t)sysconf(_SC_CLK_TCK));
}

static void end_child(pid_t pid, int signal)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), signal);
}

static void a_signal_reaches_its_process(void **state)
{
	pid_t pid = start_child();

	(void)state;
	assert_int_equal(act_signal((uint32_t)pid, start_of(pid), SIGUSR1), 0);
	end_child(pid, SIGUSR1);
}

/* As if the process that was chosen had ended and another had got its pid. */
static void another_with_the_pid_is_never_hit(void **state)
{
	pid_t pid = start_child();
	uint64_t start_ns = start_of(pid);
	int status;

	(void)state;
	assert_int_equal(act_signal((uint32_t)pid, start_ns - NS_PER_S, SIGKILL), -ESRCH);
	assert_int_equal(act_signal((uint32_t)pid, start_ns + NS_PER_S, SIGKILL), -ESRCH);
	assert_int_equal(act_nice((uint32_t)pid, start_ns + NS_PER_S, 5), -ESRCH);
	assert_int_equal(getpriority(PRIO_PROCESS, (id_t)pid), getpriority(PRIO_PROCESS, 0));
	assert_int_equal(waitpid(pid, &status, WNOHANG), 0);
	kill(pid, SIGTERM);
	end_child(pid, SIGTERM);
	assert_int_equal(act_signal((uint32_t)pid, start_ns, SIGKILL), -ESRCH);
}

static volatile sig_atomic_t hits;

static void on_hit(int signal)
{
	(void)signal;
	hits++;
}

/*
 * The first process of a pid namespace below /proc's asks for a signal to pid 1, which it has seen in
 * /proc and which it is itself. Says 2 where there can be no such namespace.
 */
static int ask_from_another_namespace(uint64_t start_ns)
{
	int status = 2;
	pid_t pid;

	if (unshare(CLONE_NEWUSER | CLONE_NEWPID))
		return status;
	pid = fork();
	if (pid == 0) {
		signal(SIGUSR1, on_hit);
		_exit(act_signal(1, start_ns, SIGUSR1) == -EXDEV &&
				      act_nice(1, start_ns, 19) == -EXDEV && !hits &&
				      getpriority(PRIO_PROCESS, 0) < 19
			      ? 0
			      : 1);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static void a_pid_of_another_namespace_is_nobody(void **state)
{
	uint64_t start_ns = start_of(1);
	pid_t pid = fork();
	int status;

	(void)state;
	if (pid == 0)
		_exit(ask_from_another_namespace(start_ns));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 2)
		print_message("no pid namespace could be made here\n");
	else
		assert_int_equal(WEXITSTATUS(status), 0);
}

static void nice_is_set(void **state)
{
	pid_t pid = start_child();
	int nice = getpriority(PRIO_PROCESS, 0);

	(void)state;
	nice = nice < 19 ? nice + 1 : 19;
	assert_int_equal(act_nice((uint32_t)pid, start_of(pid), nice), 0);
	assert_int_equal(getpriority(PRIO_PROCESS, (id_t)pid), nice);
	kill(pid, SIGTERM);
	end_child(pid, SIGTERM);
}

static void one_line_tells_what_came_of_it(void **state)
{
	static struct view view;
	pid_t pid = start_child();

	(void)state;
	view.target.pid = (uint32_t)pid;
	view.target.start_ns = start_of(pid);
	snprintf(view.target.comm, sizeof(view.target.comm), "child");
	view.act = (struct act){ ACT_SIGNAL, SIGTERM };
	act_run(&view, false);
	assert_int_equal(view.act.kind, ACT_NONE);
	assert_true(strstr(view.message, "copy of a machine") != NULL);
	assert_int_equal(waitpid(pid, NULL, WNOHANG), 0);
	view.act = (struct act){ ACT_SIGNAL, SIGTERM };
	act_run(&view, true);
	assert_int_equal(strncmp(view.message, "TERM: done for ", 15), 0);
	end_child(pid, SIGTERM);
	view.act = (struct act){ ACT_SIGNAL, SIGTERM };
	act_run(&view, true);
	assert_true(strstr(view.message, "it is gone, and nothing was done") != NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_signal_reaches_its_process),
		cmocka_unit_test(another_with_the_pid_is_never_hit),
		cmocka_unit_test(a_pid_of_another_namespace_is_nobody),
		cmocka_unit_test(nice_is_set),
		cmocka_unit_test(one_line_tells_what_came_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
