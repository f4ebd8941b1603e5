/*
 * ui/layout: which panes there are and where, for a size of the screen. A pure function.
 *
 * 80x24 is the smallest full layout. Below it panes give way in a fixed order, named in layout.c;
 * wider screens put panes side by side in three columns, taller ones stack more tables.
 */
#ifndef STALLTOP_UI_LAYOUT_H
#define STALLTOP_UI_LAYOUT_H

#include <stdbool.h>

#include "ui/canvas.h"
#include "ui/view.h"

struct layout {
	struct rect header; /* rows 0: not shown */
	struct rect verdict;
	struct rect strip; /* of a recording: rows 0: not shown */
	struct rect key_bar;
	struct rect body; /* what the panes share; rows may be 0 */
	struct rect pane[PANE_COUNT]; /* rows 0: not shown. */
	bool shown; /* there is room for a pane at all */
	bool tabs; /* one table shows, chosen by view->tab; its rect is pane[PANE_TOP + tab] */
};

void layout_compute(struct layout *layout, int rows, int columns, const struct view *view,
		    unsigned cpus);

#endif
