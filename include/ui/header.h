/*
 * ui/header: the line at the top: the machine, its load and tasks, and what stalltop itself does.
 *
 * The parts give way in a fixed order where the screen is narrow: up, zombies, running, what a sample
 * and a context switch cost, interval, clock, source, tasks, host, tasks in D and lost records, load.
 * The name stays, and what tells that this is not simply now: REPLAY, AGO, PAUSED, SINCE.
 */
#ifndef STALLTOP_UI_HEADER_H
#define STALLTOP_UI_HEADER_H

#include "model/model.h"
#include "ui/canvas.h"
#include "ui/view.h"

/* From this width on the lines above the panes write their words out. */
#define HEADER_LONG_COLUMNS 120

void header_draw(struct canvas *canvas, struct rect line, const struct model *model,
		 const struct view *view, const struct frame *frame);

#endif
