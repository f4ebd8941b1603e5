#include "ui/action.h"

#include "ui/layout.h"
#include "ui/pane_top.h"

/* What a key acts on. */
struct input {
	struct view *view;
	struct model *model;
	struct layout layout;
	int columns; /* of the screen */
};

static bool is_table(enum pane_id id)
{
	return id >= PANE_TOP && id < PANE_COUNT;
}

/* The table that sort keys and arrows act on; PANE_NONE where none shows. */
static enum pane_id active_table(const struct view *view)
{
	if (view->zoom != PANE_NONE)
		return is_table(view->zoom) ? view->zoom : PANE_NONE;
	return is_table(view->focus) ? view->focus : PANE_TOP + view->tab;
}

static void set_focus(struct view *view, enum pane_id id)
{
	view->focus = id;
	if (is_table(id))
		view->tab = (enum top_kind)(id - PANE_TOP);
	if (view->zoom != PANE_NONE && view->zoom != id) {
		view->zoom = id;
		view->scroll = 0;
	}
}

/* Among the panes that show, or all of them when one is zoomed. */
static bool move_focus(struct input *in, int step)
{
	struct view *view = in->view;
	int id = (int)view->focus;

	for (int tried = 0; tried < PANE_COUNT; tried++) {
		id = (id + step + PANE_COUNT) % PANE_COUNT;
		if (view->zoom != PANE_NONE || in->layout.pane[id].rows > 0) {
			set_focus(view, (enum pane_id)id);
			return true;
		}
	}
	return false;
}

static bool toggle_zoom(struct view *view)
{
	view->zoom = view->zoom == PANE_NONE ? view->focus : PANE_NONE;
	view->scroll = 0;
	return true;
}

static bool go_back(struct view *view)
{
	if (view->zoom != PANE_NONE)
		return toggle_zoom(view);
	view->selected_pid = 0;
	return true;
}

/* Another order begins at its top. The selection stays with its process, wherever that is now. */
static void show_order(struct input *in)
{
	model_rank(in->model);
	in->view->scroll = 0;
}

static bool sort_by_neighbour(struct input *in, int step)
{
	enum pane_id id = active_table(in->view);
	enum top_kind kind = (enum top_kind)(id - PANE_TOP);
	struct rect whole = { 0, 0, 0, in->columns };
	struct task_order *order;
	struct table table;

	if (id == PANE_NONE)
		return false;
	set_focus(in->view, id);
	order = &in->model->top_order[kind];
	pane_top_choose(&table, in->model, kind,
			in->layout.pane[id].rows ? in->layout.pane[id] : whole, in->columns);
	order->sort = table_neighbour(&table, order->sort, step);
	order->reverse = false;
	show_order(in);
	return true;
}

static bool reverse_order(struct input *in)
{
	enum pane_id id = active_table(in->view);
	struct task_order *order;

	if (id == PANE_NONE)
		return false;
	set_focus(in->view, id);
	order = &in->model->top_order[id - PANE_TOP];
	order->reverse = !order->reverse;
	show_order(in);
	return true;
}

/* Goes to a table, in its own order again; in its second one where nobody has any of the first. */
static bool pick_table(struct input *in, enum top_kind kind)
{
	struct task_order *order = &in->model->top_order[kind];

	order->sort = top_tables[kind].sort;
	order->then = top_tables[kind].then;
	if (order->sort == COL_WAIT && !pane_top_knows_disk_waits(in->model))
		order->sort = order->then;
	order->reverse = false;
	show_order(in);
	set_focus(in->view, PANE_TOP + kind);
	return true;
}

/* The rows of a table as they stand now: indices of model->task[]. Returns how many. */
static int listed(struct input *in, enum pane_id id, const uint32_t **order)
{
	enum top_kind kind = (enum top_kind)(id - PANE_TOP);
	int rows = in->layout.pane[id].rows - 3, count = (int)in->model->top_count[kind];

	if (in->view->zoom != PANE_NONE) {
		count = (int)pane_top_sort(in->view, in->model, kind);
		*order = in->view->sorted;
		return count;
	}
	*order = in->model->top[kind];
	return rows < count ? rows : count;
}

static int selected_row(const struct input *in, const uint32_t *order, int count)
{
	for (int i = 0; i < count; i++) {
		const struct task *task = in->model->task[order[i]].task;

		if (task->pid == in->view->selected_pid &&
		    task->start_ns == in->view->selected_start_ns)
			return i;
	}
	return -1;
}

