#include "ui/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/action.h"
#include "ui/columns.h"
#include "ui/draw.h"
#include "ui/header.h"
#include "ui/help.h"
#include "ui/inspect.h"
#include "ui/key_bar.h"
#include "ui/keys.h"
#include "ui/layout.h"
#include "ui/pane.h"
#include "ui/playback.h"
#include "ui/prompt.h"
#include "ui/rows.h"
#include "ui/say.h"
#include "ui/signal_list.h"
#include "ui/screen.h"
#include "ui/verdict_line.h"

/* The least screen on which the question before a signal can be read. */
#define QUESTION_ROWS 12
#define QUESTION_COLUMNS 44

void view_init(struct view *view, double delay_s)
{
	memset(view, 0, sizeof(*view));
	view->focus = PANE_TOP + TOP_CPU;
	view->zoom = PANE_NONE;
	view->delay_s = delay_s;
	key_map_build(&view->keys, &(const struct key_choice){ .vi = false });
	for (int kind = 0; kind < TOP_KINDS; kind++)
		view->own_order[kind] = (struct task_order){ .sort = top_tables[kind].sort,
							     .then = top_tables[kind].then };
}

void view_release(struct view *view)
{
	listing_release(&view->listing);
	pattern_release(&view->pattern);
	free(view->cmdlines);
	view->cmdlines = NULL;
}

static void draw_panes(struct view *view, const struct model *model, const struct frame *frame,
		       struct canvas *canvas, const struct layout *layout)
{
	struct pane_draw draw = {
		.canvas = canvas,
		.model = model,
		.frame = frame,
		.view = view,
		.tabs = layout->tabs,
	};

	for (int id = 0; id < PANE_COUNT; id++) {
		if (layout->pane[id].rows < 1)
			continue;
		draw.focus = view->focus == (enum pane_id)id;
		hits_enter_pane(&view->hits, (unsigned)id, layout->pane[id]);
		if (view->zoom == (enum pane_id)id)
			panes[id].draw_zoomed(&draw, (enum pane_id)id, layout->pane[id]);
		else
			panes[id].draw(&draw, (enum pane_id)id, layout->pane[id]);
	}
}

void view_draw(struct view *view, const struct model *model, const struct frame *frame,
	       struct canvas *canvas)
{
	struct layout layout;

	canvas_clear(canvas);
	canvas->slow_link = view->slow_link;
	layout_compute(&layout, canvas->rows, canvas->columns, view, (unsigned)model->cpu_count);
	view->numbers.count = 0;
	view->hits.count = 0;
	canvas->hits = &view->hits;
	canvas->numbers = view->mode == MODE_INSPECT ? &view->numbers : NULL;
	header_draw(canvas, layout.header, model, view, frame);
	verdict_line_draw(canvas, layout.verdict, model, view);
	/* What is wanted is wanted by what shows now. */
	if (view->cmdlines)
		view->cmdlines->wanted_count = 0;
	view->inspect_pane = layout.pane[view->focus];
	if (view->mode == MODE_HELP)
		help_draw(canvas, layout.body, view, model, frame);
	else if (model->current && !layout.shown)
		draw_too_small(canvas, layout.body);
	else if (model->current)
		draw_panes(view, model, frame, canvas, &layout);
	if (view->mode == MODE_SIGNALS || view->mode == MODE_CONFIRM)
		signal_list_draw(canvas, layout.body, view);
	if (view->mode == MODE_COLUMNS)
		columns_draw(canvas, layout.body, view);
	if (view->mode == MODE_INSPECT && model->current)
		inspect_draw(canvas, layout.body, view, model, frame);
	if (view->playback)
		playback_draw(canvas, layout.strip, view->playback);
	if (view->mode == MODE_PROMPT && layout.key_bar.rows > 0)
		prompt_draw(canvas, layout.key_bar, view, model);
	else
		key_bar_draw(canvas, layout.key_bar, view);
}

static bool act_in_help(struct view *view, enum action action)
{
	switch (action) {
	case ACTION_HELP:
	case ACTION_BACK:
		view->mode = MODE_PANES;
		return true;
	case ACTION_QUIT:
		view->quit = true;
		return true;
	case ACTION_REDRAW:
		view->redraw = true;
		return true;
	default:
		break;
	}
	if (!action_scroll_step(view, action))
		return false;
	action_scroll(&view->help_scroll, action_scroll_step(view, action));
	return true;
}

