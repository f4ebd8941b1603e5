/* The screen and its terminal: how it is taken, left and refused, and its keys. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <cmocka.h>

#include "screen_child.h"
#include "screen_run.h"
#include "ui/screen.h"

static void takes_the_terminal_and_gives_it_back(void **state)
{
	struct term *t = screen_open_plain();
	struct termios now;

	(void)state;
	assert_true(term_altscreen(t));
	assert_false(term_cursor_visible(t));
	assert_false(term_shows(t, "ready"));
	assert_int_equal(term_tty_attributes(t, &now), 0);
	assert_false(now.c_lflag & (ECHO | ICANON));
	assert_true(now.c_lflag & ISIG);
	assert_true(term_shows(t, "24x80 depth 3 signals kept"));
	screen_finish(t);
}

static void stops_and_goes_on(void **state)
{
	struct term *t = screen_open_plain();

	(void)state;
	term_keys(t, "s");
	assert_int_equal(term_wait_text(t, "suspended", TERM_WAIT_MS), 0);
	screen_assert_left(t);
	term_keys(t, "\n");
	assert_int_equal(term_wait_text(t, "changed", TERM_WAIT_MS), 0);
	assert_int_equal(term_tty_attributes(t, &screen_modes_before), 0);
	assert_int_equal(screen_modes_before.c_cc[VKILL], 'K');
	assert_int_equal(term_resize(t, 12, 60), 0);
	term_keys(t, "\n");
	assert_int_equal(term_wait_text(t, "12x60 depth", TERM_WAIT_MS), 0);
	assert_true(term_altscreen(t));
	assert_false(term_cursor_visible(t));
	assert_false(term_shows(t, "suspended"));
	screen_press(t, 'k', "key 6b");
	screen_finish(t);
}

static void crash(struct term *t)
{
	int wstatus = -1;

	term_keys(t, "c");
	assert_int_equal(term_exit(t, TERM_WAIT_MS, &wstatus), 0);
	assert_true(WIFSIGNALED(wstatus));
	assert_int_equal(WTERMSIG(wstatus), SIGSEGV);
	screen_assert_left(t);
}

static void a_crash_leaves_the_terminal_as_found(void **state)
{
	struct term *t = screen_open_plain();

	(void)state;
	crash(t);
	assert_true(term_shows(t, "ready"));
	term_close(t);
}

/* Leaving an alternate screen brings the cursor back; here nothing but cnorm does. */
static void a_crash_without_alternate_screen(void **state)
{
	struct term *t = screen_open_on(&(struct term_options){ .name = "linux" }, "c");
	int row, col;

	(void)state;
	assert_false(term_altscreen(t));
	assert_false(term_cursor_visible(t));
	screen_press(t, 'k', "key 6b"); /* the cursor is up there now */
	crash(t);
	term_cursor(t, &row, &col);
	assert_int_equal(row, 23);
	term_close(t);
}

static void a_line_that_drops_stops_nothing(void **state)
{
	struct term *t = screen_open_plain();
	int wstatus = -1;

	(void)state;
	term_hangup(t);
	assert_int_equal(term_exit(t, TERM_WAIT_MS, &wstatus), 0);
	assert_true(WIFEXITED(wstatus));
	assert_int_equal(WEXITSTATUS(wstatus), 1);
	term_close(t);
}

static void assert_key(struct term *t, int key)
{
	char expected[32];

	snprintf(expected, sizeof(expected), "key %x", (unsigned)key);
	assert_int_equal(term_wait_text(t, expected, TERM_WAIT_MS), 0);
	assert_string_equal(term_row(t, 1), expected);
}

