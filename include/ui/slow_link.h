/*
 * ui/slow_link: what to send over a line that takes little. A refresh sends at most SLOW_LINK_BYTES: the
 * lines around the panes first, then panes in turn, as many as fit, each as it is now; the others stay
 * as they are and come first next time. A pane that is too much alone comes in parts, from above.
 *
 * What a key asked for is shown at once, whatever it takes.
 *
 * Attributes cost more than digits: bold values are plain here, and blanks have no colour.
 *
 * The caller owns the struct, all zero at first. Source of the costs: ncurses' tty_update.c (a gap of
 * up to six cells is written over, not jumped) and terminfo's xterm-256color.
 */
#ifndef STALLTOP_UI_SLOW_LINK_H
#define STALLTOP_UI_SLOW_LINK_H

#include <stdbool.h>

#include "ui/canvas.h"
#include "ui/view.h"

#define SLOW_LINK_BYTES 600

struct slow_link {
	struct canvas shown; /* what the terminal has, or is about to have */
	struct canvas next; /* scratch */
	int turn; /* the pane that comes first */
	int row; /* of that pane, where it goes on */
};

void slow_link_release(struct slow_link *slow);

/*
 * Takes over of a fresh drawing what may be sent now; the result is slow->shown. With `whole`, or when
 * the size changed, all of it. 0 or -ENOMEM.
 */
int slow_link_take(struct slow_link *slow, const struct canvas *fresh, const struct view *view,
		   unsigned cpus, bool whole);

/* The most bytes that it takes to make a terminal that shows `from` show `to`, of the same size. */
int slow_link_cost(const struct canvas *from, const struct canvas *to);

#endif
