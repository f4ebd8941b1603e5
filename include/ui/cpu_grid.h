/*
 * ui/cpu_grid: the CPUs one by one: as bars, or where those would take too many rows as a strip of heat,
 * a cell for each CPU, or for the busiest of several. Many CPUs never take the rows of others.
 */
#ifndef STALLTOP_UI_CPU_GRID_H
#define STALLTOP_UI_CPU_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "model/model.h"
#include "ui/canvas.h"

#define CPU_GRID_LEAST_BAR 5 /* columns */

struct cpu_grid {
	int across; /* CPUs in a row; 0: a strip */
	int columns; /* of one of them */
	int rows;
	int id; /* columns of its number */
	bool percent;
};

/* rows and strip_rows are the most there may be, of bars and of a strip. */
struct cpu_grid cpu_grid_choose(const struct model *model, int columns, int rows, int strip_rows);
void cpu_grid_draw(struct canvas *canvas, struct rect area, const struct model *model,
		   const struct cpu_grid *grid);

/* The columns there are a number of that CPU: the field at an offset of struct cpu_view. */
void cpu_grid_note(struct numbers *numbers, int row, int column, int columns,
		   const struct cpu_view *cpu, size_t field);

#endif