static void select_row(struct input *in, const uint32_t *order, int row)
{
	const struct task *task = in->model->task[order[row]].task;
	struct view *view = in->view;

	view->selected_pid = task->pid;
	view->selected_start_ns = task->start_ns;
	if (view->zoom == PANE_NONE)
		return;
	if (row < view->scroll)
		view->scroll = row;
	if (view->page_rows > 0 && row >= view->scroll + view->page_rows)
		view->scroll = row - view->page_rows + 1;
}

/* Moves the selection by so many rows; without one, the first row that shows is taken. */
static bool move_selection(struct input *in, enum pane_id id, int step)
{
	const uint32_t *order;
	int count, row;

	set_focus(in->view, id);
	count = listed(in, id, &order);
	if (count < 1)
		return false;
	row = in->view->selected_pid ? selected_row(in, order, count) : -1;
	if (row >= 0)
		row += step;
	else
		row = in->view->zoom == PANE_NONE ? 0 : in->view->scroll;
	select_row(in, order, row < 0 ? 0 : row >= count ? count - 1 : row);
	return true;
}

/* Drawing keeps it from going beyond the end. */
#define FAR 1000000000

int action_scroll_step(const struct view *view, enum action action)
{
	int page = view->page_rows > 1 ? view->page_rows : 1;

	switch (action) {
	case ACTION_UP:
		return -1;
	case ACTION_DOWN:
		return 1;
	case ACTION_PAGE_UP:
		return -page;
	case ACTION_PAGE_DOWN:
		return page;
	case ACTION_HOME:
		return -FAR;
	case ACTION_END:
		return FAR;
	default:
		return 0;
	}
}

void action_scroll(int *scroll, int step)
{
	*scroll = step <= -FAR ? 0 : step >= FAR ? FAR : *scroll + step;
	if (*scroll < 0)
		*scroll = 0;
}

/*
 * Arrows move the selection where a table shows. In a zoomed table the other keys scroll, and take
 * a selection along.
 */
static bool scroll(struct input *in, enum action action)
{
	struct view *view = in->view;
	int step = action_scroll_step(view, action);
	enum pane_id id = active_table(view);
	bool arrow = action == ACTION_UP || action == ACTION_DOWN;

	if (id != PANE_NONE && (arrow || view->selected_pid || view->zoom == PANE_NONE))
		return move_selection(in, id, step);
	action_scroll(&view->scroll, step);
	return true;
}

static bool act(struct input *in, enum action action)
{
	struct view *view = in->view;

	switch (action) {
	case ACTION_NONE:
		return false;
	case ACTION_FOCUS_NEXT:
		return move_focus(in, 1);
	case ACTION_FOCUS_PREVIOUS:
		return move_focus(in, -1);
	case ACTION_ZOOM:
		return toggle_zoom(view);
	case ACTION_BACK:
		return go_back(view);
	case ACTION_SORT_LEFT:
		return sort_by_neighbour(in, -1);
	case ACTION_SORT_RIGHT:
		return sort_by_neighbour(in, 1);
	case ACTION_SORT_REVERSE:
		return reverse_order(in);
	case ACTION_TABLE_CPU:
	case ACTION_TABLE_MEMORY:
	case ACTION_TABLE_IO:
	case ACTION_TABLE_FAULTS:
	case ACTION_TABLE_WAITS:
		return pick_table(in, (enum top_kind)(action - ACTION_TABLE_CPU));
	case ACTION_DELAY:
		view->editing_delay = true;
		view->input[0] = '\0';
		return true;
	case ACTION_PAUSE:
		view->paused = !view->paused;
		return true;
	case ACTION_HELP:
		view->help = true;
		view->help_scroll = 0;
		return true;
	case ACTION_REDRAW:
		view->redraw = true;
		return true;
	case ACTION_QUIT:
		view->quit = true;
		return true;
	default:
		return scroll(in, action);
	}
}

bool action_run(struct view *view, struct model *model, int rows, int columns, enum action action)
{
	struct input in = { .view = view, .model = model, .columns = columns };

	layout_compute(&in.layout, rows, columns, view, (unsigned)model->cpu_count);
	return act(&in, action);
}
