/*
 * ui/terminal: the terminal below ncurses: whether a screen can be drawn on it at all, and how it is
 * put back by a signal handler, where ncurses cannot be asked.
 *
 * The bytes that leave the screen and the terminal's modes lie ready in static memory from
 * terminal_arm() to terminal_disarm(): a signal handler has no other place to find them. That is the
 * one mutable global of the program beside the handlers' flags, and there is one terminal.
 *
 * Sources: terminfo(5) (rmcup, cnorm, sgr0, rmkx, kmous), signal-safety(7), termios(3), xterm's
 * ctlseqs (1000, 1006).
 */
#ifndef STALLTOP_UI_TERMINAL_H
#define STALLTOP_UI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/*
 * 0 when fds 0 and 1 are a terminal whose TERM can place the cursor. Else -ENOTTY or -EOPNOTSUPP, and
 * one line in why that names -b. Leaves no terminal open in terminfo.
 */
int terminal_check(char *why, size_t cap);

/*
 * From here on terminal_restore_raw() works. before: the modes to go back to; rows: where the bottom
 * is. Uses terminfo's current terminal.
 */
void terminal_arm(const struct termios *before, int rows);
void terminal_disarm(void);

/*
 * Asks the terminal to report the mouse, or no more. Nothing is sent to one that has none by its
 * terminfo. Uses terminfo's current terminal; what ncurses has not written yet comes after it.
 */
void terminal_mouse(bool on);

/*
 * Makes all rows the scrolling region, and moves the cursor: ncurses must be about to clear. It sets the
 * 24 rows that it is told of at first, and below them some terminals do not delete characters.
 */
void terminal_scroll_all(int rows);

/* Async-signal-safe, and once only: does nothing when not armed. errno stays. */
void terminal_restore_raw(void);

#endif