bool view_action(struct view *view, struct model *model, int rows, int columns, enum action action)
{
	return view->mode == MODE_HELP ? act_in_help(view, action)
				       : action_run(view, model, rows, columns, action);
}

/* A key of which there is nothing to say otherwise: not what a terminal sends by itself. */
static bool is_pressed(int key)
{
	return (key > ' ' && key < 127) || (key >= SCREEN_KEY_F1 && key <= SCREEN_KEY_F10);
}

/* One goes through time with a number in hand: what else would change the screen waits. */
static bool key_in_inspection(struct view *view, struct model *model, int rows, int columns,
			      int key)
{
	enum action action = key_action(&view->keys, key);

	if (inspect_key(view, key_as_arrow(&view->keys, key)))
		return true;
	switch (action) {
	case ACTION_INSPECT:
	case ACTION_BACK:
	case ACTION_QUIT:
		view->mode = MODE_PANES;
		return true;
	case ACTION_HOME:
	case ACTION_END:
		if (!view->back && !view->playback)
			break;
		/* fall through */
	case ACTION_TIME_BACK:
	case ACTION_TIME_FORTH:
	case ACTION_MINUTE_BACK:
	case ACTION_MINUTE_FORTH:
	case ACTION_SLOWER:
	case ACTION_FASTER:
	case ACTION_PAUSE:
	case ACTION_MARK:
	case ACTION_TOTALS:
	case ACTION_REDRAW:
		return action_run(view, model, rows, columns, action);
	default:
		break;
	}
	return action == ACTION_NONE && !is_pressed(key)
		       ? false
		       : say(view, "arrows go to other numbers; {inspect} leaves the inspection");
}

static bool key_in_panes(struct view *view, struct model *model, int rows, int columns, int key)
{
	enum action action = key_action(&view->keys, key);

	if (action == ACTION_NONE && view->mode == MODE_PANES && is_pressed(key))
		return say(view, "that key does nothing; {help} lists those that do");
	return view_action(view, model, rows, columns, action);
}

bool view_key(struct view *view, struct model *model, int rows, int columns, int key)
{
	bool had_message = *view->message, changed;

	view->message[0] = '\0';
	switch (view->mode) {
	case MODE_PROMPT:
		changed = prompt_key(view, model, key);
		break;
	case MODE_COLUMNS:
		changed = columns_key(view, model, columns, key_as_arrow(&view->keys, key));
		break;
	case MODE_INSPECT:
		changed = key_in_inspection(view, model, rows, columns, key);
		break;
	case MODE_SIGNALS:
	case MODE_CONFIRM:
		/* Nobody says yes to a question that the screen has no room for. */
		if (view->mode == MODE_CONFIRM &&
		    (rows < QUESTION_ROWS || columns < QUESTION_COLUMNS))
			key = SCREEN_KEY_ESCAPE;
		if (view->mode == MODE_SIGNALS)
			key = key_as_arrow(&view->keys, key);
		changed = signal_list_key(view, key);
		break;
	default:
		changed = key_in_panes(view, model, rows, columns, key);
	}
	rows_follow(view, model);
	return changed || had_message;
}

static bool has_column(enum top_kind kind, enum task_column_id column)
{
	if (top_tables[kind].sort == column)
		return true;
	for (const uint8_t *id = top_tables[kind].columns; *id != COLUMN_COUNT; id++)
		if (*id == column)
			return true;
	return false;
}

void view_sort(struct view *view, struct model *model, enum task_column_id column)
{
	for (int kind = 0; kind < TOP_KINDS; kind++) {
		if (has_column((enum top_kind)kind, column)) {
			model->top_order[kind].sort = column;
			model->top_order[kind].reverse = false;
		}
		if (top_tables[kind].sort == column) {
			view->tab = (enum top_kind)kind;
			view->focus = PANE_TOP + view->tab;
		}
	}
	/* One that no table has is for the table in front. */
	if (model->top_order[view->tab].sort != column) {
		model->top_order[view->tab].sort = column;
		model->top_order[view->tab].reverse = false;
	}
	model_rank(model);
}
