/* The harness itself: what a program writes is what a test sees, and nothing waits for ever. */
#include "term.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/clock.h"

#define TORN_WRITER "write-torn-frames" /* this program again, as the one under test */

static struct term *start(int rows, int cols, const char *script)
{
	const struct term_options options = { .rows = rows, .cols = cols };
	char *argv[] = { "sh", "-c", (char *)script, NULL };
	struct term *t = term_start(&options, argv);

	assert_non_null(t);
	return t;
}

static void finish(struct term *t)
{
	int wstatus = -1;

	assert_int_equal(term_exit(t, TERM_WAIT_MS, &wstatus), 0);
	assert_true(WIFEXITED(wstatus));
	assert_int_equal(WEXITSTATUS(wstatus), 0);
	term_close(t);
}

static void text_is_found_by_cell(void **state)
{
	struct term *t =
		start(5, 20, "printf 'one\\r\\n  \\344\\275\\240\\345\\245\\275 two  \\r\\n'");
	int row = -1, col = -1;

	(void)state;
	assert_int_equal(term_wait_text(t, "two", TERM_WAIT_MS), 0);
	assert_string_equal(term_row(t, 0), "one");
	assert_string_equal(term_row(t, 1), "  你好 two");
	assert_string_equal(term_row(t, 7), "");
	assert_string_equal(term_screen(t), "one\n  你好 two\n\n\n\n");
	assert_true(term_find(t, "two", &row, &col));
	assert_int_equal(row, 1);
	assert_int_equal(col, 7);
	assert_string_equal(term_cell(t, 1, 2).text, "你");
	assert_int_equal(term_cell(t, 1, 2).width, 2);
	assert_int_equal(term_cell(t, 1, 3).width, 0);
	assert_int_equal(term_cell(t, 9, 9).width, 0);
	assert_false(term_shows(t, "three"));
	finish(t);
}

static void rows_stay_valid_for_eight_calls(void **state)
{
	struct term *t = start(3, 10, "printf 'a\\nb\\nc'");
	const char *first;

	(void)state;
	assert_int_equal(term_wait_text(t, "c", TERM_WAIT_MS), 0);
	first = term_row(t, 0);
	for (int i = 0; i < 8; i++)
		term_row(t, 1);
	assert_true(term_shows(t, "b"));
	assert_string_equal(first, "a");
	finish(t);
}

static void colours_and_attributes(void **state)
{
	struct term *t = start(2, 20,
			       "printf 'd\\033[1;31mb\\033[0;7;38;5;117;48;5;236mi\\033[0;4;3mu"
			       "\\033[0;38;2;1;2;3mr\\033[m.'");
	struct term_cell cell;

	(void)state;
	assert_int_equal(term_wait_text(t, "dbiur.", TERM_WAIT_MS), 0);
	cell = term_cell(t, 0, 0);
	assert_true(cell.fg.is_default && cell.bg.is_default && !cell.bold && !cell.reverse);
	assert_int_equal(cell.fg.index, -1);
	cell = term_cell(t, 0, 1);
	assert_true(cell.bold && !cell.fg.is_default);
	assert_int_equal(cell.fg.index, 1);
	cell = term_cell(t, 0, 2);
	assert_true(cell.reverse && !cell.bold);
	assert_int_equal(cell.fg.index, 117);
	assert_int_equal(cell.bg.index, 236);
	assert_int_equal(cell.fg.red, 0x87);
	assert_int_equal(cell.fg.green, 0xd7);
	cell = term_cell(t, 0, 3);
	assert_true(cell.underline && cell.italic && !cell.reverse);
	cell = term_cell(t, 0, 4);
	assert_int_equal(cell.fg.index, -1);
	assert_int_equal(cell.fg.red << 16 | cell.fg.green << 8 | cell.fg.blue, 0x010203);
	finish(t);
}

