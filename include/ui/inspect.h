/*
 * ui/inspect: where a number comes from: name, unit, kernel source, formula, raw values before and
 * now, interval, alert thresholds, and its history. Arrow keys go from number to number: of panes,
 * tables and header; up and down scroll a zoomed table. What it says is made by ui/inspection.
 */
#ifndef STALLTOP_UI_INSPECT_H
#define STALLTOP_UI_INSPECT_H

#include <stdbool.h>

#include "model/model.h"
#include "ui/canvas.h"
#include "ui/view.h"

void inspect_open(struct view *view);
bool inspect_key(struct view *view, int key);

/* Marks the number that is inspected and draws what there is to say, over the other half. */
void inspect_draw(struct canvas *canvas, struct rect area, struct view *view,
		  const struct model *model, const struct frame *frame);

#endif
