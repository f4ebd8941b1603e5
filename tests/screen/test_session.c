/* However the program ends, the terminal is as it was; and it ends whenever it should. */
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "screen/session.h"

#define GONE_MS 2000
#define STARTS 6

static const char *const fast[] = { "-d", "0.05", NULL };
static const struct term_options usual = { .rows = 24, .cols = 80 };

/* The program must have taken the screen for its giving it back to mean something. */
static void assert_taken(struct session *session)
{
	struct termios now;

	assert_true(term_altscreen(session->term));
	assert_false(term_cursor_visible(session->term));
	assert_false(term_shows(session->term, "ready"));
	assert_int_equal(term_tty_attributes(session->term, &now), 0);
	assert_false(now.c_lflag & (ICANON | ECHO));
}

static void run_in_shell(struct session *session)
{
	session_shell(session, "web3", &usual, "", fast);
	session_wait(session, "PRESSURE");
	assert_taken(session);
}

static void q_leaves_the_terminal_as_it_was(void **state)
{
	struct session session;

	(void)state;
	run_in_shell(&session);
	term_keys(session.term, "q");
	session_assert_restored(&session, 0);
	session_close(&session);
}

static void ctrl_c_leaves_like_q(void **state)
{
	struct session session;

	(void)state;
	run_in_shell(&session);
	term_keys(session.term, "\003");
	session_assert_restored(&session, 0);
	session_close(&session);
}

static void ends_by(int signal, int status)
{
	struct session session;

	run_in_shell(&session);
	assert_int_equal(kill(session_pid(&session), signal), 0);
	session_assert_restored(&session, status);
	session_close(&session);
}

static void a_signal_that_asks_to_end_restores(void **state)
{
	(void)state;
	ends_by(SIGINT, 0);
	ends_by(SIGTERM, 128 + SIGTERM);
	ends_by(SIGHUP, 128 + SIGHUP);
	ends_by(SIGQUIT, 128 + SIGQUIT);
}

static void a_crash_restores_and_stays_a_crash(void **state)
{
	static const int deadly[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL };

	(void)state;
	for (size_t i = 0; i < sizeof(deadly) / sizeof(*deadly); i++)
		ends_by(deadly[i], 128 + deadly[i]);
}

/* The signal races with the start: before, while and after the screen is taken. */
static void a_signal_while_it_starts_restores(void **state)
{
	struct session session;

	(void)state;
	for (int i = 0; i < STARTS; i++) {
		session_shell(&session, "web3", &usual, "(exec sh -c 'kill -TERM $PPID') &", fast);
		session_assert_restored(&session, 128 + SIGTERM);
		session_close(&session);
	}
}

static void a_signal_in_any_view_restores(void **state)
{
	struct session session;

	(void)state;
	run_in_shell(&session);
	session_press(&session, "zd2", "delay in seconds");
	assert_int_equal(kill(session_pid(&session), SIGTERM), 0);
	session_assert_restored(&session, 128 + SIGTERM);
	session_close(&session);
}

static void the_count_ends_it(void **state)
{
	static const char *const three[] = { "-d", "0.05", "-n", "2", NULL };
	static const char *const positional[] = { "0.05", "2", NULL };
	const char *const *const both[] = { three, positional };
	struct session session;

	(void)state;
	for (int i = 0; i < 2; i++) {
		session_shell(&session, "web3", &usual, "", both[i]);
		/* The copied machine stands still: only its next instant is a second sample. */
		session_wait(&session, "PRESSURE");
		assert_int_equal(tree_advance(&session.tree, 1), 0);
		session_assert_restored(&session, 0);
		session_close(&session);
	}
}

/* The line drops. A descriptor of the process tells of its end, whoever is to collect it. */
static void gone_after_hangup(struct session *session)
{
	struct pollfd gone = { .fd = pidfd_open(session_pid(session), 0), .events = POLLIN };

	assert_true(gone.fd >= 0);
	term_hangup(session->term);
	assert_int_equal(poll(&gone, 1, GONE_MS), 1);
	close(gone.fd);
	session_close(session);
}

static void a_dropped_line_ends_it(void **state)
{
	struct session session;

	(void)state;
	run_in_shell(&session);
	gone_after_hangup(&session);
}

static void a_dropped_line_ends_it_though_hup_is_ignored(void **state)
{
	struct session session;

	(void)state;
	session_shell(&session, "web3", &usual, "trap '' HUP;", fast);
	session_wait(&session, "PRESSURE");
	gone_after_hangup(&session);
}

/* Not the session's own terminal: no signal tells of the end, the descriptor alone does. */
static void a_dropped_line_ends_it_without_any_signal(void **state)
{
	struct session session;

	(void)state;
	session_shell(&session, "web3", &usual,
		      "exec setsid -w sh -c 'echo $$ >$PID_FILE;"
		      "exec \"$0\" \"$@\"' \"$0\" \"$@\";",
		      fast);
	session_wait(&session, "PRESSURE");
	gone_after_hangup(&session);
}

/* The program as ssh or a terminal starts it, without a shell: its own session's leader. */
static void a_dropped_line_ends_a_session_leader(void **state)
{
	struct session session;
	int wstatus;

	(void)state;
	session_open(&session, "web3", &usual, fast);
	term_hangup(session.term);
	assert_int_equal(term_exit(session.term, GONE_MS, &wstatus), 0);
	assert_true(WIFSIGNALED(wstatus) ? WTERMSIG(wstatus) == SIGHUP : WEXITSTATUS(wstatus) == 0);
	session_close(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(q_leaves_the_terminal_as_it_was),
		cmocka_unit_test(ctrl_c_leaves_like_q),
		cmocka_unit_test(a_signal_that_asks_to_end_restores),
		cmocka_unit_test(a_crash_restores_and_stays_a_crash),
		cmocka_unit_test(a_signal_while_it_starts_restores),
		cmocka_unit_test(a_signal_in_any_view_restores),
		cmocka_unit_test(the_count_ends_it),
		cmocka_unit_test(a_dropped_line_ends_it),
		cmocka_unit_test(a_dropped_line_ends_it_though_hup_is_ignored),
		cmocka_unit_test(a_dropped_line_ends_it_without_any_signal),
		cmocka_unit_test(a_dropped_line_ends_a_session_leader),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
