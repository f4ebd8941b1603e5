#include "ui/action.h"

#include <stdio.h>
#include <stdlib.h>

#include "ui/inspect.h"
#include "ui/playback.h"
#include "ui/prompt.h"
#include "ui/rows.h"
#include "ui/say.h"
#include "ui/signal_list.h"
#include "ui/table_action.h"
#include "ui/themes.h"

void action_focus(struct view *view, enum pane_id id)
{
	view->focus = id;
	if (pane_is_table(id))
		view->tab = (enum top_kind)(id - PANE_TOP);
	if (view->zoom != PANE_NONE && view->zoom != id) {
		view->zoom = id;
		view->scroll = 0;
	}
}

/* Among the panes that show, or all of them when one is zoomed. */
static bool move_focus(struct action_input *in, int step)
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

static bool toggle_mouse(struct view *view)
{
	view->mouse = !view->mouse;
	return say(view, view->mouse ? "the mouse acts here; Shift-drag selects text"
				     : "the mouse selects text; {mouse} gives it back");
}

static bool mark(struct action_input *in)
{
	struct view *view = in->view;

	if (view->back)
		return say(view, "a mark is set at now: {end} leads there");
	if (view->paused)
		return say(view, "a mark is set at now: {pause} leads there");
	view->marked = !view->marked;
	view->totals = false;
	if (view->marked)
		say(view, "marked: {mark} shows now again, {totals} totals in place of rates");
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

static bool ask(struct action_input *in, enum prompt_id id)
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
static bool scroll(struct action_input *in, enum action action)
{
	struct view *view = in->view;
	int step = action_scroll_step(view, action);
	enum pane_id id = rows_table(view);
	bool arrow = action == ACTION_UP || action == ACTION_DOWN;

	if (id != PANE_NONE && (arrow || view->selected_pid || view->zoom == PANE_NONE))
		return table_action_select(in, id, step);
	action_scroll(&view->scroll, step);
	return true;
}

static bool act(struct action_input *in, enum action action)
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
		return table_action_sort_neighbour(in, -1);
	case ACTION_SORT_RIGHT:
		return table_action_sort_neighbour(in, 1);
	case ACTION_SORT_REVERSE:
		return table_action_reverse(in);
	case ACTION_TABLE_CPU:
	case ACTION_TABLE_MEMORY:
	case ACTION_TABLE_IO:
	case ACTION_TABLE_FAULTS:
	case ACTION_TABLE_WAITS:
		return table_action_pick(in, (enum top_kind)(action - ACTION_TABLE_CPU));
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
		return table_action_columns(in);
	case ACTION_KERNEL:
		return table_action_kernel(in);
	case ACTION_TREE:
		return table_action_tree(in);
	case ACTION_THREADS:
		return table_action_threads(in);
	case ACTION_FOLD:
		return table_action_fold(in, true);
	case ACTION_UNFOLD:
		return table_action_fold(in, false);
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
			return say(view, "totals are since a mark: {mark} sets it");
		view->totals = !view->totals;
		return true;
	case ACTION_PAUSE:
		if (view->back)
			return say(view, "the past stands still; {end} leads to now");
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
	struct action_input in = { .view = view, .model = model, .columns = columns };

	layout_compute(&in.layout, rows, columns, view, (unsigned)model->cpu_count);
	return act(&in, action);
}
