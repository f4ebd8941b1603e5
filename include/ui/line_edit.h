/*
 * ui/line_edit: a line that a person types and changes. Pure: no screen, no view.
 *
 * The text is UTF-8 without controls. What counts as one character is what stands in cells of its
 * own: one with width, and the marks without width that follow it. The cursor stands before a whole
 * character, or at the end. The caller owns the struct; all zeros is an empty line.
 */
#ifndef STALLTOP_UI_LINE_EDIT_H
#define STALLTOP_UI_LINE_EDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LINE_EDIT_MAX 64 /* bytes with the NUL */

struct line_edit {
	char text[LINE_EDIT_MAX];
	size_t cursor; /* in bytes */
};

/* Takes a text, cut at a whole character where it does not fit, with the cursor at its end. */
void line_edit_set(struct line_edit *line, const char *text);

/* Whether a key is a character that can be typed: no control, and something shows for it. */
bool line_edit_is_text(int key);

/* Puts a character before the cursor. False when it is no text, or does not fit any more. */
bool line_edit_insert(struct line_edit *line, int key);

/*
 * Left, Right, Home, End, Backspace, Delete, and Ctrl-A, -E (to either end), -U, -K (delete to either
 * end), -W (delete the word before the cursor). False for other keys and where nothing changes.
 */
bool line_edit_key(struct line_edit *line, int key);

/* What of a line shows in so many columns, the cursor among it. */
struct line_window {
	size_t first, end; /* bytes: [first, end) shows */
	int cursor; /* column of the cursor in the window */
	int cursor_columns; /* of the character that it stands on; 1 at the end */
};

/*
 * A line that is too long jumps by half a window, so that there is something to see on either side of
 * the cursor. Zero-width characters take no column.
 */
struct line_window line_edit_window(const struct line_edit *line, int columns);

#endif
