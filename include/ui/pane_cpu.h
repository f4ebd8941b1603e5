/*
 * ui/pane_cpu: where CPU time goes, the CPUs one by one, switches, the run queue.
 */
#ifndef STALLTOP_UI_PANE_CPU_H
#define STALLTOP_UI_PANE_CPU_H

#include "ui/pane.h"

void pane_cpu_draw(const struct pane_draw *draw, enum pane_id id, struct rect area);
void pane_cpu_draw_zoomed(const struct pane_draw *draw, enum pane_id id, struct rect area);

#endif
