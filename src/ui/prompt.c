#include "ui/prompt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/keys.h"
#include "ui/rows.h"
#include "ui/screen.h"

/* What a prompt asks for, and what is done with it. Any of the functions may be NULL. */
struct prompt_ops {
	const char *label;
	bool (*takes)(int key); /* a key that is typed; the others are left out */
	void (*begin)(struct view *view, const struct model *model);
	void (*change)(struct view *view, struct model *model); /* at every key */
	void (*step)(struct view *view, struct model *model, int step); /* Up and Down */
	void (*accept)(struct view *view, struct model *model);
	void (*cancel)(struct view *view, struct model *model);
	bool quits; /* the key that leaves the program is no part of the text */
};

static bool is_text(int key)
{
	return key >= ' ' && key < 127;
}

/* --- d: the delay */

#define DELAY_LEAST 0.05
#define DELAY_MOST 3600

static bool is_delay(int key)
{
	return key == '.' || key == ',' || (key >= '0' && key <= '9');
}

/* Digits and one point; -1 for anything else. Whatever the locale says, the point is a point. */
static double parse_delay(const char *text)
{
	double value = 0, scale = 0;

	if (!strpbrk(text, "0123456789"))
		return -1;
	for (; *text; text++) {
		if (*text == '.') {
			if (scale > 0)
				return -1;
			scale = 1;
			continue;
		}
		value = value * 10 + (*text - '0');
		scale *= 10;
	}
	return scale > 0 ? value / scale : value;
}

static void take_delay(struct view *view, struct model *model)
{
	double delay = parse_delay(view->prompt.text);

	(void)model;
	if (!*view->prompt.text)
		return;
	if (delay >= DELAY_LEAST && delay <= DELAY_MOST)
		view->delay_s = delay;
	else
		snprintf(view->message, sizeof(view->message),
			 "a delay is from 0.05 to 3600 seconds");
}

/* " [1.0]", " [0.05]" */
static void delay_text(char *dst, size_t cap, double delay_s)
{
	unsigned centi = (unsigned)(delay_s * 100 + 0.5);

	snprintf(dst, cap, centi % 10 ? " [%u.%02u]" : " [%u.%u]", centi / 100,
		 centi % 10 ? centi % 100 : centi % 100 / 10);
}

/* --- /: search */

static bool is_digits(const char *text)
{
	return *text && strspn(text, "0123456789") == strlen(text);
}

static bool is_found(const struct view *view, const struct task *task)
{
	const char *text = view->prompt.text;

	if (is_digits(text) && strtoul(text, NULL, 10) == task->pid)
		return true;
	return strcasestr(task->comm, text) != NULL;
}

/* Every process is searched, so the table needs the whole screen. */
static void begin_search(struct view *view, const struct model *model)
{
	enum pane_id table = rows_table(view);

	(void)model;
	if (view->zoom != table) {
		view->zoom = view->focus = table;
		view->scroll = 0;
	}
}

/* Selects the first that is found from a row on, and round from the other end. */
static bool search_from(struct view *view, struct model *model, int from, int step)
{
	/* A zoomed table has all rows, whatever the layout. */
	const struct layout layout = { .tabs = false };
	struct rows rows = rows_now(view, model, &layout, rows_table(view));

	for (int tried = 0; tried < rows.count; tried++) {
		int row = (from + tried * step) % rows.count;

		if (row < 0)
			row += rows.count;
		if (!is_found(view, rows_task(&rows, row)))
			continue;
		rows_select(&rows, view, row);
		return true;
	}
	return false;
}

static int selected_row(struct view *view, struct model *model)
{
	const struct layout layout = { .tabs = false };
	struct rows rows = rows_now(view, model, &layout, rows_table(view));

	return rows_selected(&rows, view);
}

static void search(struct view *view, struct model *model)
{
	int row = selected_row(view, model);

	view->prompt.why[0] = '\0';
	if (*view->prompt.text && !search_from(view, model, row < 0 ? 0 : row, 1))
		snprintf(view->prompt.why, sizeof(view->prompt.why), "none is called that");
}

static void search_on(struct view *view, struct model *model, int step)
{
	if (*view->prompt.text)
		search_from(view, model, selected_row(view, model) + step, step);
}

static void cancel_search(struct view *view, struct model *model)
{
	(void)model;
	view->zoom = view->prompt.zoom;
	view->scroll = view->prompt.scroll;
	view->reveal = false;
	view->selected_pid = view->prompt.selected_pid;
	view->selected_start_ns = view->prompt.selected_start_ns;
}

/* --- \: filter by name */

static void begin_filter(struct view *view, const struct model *model)
{
	(void)model;
	snprintf(view->prompt.text, sizeof(view->prompt.text), "%s", view->pattern.text);
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
	set_pattern(view, model, view->prompt.text);
}

