/*
 * ui/pane_top: the five tables of processes; zoomed, every process.
 */
#ifndef STALLTOP_UI_PANE_TOP_H
#define STALLTOP_UI_PANE_TOP_H

#include "ui/pane.h"
#include "ui/table.h"

void pane_top_draw(const struct pane_draw *draw, enum pane_id id, struct rect area);
void pane_top_draw_zoomed(const struct pane_draw *draw, enum pane_id id, struct rect area);

/* The columns of the table on this area of a screen so many columns wide. */
void pane_top_choose(struct table *table, const struct view *view, const struct model *model,
		     enum top_kind kind, struct rect area, int screen_columns);

/* Whether the wait for a disk is known of any process; true while there is none. */
bool pane_top_knows_disk_waits(const struct model *model);

#endif
