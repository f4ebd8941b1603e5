/*
 * ui/sensors: temperature and clock of the CPUs, beside them where there is no room for lines of their
 * own: "62C 3.4GHz". Nothing, and no room taken, on a machine without sensors.
 */
#ifndef STALLTOP_UI_SENSORS_H
#define STALLTOP_UI_SENSORS_H

#include "model/model.h"
#include "ui/canvas.h"

/* Columns that they take of an area so wide; 0: they do not show. */
int sensors_columns(const struct model *model, int columns);

/* Draws them into the first rows of the area. */
void sensors_draw(struct canvas *canvas, struct rect area, const struct model *model);

#endif
