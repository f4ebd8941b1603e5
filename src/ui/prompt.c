#include "ui/prompt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/text.h"
#include "model/interval.h"
#include "ui/find.h"
#include "ui/keys.h"
#include "ui/playback.h"
#include "ui/screen.h"

/* What a prompt asks for, and what is done with it. Any of the functions may be NULL. */
struct prompt_ops {
	const char *label;
	bool (*takes)(int key); /* a key that is typed; the others are left out */
	void (*begin)(struct view *view, const struct model *model);
	void (*change)(struct view *view, struct model *model); /* at every key */
	void (*step)(struct view *view, struct model *model, int step); /* Up and Down */
	/* False, with why, keeps the prompt open: what was typed can be changed. */
	bool (*accept)(struct view *view, struct model *model);
	void (*cancel)(struct view *view, struct model *model);
	/* What stood there before, for Up and for the hint beside an empty line; "": nothing. */
	const char *(*before)(const struct view *view, const struct model *model, char *buf);
	const char *empty; /* the hint beside an empty line: what Enter does; NULL: no hint */
	bool quits; /* the key that leaves the program is no part of the text */
};

static bool refuse(struct view *view, const char *why)
{
	snprintf(view->prompt.why, sizeof(view->prompt.why), "%s", why);
	return false;
}

/* --- d: the delay */

static bool is_delay(int key)
{
	return key == '.' || key == ',' || (key >= '0' && key <= '9');
}

static bool take_delay(struct view *view, struct model *model)
{
	double delay;

	(void)model;
	if (!*view->prompt.line.text)
		return true;
	if (!decimal_parse(view->prompt.line.text, &delay) || delay < DELAY_MIN_S ||
	    delay > DELAY_MAX_S)
		return refuse(view, "a delay is from 0.05 to 3600 seconds");
	view->delay_s = delay;
	return true;
}

/* --- \: filter by name */

static const char *filter_before(const struct view *view, const struct model *model, char *buf)
{
	(void)model;
	(void)buf;
	return view->prompt.before;
}

static void set_pattern(struct view *view, struct model *model, const char *text)
{
	struct prompt *prompt = &view->prompt;

	prompt->why[0] = '\0';
	pattern_set(&view->pattern, text, prompt->why, sizeof(prompt->why));
	model->filter.pattern = *view->pattern.text ? &view->pattern : NULL;
	model_rank(model);
}

static void filter(struct view *view, struct model *model)
{
	set_pattern(view, model, view->prompt.line.text);
}

/* An empty line takes the filter away. */
static bool accept_filter(struct view *view, struct model *model)
{
	set_pattern(view, model, view->prompt.line.text);
	return !*view->prompt.why;
}

static void cancel_filter(struct view *view, struct model *model)
{
	set_pattern(view, model, view->prompt.before);
}

/* --- u: user */

static const char *user_before(const struct view *view, const struct model *model, char *buf)
{
	if (!view->prompt.filter.by_uid || !model->current)
		return "";
	return users_name(model->current->users, view->prompt.filter.uid, buf);
}

/* Only who has a process is looked for: asking the system for a name may take for ever. */
static bool find_user(const struct model *model, const char *text, uint32_t *uid)
{
	char name[USER_NAME_MAX], number[12];

	for (size_t i = 0; i < model->all_count; i++) {
		*uid = model->all[i].task->uid;
		snprintf(number, sizeof(number), "%u", *uid);
		if (!strcmp(text, number) ||
		    !strcmp(text, users_name(model->current->users, *uid, name)))
			return true;
	}
	return false;
}

static void choose_user(struct view *view, struct model *model)
{
	struct prompt *prompt = &view->prompt;
	uint32_t uid;

	prompt->why[0] = '\0';
	if (!*prompt->line.text) {
		model->filter.by_uid = false;
	} else if (find_user(model, prompt->line.text, &uid)) {
		model->filter.by_uid = true;
		model->filter.uid = uid;
	} else {
		model->filter.by_uid = prompt->filter.by_uid;
		model->filter.uid = prompt->filter.uid;
		refuse(view, "no process of such a user");
	}
	model_rank(model);
}