static void modes_cursor_and_title(void **state)
{
	struct term *t = start(4, 20,
			       "printf 'normal'; read a; printf '\\033[?7;25l\\033[?1049h"
			       "\\033[?1006;1000h\\033]2;name\\007in'; read a;"
			       "printf '\\033[?1000;1006l\\033[?1049l\\033[?25;7hout'; read a");
	int row, col;

	(void)state;
	assert_int_equal(term_wait_text(t, "normal", TERM_WAIT_MS), 0);
	assert_true(term_cursor_visible(t));
	assert_false(term_altscreen(t));
	assert_int_equal(term_mouse(t), VTERM_PROP_MOUSE_NONE);
	term_cursor(t, &row, &col);
	assert_int_equal(col, 6);
	assert_int_equal(term_keys(t, "\r"), 0);
	assert_int_equal(term_wait_gone(t, "normal", TERM_WAIT_MS), 0);
	assert_int_equal(term_wait_text(t, "in", TERM_WAIT_MS), 0);
	assert_true(term_altscreen(t));
	assert_false(term_cursor_visible(t)); /* the second mode of its sequence */
	assert_int_equal(term_mouse(t), VTERM_PROP_MOUSE_CLICK);
	assert_string_equal(term_title(t), "name");
	assert_int_equal(term_keys(t, "\r"), 0);
	assert_int_equal(term_wait_text(t, "normal", TERM_WAIT_MS), 0);
	assert_false(term_altscreen(t));
	assert_true(term_cursor_visible(t));
	assert_int_equal(term_mouse(t), VTERM_PROP_MOUSE_NONE);
	assert_int_equal(term_keys(t, "\r"), 0);
	finish(t);
}

static void repeat_keeps_the_next_character(void **state)
{
	struct term *t = start(
		4, 10,
		"printf 'a\\033[8bX\\r\\n\\342\\224\\200\\033[3bY\\r\\n'; printf 'z\\033[b.'");

	(void)state;
	assert_int_equal(term_wait_text(t, "zz.", TERM_WAIT_MS), 0);
	assert_string_equal(term_row(t, 0), "aaaaaaaaaX");
	assert_string_equal(term_row(t, 1), "────Y");
	finish(t);
}

static void keys_and_clicks_arrive(void **state)
{
	struct term *t = start(6, 40,
			       "stty -icanon -echo min 1; printf '\\033[?1006;1000hready ';"
			       "exec cat -v");

	(void)state;
	assert_int_equal(term_wait_text(t, "ready", TERM_WAIT_MS), 0);
	assert_int_equal(term_keys(t, "q\t"), 0);
	assert_int_equal(term_key(t, VTERM_KEY_UP), 0);
	assert_int_equal(term_wait_text(t, "^[[A", TERM_WAIT_MS), 0);
	assert_true(term_shows(t, "q"));
	assert_int_equal(term_click(t, 2, 4, 1), 0);
	assert_int_equal(term_wait_text(t, "^[[<0;5;3M^[[<0;5;3m", TERM_WAIT_MS), 0);
	term_close(t);
}

static void questions_are_answered(void **state)
{
	struct term *t =
		start(6, 40, "stty -icanon -echo min 1; printf 'abc\\033[6n'; exec cat -v");

	(void)state;
	assert_int_equal(term_wait_text(t, "abc^[[1;4R", TERM_WAIT_MS), 0);
	term_close(t);
}

static void size_reaches_the_program(void **state)
{
	struct term *t =
		start(10, 40, "trap 'stty size' WINCH; stty size; while :; do read a; done");

	(void)state;
	assert_int_equal(term_wait_text(t, "10 40", TERM_WAIT_MS), 0);
	assert_int_equal(term_resize(t, 12, 33), 0);
	assert_int_equal(term_wait_text(t, "12 33", TERM_WAIT_MS), 0);
	assert_int_equal(term_rows(t), 12);
	assert_int_equal(term_cols(t), 33);
	assert_int_equal(term_resize(t, 0, 0), 0);
	assert_int_equal(term_wait_text(t, "0 0", TERM_WAIT_MS), 0);
	assert_int_equal(term_rows(t), 12);
	term_close(t);
}

static void any_size_is_survived(void **state)
{
	static const int sizes[][2] = { { 1, 1 }, { 200, 500 }, { 5, 20 }, { 45, 160 }, { 2, 1 } };
	struct term *t =
		start(24, 80,
		      "printf '\\033[?1049h'; while :; do printf 'x\\344\\275\\240\\033[20b"
		      "\\033[99;99H\\n\\033[H'; read -r a; done");

	(void)state;
	for (int i = 0; i < 500; i++) {
		const int *size = sizes[i % 5];

		assert_int_equal(term_resize(t, size[0], size[1]), 0);
		assert_int_equal(term_keys(t, "\r"), 0);
		assert_int_equal(term_idle(t, 1), 0);
		assert_int_equal(term_cols(t), size[1]);
	}
	assert_true(term_bytes(t) > 500);
	term_close(t);
}