static void accept_filter(struct view *view, struct model *model)
{
	if (!*view->prompt.why)
		return;
	snprintf(view->message, sizeof(view->message), "not a regular expression: %s",
		 view->prompt.why);
	/* Nobody asked for the part of it that was one: the filter of before stays. */
	set_pattern(view, model, view->prompt.before);
}

static void cancel_filter(struct view *view, struct model *model)
{
	set_pattern(view, model, view->prompt.before);
}

/* --- u: user */

static void begin_user(struct view *view, const struct model *model)
{
	char name[USER_NAME_MAX];

	if (model->filter.by_uid && model->current)
		snprintf(view->prompt.text, sizeof(view->prompt.text), "%s",
			 users_name(model->current->users, model->filter.uid, name));
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
	if (!*prompt->text) {
		model->filter.by_uid = false;
	} else if (find_user(model, prompt->text, &uid)) {
		model->filter.by_uid = true;
		model->filter.uid = uid;
	} else {
		model->filter.by_uid = prompt->filter.by_uid;
		model->filter.uid = prompt->filter.uid;
		snprintf(prompt->why, sizeof(prompt->why), "no process of such a user");
	}
	model_rank(model);
}

static void accept_user(struct view *view, struct model *model)
{
	(void)model;
	if (*view->prompt.why)
		snprintf(view->message, sizeof(view->message), "no process of user '%s'",
			 view->prompt.text);
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

static void take_nice(struct view *view, struct model *model)
{
	char *end;
	long nice = strtol(view->prompt.text, &end, 10);

	(void)model;
	if (!*view->prompt.text)
		return;
	if (*end || end == view->prompt.text || nice < NICE_LEAST || nice > NICE_MOST)
		snprintf(view->message, sizeof(view->message),
			 "a nice value is from -20, first, to 19, last");
	else
		view->act = (struct act){ ACT_NICE, (int)nice };
}

static const struct prompt_ops ops[PROMPT_COUNT] = {
	[PROMPT_DELAY] = { "delay in seconds", is_delay, .accept = take_delay, .quits = true },
	[PROMPT_SEARCH] = { "find", is_text, begin_search, search, search_on,
			    .cancel = cancel_search },
	[PROMPT_FILTER] = { "filter by name, ~regex", is_text, begin_filter, filter,
			    .accept = accept_filter, .cancel = cancel_filter },
	[PROMPT_USER] = { "only the user", is_text, begin_user, choose_user, .accept = accept_user,
			  .cancel = cancel_user },
	[PROMPT_NICE] = { "nice value", is_nice, .accept = take_nice },
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
	size_t length = strlen(prompt->text);

	if (key == ',' && prompt->id == PROMPT_DELAY)
		key = '.';
	if (key == SCREEN_KEY_BACKSPACE || key == 8 || key == 127)
		prompt->text[length ? length - 1 : 0] = '\0';
	else if (ops[prompt->id].takes(key) && length < sizeof(prompt->text) - 1)
		memcpy(prompt->text + length, (char[]){ (char)key, '\0' }, 2);
	else
		return false;
	if (ops[prompt->id].change)
		ops[prompt->id].change(view, model);
	return true;
}

static void end(struct view *view, struct model *model,
		void (*how)(struct view *view, struct model *model))
{
	view->mode = MODE_PANES;
	if (how)
		how(view, model);
}

bool prompt_key(struct view *view, struct model *model, int key)
{
	const struct prompt_ops *asked = &ops[view->prompt.id];

	if (key == SCREEN_KEY_ENTER || key == '\r') {
		end(view, model, asked->accept);
	} else if (key == SCREEN_KEY_ESCAPE) {
		end(view, model, asked->cancel);
	} else if (asked->step && (key == SCREEN_KEY_UP || key == SCREEN_KEY_DOWN)) {
		asked->step(view, model, key == SCREEN_KEY_UP ? -1 : 1);
	} else if (asked->quits && key_action(key) == ACTION_QUIT) {
		view->quit = true;
	} else {
		return edit(view, model, key);
	}
	return true;
}

void prompt_draw(struct canvas *canvas, struct rect line, const struct view *view)
{
	const struct prompt *prompt = &view->prompt;
	char text[256], now[TASK_COMM_MAX + 40] = "";
	int column = line.column;

	if (prompt->id == PROMPT_DELAY)
		delay_text(now, sizeof(now), view->delay_s);
	if (prompt->id == PROMPT_NICE)
		snprintf(now, sizeof(now), " of %u %s [%d]", view->target.pid, view->target.comm,
			 view->target.nice);
	snprintf(text, sizeof(text), " %s%s: %s_", ops[prompt->id].label, now, prompt->text);
	column += canvas_text(canvas, line.row, column, line.columns, STYLE_BRIGHT, text) + 2;
	canvas_text(canvas, line.row, column, line.column + line.columns - column, STYLE_WARN,
		    prompt->why);
}
