/*
 * ui/pane: the panes of the screen as one const table, and what their drawings have in common.
 *
 * A pane draws itself on any area, its frame included, and leaves out what does not fit. What it
 * may write in view is named there: scroll, page_rows and listing.
 */
#ifndef STALLTOP_UI_PANE_H
#define STALLTOP_UI_PANE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/model.h"
#include "ui/canvas.h"
#include "ui/view.h"

struct pane_draw {
	struct canvas *canvas;
	const struct model *model; /* model->current is not NULL */
	const struct frame *frame;
	struct view *view;
	bool tabs; /* the table stands for all five */
	bool focus; /* on this pane */
};

struct pane {
	enum pane_id id;
	const char *name; /* for the title and the help */
	void (*draw)(const struct pane_draw *draw, enum pane_id id, struct rect area);
	void (*draw_zoomed)(const struct pane_draw *draw, enum pane_id id, struct rect area);
};

extern const struct pane panes[PANE_COUNT];

/* Draws the frame and returns what is inside: a column is left free on either side. */
struct rect pane_frame(const struct pane_draw *draw, struct rect area, const char *title);

/* Takes rows off the top of an area; fewer when it has fewer. */
struct rect pane_take(struct rect *area, int rows);

/* Text over as many rows as it needs, broken at blanks. Returns the rows taken. */
int pane_text(struct canvas *canvas, struct rect area, enum style style, const char *text);

/* The bytes of the words that fit in so many columns, 1 at least. Only plain text comes here. */
size_t pane_line_length(const char *text, int columns);

/* Says why there is nothing to show. */
void pane_reason(const struct pane_draw *draw, struct rect area, enum metric_id metric);

/*
 * For a zoomed pane that lists `count` rows of which `rows` fit: keeps view->scroll in bounds,
 * tells view how long a page is, and notes "3-40 of 99" in the frame when not all fit. Returns the
 * first.
 */
int pane_scroll(const struct pane_draw *draw, struct rect area, int count, int rows);

#endif
