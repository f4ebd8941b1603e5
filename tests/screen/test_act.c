/* Signals and nice values from the real screen on a real process of the test. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "screen/session.h"

struct victim {
	pid_t pid;
	char name[16];
	struct term *term;
};

static void press(struct victim *victim, const char *keys, const char *text)
{
	assert_int_equal(term_keys(victim->term, keys), 0);
	assert_int_equal(term_wait_text(victim->term, text, TERM_WAIT_MS), 0);
}

/* A child with a name of its own, found and selected on the screen of this machine. */
static void open_victim(struct victim *victim, const char *option)
{
	const char *program = getenv("STALLTOP");
	char *argv[] = { (char *)(program ? program : "build/stalltop"), "-d", "0.1",
			 (char *)option, NULL };
	char keys[32];
	int named[2];
	char byte;

	assert_int_equal(pipe(named), 0);
	victim->pid = fork();
	assert_true(victim->pid >= 0);
	snprintf(victim->name, sizeof(victim->name), "vic%d", victim->pid ? victim->pid : getpid());
	if (victim->pid == 0) {
		prctl(PR_SET_NAME, victim->name);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(named[0]);
		close(named[1]);
		for (;;)
			pause();
	}
	close(named[1]);
	assert_int_equal(read(named[0], &byte, 1), 0);
	close(named[0]);
	victim->term = term_start(&(const struct term_options){ .rows = 24, .cols = 80 }, argv);
	assert_non_null(victim->term);
	assert_int_equal(term_wait_text(victim->term, "TOP", TERM_WAIT_MS), 0);
	snprintf(keys, sizeof(keys), "\\%s\r", victim->name);
	press(victim, keys, victim->name);
	snprintf(keys, sizeof(keys), "/%s", victim->name);
	press(victim, keys, "find: vic");
	assert_int_equal(term_keys(victim->term, "\r"), 0);
	assert_int_equal(term_wait_gone(victim->term, "find: vic", TERM_WAIT_MS), 0);
}

static void close_victim(struct victim *victim)
{
	int wstatus;

	term_keys(victim->term, "q");
	assert_int_equal(term_exit(victim->term, TERM_WAIT_MS, &wstatus), 0);
	assert_int_equal(WEXITSTATUS(wstatus), 0);
	term_close(victim->term);
}

static void a_signal_is_sent_after_a_yes(void **state)
{
	struct victim victim;
	char question[64];
	int status;

	(void)state;
	open_victim(&victim, NULL);
	press(&victim, "k", "SIGNAL TO");
	snprintf(question, sizeof(question), "process %d %s", victim.pid, victim.name);
	press(&victim, "\r", question);
	assert_true(term_shows(victim.term, "started 20"));
	press(&victim, "n", "nothing was sent");
	assert_int_equal(waitpid(victim.pid, &status, WNOHANG), 0);
	press(&victim, "k", "SIGNAL TO");
	press(&victim, "\r", question);
	press(&victim, "y", "TERM: done for");
	assert_int_equal(waitpid(victim.pid, &status, 0), victim.pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGTERM);
	close_victim(&victim);
}

/* As text that is pasted by mistake: all of it is there at once. */
static void a_yes_ahead_of_the_question_is_none(void **state)
{
	struct victim victim;
	int status;

	(void)state;
	open_victim(&victim, NULL);
	press(&victim, "ok\ryes\r", "y sends it");
	press(&victim, "n", "nothing was sent");
	assert_int_equal(waitpid(victim.pid, &status, WNOHANG), 0);
	kill(victim.pid, SIGKILL);
	assert_int_equal(waitpid(victim.pid, NULL, 0), victim.pid);
	close_victim(&victim);
}

/* The process ends while the question stands on the screen. */
static void one_that_is_gone_is_not_signalled(void **state)
{
	struct victim victim;

	(void)state;
	open_victim(&victim, NULL);
	press(&victim, "k", "SIGNAL TO");
	press(&victim, "\r", "y sends it");
	kill(victim.pid, SIGKILL);
	assert_int_equal(waitpid(victim.pid, NULL, 0), victim.pid);
	press(&victim, "y", "it is gone, and nothing was done");
	close_victim(&victim);
}

static void a_nice_value_is_set(void **state)
{
	struct victim victim;

	(void)state;
	open_victim(&victim, NULL);
	press(&victim, "n", "nice value of");
	press(&victim, "19\r", "nice 19: done for");
	assert_int_equal(getpriority(PRIO_PROCESS, (id_t)victim.pid), 19);
	kill(victim.pid, SIGKILL);
	assert_int_equal(waitpid(victim.pid, NULL, 0), victim.pid);
	close_victim(&victim);
}

static void readonly_only_looks(void **state)
{
	struct victim victim;

	(void)state;
	open_victim(&victim, "--readonly");
	press(&victim, "k", "--readonly: no process is touched");
	press(&victim, "n", "--readonly: no process is touched");
	assert_int_equal(waitpid(victim.pid, NULL, WNOHANG), 0);
	kill(victim.pid, SIGKILL);
	assert_int_equal(waitpid(victim.pid, NULL, 0), victim.pid);
	close_victim(&victim);
}

static void a_copied_machine_is_not_touched(void **state)
{
	static const char *const fast[] = { "-d", "0.05", NULL };
	struct session session;

	(void)state;
	session_settle(&session, "web3", &(const struct term_options){ .rows = 24, .cols = 80 },
		       fast, WEB3_SETTLED);
	session_press(&session, "\033[B", "python3");
	session_press(&session, "k", "SIGNAL TO 1234");
	session_press(&session, "\r", "y sends it");
	session_press(&session, "y", "copy of a machine: nothing was done");
	session_quit(&session);
	session_close(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_signal_is_sent_after_a_yes),
		cmocka_unit_test(a_yes_ahead_of_the_question_is_none),
		cmocka_unit_test(one_that_is_gone_is_not_signalled),
		cmocka_unit_test(a_nice_value_is_set),
		cmocka_unit_test(readonly_only_looks),
		cmocka_unit_test(a_copied_machine_is_not_touched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
