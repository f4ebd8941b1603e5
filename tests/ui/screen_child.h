/*
 * Test support: a small program on ui/screen, run in a pseudo-terminal by test_screen.c. It says
 * "ready", waits for a line, takes the terminal and then does what each key asks for.
 *
 *  row 0  "24x80 depth 3 signals kept"      row 1  the last answer, "key 1b"
 *  row 2  samples of styles                 row 3  for wide characters
 *  and 'T', 'L', 'R' in the other three corners
 */
#ifndef TESTS_UI_SCREEN_CHILD_H
#define TESTS_UI_SCREEN_CHILD_H

#define SCREEN_CHILD \
	"screen-child" /* argv[1]; argv[2]: "" or of the letters c (colour), a (ascii) */

enum child_key {
	CHILD_QUIT = 'q', /* closes, says "closed", waits for a line */
	CHILD_CRASH = 'c', /* SIGSEGV, with a handler that restores the terminal */
	CHILD_SUSPEND =
		's', /* says "suspended" outside of the screen, waits for a line, changes the
				* terminal's modes, says "changed", waits for another */
	CHILD_JUNK = 'x', /* writes past ncurses, as a stray message would */
	CHILD_WHOLE = 'l', /* draws all afresh */
	CHILD_UNCHANGED = 'u', /* shows the same 100 times, then answers */
	CHILD_SCATTER = 'm', /* changes a cell in each row, answers "writes N" */
	CHILD_WIDE = 'w', /* wide characters on row 3, each time others */
};

/* Columns of the samples on row 2. */
enum child_sample {
	SAMPLE_TEXT = 0,
	SAMPLE_DIM = 5,
	SAMPLE_BADGE = 9,
	SAMPLE_CRIT = 15,
	SAMPLE_KEY = 20,
	SAMPLE_SORT = 24,
	SAMPLE_SELECTED = 29,
};

int screen_child(const char *options);

#endif
