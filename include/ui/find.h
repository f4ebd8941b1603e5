/*
 * ui/find: the search that `/` begins: selects the first process whose name has what is typed in it, or
 * whose id it is. See ui/prompt, which calls these.
 */
#ifndef STALLTOP_UI_FIND_H
#define STALLTOP_UI_FIND_H

#include <stdbool.h>

#include "model/model.h"
#include "ui/view.h"

/* Gives the table the whole screen. */
void find_begin(struct view *view, const struct model *model);

/* What is typed has changed. */
void find_change(struct view *view, struct model *model);

/* Goes on to the next, step 1, or the one before, -1. */
void find_next(struct view *view, struct model *model, int step);

/* False, with why in the prompt, when nothing was found. */
bool find_accept(struct view *view, struct model *model);

/* Goes back to what showed and was selected. */
void find_cancel(struct view *view, struct model *model);

#endif
