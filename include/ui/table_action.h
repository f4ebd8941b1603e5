/*
 * ui/table_action: what keys and clicks do to the tables of processes: which one shows, its order, its
 * columns, its branches, and the row that is selected.
 *
 * Each returns true when something changed, be it that a message says why nothing did.
 */
#ifndef STALLTOP_UI_TABLE_ACTION_H
#define STALLTOP_UI_TABLE_ACTION_H

#include <stdbool.h>

#include "model/model.h"
#include "ui/layout.h"
#include "ui/view.h"

/* What a key acts on. */
struct action_input {
	struct view *view;
	struct model *model;
	struct layout layout;
	int columns; /* of the screen */
};

/* Said by what needs a table, while a pane fills the screen. */
#define NO_TABLE "no table of processes shows here: {back} leads back"

/* Sorts a table by a column; by the one that it is sorted by already, the other way round. */
void table_action_sort(struct view *view, struct model *model, enum pane_id table,
		       enum task_column_id column);

/* The same of the table that keys act on, by the column -1 to the left, or 1 to the right. */
bool table_action_sort_neighbour(struct action_input *in, int step);
bool table_action_reverse(struct action_input *in);

/* Goes to a table, in its own order again; in its second one where nobody has any of the first. */
bool table_action_pick(struct action_input *in, enum top_kind kind);

/* Moves the selection by so many rows; without one, the first row that shows is taken. */
bool table_action_select(struct action_input *in, enum pane_id table, int step);

bool table_action_tree(struct action_input *in);
bool table_action_threads(struct action_input *in);
bool table_action_kernel(struct action_input *in);

/* Folds the selected branch, or the one that the selected process is of; or unfolds it. */
bool table_action_fold(struct action_input *in, bool fold);

/* Opens the choice of columns, over the whole screen. */
bool table_action_columns(struct action_input *in);

#endif
