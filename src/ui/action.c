#include "ui/action.h"

#include <stdio.h>
#include <stdlib.h>

#include "ui/columns.h"
#include "ui/inspect.h"
#include "ui/layout.h"
#include "ui/pane_top.h"
#include "ui/playback.h"
#include "ui/prompt.h"
#include "ui/rows.h"
#include "ui/signal_list.h"
#include "ui/themes.h"

#define NO_TABLE "no table of processes shows here: Esc leads back"

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

void action_focus(struct view *view, enum pane_id id)
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
	uint8_t order[PANE_COUNT];
	int at = 0;

	pane_choice_order(&view->panes, order);
	while (at < PANE_COUNT - 1 && order[at] != view->focus)
		at++;
	for (int tried = 0; tried < PANE_COUNT; tried++) {
		at = (at + step + PANE_COUNT) % PANE_COUNT;
		if (view->zoom != PANE_NONE || in->layout.pane[order[at]].rows > 0) {
			action_focus(view, (enum pane_id)order[at]);
			return true;
		}
	}
	return false;
}

static bool toggle_zoom(struct view *view)
{
	view->zoom = view->zoom == PANE_NONE ? view->focus : PANE_NONE;
	view->scroll = 0;
	/* A table that was left out has no place to go back to. */
	if (view->zoom == PANE_NONE && !pane_choice_has(&view->panes, view->focus))
		action_focus(view, PANE_TOP + view->panes.table[0]);
	view->reveal = true;
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

void action_sort(struct view *view, struct model *model, enum pane_id table,
		 enum task_column_id column)
{
	struct task_order *order = &model->top_order[table - PANE_TOP];
	struct input in = { .view = view, .model = model };

	action_focus(view, table);
	order->reverse = order->sort == column && !order->reverse;
	order->sort = column;
	show_order(&in);
}

static bool sort_by_neighbour(struct input *in, int step)
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

static bool reverse_order(struct input *in)
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

/* Goes to a table, in its own order again; in its second one where nobody has any of the first. */
static bool pick_table(struct input *in, enum top_kind kind)
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

/* A key that has nothing to act on says why. */
static bool say(struct view *view, const char *text)
{
	snprintf(view->message, sizeof(view->message), "%s", text);
	return true;
}

/* Moves the selection by so many rows; without one, the first row that shows is taken. */
static bool move_selection(struct input *in, enum pane_id id, int step)
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
static bool toggle_tree(struct input *in)
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
static bool toggle_threads(struct input *in)
{
	struct view *view = in->view;
	const struct task_view *process = rows_selected_task(view, in->model);

	view->threads = !view->threads;
	if (view->threads)
		return say(view, "threads come with the next sample: H shows processes again");
	if (process) {
		view->selected_pid = process->task->pid;
		view->selected_start_ns = process->task->start_ns;
	}
	view->selected_thread = false;
	return true;
}

/* Folds the selected branch, or the one that the selected process is of. */
static bool fold(struct input *in, bool fold)
{
	struct view *view = in->view;
	enum pane_id id = rows_table(view);
	struct rows rows;
	int row;

	if (id == PANE_NONE || view->zoom == PANE_NONE || !view->listing.tree)
		return say(view, "branches fold in a tree: t shows it");
	rows = rows_now(view, in->model, &in->layout, id);
	row = rows_selected(&rows, view);
	if (row < 0)
		return say(view, "select a branch first: Down, / or a click");
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
static bool choose_columns(struct input *in)
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

static bool toggle_mouse(struct view *view)
{
	view->mouse = !view->mouse;
	return say(view, view->mouse ? "the mouse acts here; Shift-drag selects text"
				     : "the mouse selects text; x gives it back");
}

static bool mark(struct input *in)
{
	struct view *view = in->view;

	if (view->back)
		return say(view, "a mark is set at now: End leads there");
	if (view->paused)
		return say(view, "a mark is set at now: Space leads there");
	view->marked = !view->marked;
	view->totals = false;
	if (view->marked)
		say(view, "marked: m shows now again, T totals in place of rates");
	return true;
}

static bool toggle_command(struct view *view)
{
	if (!view->cmdlines)
		view->cmdlines = calloc(1, sizeof(*view->cmdlines));
	view->command_line = view->cmdlines && !view->command_line;
	return true;
}

static bool next_theme(struct view *view)
{
	const struct theme *theme;

	if (!view->colors)
		return say(view, "there are no colours: --no-color, NO_COLOR, or the terminal");
	view->palette.theme = (enum theme_id)((view->palette.theme + 1) % THEME_COUNT);
	theme = &themes[view->palette.theme];
	snprintf(view->message, sizeof(view->message), "theme %s: %s", theme->name, theme->help);
	return true;
}

static bool toggle_kernel(struct input *in)
{
	in->model->filter.no_kernel = !in->model->filter.no_kernel;
	model_rank(in->model);
	return true;
}

static bool ask(struct input *in, enum prompt_id id)
{
	if (id == PROMPT_SEARCH && rows_table(in->view) == PANE_NONE)
		return say(in->view, NO_TABLE);
	if (id == PROMPT_NICE && !signal_list_target(in->view, in->model))
		return true;
	prompt_open(in->view, in->model, id);
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
	enum pane_id id = rows_table(view);
	bool arrow = action == ACTION_UP || action == ACTION_DOWN;

	if (id != PANE_NONE && (arrow || view->selected_pid || view->zoom == PANE_NONE))
		return move_selection(in, id, step);
	action_scroll(&view->scroll, step);
	return true;
}

static bool act(struct input *in, enum action action)
{
	struct view *view = in->view;

	if (playback_action(view, action))
		return true;
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
		return ask(in, PROMPT_DELAY);
	case ACTION_SEARCH:
		return ask(in, PROMPT_SEARCH);
	case ACTION_FILTER:
		return ask(in, PROMPT_FILTER);
	case ACTION_USER:
		return ask(in, PROMPT_USER);
	case ACTION_GO:
		return ask(in, PROMPT_GO);
	case ACTION_SIGNAL:
		return signal_list_open(view, in->model);
	case ACTION_NICE:
		return ask(in, PROMPT_NICE);
	case ACTION_COMMAND:
		return toggle_command(view);
	case ACTION_COLUMNS:
		return choose_columns(in);
	case ACTION_KERNEL:
		return toggle_kernel(in);
	case ACTION_TREE:
		return toggle_tree(in);
	case ACTION_THREADS:
		return toggle_threads(in);
	case ACTION_FOLD:
		return fold(in, true);
	case ACTION_UNFOLD:
		return fold(in, false);
	case ACTION_TIME_BACK:
	case ACTION_TIME_FORTH:
	case ACTION_MINUTE_BACK:
	case ACTION_MINUTE_FORTH:
		view->travel = (enum travel)(TRAVEL_BACK + (int)(action - ACTION_TIME_BACK));
		return true;
	case ACTION_INSPECT:
		inspect_open(view);
		return true;
	case ACTION_MARK:
		return mark(in);
	case ACTION_TOTALS:
		if (!view->marked)
			return say(view, "totals are since a mark: m sets it");
		view->totals = !view->totals;
		return true;
	case ACTION_PAUSE:
		if (view->back)
			return say(view, "the past stands still; End leads to now");
		view->paused = !view->paused;
		return true;
	case ACTION_SLOW_LINK:
		view->slow_link = !view->slow_link;
		return true;
	case ACTION_THEME:
		return next_theme(view);
	case ACTION_SAVE:
		view->save = true;
		return true;
	case ACTION_MOUSE:
		return toggle_mouse(view);
	case ACTION_HELP:
		view->mode = MODE_HELP;
		view->help_scroll = 0;
		return true;
	case ACTION_REDRAW:
		view->redraw = true;
		return true;
	case ACTION_QUIT:
		view->quit = true;
		return true;
	case ACTION_HOME:
	case ACTION_END:
		if (!view->back)
			return scroll(in, action);
		view->travel = action == ACTION_HOME ? TRAVEL_OLDEST : TRAVEL_NOW;
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
