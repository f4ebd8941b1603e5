/*
 * ui/rows: the rows of the table that keys act on, zoomed or not, and the selection among them. The
 * selected process is known by pid and start time, so it stays selected wherever it goes.
 */
#ifndef STALLTOP_UI_ROWS_H
#define STALLTOP_UI_ROWS_H

#include "ui/layout.h"
#include "ui/view.h"

struct rows {
	const struct model *model;
	const struct listing *listing; /* of a zoomed table, or NULL */
	const uint32_t *top; /* else: indices of model->task[] */
	int count;
};

/* The table that keys act on; PANE_NONE where none shows. */
enum pane_id rows_table(const struct view *view);

/* The rows as they stand now. Fills view->listing where the table is zoomed. */
struct rows rows_now(struct view *view, const struct model *model, const struct layout *layout,
		     enum pane_id table);

const struct task *rows_task(const struct rows *rows, int row);

/* The row of the selected process, or -1. */
int rows_selected(const struct rows *rows, const struct view *view);

/* Selects the process of a row; a zoomed table scrolls to it when it is drawn. */
void rows_select(const struct rows *rows, struct view *view, int row);

/* Whether a row is the selected one. */
bool rows_is_selected(const struct view *view, const struct model *model, const struct task *task);

/* Makes the model's rows processes, threads or both, as the view wants them. */
void rows_follow(struct view *view, struct model *model);

/*
 * The selected process, or NULL when none is selected or it is not there; of a thread its process. Over
 * all that the model has.
 */
const struct task_view *rows_selected_task(const struct view *view, const struct model *model);

#endif
