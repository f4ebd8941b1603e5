/*
 * Test support: a program in a real pseudo-terminal, and what its screen then shows.
 *
 * term_start() runs the program with its own session and controlling terminal; libvterm 0.1.4 plays
 * the terminal at the other end. Output is read only inside the calls below that take a time-out,
 * so a screen does not change between two looks at it. Nothing sleeps: every wait is a poll() with a
 * deadline on CLOCK_MONOTONIC.
 *
 * Rows and columns count from 0. Times are milliseconds. Errors are -errno.
 * A struct term owns the child, the descriptors and every string it returns; the caller owns the
 * struct until term_close().
 * Sources: pty(7), pidfd_open(2), vterm.h; faults of libvterm in term_filter.h.
 */
#ifndef TESTS_SUPPORT_TERM_H
#define TESTS_SUPPORT_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>
#include <termios.h>
#include <vterm.h>

#define TERM_WAIT_MS 10000 /* a deadline for anything that should happen at once */
#define TERM_SETTLED_MS 30 /* a screen without output for that long is whole, not a torn frame */

struct term;

struct term_options {
	int rows, cols; /* 0: 24, 80 */
	bool unsized; /* tells the program 0x0, as a serial line does */
	const char *name; /* TERM; NULL: xterm-256color */
	/*
	 * "K=V" sets, "K" unsets; NULL or ended by NULL. Applied last, over TERM, LANG=C.UTF-8 and
	 * an environment freed of what would change a screen (LC_*, LINES, COLUMNS, NO_COLOR...).
	 */
	const char *const *env;
};

/* Life. term_start() returns NULL and sets errno, that of execvp() included. */
struct term *term_start(const struct term_options *, char *const argv[]);
void term_close(struct term *); /* kills the program if it still runs; NULL is fine */
void term_hangup(struct term *); /* the line drops; only term_exit() and looking make sense then */
pid_t term_pid(const struct term *);
/* Waits for the program's end and reads its last output. wstatus as in waitpid(2), or NULL. */
int term_exit(struct term *, int timeout_ms, int *wstatus);

/*
 * Waiting. All return 0, or -ETIMEDOUT having printed the screen to stderr, or -EPIPE (printed too)
 * when the program is gone and its last screen is not the wanted one. term_wait(), and the two made
 * from it, also want the screen to have settled: the condition holds before and after
 * TERM_SETTLED_MS of quiet.
 */
typedef bool term_condition(struct term *, void *arg);
int term_wait(struct term *, term_condition *, void *arg, int timeout_ms);
int term_wait_text(struct term *, const char *text, int timeout_ms);
int term_wait_gone(struct term *, const char *text, int timeout_ms);
int term_wait_quiet(struct term *, int quiet_ms, int timeout_ms);
int term_idle(struct term *, int ms); /* reads output for that long, whatever comes: 0 */

/* Input. It is queued and goes out with the next wait if the program does not read it now. */
int term_keys(struct term *, const char *bytes);
int term_key(struct term *, VTermKey);
int term_click(struct term *, int row, int col, int button); /* nothing if no mouse mode is on */
/* The kernel sends SIGWINCH. 0, 0 is told to the program, while the screen keeps its size. */
int term_resize(struct term *, int rows, int cols);

/* The screen's text, UTF-8, trailing blanks of each row cut. */
const char *term_row(struct term *, int row); /* "" outside; valid for 8 further calls */
const char *term_screen(struct term *); /* rows ended by \n; valid until the next call */
void term_print(struct term *, FILE *);
/* First place of text, which lies within one row. row and col may be NULL. */
bool term_find(struct term *, const char *text, int *row, int *col);
bool term_shows(struct term *, const char *text);

struct term_color {
	uint8_t red, green, blue; /* xterm's if 16 or above in the palette */
	bool is_default;
	int index; /* 0..255, -1 if not from the palette */
};

struct term_cell {
	char text[VTERM_MAX_CHARS_PER_CELL * 4 + 1]; /* "" if blank or a wide one's right half */
	uint32_t chars[VTERM_MAX_CHARS_PER_CELL]; /* the same, ended by 0 if shorter */
	int width; /* 1 or 2; 0 for the right half of a wide character and outside the screen */
	struct term_color fg, bg;
	bool bold, italic, underline, reverse, strike;
};

struct term_cell term_cell(struct term *, int row, int col);

/* The terminal's state. */
int term_rows(const struct term *);
int term_cols(const struct term *);
bool term_cursor_visible(const struct term *);
void term_cursor(const struct term *, int *row, int *col);
bool term_altscreen(const struct term *);
int term_mouse(const struct term *); /* VTERM_PROP_MOUSE_NONE, _CLICK, _DRAG or _MOVE */
const char *term_title(const struct term *); /* set by OSC 0 or 2; "" if none */
uint64_t term_bytes(const struct term *); /* read from the program since it started */
uint64_t
term_output_ns(const struct term *); /* when the last of them came, CLOCK_MONOTONIC; 0: none */
int term_tty_attributes(const struct term *, struct termios *); /* the program's side */

#endif
