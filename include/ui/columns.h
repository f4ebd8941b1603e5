/*
 * ui/columns: the list in which a person chooses the columns of a zoomed table and their order. What
 * is done there acts at once. The process id is always there; the name is always the last.
 */
#ifndef STALLTOP_UI_COLUMNS_H
#define STALLTOP_UI_COLUMNS_H

#include <stdbool.h>

#include "model/model.h"
#include "ui/canvas.h"
#include "ui/view.h"

/* Opens the list for the zoomed table, with the columns that it has on a screen of such a width. */
void columns_open(struct view *view, const struct model *model, int screen_columns);
bool columns_key(struct view *view, const struct model *model, int screen_columns, int key);
void columns_draw(struct canvas *canvas, struct rect area, const struct view *view);

#endif
