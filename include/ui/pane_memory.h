/*
 * ui/pane_memory: memory, the page cache and swap; zoomed, every row of /proc/meminfo.
 */
#ifndef STALLTOP_UI_PANE_MEMORY_H
#define STALLTOP_UI_PANE_MEMORY_H

#include "ui/pane.h"

void pane_memory_draw(const struct pane_draw *draw, enum pane_id id, struct rect area);
void pane_memory_draw_zoomed(const struct pane_draw *draw, enum pane_id id, struct rect area);

#endif
