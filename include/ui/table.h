/*
 * ui/table: tables of processes: which columns fit, and their rows.
 *
 * Columns come from task_columns[]. Process id, the column that is sorted by and the name are
 * always there; of the others as many as leave room for names, and none that the task source
 * cannot fill. The same width gives the same columns, so sort keys and drawing agree.
 */
#ifndef STALLTOP_UI_TABLE_H
#define STALLTOP_UI_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/model.h"
#include "ui/canvas.h"

#define TABLE_SHARE COLUMN_COUNT /* a bar: the process's share of all major faults */

struct table_column {
	uint8_t id; /* enum task_column_id, or TABLE_SHARE */
	uint8_t width;
	const char *heading;
};

/* What a person chose, in order; count 0: the width decides. */
struct column_choice {
	uint8_t id[COLUMN_COUNT]; /* enum task_column_id, COL_COMMAND never */
	uint8_t count;
};

struct table {
	struct table_column column[COLUMN_COUNT + 1];
	int count;
	int width; /* columns for the whole table */
	int indent; /* columns before the name, beside its gap: "!!" or "+" of a new one stand there */
};

/*
 * Chooses the columns of a table of so many columns: the kind's own come first. With `all` it lies
 * over the whole screen and may stand for every table: that of the CPU shows a bit of everything.
 * Columns that a person chose (count above 0; NULL: none) are there in that order, as many as fit.
 */
void table_choose(struct table *table, const struct model *model, enum top_kind kind, int width,
		  bool all, const struct column_choice *chosen);

/* The column beside the sorted one, step -1 or +1; the sorted one itself at either end. */
enum task_column_id table_neighbour(const struct table *table, enum task_column_id sort, int step);

/* One process as it shows. */
struct table_row {
	const struct task_view *view;
	const char *name; /* in place of its own; NULL: its own */
	bool tree; /* its place in a tree stands before its name */
	uint32_t depth;
	uint32_t below; /* processes below it in the tree */
	bool folded; /* they do not show: view has their sums */
};

void table_draw_row(struct canvas *canvas, int row, int column, const struct table *table,
		    const struct model *model, const struct table_row *process,
		    enum task_column_id sort);

#endif
