/*
 * ui/pane_pressure: pressure stall information: the share of time that work stood still.
 */
#ifndef STALLTOP_UI_PANE_PRESSURE_H
#define STALLTOP_UI_PANE_PRESSURE_H

#include "ui/pane.h"

void pane_pressure_draw(const struct pane_draw *draw, enum pane_id id, struct rect area);
void pane_pressure_draw_zoomed(const struct pane_draw *draw, enum pane_id id, struct rect area);

#endif
