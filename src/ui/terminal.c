#include "ui/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NCURSES_NOMACROS
#include <curses.h>
#include <term.h>

#include "base/text.h"

#define HINT "use -b to print rows"

/* See the header: what terminal_restore_raw() needs, whole whenever armed is set. */
static struct {
	volatile sig_atomic_t armed;
	struct termios before;
	size_t len;
	char leave[256];
} way_out;

static const char *capability(const char *name)
{
	const char *value = tigetstr(name);

	return value == (const char *)-1 ? NULL : value;
}

/* Whether the terminal of that name can place the cursor: 0, or what setupterm() found wrong. */
static int look_up(const char *name, bool *found, bool *places_cursor)
{
	int error = 0;

	*found = *places_cursor = false;
	if (setupterm(name, STDOUT_FILENO, &error) != OK) {
		*found = error == 1; /* known, and prints on paper */
		return -EOPNOTSUPP;
	}
	*found = true;
	*places_cursor = capability("cup") != NULL;
	del_curterm(cur_term);
	return *places_cursor ? 0 : -EOPNOTSUPP;
}

int terminal_check(char *why, size_t cap)
{
	const char *term = getenv("TERM");
	bool found, places_cursor;
	char name[64];
	int error;

	for (int fd = STDIN_FILENO; fd <= STDOUT_FILENO; fd++) {
		if (isatty(fd))
			continue;
		snprintf(why, cap, "standard %s is not a terminal; " HINT,
			 fd == STDIN_FILENO ? "input" : "output");
		return -ENOTTY;
	}
	if (!term || !*term) {
		snprintf(why, cap, "TERM is not set; " HINT);
		return -EOPNOTSUPP;
	}
	text_clean(name, sizeof(name), term, strlen(term));
	error = look_up(term, &found, &places_cursor);
	if (!found)
		snprintf(why, cap, "unknown terminal type \"%s\" in TERM; " HINT, name);
	else if (!places_cursor)
		snprintf(why, cap, "a terminal of type \"%s\" cannot show a screen; " HINT, name);
	return error;
}

/*
 * Presses with their coordinates as numbers, which reach beyond column 223. ncurses' own mousemask()
 * goes by terminfo, where tmux and screen have the old form only, and their terminals the new one. One
 * mode a sequence: some terminals take only the first of several.
 */
#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"

static bool reports_mouse(void)
{
	return capability("kmous") != NULL;
}

void terminal_mouse(bool on)
{
	const char *modes = on ? MOUSE_ON : MOUSE_OFF;
	ssize_t written;

	if (!reports_mouse())
		return;
	written = write(STDOUT_FILENO, modes, strlen(modes));
	(void)written; /* a terminal that is gone is noticed elsewhere */
}

void terminal_scroll_all(int rows)
{
	const char *csr = capability("csr");
	ssize_t written;

	if (!csr)
		return;
	csr = tiparm(csr, 0, rows - 1);
	written = write(STDOUT_FILENO, csr, strlen(csr));
	(void)written; /* as above */
}

/* Adds a capability without its padding, "$<5>", or leaves it out whole. */
static void add_capability(const char *value)
{
	size_t len = way_out.len;

	for (; value && *value; value++) {
		const char *end = strncmp(value, "$<", 2) == 0 ? strchr(value, '>') : NULL;

		if (end) {
			value = end;
			continue;
		}
		if (len == sizeof(way_out.leave))
			return;
		way_out.leave[len++] = *value;
	}
	way_out.len = len;
}

void terminal_arm(const struct termios *before, int rows)
{
	const char *cup = capability("cup");

	terminal_disarm();
	way_out.before = *before;
	way_out.len = 0;
	/* CAN ends a sequence of which the signal let only the first half out. */
	add_capability("\030");
	if (reports_mouse())
		add_capability(MOUSE_OFF);
	add_capability(capability("sgr0"));
	add_capability(capability("op"));
	if (cup)
		add_capability(tiparm(cup, rows - 1, 0));
	add_capability(capability("rmkx"));
	add_capability(capability("rmcup"));
	add_capability(capability("cnorm"));
	atomic_signal_fence(memory_order_release);
	way_out.armed = 1;
}

void terminal_disarm(void)
{
	way_out.armed = 0;
	atomic_signal_fence(memory_order_acquire);
}

void terminal_restore_raw(void)
{
	int error = errno, flags;
	ssize_t written;

	if (!way_out.armed)
		return;
	way_out.armed = 0;
	/* A line that hangs must not hold up the end. The flag is the shell's too: it goes back. */
	flags = fcntl(STDOUT_FILENO, F_GETFL);
	fcntl(STDOUT_FILENO, F_SETFL, flags | O_NONBLOCK);
	written = write(STDOUT_FILENO, way_out.leave, way_out.len);
	(void)written; /* nobody is left to tell */
	fcntl(STDOUT_FILENO, F_SETFL, flags);
	tcsetattr(STDOUT_FILENO, TCSANOW, &way_out.before);
	errno = error;
}
