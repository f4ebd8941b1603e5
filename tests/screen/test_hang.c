/* A read of /proc that hangs holds up neither the keys nor the way out; nor does a held terminal. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "screen/session.h"

#define BEFORE "load 2.42" /* the fixture's */
#define AFTER "load 7.77" /* of the instant whose sample hangs */

static const char *const fast[] = { "-d", "0.05", NULL };
static const struct term_options usual = { .rows = 24, .cols = 80 };

static void open_hung(struct session *session)
{
	session_settle(session, "web3", &usual, fast, WEB3_SETTLED);
	session_hang(session);
	/* From here on no new figure can come before a writer opens the FIFO. */
	session_tick_load(session, "7.77");
}

static void assert_still_hung(struct session *session)
{
	assert_true(term_shows(session->term, BEFORE));
	assert_false(term_shows(session->term, AFTER));
}

static void keys_answer_while_a_sample_hangs(void **state)
{
	struct session session;

	(void)state;
	open_hung(&session);
	session_press(&session, "?", "HELP");
	session_press_gone(&session, "\033", "HELP");
	session_press(&session, "M", "[mem]");
	session_press(&session, "z", "kworker");
	assert_still_hung(&session);
	session_press_gone(&session, "\033", "kworker");
	session_press(&session, "d5\r", "5.0s");
	session_press(&session, "d0.05\r", "0.05s");
	session_press(&session, " ", "PAUSED");
	session_press_gone(&session, " ", "PAUSED");
	assert_int_equal(term_resize(session.term, 45, 160), 0);
	session_wait(&session, "TOP WAITS");
	assert_still_hung(&session);
	session_wait(&session, "no new sample for");
	/* It was the sample that hung, all the time. */
	session_unhang(&session, 1);
	session_wait(&session, AFTER);
	assert_false(term_shows(session.term, "no new sample for"));
	session_quit(&session);
	session_close(&session);
}

/* Tab moves the accent: the frame of the pane that has it is drawn anew. */
static void the_focus_moves_while_a_sample_hangs(void **state)
{
	struct session session;
	uint64_t bytes;

	(void)state;
	open_hung(&session);
	assert_int_equal(term_wait_quiet(session.term, 100, TERM_WAIT_MS), 0);
	bytes = term_bytes(session.term);
	term_keys(session.term, "\t");
	term_idle(session.term, 300);
	assert_true(term_bytes(session.term) > bytes);
	session_press(&session, "z", "busy   us");
	assert_still_hung(&session);
	session_quit(&session);
	session_close(&session);
}

static void leave_hung(const char *keys, int signal, int status)
{
	struct session session;

	session_shell(&session, "web3", &usual, "", fast);
	session_wait(&session, "PRESSURE");
	session_hang(&session);
	session_press(&session, "?", "HELP");
	if (keys)
		term_keys(session.term, keys);
	else
		assert_int_equal(kill(session_pid(&session), signal), 0);
	session_assert_restored(&session, status);
	session_close(&session);
}

static void one_can_leave_while_a_sample_hangs(void **state)
{
	(void)state;
	leave_hung("q", 0, 0);
	leave_hung("\003", 0, 0);
	leave_hung(NULL, SIGTERM, 128 + SIGTERM);
	leave_hung(NULL, SIGSEGV, 128 + SIGSEGV);
}

static void open_blocked(struct session *session)
{
	memset(session, 0, sizeof(*session));
	assert_int_equal(tree_create(&session->tree, "web3", 0), 0);
	session_block(session);
	session->term = tree_start(&session->tree, &usual, fast);
	assert_non_null(session->term);
	session_wait(session, "waiting for the first sample");
}

/* Nothing is known yet, and every key is pressed on it. */
static void the_first_sample_may_hang(void **state)
{
	static const char every[] = "\t\033[Z\r\rz><<<rPMIFW \033[A\033[B\033[5~\033[6~"
				    "\033OH\033OFz\033[B\033[6~r>z   \014";
	struct session session;

	(void)state;
	open_blocked(&session);
	assert_false(term_shows(session.term, "00:00:00"));
	term_keys(session.term, every);
	session_press(&session, "?", "HELP");
	session_press_gone(&session, "?", "HELP");
	assert_true(term_shows(session.term, "waiting for the first sample"));
	session_unhang(&session, 0);
	session_wait(&session, BEFORE);
	session_quit(&session);
	session_close(&session);
}

static void one_can_leave_before_the_first_sample(void **state)
{
	struct session session;

	(void)state;
	open_blocked(&session);
	session_quit(&session);
	session_close(&session);
}

/* No sample comes to take the frame along, so the terminal itself must bring the answer. */
static void a_key_is_answered_once_the_terminal_goes_on(void **state)
{
	static const char *const slow[] = { "-d", "3600", NULL };
	struct session session;
	char path[64];
	int line;

	(void)state;
	session_open(&session, "web3", &usual, slow);
	/* The second sample comes after 0.3 s, whatever the delay. */
	assert_int_equal(term_idle(session.term, 600), 0);
	session_press(&session, "?", "HELP");
	snprintf(path, sizeof(path), "/proc/%d/fd/1", (int)term_pid(session.term));
	line = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
	assert_true(line >= 0);
	assert_int_equal(tcflow(line, TCOOFF), 0);
	assert_int_equal(term_keys(session.term, "?"), 0);
	assert_int_equal(term_idle(session.term, 100), 0);
	assert_true(term_shows(session.term, "HELP"));
	assert_int_equal(tcflow(line, TCOON), 0);
	assert_int_equal(term_wait_gone(session.term, "HELP", TERM_WAIT_MS), 0);
	close(line);
	session_quit(&session);
	session_close(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_answer_while_a_sample_hangs),
		cmocka_unit_test(the_focus_moves_while_a_sample_hangs),
		cmocka_unit_test(one_can_leave_while_a_sample_hangs),
		cmocka_unit_test(the_first_sample_may_hang),
		cmocka_unit_test(one_can_leave_before_the_first_sample),
		cmocka_unit_test(a_key_is_answered_once_the_terminal_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
