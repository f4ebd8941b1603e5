/*
 * ui/draw: what panes are made of: frames, bars, labelled numbers.
 *
 * Each has a form for a UTF-8 terminal and one for ASCII, chosen by canvas->ascii.
 */
#ifndef STALLTOP_UI_DRAW_H
#define STALLTOP_UI_DRAW_H

#include "model/alert.h"
#include "ui/canvas.h"

/*
 * A rounded frame with a title in its top edge, "╭─ CPU 2 ───╮"; "+-|" in ASCII. Inside: one cell less
 * on each side; what is there stays. title may be NULL.
 */
void draw_frame(struct canvas *canvas, struct rect area, const char *title, bool focus);
/*
 * Text in the top edge, ended two columns before the right corner: "── 37.2% ─╮". Left out when it
 * does not fit beside what the edge already holds. Returns its column, or -1.
 */
int draw_frame_note(struct canvas *canvas, struct rect area, enum style style, const char *text);
/* The same for a text that is a metric's number. */
void draw_frame_number(struct canvas *canvas, struct rect area, enum style style, const char *text,
		       unsigned metric);

/* A bar of `columns` columns, filled to `share` (0 to 1; NAN draws an empty track). */
void draw_bar(struct canvas *canvas, int row, int column, int columns, double share,
	      enum style style);

/* Says in place of what would stand there that the screen has no room for it. */
void draw_too_small(struct canvas *canvas, struct rect area);

/*
 * A dim label, a blank and a value, before the column `end`; returns the column behind it. A pair that
 * does not fit whole is left out, since a number cut short is another number: column is returned.
 */
int draw_pair(struct canvas *canvas, int row, int column, int end, const char *label,
	      enum style style, const char *value);

/* The colour and the mark ("", "!", "!!") of a level. */
enum style level_style(enum level level, enum style ok);
const char *level_mark(enum level level);

#endif
