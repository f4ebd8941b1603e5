/*
 * ui/table_heading: the line of headings above a table of processes, with the mark of the sorted one.
 */
#ifndef STALLTOP_UI_TABLE_HEADING_H
#define STALLTOP_UI_TABLE_HEADING_H

#include <stdbool.h>

#include "model/model.h"
#include "ui/canvas.h"
#include "ui/table.h"

void table_draw_heading(struct canvas *canvas, int row, int column, const struct table *table,
			const struct task_order *order, bool totals);

#endif
