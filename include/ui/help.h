/*
 * ui/help: the help page, over the panes: every key from key_bindings[], what colours and marks
 * mean, the bounds in force, the columns of task_columns[], words that panes show by
 * metrics[], and which source of process figures is in use and why.
 */
#ifndef STALLTOP_UI_HELP_H
#define STALLTOP_UI_HELP_H

#include "ui/canvas.h"
#include "ui/view.h"

/* Covers the area. Keeps view->help_scroll in bounds and sets view->page_rows. */
void help_draw(struct canvas *canvas, struct rect area, struct view *view,
	       const struct model *model, const struct frame *frame);

#endif
