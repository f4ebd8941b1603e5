/*
 * ui/action: what the keys do to view and model.
 */
#ifndef STALLTOP_UI_ACTION_H
#define STALLTOP_UI_ACTION_H

#include <stdbool.h>

#include "model/model.h"
#include "ui/keys.h"
#include "ui/view.h"

/*
 * Does it, on a screen of so many rows and columns, with no help page over it. True when something
 * changed.
 */
bool action_run(struct view *view, struct model *model, int rows, int columns, enum action action);

/* Puts the focus on a pane; a zoomed screen shows that one then. */
void action_focus(struct view *view, enum pane_id id);

/* The rows that an action scrolls by, downwards; 0 when it does not scroll. */
int action_scroll_step(const struct view *view, enum action action);

/* Adds a step to the first row that shows, and keeps it from going below 0. */
void action_scroll(int *scroll, int step);

#endif
