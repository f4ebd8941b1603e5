/* Any size of the screen, and any change of it, with hostile names on it. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "screen/session.h"

#define CHANGES 500
#define SEED 20260501u
#define LOOK_EVERY \
	10 /* changes: drawn and read by then; between them one follows another at once */

static const char *const fast[] = { "-d", "0.05", NULL };

/* At 1x1 there is no text to wait for. */
static bool has_screen(struct term *term, void *arg)
{
	(void)arg;
	return term_altscreen(term);
}

static void start_at(struct session *session, const char *machine,
		     const struct term_options *options)
{
	*session = (struct session){ 0 };
	assert_int_equal(tree_create(&session->tree, machine, 0), 0);
	session->term = tree_start(&session->tree, options, fast);
	assert_non_null(session->term);
	assert_int_equal(term_wait(session->term, has_screen, NULL, TERM_WAIT_MS), 0);
	assert_int_equal(tree_advance(&session->tree, 1), 0);
}

static void every_view_is_drawn_and_q_leaves(struct session *session)
{
	static const char *const keys[] = { "?",    "\033",    "z\t\t", "\t\t\t\t", "M\033[B\033[F",
					    "\033", "\td1\r> " };

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		assert_int_equal(term_keys(session->term, keys[i]), 0);
		assert_int_equal(term_wait_quiet(session->term, 5, TERM_WAIT_MS), 0);
	}
	assert_true(term_altscreen(session->term));
	session_quit(session);
}

static void it_runs_at_every_size(void **state)
{
	static const struct {
		int rows, columns;
	} sizes[] = {
		{ 1, 1 },    { 1, 200 },  { 200, 1 },	{ 2, 2 },   { 3, 40 },
		{ 5, 20 },   { 20, 5 },	  { 12, 60 },	{ 23, 79 }, { 24, 80 },
		{ 25, 119 }, { 45, 160 }, { 200, 500 },
	};
	struct session session;

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		start_at(&session, "hostile",
			 &(const struct term_options){ .rows = sizes[i].rows,
						       .cols = sizes[i].columns });
		every_view_is_drawn_and_q_leaves(&session);
		session_close(&session);
	}
}

/* A serial line has no size: the screen has that of LINES and COLUMNS, or of the terminal's entry. */
static void a_terminal_without_a_size_has_24x80(void **state)
{
	static const char *const env[] = { "LINES=30", "COLUMNS=100", NULL };
	struct session session;
	int row, column;

	(void)state;
	start_at(&session, "web3",
		 &(const struct term_options){ .rows = 24, .cols = 80, .unsized = true });
	session_wait(&session, WEB3_SETTLED);
	assert_true(term_find(session.term, "quit", &row, &column));
	assert_int_equal(row, 23);
	/* And when the size is lost, and comes back. */
	assert_int_equal(term_resize(session.term, 45, 160), 0);
	session_wait(&session, "TOP WAITS");
	assert_int_equal(term_resize(session.term, 0, 0), 0);
	session_press(&session, "?", "HELP");
	session_press(&session, "?", "PRESSURE");
	session_quit(&session);
	session_close(&session);
	start_at(&session, "web3",
		 &(const struct term_options){
			 .rows = 30, .cols = 100, .unsized = true, .env = env });
	session_wait(&session, WEB3_SETTLED);
	assert_true(term_find(session.term, "quit", &row, &column));
	assert_int_equal(row, 29);
	session_quit(&session);
	session_close(&session);
}

/* Says so on the terminal alone; the screen of the test keeps its size. */
static void claim_size(struct session *session, unsigned short rows, unsigned short columns)
{
	struct winsize size = { .ws_row = rows, .ws_col = columns };
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/fd/0", (int)term_pid(session->term));
	fd = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(ioctl(fd, TIOCSWINSZ, &size), 0);
	close(fd);
}

