/* Search, filters, user and tree on the real screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "screen/session.h"

static const char *const fast[] = { "-d", "0.05", NULL };
static const struct term_options small = { .rows = 24, .cols = 80 };

static void open_web3(struct session *session, const char *const *arguments)
{
	session_settle(session, "web3", &small, arguments, WEB3_SETTLED);
}

static void a_process_is_found_as_one_types(void **state)
{
	struct session session;

	(void)state;
	open_web3(&session, fast);
	session_press(&session, "/", "find: _");
	session_press(&session, "post", "find: post_");
	session_press(&session, "x", "none is called that");
	session_press_gone(&session, "\b\r", "find:");
	/* The selection is on it: the signal list names it. */
	session_press(&session, "k", "SIGNAL TO 2201 postgres");
	session_press_gone(&session, "\033", "SIGNAL TO");
	session_quit(&session);
	session_close(&session);
}

static void a_filter_may_be_an_expression(void **state)
{
	struct session session;

	(void)state;
	open_web3(&session, fast);
	session_press_gone(&session, "\\~^k", "postgres");
	assert_true(term_shows(session.term, "kswapd0"));
	session_press(&session, "(", "~^k(_  ");
	session_press(&session, "sw|th)", "~^k(sw|th)_");
	session_press(&session, "\r", "\\~^k(sw|th)");
	assert_true(term_shows(session.term, "kthreadd"));
	assert_false(term_shows(session.term, "firefox"));
	session_press(&session, "\\", "Enter shows all, Up brings back ~^k(sw|th)");
	session_press(&session, "\r", "postgres");
	session_quit(&session);
	session_close(&session);
}

static void a_user_is_chosen(void **state)
{
	struct session session;

	(void)state;
	open_web3(&session, fast);
	session_press(&session, "upostgres\r", "user postgres");
	assert_false(term_shows(session.term, "kswapd0"));
	session_press(&session, "unobodyatall\r", "no process of such a user");
	assert_true(term_shows(session.term, "nobodyatall_"));
	session_press_gone(&session, "\x15\r", "only the user");
	assert_true(term_shows(session.term, "kswapd0"));
	session_quit(&session);
	session_close(&session);
}

static void the_tree_folds(void **state)
{
	struct session session;

	(void)state;
	open_web3(&session, fast);
	session_press(&session, "t", "▾ kthreadd");
	session_press(&session, "/kthreadd\r-", "▸ kthreadd +");
	assert_false(term_shows(session.term, "kswapd0"));
	session_press(&session, "+", "kswapd0");
	session_press_gone(&session, "t", "▾ kthreadd");
	session_press(&session, "K", "no kernel threads");
	assert_false(term_shows(session.term, "kswapd0"));
	session_quit(&session);
	session_close(&session);
}

static void a_process_is_followed_with_its_descendants(void **state)
{
	static const char *const below[] = { "-d", "0.05", "-p", "2", NULL };
	struct session session;

	(void)state;
	open_web3(&session, below);
	session_press(&session, "z", "below 2");
	assert_true(term_shows(session.term, "kthreadd"));
	assert_true(term_shows(session.term, "kswapd0"));
	assert_false(term_shows(session.term, "postgres"));
	session_quit(&session);
	session_close(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_process_is_found_as_one_types),
		cmocka_unit_test(a_filter_may_be_an_expression),
		cmocka_unit_test(a_user_is_chosen),
		cmocka_unit_test(the_tree_folds),
		cmocka_unit_test(a_process_is_followed_with_its_descendants),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