static void output_has_a_time(void **state)
{
	uint64_t began = clock_ns(CLOCK_MONOTONIC), first;
	struct term *t = start(24, 80, "echo one; read -r a; echo two; read -r a");

	(void)state;
	assert_true(term_output_ns(t) == 0);
	assert_int_equal(term_wait_text(t, "one", TERM_WAIT_MS), 0);
	first = term_output_ns(t);
	assert_true(first >= began && first <= clock_ns(CLOCK_MONOTONIC));
	assert_int_equal(term_idle(t, 5), 0);
	assert_true(term_output_ns(t) == first);
	began = clock_ns(CLOCK_MONOTONIC);
	assert_int_equal(term_keys(t, "\r"), 0);
	assert_int_equal(term_wait_text(t, "two", TERM_WAIT_MS), 0);
	assert_true(term_output_ns(t) >= began);
	term_close(t);
}

static void attributes_of_the_line(void **state)
{
	struct term *t =
		start(4, 20, "stty raw -echo; printf raw; head -c 1; stty sane; printf end");
	struct termios before, after;

	(void)state;
	assert_int_equal(term_wait_text(t, "raw", TERM_WAIT_MS), 0);
	assert_int_equal(term_tty_attributes(t, &before), 0);
	assert_int_equal(before.c_lflag & (ICANON | ECHO), 0);
	assert_int_equal(term_keys(t, "x"), 0);
	assert_int_equal(term_exit(t, TERM_WAIT_MS, NULL), 0);
	assert_int_equal(term_tty_attributes(t, &after), 0);
	assert_int_equal(after.c_lflag & (ICANON | ECHO), ICANON | ECHO);
	assert_true(term_shows(t, "end"));
	term_close(t);
}

static void hangup_reaches_the_program(void **state)
{
	void (*inherited)(int) = signal(SIGHUP, SIG_IGN); /* as under nohup: must not pass on */
	struct term *t = start(4, 20, "printf up; read a");
	int wstatus = 0;

	(void)state;
	signal(SIGHUP, inherited);
	assert_int_equal(term_wait_text(t, "up", TERM_WAIT_MS), 0);
	term_hangup(t);
	assert_int_equal(term_exit(t, TERM_WAIT_MS, &wstatus), 0);
	assert_true(WIFSIGNALED(wstatus));
	assert_int_equal(WTERMSIG(wstatus), SIGHUP);
	assert_string_equal(term_row(t, 0), "up");
	assert_int_equal(term_keys(t, "x"), -EPIPE);
	term_close(t);

	t = start(4, 20, "trap '' HUP; printf up; read a; exit 7");
	assert_int_equal(term_wait_text(t, "up", TERM_WAIT_MS), 0);
	term_hangup(t);
	assert_int_equal(term_exit(t, TERM_WAIT_MS, &wstatus), 0);
	assert_true(WIFEXITED(wstatus));
	assert_int_equal(WEXITSTATUS(wstatus), 7);
	term_close(t);
}

/* Points stderr at a memory file. Returns it, and what stderr was in *saved. */
static int divert_stderr(int *saved)
{
	int file = memfd_create("stderr", MFD_CLOEXEC);

	assert_true(file >= 0);
	fflush(stderr);
	*saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	assert_true(dup2(file, STDERR_FILENO) >= 0);
	return file;
}

static void restore_stderr(int file, int saved, char *text, size_t size)
{
	ssize_t n;

	fflush(stderr);
	dup2(saved, STDERR_FILENO);
	close(saved);
	n = pread(file, text, size - 1, 0);
	text[n < 0 ? 0 : n] = '\0';
	close(file);
}

static void waiting_in_vain_ends(void **state)
{
	struct term *t = start(3, 20, "printf here; read a");
	char text[4096];
	int saved, file = divert_stderr(&saved);
	int late, unquiet, gone;

	(void)state;
	late = term_wait_text(t, "elsewhere", 100);
	unquiet = term_wait_quiet(t, 5000, 50);
	kill(term_pid(t), SIGKILL);
	gone = term_wait_text(t, "elsewhere", TERM_WAIT_MS);
	restore_stderr(file, saved, text, sizeof(text));
	assert_int_equal(late, -ETIMEDOUT);
	assert_int_equal(unquiet, -ETIMEDOUT);
	assert_int_equal(gone, -EPIPE);
	assert_non_null(strstr(text, "elsewhere"));
	assert_non_null(strstr(text, "\nhere\n"));
	term_close(t);
}

