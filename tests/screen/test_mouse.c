/* The mouse as a terminal reports it: clicks and the wheel, and who gets the mouse back when. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "screen/session.h"

#define LEFT 0
#define RIGHT 2
#define WHEEL_UP 64
#define WHEEL_DOWN 65

static const char *const fast[] = { "-d", "0.05", NULL };
static const struct term_options usual = { .rows = 24, .cols = 80 };
static const struct term_options low = { .rows = 12, .cols = 80 };
static const struct term_options wide = { .rows = 45, .cols = 240 };

static void open_on(struct session *session, const struct term_options *options)
{
	session_settle(session, "web3", options, fast, WEB3_SETTLED);
	assert_int_equal(term_mouse(session->term), VTERM_PROP_MOUSE_CLICK);
}

/* Presses a button over a cell and lets it go, as SGR has it. */
static void button(struct session *session, int which, int row, int column)
{
	char bytes[64];

	snprintf(bytes, sizeof(bytes), "\033[<%d;%d;%dM\033[<%d;%d;%dm", which, column + 1, row + 1,
		 which, column + 1, row + 1);
	assert_int_equal(term_keys(session->term, bytes), 0);
}

/* Over the text where it first stands. */
static void button_on(struct session *session, int which, const char *text)
{
	int row, column;

	if (!term_find(session->term, text, &row, &column))
		fail_msg("'%s' is not on the screen:\n%s", text, term_screen(session->term));
	button(session, which, row, column);
}

static void click_on(struct session *session, const char *text, const char *wanted)
{
	button_on(session, LEFT, text);
	session_wait(session, wanted);
}

static void press_frame(struct session *session, const char *keys)
{
	term_keys(session->term, keys);
	assert_int_equal(term_wait_quiet(session->term, TERM_SETTLED_MS, TERM_WAIT_MS), 0);
}

/* The rows where it stands are looked through for the background of a selection. */
static bool is_selected(struct term *term, void *text)
{
	for (int row = 2; row < term_rows(term) - 1; row++)
		if (strstr(term_row(term, row), text) && !term_cell(term, row, 20).bg.is_default)
			return true;
	return false;
}

static void wait_selected(struct session *session, const char *text)
{
	assert_int_equal(term_wait(session->term, is_selected, (void *)text, TERM_WAIT_MS), 0);
}

static void a_click_moves_the_focus(void **state)
{
	struct session session;

	(void)state;
	open_on(&session, &usual);
	button_on(&session, LEFT, "dirty");
	session_press(&session, "z", "MemTotal");
	session_press_gone(&session, "\033", "MemTotal");
	/* A second click zooms, and another button is none. */
	button_on(&session, LEFT, "some");
	button_on(&session, RIGHT, "some");
	assert_int_equal(term_wait_quiet(session.term, TERM_SETTLED_MS, TERM_WAIT_MS), 0);
	assert_false(term_shows(session.term, "Esc back"));
	click_on(&session, "some", "Esc back");
	assert_false(term_shows(session.term, "MEMORY"));
	session_quit(&session);
	session_close(&session);
}

static void a_click_selects_a_process_and_another_opens_it(void **state)
{
	struct session session;

	(void)state;
	open_on(&session, &usual);
	button_on(&session, LEFT, "postgres S");
	session_press(&session, "k", "SIGNAL TO 2201 postgres");
	session_press_gone(&session, "\033", "SIGNAL TO");
	wait_selected(&session, "2201 postgres");
	click_on(&session, "2201 postgres", "Esc back");
	assert_true(term_shows(session.term, "kthreadd"));
	wait_selected(&session, "2201 postgres");
	session_quit(&session);
	session_close(&session);
}

static void a_click_on_a_heading_sorts_and_reverses(void **state)
{
	struct session session;

	(void)state;
	open_on(&session, &usual);
	click_on(&session, "RSS  RD/s", "RSS\u25be");
	click_on(&session, "RSS\u25be", "RSS\u25b4");
	click_on(&session, "COMMAND", "COMMAND\u25be");
	assert_false(term_shows(session.term, "RSS\u25b4"));
	session_quit(&session);
	session_close(&session);
}

static void a_click_on_a_tab_changes_the_table(void **state)
{
	struct session session;

	(void)state;
	open_on(&session, &usual);
	click_on(&session, "mem io", "[mem]");
	click_on(&session, "waits", "[waits]");
	click_on(&session, "cpu mem", "[cpu]");
	session_quit(&session);
	session_close(&session);
}

