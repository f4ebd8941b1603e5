/* A mark on the real screen: the difference since, in rates and totals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "screen/session.h"

static const char *const fast[] = { "-d", "0.05", NULL };
static const struct term_options small = { .rows = 24, .cols = 80 };

static void m_shows_the_difference_since(void **state)
{
	struct session session;

	(void)state;
	session_open(&session, "web3", &small, fast);
	session_press(&session, "T", "totals are since a mark");
	session_press(&session, "m", " SINCE 0s ");
	assert_int_equal(tree_advance(&session.tree, 1), 0);
	session_wait(&session, " SINCE 1s ");
	session_wait(&session, WEB3_SETTLED);
	/* Nothing more happens in the next second: over both instants it is less a second. */
	session_tick(&session);
	session_wait(&session, " SINCE 2s ");
	session_wait(&session, "5,148/s");
	/* What does not follow the mark says so. */
	assert_true(term_shows(session.term, "since  10s  60s 300s"));
	session_press(&session, "T", " TOTAL OF 2s ");
	session_wait(&session, "minor  12,304 ");
	session_wait(&session, "MIN ");
	assert_false(term_shows(session.term, "MIN/s"));
	session_press(&session, "T", "5,148/s");
	/* Pausing keeps the difference; going back in time shows what was then. */
	session_press(&session, " ", "PAUSED");
	assert_true(term_shows(session.term, "5,148/s"));
	session_press(&session, "m", "Space leads there");
	session_press_gone(&session, " ", "PAUSED");
	session_press(&session, "[", "12,304/s");
	session_press(&session, "\033[F", "5,148/s");
	session_press_gone(&session, "m", "SINCE");
	assert_false(term_shows(session.term, "5,148/s"));
	assert_true(term_shows(session.term, "now    10s  60s 300s"));
	session_quit(&session);
	session_close(&session);
}

static void what_is_chosen_stays_when_a_mark_ends(void **state)
{
	struct session session;

	(void)state;
	session_settle(&session, "web3", &small, fast, WEB3_SETTLED);
	session_press(&session, "m", " SINCE 0s ");
	session_press(&session, "F", "[faults]");
	session_press(&session, "\\post\r", "\\post");
	session_press_gone(&session, "m", "SINCE");
	assert_true(term_shows(session.term, "\\post"));
	assert_false(term_shows(session.term, "kswapd0"));
	session_quit(&session);
	session_close(&session);
}

static void what_is_of_now_is_named(void **state)
{
	static const struct term_options large = { .rows = 45, .cols = 160 };
	struct session session;

	(void)state;
	session_settle(&session, "web3", &large, fast, WEB3_SETTLED);
	assert_false(term_shows(session.term, "of now"));
	session_press(&session, "m", "this line, graphs and averages: of now");
	session_press_gone(&session, "m", "of now");
	session_quit(&session);
	session_close(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(m_shows_the_difference_since),
		cmocka_unit_test(what_is_of_now_is_named),
		cmocka_unit_test(what_is_chosen_stays_when_a_mark_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
