/* Asking numbers where they come from, on the real screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "screen/session.h"

static void i_asks_and_arrows_move(void **state)
{
	static const char *const fast[] = { "-d", "0.05", NULL };
	struct session session;

	(void)state;
	session_settle(&session, "web3", &(const struct term_options){ .rows = 45, .cols = 160 },
		       fast, WEB3_SETTLED);
	/* The numbers of the pane in focus come first. */
	session_press(&session, "\033[Z", "TOP");
	session_press(&session, "i", "formula");
	session_wait(&session, "/proc/");
	session_press(&session, "i", "TOP CPU");
	session_press(&session, "\ti", "formula");
	session_press(&session, "\033[B", "raw  ");
	session_press_gone(&session, "\033", "formula");
	session_quit(&session);
	session_close(&session);
}

/* The raw values are those of the two samples, whichever instant shows. */
static void raw_values_are_of_the_instant(void **state)
{
	static const char *const fast[] = { "-d", "0.05", NULL };
	struct session session;

	(void)state;
	session_settle(&session, "web3", &(const struct term_options){ .rows = 45, .cols = 160 },
		       fast, WEB3_SETTLED);
	session_press(&session, "\033[Z", "TOP");
	session_press(&session, "i", "/proc/vmstat");
	session_wait(&session, "interval   1.");
	session_press(&session, "i", "TOP CPU");
	session_tick(&session);
	session_wait(&session, "minor       0/s");
	session_press(&session, "[", WEB3_SETTLED);
	session_press(&session, "i", "interval   1.");
	/* q leaves what lies over the panes first. */
	session_press_gone(&session, "q", "formula");
	session_quit(&session);
	session_close(&session);
}

/* A cell of a table is a number like any other, paused or not. */
static void a_cell_shows_its_two_samples(void **state)
{
	static const char *const fast[] = { "-d", "0.05", NULL };
	struct session session;

	(void)state;
	session_settle(&session, "web3", &(const struct term_options){ .rows = 45, .cols = 160 },
		       fast, WEB3_SETTLED);
	session_press(&session, "zi", "CPU% of python3[1234]");
	session_press(&session, "\033[D", "S of python3[1234]");
	session_press(&session, "\033[C", "CPU% of python3[1234]");
	assert_true(term_shows(session.term, "interval   1."));
	assert_true(term_shows(session.term, ", before "));
	assert_false(term_shows(session.term, "before -"));
	session_press(&session, "i \033[Bi", "PAUSED");
	session_wait(&session, "CPU% of ");
	assert_true(term_shows(session.term, ", before "));
	assert_false(term_shows(session.term, "before -"));
	session_press_gone(&session, "i", "formula");
	session_quit(&session);
	session_close(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(i_asks_and_arrows_move),
		cmocka_unit_test(a_cell_shows_its_two_samples),
		cmocka_unit_test(raw_values_are_of_the_instant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
