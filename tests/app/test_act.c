/* Acting on a process, and never on another that has its pid. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
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
		cmocka_unit_test(nice_is_set),
		cmocka_unit_test(one_line_tells_what_came_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
