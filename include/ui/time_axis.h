/*
 * ui/time_axis: the line below graphs, with the times of their columns.
 */
#ifndef STALLTOP_UI_TIME_AXIS_H
#define STALLTOP_UI_TIME_AXIS_H

#include <stdbool.h>

#include "model/model.h"
#include "ui/canvas.h"

struct time_axis {
	const struct model *model; /* whose history the graphs show */
	double delay_s; /* between samples that are not there yet */
	double mark_s; /* how long ago the mark was set; NAN: there is none */
	bool clock; /* times of the day, not times before now */
};

/* Draws it over the columns of the graphs, in the row of the area. */
void time_axis_draw(struct canvas *canvas, struct rect area, const struct time_axis *axis);

#endif
