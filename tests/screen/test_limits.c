/* Without privileges, and with little of what a process may have. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "screen/session.h"

#define CROWD 100
#define LOCKED "VmLck: %lu"
#define CAP_IPC_LOCK 14
/* The address sanitizer's mlockall() does nothing. */
#ifdef __SANITIZE_ADDRESS__
#define LOCK_IS_IGNORED 1
#else
#define LOCK_IS_IGNORED 0
#endif

#define NOBODY "exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$0\" \"$@\";"

static pid_t crowd[CROWD];

static const char *const fast[] = { "-d", "0.05", NULL };
static const struct term_options small = { .rows = 24, .cols = 80 };
static const struct term_options large = { .rows = 45, .cols = 160 };

/* On this machine's own /proc: the last of two roots is what counts. */
static const char *const here[] = {
	"-d", "0.05", "-s", "pid", "--proc-root=/proc", "--sys-root=/sys", NULL,
};

/* A line of /proc/PID/status; 0 if there is none. */
static unsigned long status_of(pid_t pid, const char *format)
{
	char path[64], line[256];
	unsigned long value = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	file = fopen(path, "r");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file) && sscanf(line, format, &value) != 1)
		;
	fclose(file);
	return value;
}

/* Runs it on web3 and returns how much of its memory is locked. */
static unsigned long run(const char *prepare)
{
	struct session session;
	unsigned long locked;

	session_shell(&session, "web3", &small, prepare, fast);
	session_wait(&session, "PRESSURE");
	assert_int_equal(tree_advance(&session.tree, 1), 0);
	session_wait(&session, WEB3_SETTLED);
	locked = status_of(session_pid(&session), LOCKED);
	session_press(&session, "z", "kworker");
	term_keys(session.term, "q");
	session_assert_restored(&session, 0);
	session_close(&session);
	return locked;
}

static void memory_is_locked_where_it_may(void **state)
{
	(void)state;
	if (status_of(getpid(), "CapEff: %lx") >> CAP_IPC_LOCK & 1 && !LOCK_IS_IGNORED)
		assert_true(run("") > 0);
	if (geteuid())
		return;
	assert_int_equal(run("ulimit -l 0;" NOBODY), 0);
	/* What is locked may not use up the limit that most users have. */
	assert_int_equal(run("ulimit -l 64;" NOBODY), 0);
	assert_int_equal(run("ulimit -l 4096;" NOBODY), 0);
	assert_int_equal(run(NOBODY), 0);
}

/* The zoomed table counts its processes: "1-18 of 90". More of them than there are descriptors. */
static void few_descriptors_are_enough(void **state)
{
	struct session session;
	unsigned listed = 0;
	int row;

	(void)state;
	run("ulimit -n 64;");
	for (int i = 0; i < CROWD; i++)
		if (!(crowd[i] = fork())) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			pause();
			_exit(0);
		}
	session_shell(&session, "web3", &small, "ulimit -n 64;", here);
	session_wait(&session, "PRESSURE");
	session_press(&session, "z", "1-18 of ");
	assert_true(term_find(session.term, "1-18 of ", &row, NULL));
	sscanf(strstr(term_row(session.term, row), "1-18 of "), "1-18 of %u", &listed);
	assert_true(listed >= CROWD);
	term_keys(session.term, "q");
	session_assert_restored(&session, 0);
	session_close(&session);
}

static int end_crowd(void **state)
{
	(void)state;
	for (int i = 0; i < CROWD; i++) {
		kill(crowd[i], SIGKILL);
		waitpid(crowd[i], NULL, 0);
	}
	return 0;
}

/* "io of N of M visible", with N from 1 and below M. */
static bool tells_how_many(struct term *term, void *arg)
{
	unsigned seen, all;
	const char *text;
	int row;

	(void)arg;
	if (!term_find(term, "io of ", &row, NULL))
		return false;
	text = strstr(term_row(term, row), "io of ");
	return sscanf(text, "io of %u of %u visible", &seen, &all) == 2 && seen >= 1 && seen < all;
}

static void what_permission_hides_is_absent(void **state)
{
	char read[3], write[3];
	struct session session;
	int row;

	(void)state;
	if (geteuid()) {
		print_message("only root can become nobody: left out\n");
		return;
	}
	session_shell(&session, "web3", &large, NOBODY, here);
	session_wait(&session, "TOP WAITS");
	assert_int_equal(term_wait(session.term, tells_how_many, NULL, TERM_WAIT_MS), 0);
	/* The init process is root's: what it reads and writes is not known, and not 0. */
	session_press(&session, "z", "WRITE/s");
	assert_true(term_find(session.term, "     1 root", &row, NULL));
	assert_int_equal(sscanf(term_row(session.term, row), "│ 1 root %*c %*f %*s %2s %2s", read,
				write),
			 2);
	assert_string_equal(read, "-");
	assert_string_equal(write, "-");
	term_keys(session.term, "q");
	session_assert_restored(&session, 0);
	session_close(&session);
}

/* A copy that any user may run, wherever the one that was built lies. */
static int copy_program(void **state)
{
	static char folder[] = "/tmp/stalltop-program-XXXXXX";
	const char *program = getenv("STALLTOP");
	char command[1024];

	if (!mkdtemp(folder))
		return -1;
	snprintf(command, sizeof(command), "chmod 755 %s && cp %s %s/stalltop", folder,
		 program ? program : "build/stalltop", folder);
	if (system(command))
		return -1;
	snprintf(command, sizeof(command), "%s/stalltop", folder);
	setenv("STALLTOP", command, 1);
	*state = folder;
	return 0;
}

static int remove_copy(void **state)
{
	char command[256];

	snprintf(command, sizeof(command), "rm -r %s", (char *)*state);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_locked_where_it_may),
		cmocka_unit_test_teardown(few_descriptors_are_enough, end_crowd),
		cmocka_unit_test(what_permission_hides_is_absent),
	};

	return cmocka_run_group_tests(tests, copy_program, remove_copy);
}
