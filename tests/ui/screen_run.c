#include "screen_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/wait.h>
#include <cmocka.h>

#include "screen_child.h"

struct termios screen_modes_before;

/* Starts the child and leaves it before it takes the terminal. */
struct term *screen_start(const struct term_options *options, const char *letters)
{
	char *argv[] = { "/proc/self/exe", SCREEN_CHILD, (char *)letters, NULL };
	struct term *t = term_start(options, argv);

	assert_non_null(t);
	assert_int_equal(term_wait_text(t, "ready", TERM_WAIT_MS), 0);
	assert_int_equal(term_tty_attributes(t, &screen_modes_before), 0);
	return t;
}

struct term *screen_open_on(const struct term_options *options, const char *letters)
{
	struct term *t = screen_start(options, letters);

	term_keys(t, "\n");
	assert_int_equal(term_wait_text(t, " depth ", TERM_WAIT_MS), 0);
	return t;
}

struct term *screen_open_plain(void)
{
	return screen_open_on(&(struct term_options){ 0 }, "c");
}

void screen_press(struct term *t, char key, const char *answer)
{
	const char keys[] = { key, '\0' };

	term_keys(t, keys);
	assert_int_equal(term_wait_text(t, answer, TERM_WAIT_MS), 0);
}

void screen_assert_left(struct term *t)
{
	struct termios now;

	assert_false(term_altscreen(t));
	assert_true(term_cursor_visible(t));
	assert_int_equal(term_mouse(t), VTERM_PROP_MOUSE_NONE);
	assert_int_equal(term_tty_attributes(t, &now), 0);
	assert_int_equal(now.c_iflag, screen_modes_before.c_iflag);
	assert_int_equal(now.c_oflag, screen_modes_before.c_oflag);
	assert_int_equal(now.c_cflag, screen_modes_before.c_cflag);
	assert_int_equal(now.c_lflag, screen_modes_before.c_lflag);
	assert_memory_equal(now.c_cc, screen_modes_before.c_cc, sizeof(now.c_cc));
}

void screen_end(struct term *t, const char *keys)
{
	int wstatus = -1;

	term_keys(t, keys);
	assert_int_equal(term_exit(t, TERM_WAIT_MS, &wstatus), 0);
	assert_true(WIFEXITED(wstatus));
	assert_int_equal(WEXITSTATUS(wstatus), 0);
	term_close(t);
}

void screen_finish(struct term *t)
{
	screen_press(t, CHILD_QUIT, "closed");
	screen_assert_left(t);
	assert_true(term_shows(t, "ready"));
	assert_false(term_shows(t, " depth "));
	screen_end(t, "\n");
}