static void the_wheel_scrolls_what_lies_under_it(void **state)
{
	struct session session;

	(void)state;
	session_settle(&session, "web3", &low, fast, "41.0");
	session_press(&session, "z", " 1-6 of 13 ");
	button(&session, WHEEL_DOWN, 6, 20);
	session_wait(&session, " 4-9 of 13 ");
	for (int i = 0; i < 5; i++)
		button(&session, WHEEL_DOWN, 6, 20);
	session_wait(&session, " 8-13 of 13 ");
	button(&session, WHEEL_UP, 6, 20);
	session_wait(&session, " 5-10 of 13 ");
	session_press(&session, "?", " 1-7 of ");
	button(&session, WHEEL_DOWN, 6, 20);
	session_wait(&session, " 4-10 of ");
	session_press_gone(&session, "\033\033", "Esc back");
	/* A small table has nothing to scroll: the selection moves. */
	button_on(&session, WHEEL_DOWN, "1234 app");
	button_on(&session, WHEEL_DOWN, "1234 app");
	session_press(&session, "k", "SIGNAL TO 88 kswapd0");
	session_press_gone(&session, "\033", "SIGNAL TO");
	session_quit(&session);
	session_close(&session);
}

static void a_click_on_the_key_bar_is_the_key(void **state)
{
	int row, column;
	struct session session;

	(void)state;
	open_on(&session, &usual);
	click_on(&session, "? help", "HELP");
	button_on(&session, LEFT, "Esc back");
	session_wait(&session, "PRESSURE");
	/* Each of the two keys that share a cap. */
	assert_true(term_find(session.term, "<> sort", &row, &column));
	button(&session, LEFT, row, column + 1);
	session_wait(&session, "RSS\u25be");
	button(&session, LEFT, row, column);
	session_wait(&session, "CPU%\u25be");
	click_on(&session, "pause", "PAUSED");
	button_on(&session, LEFT, "go on");
	assert_int_equal(term_wait_gone(session.term, "PAUSED", TERM_WAIT_MS), 0);
	click_on(&session, "/ find", "find: _");
	session_press_gone(&session, "\033", "find: _");
	button_on(&session, LEFT, "q quit");
	assert_int_equal(term_exit(session.term, TERM_WAIT_MS, NULL), 0);
	session_close(&session);
}

static void lists_are_chosen_from(void **state)
{
	struct session session;

	(void)state;
	open_on(&session, &usual);
	button_on(&session, LEFT, "2201 postgres");
	session_press(&session, "k", "SIGNAL TO 2201");
	button_on(&session, LEFT, "HUP");
	button(&session, WHEEL_DOWN, 12, 40);
	wait_selected(&session, "STOP");
	button(&session, WHEEL_UP, 12, 40);
	click_on(&session, "HUP", "SURE?");
	/* At the question the mouse does nothing, not even on its own keys. */
	button_on(&session, LEFT, "send it");
	button_on(&session, LEFT, "send nothing");
	press_frame(&session, "");
	assert_true(term_shows(session.term, "SURE?"));
	session_press(&session, "\033", "nothing was sent");
	session_press(&session, "C", "[x] RSS");
	click_on(&session, "[x] RSS", "[ ] RSS");
	click_on(&session, "[ ] PPID", "[x] PPID");
	session_press_gone(&session, "\033", "[x] PPID");
	assert_true(term_shows(session.term, "PPID"));
	session_quit(&session);
	session_close(&session);
}

static void a_number_is_inspected_by_a_click(void **state)
{
	struct session session;

	(void)state;
	open_on(&session, &usual);
	session_press(&session, "\t\t\t\ti", "arrows move");
	click_on(&session, "12,304", "faults.minor_per_s");
	session_press_gone(&session, "\033", "faults.minor_per_s");
	session_quit(&session);
	session_close(&session);
}

static void nothing_happens_while_one_types(void **state)
{
	struct session session;

	(void)state;
	open_on(&session, &usual);
	session_press(&session, "\\pos", "pos_");
	button_on(&session, LEFT, "MEMORY");
	button_on(&session, LEFT, "pos_");
	button(&session, WHEEL_DOWN, 16, 10);
	session_press(&session, "t", "post_");
	session_press(&session, "\n", "Tab pane");
	session_quit(&session);
	session_close(&session);
}

/* The old form of a report ends there. */
static void a_click_beyond_column_223(void **state)
{
	int row, column;
	struct session session;

	(void)state;
	open_on(&session, &wide);
	assert_true(term_find(session.term, "TOP I/O", &row, &column));
	button(&session, LEFT, row + 3, 235);
	session_press(&session, "k", "SIGNAL TO 1234 python3");
	session_press_gone(&session, "\033", "SIGNAL TO");
	session_quit(&session);
	session_close(&session);
}

