/* The columns of a table chosen by keys on the real screen, and a picture that is drawn afresh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <unistd.h>

#include "screen/session.h"

#define HEADING 3 /* of a zoomed table; the list of columns leaves it in sight */

static const char *const fast[] = { "-d", "0.05", NULL };
static const struct term_options tall = { .rows = 45, .cols = 100 };

struct want {
	const char *heading, *first; /* rows, without the frame */
};

static bool stands(struct term *term, int row, const char *text)
{
	const char *at = strstr(term_row(term, row), "│");

	return at && !strncmp(at + strlen("│"), text, strlen(text));
}

static bool has_rows(struct term *term, void *arg)
{
	const struct want *want = arg;

	return stands(term, HEADING, want->heading) && stands(term, HEADING + 1, want->first);
}

static void press_rows(struct session *session, const char *keys, const char *heading,
		       const char *first)
{
	struct want want = { heading, first };

	assert_int_equal(term_keys(session->term, keys), 0);
	assert_int_equal(term_wait(session->term, has_rows, &want, TERM_WAIT_MS), 0);
}

static void columns_are_chosen(void **state)
{
	struct session session;

	(void)state;
	session_settle(&session, "web3", &tall, fast, WEB3_SETTLED);
	session_press(&session, "C", "Space shows or hides");
	press_rows(&session, "", "    PID USER     S  CPU%▾ ", "   1234 app      D   41.0 ");
	/* Without USER, then S before the PID. */
	press_rows(&session, "\033[B ", "    PID S  CPU%▾ ", "   1234 D   41.0 ");
	press_rows(&session, "\033[B<<", "S     PID  CPU%▾ ", "D    1234   41.0 ");
	session_press_gone(&session, "\033", "Space shows or hides");
	press_rows(&session, "", "S     PID  CPU%▾ ", "D    1234   41.0 ");
	/* The list begins with what shows. The process id cannot go. */
	session_press(&session, "C\033[B ", "the process id is always there");
	/* As wide as the screen again. */
	press_rows(&session, "a\033", "    PID USER     S  CPU%▾ ", "   1234 app      D   41.0 ");
	session_quit(&session);
	session_close(&session);
}

/* Somebody else's line on the terminal stays until the program sends every cell again. */
static void ctrl_l_draws_afresh(void **state)
{
	static const char line[] = "\033[17;1Hwall: going down for maintenance\033[1;1H";
	struct session session;
	char path[64];
	int fd;

	(void)state;
	session_settle(&session, "web3", &tall, fast, WEB3_SETTLED);
	snprintf(path, sizeof(path), "/proc/%d/fd/1", (int)term_pid(session.term));
	fd = open(path, O_WRONLY | O_NOCTTY);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, line, sizeof(line) - 1), (ssize_t)sizeof(line) - 1);
	close(fd);
	session_wait(&session, "going down");
	session_tick_load(&session, "7.77");
	session_wait(&session, "load 7.77");
	assert_true(term_shows(session.term, "going down"));
	session_press_gone(&session, "\f", "going down");
	assert_true(term_shows(session.term, "load 7.77"));
	session_quit(&session);
	session_close(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_chosen),
		cmocka_unit_test(ctrl_l_draws_afresh),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
