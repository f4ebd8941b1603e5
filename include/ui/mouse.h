/*
 * ui/mouse: what a click and the wheel do, by what the last frame drew where (view->hits).
 *
 * A click puts the focus on a pane, selects a process, sorts by a heading (a second one reverses),
 * changes the table by its tab, presses a key of the key bar, chooses in a list, and while one
 * inspects goes to a number. A click on what is selected already opens it, as Enter does: the table
 * or pane is zoomed, in a tree the branch folds, a signal is chosen. The wheel scrolls what lies under
 * it; in a table that is not zoomed, which has nothing to scroll, it moves the selection.
 *
 * While a line is typed, and at the question before a signal, nothing happens.
 */
#ifndef STALLTOP_UI_MOUSE_H
#define STALLTOP_UI_MOUSE_H

#include <stdbool.h>

#include "model/model.h"
#include "ui/mouse_report.h"
#include "ui/view.h"

/* As view_key(). */
bool mouse_run(struct view *view, struct model *model, int rows, int columns,
	       const struct mouse *mouse);

#endif
