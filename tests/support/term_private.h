/*
 * Test support: the inside of struct term, for term.c (process and input), term_wait.c
 * (output and waits) and term_screen.c (what is on the screen). Nobody else includes it.
 */
#ifndef TESTS_SUPPORT_TERM_PRIVATE_H
#define TESTS_SUPPORT_TERM_PRIVATE_H

#include "term.h"
#include "term_filter.h"

#define TERM_ROW_RING 9 /* 8 further calls leave a row's text valid */

struct term_text {
	char *bytes; /* NUL-ended once used */
	size_t len, size;
};

struct term {
	pid_t pid;
	int master; /* -1 after term_hangup() */
	int pidfd; /* -1 where the kernel has none */
	bool reaped;
	int wstatus; /* if reaped */
	bool ended; /* every holder closed the other side: no more output */
	bool no_room; /* a malloc failed in a callback */
	uint64_t bytes, output_ns;

	struct term_text input; /* not written yet */
	struct term_filter filter;
	int rows, cols;
	VTerm *vterm; /* two columns at least: see SCREEN_COLS_MIN */
	VTermScreen *screen;
	bool cursor_visible, altscreen;
	int mouse;
	char title[128];

	struct term_text ring[TERM_ROW_RING];
	size_t next;
	struct term_text whole;
	struct term_text searched; /* by term_find(), which leaves the rows above alone */
};

int term_text_append(struct term_text *, const char *bytes, size_t len); /* -ENOMEM */
int term_write_input(struct term *); /* what the line takes now; the rest stays queued */
size_t term_read_output(struct term *); /* what is there; the number of bytes, 0 if none now */
int term_reap(struct term *, int flags); /* waitpid(2) with these flags; sets reaped at the end */

#endif
