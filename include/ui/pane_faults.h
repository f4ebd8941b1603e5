/*
 * ui/pane_faults: minor against major faults, reclaim, swap and disks; zoomed, /proc/vmstat.
 */
#ifndef STALLTOP_UI_PANE_FAULTS_H
#define STALLTOP_UI_PANE_FAULTS_H

#include "ui/pane.h"

void pane_faults_draw(const struct pane_draw *draw, enum pane_id id, struct rect area);
void pane_faults_draw_zoomed(const struct pane_draw *draw, enum pane_id id, struct rect area);

#endif
