/* Going back in time on the real screen, while samples go on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "screen/session.h"

static const char *const fast[] = { "-d", "0.05", NULL };
static const struct term_options small = { .rows = 24, .cols = 80 };

/* Instants with loads 1.01, 1.02 ... a second apart, after web3's own two. */
static void open_with_past(struct session *session, int instants)
{
	char load[16], text[32];

	session_settle(session, "web3", &small, fast, WEB3_SETTLED);
	for (int i = 1; i <= instants; i++) {
		snprintf(load, sizeof(load), "1.%02d", i);
		session_tick_load(session, load);
		snprintf(text, sizeof(text), "load %s", load);
		session_wait(session, text);
	}
}

static void one_steps_back_and_forth(void **state)
{
	struct session session;

	(void)state;
	open_with_past(&session, 5);
	session_press(&session, "[", "load 1.04");
	session_wait(&session, " 1s AGO ");
	session_press(&session, "[[", "load 1.02");
	session_wait(&session, " 3s AGO ");
	session_press(&session, "]", "load 1.03");
	/* The past stands still and moves away, while samples go on. */
	session_tick_load(&session, "1.06");
	session_wait(&session, " 3s AGO ");
	assert_true(term_shows(session.term, "load 1.03"));
	session_press(&session, "\033[F", "load 1.06");
	assert_false(term_shows(session.term, "AGO"));
	session_press(&session, "]", "this is now");
	session_quit(&session);
	session_close(&session);
}

/* Every pane, the table and the verdict are of then. */
static void the_whole_screen_is_of_then(void **state)
{
	static char now[16384], then[16384];
	struct session session;

	(void)state;
	open_with_past(&session, 2);
	assert_false(term_shows(session.term, WEB3_SETTLED));
	snprintf(now, sizeof(now), "%s", term_screen(session.term));
	session_press(&session, "[[", WEB3_SETTLED);
	session_wait(&session, "85 major faults/s - python3[1234] 81/s, 95% of them");
	session_wait(&session,
		     "1234 app      D  41.0  6.1G 12.0M     0   301    81! 55.0  python3");
	session_wait(&session, "memory  some 12.4!");
	session_wait(&session, "used 13.7G");
	session_wait(&session, "58%  1");
	snprintf(then, sizeof(then), "%s", term_screen(session.term));
	assert_string_not_equal(now, then);
	/* Zoomed panes too: what the system files said then, and the rows that were kept. */
	session_press(&session, "z", "the first ones of then");
	session_wait(&session, "python3");
	session_press(&session, "\033", "PRESSURE");
	session_quit(&session);
	session_close(&session);
}

static void minutes_and_ends(void **state)
{
	struct session session;

	(void)state;
	open_with_past(&session, 3);
	/* Less than a minute is kept: as far as there is anything. */
	session_press(&session, "{", " 4s AGO ");
	session_press(&session, "}", "load 1.03");
	session_press(&session, "[", "load 1.02");
	session_press(&session, "\033[H", " 4s AGO ");
	session_press(&session, "[", "nothing older is kept");
	session_press(&session, "\033[F", "load 1.03");
	session_quit(&session);
	session_close(&session);
}

static void pause_and_past_meet(void **state)
{
	struct session session;

	(void)state;
	open_with_past(&session, 3);
	session_press(&session, " ", "PAUSED");
	session_tick_load(&session, "1.04");
	session_hang(&session);
	session_tick_load(&session, "1.05");
	session_unhang(&session, 1);
	/* From where the picture stands, not from now. */
	session_press(&session, "[", "load 1.02");
	assert_false(term_shows(session.term, "PAUSED"));
	session_press(&session, " ", "the past stands still");
	session_press(&session, "\033[B", "python3");
	session_press(&session, "k", "the past cannot be changed");
	session_press(&session, "F", "[faults]");
	assert_true(term_shows(session.term, "load 1.02"));
	session_press(&session, "]", "load 1.03");
	/* The table that was chosen stays. */
	assert_true(term_shows(session.term, "[faults]"));
	session_quit(&session);
	session_close(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_steps_back_and_forth),
		cmocka_unit_test(the_whole_screen_is_of_then),
		cmocka_unit_test(minutes_and_ends),
		cmocka_unit_test(pause_and_past_meet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