static void a_torn_frame_is_not_taken(void **state)
{
	const struct term_options options = { .rows = 3, .cols = 20 };
	char *argv[] = { *state, TORN_WRITER, NULL };
	struct term *t = term_start(&options, argv);

	assert_non_null(t);
	for (int i = 0; i < 5; i++) {
		char begin[32], end[32];

		snprintf(begin, sizeof(begin), "begin %d", i);
		snprintf(end, sizeof(end), "end %d", i);
		assert_int_equal(term_wait_text(t, begin, TERM_WAIT_MS), 0);
		assert_true(term_shows(t, end));
		assert_int_equal(term_keys(t, "\r"), 0);
	}
	finish(t);
}

static int write_torn_frames(void)
{
	for (int i = 0; i < 5; i++) {
		dprintf(STDOUT_FILENO, "\033[2J\033[Hbegin %d", i);
		poll(NULL, 0, TERM_SETTLED_MS / 3);
		dprintf(STDOUT_FILENO, "\r\nend %d", i);
		if (getchar() == EOF)
			return 1;
	}
	return 0;
}

static void all_output_is_read(void **state)
{
	struct term *t = start(3, 20, "seq 1 20000; exit 3");
	int wstatus = 0;

	(void)state;
	assert_int_equal(term_exit(t, TERM_WAIT_MS, &wstatus), 0);
	assert_int_equal(WEXITSTATUS(wstatus), 3);
	assert_string_equal(term_row(t, 1), "20000");
	assert_true(term_bytes(t) == 108894 + 20000); /* a carriage return each line */
	term_close(t);
}

static void environment_is_known(void **state)
{
	const char *env[] = { "STALL=a=b", "HOME", NULL };
	const struct term_options options = { .rows = 3, .cols = 60, .name = "vt220", .env = env };
	char *argv[] = { "sh", "-c", "echo $TERM $LANG [$LC_ALL$NO_COLOR] $STALL [${HOME-none}]",
			 NULL };
	struct term *t;

	(void)state;
	setenv("LC_ALL", "C", 1);
	setenv("NO_COLOR", "1", 1);
	t = term_start(&options, argv);
	unsetenv("LC_ALL");
	unsetenv("NO_COLOR");
	assert_non_null(t);
	assert_int_equal(term_wait_quiet(t, TERM_SETTLED_MS, TERM_WAIT_MS), 0);
	assert_int_equal(term_exit(t, TERM_WAIT_MS, NULL), 0);
	assert_string_equal(term_row(t, 0), "vt220 C.UTF-8 [] a=b [none]");
	term_close(t);
}

static void no_program_no_terminal(void **state)
{
	const struct term_options options = { .rows = 3, .cols = 20 };
	char *argv[] = { "/nonexistent/program", NULL };

	(void)state;
	errno = 0;
	assert_null(term_start(&options, argv));
	assert_int_equal(errno, ENOENT);
}

static void close_leaves_no_process(void **state)
{
	struct term *t = start(3, 20, "trap '' HUP TERM; printf up; while :; do read a; done");
	pid_t pid = term_pid(t);

	(void)state;
	assert_int_equal(term_wait_text(t, "up", TERM_WAIT_MS), 0);
	assert_int_equal(kill(pid, 0), 0);
	term_close(t);
	assert_int_equal(kill(pid, 0), -1);
	assert_int_equal(errno, ESRCH);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_found_by_cell),
		cmocka_unit_test(rows_stay_valid_for_eight_calls),
		cmocka_unit_test(colours_and_attributes),
		cmocka_unit_test(modes_cursor_and_title),
		cmocka_unit_test(repeat_keeps_the_next_character),
		cmocka_unit_test(keys_and_clicks_arrive),
		cmocka_unit_test(questions_are_answered),
		cmocka_unit_test(size_reaches_the_program),
		cmocka_unit_test(any_size_is_survived),
		cmocka_unit_test(output_has_a_time),
		cmocka_unit_test(attributes_of_the_line),
		cmocka_unit_test(hangup_reaches_the_program),
		cmocka_unit_test(waiting_in_vain_ends),
		cmocka_unit_test_prestate(a_torn_frame_is_not_taken, argv[0]),
		cmocka_unit_test(all_output_is_read),
		cmocka_unit_test(environment_is_known),
		cmocka_unit_test(no_program_no_terminal),
		cmocka_unit_test(close_leaves_no_process),
	};

	if (argc > 1 && strcmp(argv[1], TORN_WRITER) == 0)
		return write_torn_frames();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
