/*
 * ui/prompt: the line that a person types at the bottom: a delay, a search, a filter, a user, a
 * nice value. What is typed acts at once where it can; Esc takes it back. Enter with what cannot be
 * taken says why and leaves the line to be changed.
 */
#ifndef STALLTOP_UI_PROMPT_H
#define STALLTOP_UI_PROMPT_H

#include <stdbool.h>

#include "model/model.h"
#include "ui/canvas.h"
#include "ui/view.h"

void prompt_open(struct view *view, const struct model *model, enum prompt_id id);

/* A key while a prompt is open. True when something changed. */
bool prompt_key(struct view *view, struct model *model, int key);

void prompt_draw(struct canvas *canvas, struct rect line, const struct view *view,
		 const struct model *model);

#endif
