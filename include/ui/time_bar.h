/*
 * ui/time_bar: how the interval went for a process, as a bar: "███▒▒▄▄····".
 *
 * Each part has a form of its own, so that no colour is needed: full blocks ran, shaded ones waited for
 * a CPU, low ones were in D, dots slept. In ASCII "###==DD....". What is not known is blank, and leaves
 * one cell at least: a bar without blanks tells all.
 */
#ifndef STALLTOP_UI_TIME_BAR_H
#define STALLTOP_UI_TIME_BAR_H

#include <stddef.h>

#include "model/task_column.h"
#include "ui/canvas.h"

void time_bar_draw(struct canvas *canvas, int row, int column, int columns,
		   const struct task_view *view);

/* "█ run ▒ runq ▄ disk", for the edge of a frame. */
const char *time_bar_legend(bool ascii);

#endif
