/*
 * Test support: ui/screen_child in a pseudo-terminal. Whatever goes wrong fails the test.
 */
#ifndef TESTS_UI_SCREEN_RUN_H
#define TESTS_UI_SCREEN_RUN_H

#include <termios.h>

#include "support/term.h"

/* The terminal's modes when the child was started: what screen_assert_left() wants to see again. */
extern struct termios screen_modes_before;

/* Starts the child and leaves it before it takes the terminal. letters as in screen_child.h. */
struct term *screen_start(const struct term_options *options, const char *letters);
/* The same, with the screen taken and drawn. */
struct term *screen_open_on(const struct term_options *options, const char *letters);
struct term *screen_open_plain(void); /* 24x80, xterm-256color, coloured */

/* Sends a key and waits for its answer. */
void screen_press(struct term *t, char key, const char *answer);

/* The terminal is as the child found it. */
void screen_assert_left(struct term *t);

/* Sends the keys that end the child, which has to succeed, and closes the terminal. */
void screen_end(struct term *t, const char *keys);
/* The same with CHILD_QUIT; looks at what is left behind. Not for terminals without an own screen. */
void screen_finish(struct term *t);

#endif
