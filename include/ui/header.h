/*
 * ui/header: the lines above the panes: header and verdict.
 *
 * The parts of the header give way in a fixed order where the screen is narrow: up, zombies,
 * running, sample time, interval, clock, source, tasks, host, tasks in D. Name, load and PAUSED
 * stay.
 */
#ifndef STALLTOP_UI_HEADER_H
#define STALLTOP_UI_HEADER_H

#include "model/model.h"
#include "ui/canvas.h"
#include "ui/view.h"

void header_draw(struct canvas *canvas, struct rect line, const struct model *model,
		 const struct view *view, const struct frame *frame);
void header_draw_verdict(struct canvas *canvas, struct rect line, const struct model *model,
			 const struct view *view);

#endif