static void keys_have_names(void **state)
{
	static const struct {
		VTermKey key;
		int code;
	} keys[] = {
		{ VTERM_KEY_UP, SCREEN_KEY_UP },
		{ VTERM_KEY_DOWN, SCREEN_KEY_DOWN },
		{ VTERM_KEY_LEFT, SCREEN_KEY_LEFT },
		{ VTERM_KEY_RIGHT, SCREEN_KEY_RIGHT },
		{ VTERM_KEY_PAGEUP, SCREEN_KEY_PAGE_UP },
		{ VTERM_KEY_PAGEDOWN, SCREEN_KEY_PAGE_DOWN },
		{ VTERM_KEY_HOME, SCREEN_KEY_HOME },
		{ VTERM_KEY_END, SCREEN_KEY_END },
		{ VTERM_KEY_DEL, SCREEN_KEY_DELETE },
		{ VTERM_KEY_FUNCTION(1), SCREEN_KEY_F1 },
		{ VTERM_KEY_FUNCTION(4), SCREEN_KEY_F1 + 3 },
		{ VTERM_KEY_FUNCTION(5), SCREEN_KEY_F1 + 4 },
		{ VTERM_KEY_FUNCTION(10), SCREEN_KEY_F10 },
		{ VTERM_KEY_FUNCTION(11), SCREEN_KEY_OTHER },
		{ VTERM_KEY_ENTER, SCREEN_KEY_ENTER },
		{ VTERM_KEY_TAB, '\t' },
	};
	struct term *t = screen_open_plain();

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		term_key(t, keys[i].key);
		assert_key(t, keys[i].code);
	}
	screen_finish(t);
}

static void keys_by_their_bytes(void **state)
{
	static const struct {
		const char *bytes;
		int code;
	} keys[] = {
		{ "z", 'z' },
		{ "\033", SCREEN_KEY_ESCAPE },
		{ " ", ' ' },
		{ "\r", SCREEN_KEY_ENTER },
		{ "\x7f", SCREEN_KEY_BACKSPACE },
		{ "z", 'z' },
		{ "\b", SCREEN_KEY_BACKSPACE },
		{ "\033[Z", SCREEN_KEY_BACKTAB },
		{ "\033[1~", SCREEN_KEY_HOME },
		{ "\033[4~", SCREEN_KEY_END },
		{ "\033[A", SCREEN_KEY_UP },
		{ "\033[B", SCREEN_KEY_DOWN },
		{ "\x0c", 0x0c },
		{ "\xc3\xa9", 0xe9 },
		{ "\xe4\xb8\xad", 0x4e2d },
	};
	struct term *t = screen_open_plain();

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		term_keys(t, keys[i].bytes);
		assert_key(t, keys[i].code);
	}
	term_keys(t, "\xff");
	assert_int_equal(term_wait_quiet(t, TERM_SETTLED_MS, TERM_WAIT_MS), 0);
	screen_finish(t);
}

static void refused(const char *name, const char *unset, const char *line)
{
	const char *const env[] = { unset, NULL };
	const struct term_options options = { .name = name, .env = env, .cols = 100 };
	struct term *t = screen_start(&options, "c");
	uint64_t before = term_bytes(t);
	int wstatus = -1;

	term_keys(t, "\n");
	assert_int_equal(term_wait_text(t, line, TERM_WAIT_MS), 0);
	assert_int_equal(term_exit(t, TERM_WAIT_MS, &wstatus), 0);
	assert_int_equal(WEXITSTATUS(wstatus), 3);
	/* The line, its end, and the echo: nothing was sent to set up a screen. */
	assert_in_range(term_bytes(t) - before, strlen(line), strlen(line) + 4);
	screen_assert_left(t);
	term_close(t);
}

static void terminals_that_cannot_are_refused(void **state)
{
	(void)state;
	refused(NULL, "TERM", "[TERM is not set; use -b to print rows]");
	refused(NULL, "TERM=", "[TERM is not set; use -b to print rows]");
	refused("no-such-terminal", NULL,
		"[unknown terminal type \"no-such-terminal\" in TERM; use -b to print rows]");
	refused("dumb", NULL,
		"[a terminal of type \"dumb\" cannot show a screen; use -b to print rows]");
	refused("evil\033[31m", NULL,
		"[unknown terminal type \"evil\xef\xbf\xbd[31m\" in TERM; use -b to print rows]");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_the_terminal_and_gives_it_back),
		cmocka_unit_test(stops_and_goes_on),
		cmocka_unit_test(a_crash_leaves_the_terminal_as_found),
		cmocka_unit_test(a_crash_without_alternate_screen),
		cmocka_unit_test(a_line_that_drops_stops_nothing),
		cmocka_unit_test(keys_have_names),
		cmocka_unit_test(keys_by_their_bytes),
		cmocka_unit_test(terminals_that_cannot_are_refused),
	};

	if (argc == 3 && strcmp(argv[1], SCREEN_CHILD) == 0)
		return screen_child(argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