/* Anyone may claim any size for a terminal: at most a part of it is drawn on, and no more is kept. */
static void absurd_sizes_do_no_harm(void **state)
{
	static const char *const names[] = { "xterm-256color", "linux" };
	static const unsigned short sizes[][2] = { { 65535, 65535 }, { 65535, 1 }, { 1, 65535 } };
	struct session session;

	(void)state;
	for (int i = 0; i < 6; i++) {
		session_settle(&session, "web3",
			       &(const struct term_options){ .name = names[i % 2] }, fast,
			       WEB3_SETTLED);
		claim_size(&session, sizes[i / 2][0], sizes[i / 2][1]);
		assert_int_equal(term_wait_quiet(session.term, 100, TERM_WAIT_MS), 0);
		session_press(&session, "\014?", "");
		assert_int_equal(term_resize(session.term, 24, 80), 0);
		session_wait(&session, "HELP");
		session_press(&session, "?", "PRESSURE");
		session_quit(&session);
		session_close(&session);
	}
}

/* Without the header, where stalltop's own cost differs from run to run. */
static void keep_screen(struct term *term, char *text, size_t cap)
{
	const char *screen = term_screen(term), *second = strchr(screen, '\n');

	snprintf(text, cap, "%s", second ? second : "");
}

/* Numbers in a fixed order: every run is the same. */
static unsigned next(unsigned *state, unsigned below)
{
	*state = *state * 1103515245u + 12345u;
	return *state / 65536u % below;
}

/* Out of help, pause, zoom and selection, every table in its own order, the first in front. */
static void go_back_to_the_beginning(struct session *session)
{
	assert_int_equal(term_wait_quiet(session->term, 150, TERM_WAIT_MS), 0);
	if (term_shows(session->term, "HELP"))
		session_press_gone(session, "?", "HELP");
	if (term_shows(session->term, "PAUSED"))
		session_press_gone(session, " ", "PAUSED");
	if (!term_shows(session->term, "PRESSURE"))
		session_press(session, "z", "PRESSURE");
	session_press(session, "WFIMP", "[cpu]");
	term_keys(session->term, "\033");
	assert_int_equal(term_wait_quiet(session->term, 150, TERM_WAIT_MS), 0);
}

static void five_hundred_sizes_leave_a_whole_screen(void **state)
{
	static const char keys[][4] = { "\t", "z", "?", "M", "W", ">", "r", " ", "\033[B", "P" };
	static char fresh[65536], after[65536];
	const struct term_options small = { .rows = 24, .cols = 80 };
	unsigned random = SEED;
	struct session session;

	(void)state;
	session_settle(&session, "hostile", &small, fast, "120/s");
	assert_int_equal(term_wait_quiet(session.term, 150, TERM_WAIT_MS), 0);
	keep_screen(session.term, fresh, sizeof(fresh));
	for (int i = 1; i <= CHANGES; i++) {
		int rows = 1 + (int)next(&random, i % 10 ? 60 : 200);
		int columns = 1 + (int)next(&random, i % 10 ? 200 : 500);

		assert_int_equal(term_resize(session.term, rows, columns), 0);
		if (next(&random, 3) == 0)
			term_keys(session.term, keys[next(&random, 10)]);
		if (i % LOOK_EVERY == 0)
			assert_int_equal(term_wait_quiet(session.term, 10, TERM_WAIT_MS), 0);
	}
	assert_int_equal(term_resize(session.term, 24, 80), 0);
	go_back_to_the_beginning(&session);
	keep_screen(session.term, after, sizeof(after));
	if (strcmp(after, fresh))
		print_error("%s\nbut after all:\n%s\n", fresh, after);
	assert_string_equal(after, fresh);
	session_quit(&session);
	session_close(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_runs_at_every_size),
		cmocka_unit_test(a_terminal_without_a_size_has_24x80),
		cmocka_unit_test(absurd_sizes_do_no_harm),
		cmocka_unit_test(five_hundred_sizes_leave_a_whole_screen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
