/* ^Z, fg and SIGSTOP under a shell with job control, and where there is none. */
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "screen/session.h"

static const char *const fast[] = { "-d", "0.05", NULL };
static const struct term_options usual = { .rows = 24, .cols = 80 };

/* An interactive bash; `run` starts the program. Its modes print as one line. */
static void open_bash(struct session *session)
{
	static const char *const env[] = { "PS1=prompt> ", "HISTFILE", "INPUTRC=/dev/null", NULL };
	const struct term_options options = { .rows = 24, .cols = 80, .env = env };
	char *argv[] = { "bash", "--norc", "--noprofile", "-i", NULL };
	const char *program = getenv("STALLTOP");
	char line[1024];

	*session = (struct session){ 0 };
	assert_int_equal(tree_create(&session->tree, "web3", 0), 0);
	session->term = term_start(&options, argv);
	assert_non_null(session->term);
	session_wait(session, "prompt>");
	snprintf(line, sizeof(line),
		 "set +o emacs; run() { sh -c 'echo $$ >%s.pid; exec %s --proc-root=%s/proc "
		 "--sys-root=%s/sys -d 0.05'; }; clear; echo set $((20 + 2))\r",
		 session->tree.root, program ? program : "build/stalltop", session->tree.root,
		 session->tree.root);
	session_press(session, line, "set 22");
}

/* What stty says at the prompt, in words of the test so that it is found on the screen. */
static void modes(struct session *session, const char *tag, char *text, size_t cap)
{
	char line[128];
	int row, column;

	snprintf(line, sizeof(line), "clear; echo \"%s\"=$(stty -g)=\r", tag);
	session_press(session, line, ":");
	snprintf(line, sizeof(line), "%s=", tag);
	session_wait(session, line);
	assert_true(term_find(session->term, line, &row, &column));
	snprintf(text, cap, "%s%s", term_row(session->term, row) + strlen(line),
		 term_row(session->term, row + 1));
	assert_non_null(strchr(text, '='));
	*strchr(text, '=') = '\0';
}

static void start(struct session *session, char *before, size_t cap)
{
	open_bash(session);
	modes(session, "before", before, cap);
	session_press(session, "run\r", "PRESSURE");
	assert_true(term_altscreen(session->term));
	assert_int_equal(term_mouse(session->term), VTERM_PROP_MOUSE_CLICK);
}

static void assert_at_prompt(struct session *session, const char *before)
{
	char now[512];

	session_wait(session, "Stopped");
	assert_int_equal(term_mouse(session->term), VTERM_PROP_MOUSE_NONE);
	assert_false(term_altscreen(session->term));
	assert_true(term_cursor_visible(session->term));
	modes(session, "now", now, sizeof(now));
	assert_string_equal(now, before);
}

/* Continued, the screen is whole, takes keys, and shows what has happened meanwhile. */
static void assert_back(struct session *session)
{
	session_wait(session, WEB3_SETTLED);
	assert_true(term_altscreen(session->term));
	assert_int_equal(term_mouse(session->term), VTERM_PROP_MOUSE_CLICK);
	assert_false(term_cursor_visible(session->term));
	assert_false(term_shows(session->term, "prompt>"));
	assert_true(term_shows(session->term, "stalltop"));
	session_press(session, "?", "HELP");
	session_press_gone(session, "\033", "HELP");
	session_press(session, "q", "prompt>");
	assert_false(term_altscreen(session->term));
	session_press(session, "clear; echo ended with $?\r", "ended with 0");
}

static void ctrl_z_gives_the_terminal_back_and_fg_takes_it(void **state)
{
	struct session session;
	char before[512];

	(void)state;
	start(&session, before, sizeof(before));
	term_keys(session.term, "\032");
	assert_at_prompt(&session, before);
	assert_int_equal(tree_advance(&session.tree, 1), 0);
	term_keys(session.term, "fg\r");
	assert_back(&session);
	session_close(&session);
}

static void another_size_while_stopped_is_followed(void **state)
{
	struct session session;
	char before[512];

	(void)state;
	start(&session, before, sizeof(before));
	term_keys(session.term, "\032");
	session_wait(&session, "Stopped");
	assert_int_equal(tree_advance(&session.tree, 1), 0);
	assert_int_equal(term_resize(session.term, 45, 160), 0);
	session_press(&session, "fg\r", "TOP WAITS");
	assert_back(&session);
	session_close(&session);
}

/* SIGSTOP cannot be caught: only the continuing tells that others have had the terminal. */
static void a_stop_from_outside_is_mended_by_fg(void **state)
{
	struct session session;
	char before[512];

	(void)state;
	start(&session, before, sizeof(before));
	assert_int_equal(kill(session_pid(&session), SIGSTOP), 0);
	session_wait(&session, "Stopped");
	session_press(&session, "clear; stty sane; echo between\r", "between");
	assert_int_equal(tree_advance(&session.tree, 1), 0);
	term_keys(session.term, "fg\r");
	assert_back(&session);
	session_close(&session);
}

/* `ssh -t host stalltop`, `xterm -e stalltop`: stopped there, it would never run again. */
static void ctrl_z_without_a_shell_changes_nothing(void **state)
{
	struct session session;

	(void)state;
	session_open(&session, "web3", &usual, fast);
	term_keys(session.term, "\032");
	session_press(&session, "?", "HELP");
	assert_true(term_altscreen(session.term));
	session_quit(&session);
	session_close(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ctrl_z_gives_the_terminal_back_and_fg_takes_it),
		cmocka_unit_test(another_size_while_stopped_is_followed),
		cmocka_unit_test(a_stop_from_outside_is_mended_by_fg),
		cmocka_unit_test(ctrl_z_without_a_shell_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
