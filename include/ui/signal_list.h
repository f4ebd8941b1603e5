/*
 * ui/signal_list: the list of signals over the panes, and the question before one is sent. The view only
 * asks for it (view->act): the app sends it, after it has looked whether it is still that process.
 */
#ifndef STALLTOP_UI_SIGNAL_LIST_H
#define STALLTOP_UI_SIGNAL_LIST_H

#include <stdbool.h>

#include "model/model.h"
#include "ui/canvas.h"
#include "ui/view.h"

/* Takes the selected process as the target of an act. False, with a message, when there is none. */
bool signal_list_target(struct view *view, const struct model *model);

/* Opens the list. */
bool signal_list_open(struct view *view, const struct model *model);

/* A key while the list or the question shows. */
bool signal_list_key(struct view *view, int key);
void signal_list_draw(struct canvas *canvas, struct rect area, const struct view *view);

/* How many signals it has. */
int signal_list_count(void);

/* "TERM"; NULL for a number that the list does not have. */
const char *signal_list_name(int signal);

#endif
