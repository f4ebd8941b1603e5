#include "ui/table_action.h"

#include "ui/action.h"
#include "ui/columns.h"
#include "ui/pane_top.h"
#include "ui/rows.h"
#include "ui/say.h"

/* Another order begins at its top. The selection stays with its process, wherever that is now. */
static void show_order(struct action_input *in)
{
	model_rank(in->model);
	in->view->scroll = 0;
}

void table_action_sort(struct view *view, struct model *model, enum pane_id table,
		       enum task_column_id column)
{
	struct task_order *order = &model->top_order[table - PANE_TOP];
	struct action_input in = { .view = view, .model = model };

	action_focus(view, table);
	order->reverse = order->sort == column && !order->reverse;
	order->sort = column;
	show_order(&in);
}

bool table_action_sort_neighbour(struct action_input *in, int step)
{
	enum pane_id id = rows_table(in->view);
	enum top_kind kind = (enum top_kind)(id - PANE_TOP);
	struct rect whole = { 0, 0, 0, in->columns };
	struct task_order *order;
	struct table table;

	if (id == PANE_NONE)
		return false;
	action_focus(in->view, id);
	order = &in->model->top_order[kind];
	pane_top_choose(&table, in->view, in->model, kind,
			in->layout.pane[id].rows ? in->layout.pane[id] : whole, in->columns);
	order->sort = table_neighbour(&table, order->sort, step);
	order->reverse = false;
	show_order(in);
	return true;
}

bool table_action_reverse(struct action_input *in)
{
	enum pane_id id = rows_table(in->view);
	struct task_order *order;

	if (id == PANE_NONE)
		return false;
	action_focus(in->view, id);
	order = &in->model->top_order[id - PANE_TOP];
	order->reverse = !order->reverse;
	show_order(in);
	return true;
}

bool table_action_pick(struct action_input *in, enum top_kind kind)
{
	struct task_order *order = &in->model->top_order[kind];

	order->sort = in->view->own_order[kind].sort;
	order->then = in->view->own_order[kind].then;
	if (order->sort == COL_WAIT && !pane_top_knows_disk_waits(in->model))
		order->sort = order->then;
	order->reverse = in->view->own_order[kind].reverse;
	show_order(in);
	action_focus(in->view, PANE_TOP + kind);
	/* One that was left out has no place of its own. */
	if (!in->layout.tabs && !pane_choice_has(&in->view->panes, PANE_TOP + kind))
		in->view->zoom = PANE_TOP + kind;
	return true;
}

bool table_action_select(struct action_input *in, enum pane_id id, int step)
{
	struct rows rows;
	int row;

	action_focus(in->view, id);
	rows = rows_now(in->view, in->model, &in->layout, id);
	if (rows.count < 1)
		return false;
	row = in->view->selected_pid ? rows_selected(&rows, in->view) : -1;
	if (row >= 0)
		row += step;
	else
		row = in->view->zoom == PANE_NONE ? 0 : in->view->scroll;
	rows_select(&rows, in->view, row < 0 ? 0 : row >= rows.count ? rows.count - 1 : row);
	return true;
}

/* A tree is of every process: it needs the whole screen. */
bool table_action_tree(struct action_input *in)
{
	struct view *view = in->view;
	enum pane_id id = rows_table(view);

	if (id == PANE_NONE)
		return false;
	action_focus(view, id);
	view->listing.tree = view->zoom == PANE_NONE || !view->listing.tree;
	view->scroll = 0;
	view->zoom = id;
	view->reveal = true;
	return true;
}

/* Each thread is read from the next sample on, and has rates from the one behind it. */
bool table_action_threads(struct action_input *in)
{
	struct view *view = in->view;
	const struct task_view *process = rows_selected_task(view, in->model);

	view->threads = !view->threads;
	if (view->threads)
		return say(view,
			   "threads come with the next sample: {threads} shows processes again");
	if (process) {
		view->selected_pid = process->task->pid;
		view->selected_start_ns = process->task->start_ns;
	}
	view->selected_thread = false;
	return true;
}

bool table_action_fold(struct action_input *in, bool fold)
{
	struct view *view = in->view;
	enum pane_id id = rows_table(view);
	struct rows rows;
	int row;

	if (id == PANE_NONE || view->zoom == PANE_NONE || !view->listing.tree)
		return say(view, "branches fold in a tree: {tree} shows it");
	rows = rows_now(view, in->model, &in->layout, id);
	row = rows_selected(&rows, view);
	if (row < 0)
		return say(view, "select a branch first: {down}, {find} or a click");
	rows_select(&rows, view, row);
	if (listing_fold(&view->listing, in->model, (size_t)row, fold))
		return true;
	if (fold)
		row = listing_parent(&view->listing, (size_t)row);
	if (!fold || row < 0)
		return true;
	rows_select(&rows, view, row);
	listing_fold(&view->listing, in->model, (size_t)row, true);
	return true;
}

/* The width of the whole screen is what is chosen for. */
bool table_action_columns(struct action_input *in)
{
	enum pane_id id = rows_table(in->view);

	if (id == PANE_NONE)
		return say(in->view, NO_TABLE);
	action_focus(in->view, id);
	if (in->view->zoom != id)
		in->view->scroll = 0;
	in->view->zoom = id;
	columns_open(in->view, in->model, in->columns);
	return true;
}

bool table_action_kernel(struct action_input *in)
{
	in->model->filter.no_kernel = !in->model->filter.no_kernel;
	model_rank(in->model);
	return true;
}