/* An empty line shows all users. */
static bool accept_user(struct view *view, struct model *model)
{
	choose_user(view, model);
	return !*view->prompt.why;
}

static void cancel_user(struct view *view, struct model *model)
{
	model->filter.by_uid = view->prompt.filter.by_uid;
	model->filter.uid = view->prompt.filter.uid;
	model_rank(model);
}

/* --- n: nice value of the target */

#define NICE_LEAST (-20)
#define NICE_MOST 19

static bool is_nice(int key)
{
	return key == '-' || (key >= '0' && key <= '9');
}

static bool take_nice(struct view *view, struct model *model)
{
	const char *text = view->prompt.line.text;
	char *end;
	long nice = strtol(text, &end, 10);

	(void)model;
	if (!*text)
		return true;
	if (*end || end == text || nice < NICE_LEAST || nice > NICE_MOST)
		return refuse(view, "from -20, first, to 19, last");
	view->act = (struct act){ ACT_NICE, (int)nice };
	return true;
}

/* --- g: a time of the recording */

static bool take_time(struct view *view, struct model *model)
{
	(void)model;
	return !*view->prompt.line.text || playback_go(view, view->prompt.line.text) ||
	       refuse(view, "a time is like 14:05:30, 2026-11-20 14:05, @EPOCH or -10m");
}

static const struct prompt_ops ops[PROMPT_COUNT] = {
	[PROMPT_DELAY] = { "delay in seconds", is_delay, .accept = take_delay, .quits = true },
	[PROMPT_SEARCH] = { "find", line_edit_is_text, find_begin, find_change, find_next,
			    .accept = find_accept, .cancel = find_cancel },
	[PROMPT_FILTER] = { "filter by name, ~regex", line_edit_is_text, .change = filter,
			    .accept = accept_filter, .cancel = cancel_filter,
			    .before = filter_before, .empty = "Enter shows all" },
	[PROMPT_USER] = { "only the user", line_edit_is_text, .change = choose_user,
			  .accept = accept_user, .cancel = cancel_user, .before = user_before,
			  .empty = "Enter shows all" },
	[PROMPT_NICE] = { "nice value", is_nice, .accept = take_nice },
	[PROMPT_GO] = { "go to", line_edit_is_text, .accept = take_time,
			.empty = "14:05:30, 2026-11-20 14:05, or -10m: before its end" },
};

void prompt_open(struct view *view, const struct model *model, enum prompt_id id)
{
	view->mode = MODE_PROMPT;
	view->prompt = (struct prompt){
		.id = id,
		.filter = model->filter,
		.zoom = view->zoom,
		.scroll = view->scroll,
		.selected_pid = view->selected_pid,
		.selected_start_ns = view->selected_start_ns,
	};
	snprintf(view->prompt.before, sizeof(view->prompt.before), "%s", view->pattern.text);
	if (ops[id].begin)
		ops[id].begin(view, model);
}

static bool edit(struct view *view, struct model *model, int key)
{
	struct prompt *prompt = &view->prompt;
	char before[LINE_EDIT_MAX];

	if (key == ',' && prompt->id == PROMPT_DELAY)
		key = '.';
	snprintf(before, sizeof(before), "%s", prompt->line.text);
	if (!line_edit_key(&prompt->line, key) &&
	    !(ops[prompt->id].takes(key) && line_edit_insert(&prompt->line, key)))
		return false;
	if (!strcmp(before, prompt->line.text))
		return true;
	prompt->why[0] = '\0';
	if (ops[prompt->id].change)
		ops[prompt->id].change(view, model);
	return true;
}

/* Brings back what stood there before, to be changed. */
static bool recall(struct view *view, struct model *model)
{
	const struct prompt_ops *asked = &ops[view->prompt.id];
	char buf[USER_NAME_MAX];
	const char *before = asked->before(view, model, buf);

	if (!*before)
		return false;
	line_edit_set(&view->prompt.line, before);
	asked->change(view, model);
	return true;
}

static void accept(struct view *view, struct model *model)
{
	const struct prompt_ops *asked = &ops[view->prompt.id];

	if (!asked->accept || asked->accept(view, model))
		view->mode = MODE_PANES;
}