/* A slow line brings a report in parts; what is none hurts nobody; the old form is understood. */
static void reports_come_in_parts_and_in_the_old_form(void **state)
{
	int row, column;
	char bytes[32];
	struct session session;

	(void)state;
	open_on(&session, &usual);
	press_frame(&session, "\033[<0;");
	press_frame(&session, "5;1");
	/* The press of row 16 is complete only now. */
	session_press(&session, "6Mk", "SIGNAL TO 1234");
	session_press_gone(&session, "\033", "SIGNAL TO");
	/* Cut short, it is over with the first key that is none of it, and that key acts. */
	session_press(&session, "\033[<0;?", "HELP");
	session_press_gone(&session, "?", "HELP");
	session_press(&session, "\033[<0;99999999999;3M\033[<;;M\033[<0;0;0M?", "HELP");
	session_press_gone(&session, "?", "HELP");
	assert_true(term_find(session.term, "88 root", &row, &column));
	snprintf(bytes, sizeof(bytes), "\033[M %c%ck", '!' + column, '!' + row);
	session_press(&session, bytes, "SIGNAL TO 88 kswapd0");
	session_press_gone(&session, "\033", "SIGNAL TO");
	/* Its bytes are no keys: q would leave. */
	session_press(&session, "\033[Mqqq?", "HELP");
	session_quit(&session);
	session_close(&session);
}

static void without_the_mouse_the_terminal_has_it(void **state)
{
	static const char *const without[] = { "-d", "0.05", "--no-mouse", NULL };
	struct session session;

	(void)state;
	session_settle(&session, "web3", &usual, without, WEB3_SETTLED);
	assert_int_equal(term_mouse(session.term), VTERM_PROP_MOUSE_NONE);
	session_quit(&session);
	session_close(&session);
}

static void x_leaves_the_mouse_to_the_terminal(void **state)
{
	struct session session;

	(void)state;
	open_on(&session, &usual);
	session_press(&session, "x", "the mouse selects text");
	assert_int_equal(term_mouse(session.term), VTERM_PROP_MOUSE_NONE);
	session_press(&session, "x", "Shift-drag selects text");
	assert_int_equal(term_mouse(session.term), VTERM_PROP_MOUSE_CLICK);
	session_quit(&session);
	session_close(&session);
}

/* A terminal that has none by its terminfo is sent nothing. */
static void a_terminal_without_a_mouse_is_left_alone(void **state)
{
	static const struct term_options plain = { .rows = 24, .cols = 80, .name = "vt220" };
	struct session session;

	(void)state;
	session_settle(&session, "web3", &plain, fast, WEB3_SETTLED);
	assert_int_equal(term_mouse(session.term), VTERM_PROP_MOUSE_NONE);
	session_quit(&session);
	session_close(&session);
}

/* session_assert_restored() wants the mouse off too. */
static void the_mouse_is_given_back_however_it_ends(void **state)
{
	static const int ends[] = { SIGTERM, SIGHUP, SIGSEGV, SIGABRT };
	struct session session;

	(void)state;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		session_shell(&session, "web3", &usual, "", fast);
		session_wait(&session, "PRESSURE");
		assert_int_equal(term_mouse(session.term), VTERM_PROP_MOUSE_CLICK);
		assert_int_equal(kill(session_pid(&session), ends[i]), 0);
		session_assert_restored(&session, 128 + ends[i]);
		session_close(&session);
	}
	session_shell(&session, "web3", &usual, "", fast);
	session_wait(&session, "PRESSURE");
	term_keys(session.term, "q");
	session_assert_restored(&session, 0);
	session_close(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_click_moves_the_focus),
		cmocka_unit_test(a_click_selects_a_process_and_another_opens_it),
		cmocka_unit_test(a_click_on_a_heading_sorts_and_reverses),
		cmocka_unit_test(a_click_on_a_tab_changes_the_table),
		cmocka_unit_test(the_wheel_scrolls_what_lies_under_it),
		cmocka_unit_test(a_click_on_the_key_bar_is_the_key),
		cmocka_unit_test(lists_are_chosen_from),
		cmocka_unit_test(a_number_is_inspected_by_a_click),
		cmocka_unit_test(nothing_happens_while_one_types),
		cmocka_unit_test(a_click_beyond_column_223),
		cmocka_unit_test(reports_come_in_parts_and_in_the_old_form),
		cmocka_unit_test(without_the_mouse_the_terminal_has_it),
		cmocka_unit_test(x_leaves_the_mouse_to_the_terminal),
		cmocka_unit_test(a_terminal_without_a_mouse_is_left_alone),
		cmocka_unit_test(the_mouse_is_given_back_however_it_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
