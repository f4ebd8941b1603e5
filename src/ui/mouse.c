#include "ui/mouse.h"

#include "ui/action.h"
#include "ui/playback.h"
#include "ui/rows.h"
#include "ui/screen.h"
#include "ui/signal_list.h"
#include "ui/table.h"
#include "ui/table_action.h"

#define WHEEL_ROWS 3

struct input {
	struct view *view;
	struct model *model;
	int rows, columns; /* of the screen */
	const struct mouse *mouse;
	const struct hit *hit; /* NULL: nothing is there */
};

static bool press(const struct input *in, int key)
{
	return view_key(in->view, in->model, in->rows, in->columns, key);
}

static bool do_action(const struct input *in, enum action action)
{
	return view_action(in->view, in->model, in->rows, in->columns, action);
}

/* Folds or unfolds the selected branch. A process without a branch has nothing to open. */
static bool turn_branch(const struct input *in)
{
	const struct layout layout = { .tabs = false }; /* a zoomed table has all rows */
	struct rows rows = rows_now(in->view, in->model, &layout, in->view->zoom);
	int row = rows_selected(&rows, in->view);
	const struct listing_node *node;

	if (row < 0)
		return false;
	node = listing_node(rows.listing, (size_t)row);
	return node->size > 1 &&
	       listing_fold(&in->view->listing, in->model, (size_t)row, !node->folded);
}

static bool click_process(const struct input *in)
{
	struct view *view = in->view;
	const struct hit *hit = in->hit;

	if (view->focus == hit->pane && view->selected_pid == hit->value &&
	    view->selected_start_ns == hit->start_ns && view->selected_thread == hit->thread) {
		if (view->zoom == PANE_NONE)
			return do_action(in, ACTION_ZOOM);
		return view->listing.tree && turn_branch(in);
	}
	action_focus(view, (enum pane_id)hit->pane);
	view->selected_pid = hit->value;
	view->selected_start_ns = hit->start_ns;
	view->selected_thread = hit->thread;
	return true;
}

static bool click_heading(const struct input *in)
{
	unsigned column = in->hit->value;

	/* A share of the major faults goes by their number. */
	if (column == TABLE_SHARE)
		column = COL_MAJOR;
	if (column >= COLUMN_COUNT)
		return false;
	table_action_sort(in->view, in->model, (enum pane_id)in->hit->pane,
			  (enum task_column_id)column);
	return true;
}

static bool click_pane(const struct input *in)
{
	struct view *view = in->view;

	if (view->zoom != PANE_NONE)
		return false;
	if (view->focus != in->hit->pane) {
		action_focus(view, (enum pane_id)in->hit->pane);
		return true;
	}
	return !pane_is_table(in->hit->pane) && do_action(in, ACTION_ZOOM);
}

static bool click_choice(const struct input *in)
{
	struct view *view = in->view;
	bool again = view->choice == (int)in->hit->value;

	view->choice = (int)in->hit->value;
	if (view->mode == MODE_COLUMNS)
		return press(in, ' ');
	return again ? press(in, SCREEN_KEY_ENTER) : true;
}

static bool click_number(const struct input *in)
{
	struct view *view = in->view;
	int found = numbers_at(&view->numbers, in->mouse->row, in->mouse->column);

	if (found < 0)
		return false;
	view->inspected = view->numbers.place[found];
	return true;
}

static bool click(const struct input *in)
{
	switch (in->hit->kind) {
	case HIT_KEY:
		return press(in, (int)in->hit->value);
	case HIT_ACTION:
		return do_action(in, (enum action)in->hit->value);
	case HIT_CHOICE:
		return click_choice(in);
	case HIT_STRIP:
		playback_click(in->view, in->hit->value >> 16, in->hit->value & 0xffff);
		return true;
	case HIT_COVER:
		return false;
	default:
		break;
	}
	if (in->view->mode == MODE_INSPECT)
		return click_number(in);
	if (in->view->mode != MODE_PANES)
		return false;
	switch (in->hit->kind) {
	case HIT_TAB:
		return do_action(in, ACTION_TABLE_CPU + in->hit->value);
	case HIT_HEADING:
		return click_heading(in);
	case HIT_PROCESS:
		return click_process(in);
	default:
		return click_pane(in);
	}
}

/* Not round from one end to the other, as keys go. */
static bool step_choice(struct view *view, int step)
{
	int count = view->mode == MODE_COLUMNS ? COLUMNS_TO_CHOOSE : signal_list_count();
	int to = view->choice + step;

	if (to < 0 || to >= count)
		return false;
	view->choice = to;
	return true;
}

static bool wheel_panes(const struct input *in, int step)
{
	struct view *view = in->view;

	if (!in->hit || in->hit->kind == HIT_ACTION || in->hit->kind == HIT_KEY)
		return false;
	if (view->zoom != PANE_NONE) {
		action_scroll(&view->scroll, step * WHEEL_ROWS);
		return true;
	}
	if (!pane_is_table(in->hit->pane))
		return false;
	action_focus(view, (enum pane_id)in->hit->pane);
	return do_action(in, step < 0 ? ACTION_UP : ACTION_DOWN);
}

static bool wheel(const struct input *in, int step)
{
	switch (in->view->mode) {
	case MODE_PANES:
		return wheel_panes(in, step);
	case MODE_HELP:
		action_scroll(&in->view->help_scroll, step * WHEEL_ROWS);
		return true;
	case MODE_SIGNALS:
	case MODE_COLUMNS:
		return step_choice(in->view, step);
	default:
		return false;
	}
}

bool mouse_run(struct view *view, struct model *model, int rows, int columns,
	       const struct mouse *mouse)
{
	const struct hit *hit = hits_at(&view->hits, mouse->row, mouse->column);
	struct input in = { view, model, rows, columns, mouse, hit };
	bool had_message = *view->message, changed;

	if (view->mode == MODE_PROMPT || view->mode == MODE_CONFIRM)
		return false;
	view->message[0] = '\0';
	if (mouse->kind == MOUSE_CLICK)
		changed = hit && click(&in);
	else
		changed = wheel(&in, mouse->kind == MOUSE_WHEEL_UP ? -1 : 1);
	return changed || had_message;
}