static void cancel(struct view *view, struct model *model)
{
	const struct prompt_ops *asked = &ops[view->prompt.id];

	view->mode = MODE_PANES;
	if (asked->cancel)
		asked->cancel(view, model);
}

bool prompt_key(struct view *view, struct model *model, int key)
{
	const struct prompt_ops *asked = &ops[view->prompt.id];

	if (key == SCREEN_KEY_ENTER || key == '\r')
		accept(view, model);
	else if (key == SCREEN_KEY_ESCAPE)
		cancel(view, model);
	else if (asked->step && (key == SCREEN_KEY_UP || key == SCREEN_KEY_DOWN))
		asked->step(view, model, key == SCREEN_KEY_UP ? -1 : 1);
	else if (asked->before && key == SCREEN_KEY_UP)
		return recall(view, model);
	else if (asked->quits && key_action(&view->keys, key) == ACTION_QUIT)
		view->quit = true;
	else
		return edit(view, model, key);
	return true;
}

/* Beside an empty line: what Enter and Up do. */
static void hint_text(char *dst, size_t cap, const struct view *view, const struct model *model)
{
	const struct prompt_ops *asked = &ops[view->prompt.id];
	char buf[USER_NAME_MAX];
	const char *before = asked->before ? asked->before(view, model, buf) : "";

	dst[0] = '\0';
	if (*view->prompt.line.text || !asked->empty)
		return;
	if (*before)
		snprintf(dst, cap, "%s, Up brings back %s", asked->empty, before);
	else
		snprintf(dst, cap, "%s", asked->empty);
}

static void draw_line(struct canvas *canvas, int row, int column, int columns,
		      const struct line_edit *line)
{
	struct line_window window = line_edit_window(line, columns);
	char text[LINE_EDIT_MAX];
	int taken;

	snprintf(text, sizeof(text), "%.*s", (int)(window.end - window.first),
		 line->text + window.first);
	taken = canvas_text(canvas, row, column, columns, STYLE_BRIGHT, text);
	/* There is more on that side. */
	if (window.first > 0)
		canvas_put(canvas, row, column, '<', STYLE_DIM);
	if (line->text[window.end] && window.cursor + window.cursor_columns < columns)
		canvas_put(canvas, row, column + columns - 1, '>', STYLE_DIM);
	if (line->text[line->cursor])
		canvas_select(canvas, row, column + window.cursor, window.cursor_columns);
	else if (taken < columns)
		canvas_put(canvas, row, column + taken, '_', STYLE_BRIGHT);
}

#define LEAST_LINE 8 /* columns of what is typed, before what is said beside it gives way */

void prompt_draw(struct canvas *canvas, struct rect line, const struct view *view,
		 const struct model *model)
{
	const struct prompt *prompt = &view->prompt;
	int column = line.column, end = line.column + line.columns, aside, shown;
	char text[TASK_COMM_MAX + 96], now[TASK_COMM_MAX + 40] = "";

	if (prompt->id == PROMPT_DELAY)
		snprintf(now, sizeof(now), " [%s]", text_delay(text, sizeof(text), view->delay_s));
	if (prompt->id == PROMPT_NICE)
		snprintf(now, sizeof(now), " of %u %s [%d]", view->target.pid, view->target.comm,
			 view->target.nice);
	snprintf(text, sizeof(text), " %s%s: ", ops[prompt->id].label, now);
	column += canvas_text(canvas, line.row, column, line.columns - LEAST_LINE, STYLE_BRIGHT,
			      text);
	hint_text(text, sizeof(text), view, model);
	if (*prompt->why)
		snprintf(text, sizeof(text), "%s", prompt->why);
	aside = canvas_text_columns(canvas, text);
	shown = canvas_text_columns(canvas, prompt->line.text) + 1;
	if (column + shown + 2 + aside > end)
		shown = end - column - 2 - aside;
	if (shown < LEAST_LINE)
		shown = LEAST_LINE;
	if (!aside || shown > end - column)
		shown = end - column;
	draw_line(canvas, line.row, column, shown, &prompt->line);
	column += shown + 2;
	canvas_text(canvas, line.row, column, end - column, *prompt->why ? STYLE_WARN : STYLE_DIM,
		    text);
}
