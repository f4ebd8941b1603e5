/* Rows on a terminal: colours, messages, headings; in a pipe none of the first, the second elsewhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "screen/session.h"

/* web3 has 85 major faults and 5,431 context switches a second. */
#define FAULTS_MESSAGE "! HIGH IO LATENCY: 85 major faults/s"
#define SWITCHES_MESSAGE "! MANY CONTEXT SWITCHES: 5,431 context switches/s"

static const char *const rows_once[] = { "-b", "-d", "0.05", "-n", "1", NULL };
static const char *const rows_plain[] = { "-b", "-d", "0.05", "-n", "1", "--no-color", NULL };

static struct term *rows_of(struct tree *tree, const char *machine, const char *const *arguments,
			    const char *const *env, const char *name)
{
	struct term_options options = { .rows = 24, .cols = 160, .env = env, .name = name };
	struct term *term;

	assert_int_equal(tree_create(tree, machine, 0), 0);
	term = tree_start(tree, &options, arguments);
	assert_non_null(term);
	/* The first sample has no row: the next instant comes when it has been taken. */
	assert_int_equal(term_idle(term, 200), 0);
	assert_int_equal(tree_advance(tree, 1), 0);
	return term;
}

/* The cell where a text begins. */
static struct term_cell cell_of(struct term *term, const char *text)
{
	int row, column;

	assert_true(term_find(term, text, &row, &column));
	return term_cell(term, row, column);
}

static void a_bad_row_is_coloured_and_said(void **state)
{
	struct tree tree;
	struct term *term = rows_of(&tree, "web3", rows_once, NULL, NULL);
	int heading, row, message;

	(void)state;
	assert_int_equal(term_wait_text(term, SWITCHES_MESSAGE, TERM_WAIT_MS), 0);
	assert_int_equal(cell_of(term, "procs").fg.index, -1);
	assert_int_equal(cell_of(term, "5431").fg.index, 1);
	assert_int_equal(cell_of(term, SWITCHES_MESSAGE).fg.index, 1);
	assert_int_equal(cell_of(term, FAULTS_MESSAGE).fg.index, 3);
	assert_true(term_find(term, "procs", &heading, NULL));
	assert_true(term_find(term, "5431", &row, NULL));
	assert_true(term_find(term, SWITCHES_MESSAGE, &message, NULL));
	assert_int_equal(row, heading + 2);
	assert_int_equal(message, row + 1);
	term_close(term);
	tree_remove(&tree);
}

static void assert_no_colour(const char *const *arguments, const char *const *env, const char *name)
{
	struct tree tree;
	struct term *term = rows_of(&tree, "web3", arguments, env, name);

	assert_int_equal(term_wait_text(term, SWITCHES_MESSAGE, TERM_WAIT_MS), 0);
	for (int row = 0; row < term_rows(term); row++)
		for (int column = 0; column < term_cols(term); column++)
			assert_true(term_cell(term, row, column).fg.is_default);
	term_close(term);
	tree_remove(&tree);
}

static void colours_are_left_out_when_asked(void **state)
{
	static const char *const no_color[] = { "NO_COLOR=1", NULL };

	(void)state;
	assert_no_colour(rows_plain, NULL, NULL);
	assert_no_colour(rows_once, no_color, NULL);
	assert_no_colour(rows_once, NULL, "dumb");
}

static void an_oom_kill_is_bold_red(void **state)
{
	struct tree tree;
	struct term *term = rows_of(&tree, "oom", rows_once, NULL, NULL);
	struct term_cell cell;

	(void)state;
	assert_int_equal(term_wait_text(term, "!! OOM KILL: 1 process killed", TERM_WAIT_MS), 0);
	cell = cell_of(term, "!! OOM");
	assert_int_equal(cell.fg.index, 1);
	assert_true(cell.bold);
	term_close(term);
	tree_remove(&tree);
}

static void the_heading_comes_again_on_each_screen(void **state)
{
	struct term_options options = { .rows = 12, .cols = 160 };
	char *const argv[] = { getenv("STALLTOP"), "-b", "-d", "0.05", "-n", "25",
			       "--source=proc",	   NULL };
	struct term *term = term_start(&options, argv);
	int status;

	(void)state;
	assert_non_null(term);
	assert_int_equal(term_exit(term, TERM_WAIT_MS, &status), 0);
	assert_int_equal(status, 0);
	/* Of 25 rows the last 11 lines are here, and whatever is said of them: with their heading. */
	assert_true(term_shows(term, "--procs--"));
	term_close(term);
}

/* Prints what a piece of shell prints; $P is the program, $F the fixtures. */
static void shell(const char *script, char *text, size_t cap)
{
	char whole[2048];
	FILE *out;
	size_t len;

	snprintf(whole, sizeof(whole), "P='%s'; F='%s'; %s", getenv("STALLTOP"),
		 getenv("STALLTOP_FIXTURES"), script);
	out = popen(whole, "r");
	assert_non_null(out);
	len = fread(text, 1, cap - 1, out);
	text[len] = '\0';
	pclose(out);
}

/* The FIFO tells when the first sample is taken: the second instant may come then. */
static void in_a_pipe_messages_go_to_standard_error(void **state)
{
	static char text[8192];

	(void)state;
	shell("d=$(mktemp -d); cp -r $F/web3/0/. $d; rm $d/proc/loadavg; mkfifo $d/proc/loadavg; "
	      "$P -b -d 0.05 -n 1 --proc-root=$d/proc --sys-root=$d/sys 2>$d/err >$d/out & "
	      "exec 3>$d/proc/loadavg; rm $d/proc/loadavg; exec 3>&-; "
	      "cp -r $F/web3/1/. $d; wait; cat $d/err; echo =; grep -c . $d/out; "
	      "grep -c 5431 $d/out; tr -d '0-9a-z \n-' <$d/out; rm -rf $d",
	      text, sizeof(text));
	assert_string_equal(text, SWITCHES_MESSAGE "\n" FAULTS_MESSAGE "\n=\n3\n1\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bad_row_is_coloured_and_said),
		cmocka_unit_test(colours_are_left_out_when_asked),
		cmocka_unit_test(an_oom_kill_is_bold_red),
		cmocka_unit_test(in_a_pipe_messages_go_to_standard_error),
		cmocka_unit_test(the_heading_comes_again_on_each_screen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
