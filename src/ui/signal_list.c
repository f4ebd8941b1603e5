#include "ui/signal_list.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "base/clock.h"
#include "base/value.h"
#include "ui/draw.h"
#include "ui/hits.h"
#include "ui/rows.h"
#include "ui/say.h"
#include "ui/screen.h"

#define BOX_COLUMNS 64
#define LEAST_COLUMNS 12 /* fewer, and no name of a signal fits */
#define COUNT (int)(sizeof(choices) / sizeof(choices[0]))

static const struct choice {
	int signal;
	const char *name, *meaning;
} choices[] = {
	{ SIGTERM, "TERM", "asks it to end" },
	{ SIGKILL, "KILL", "ends it at once; it cannot clean up" },
	{ SIGINT, "INT", "as Ctrl-C" },
	{ SIGHUP, "HUP", "many daemons read their configuration again" },
	{ SIGSTOP, "STOP", "stops it until CONT" },
	{ SIGCONT, "CONT", "lets it go on" },
	{ SIGQUIT, "QUIT", "ends it with a core dump" },
	{ SIGABRT, "ABRT", "ends it with a core dump, as if it had failed" },
	{ SIGUSR1, "USR1", "means what the program says" },
	{ SIGUSR2, "USR2", "means what the program says" },
};

int signal_list_count(void)
{
	return COUNT;
}

const char *signal_list_name(int signal)
{
	for (int i = 0; i < COUNT; i++)
		if (choices[i].signal == signal)
			return choices[i].name;
	return NULL;
}

/* When it started, by the wall clock of the sample. */
static uint64_t started_real_ns(const struct model *model, const struct task *task)
{
	const struct sample *sample = model->current;
	uint64_t age;

	if (!present(sample->boot_ns) || !present(task->start_ns) || !present(sample->real_ns) ||
	    task->start_ns > sample->boot_ns)
		return ABSENT;
	age = sample->boot_ns - task->start_ns;
	return sample->real_ns > age ? sample->real_ns - age : ABSENT;
}

bool signal_list_target(struct view *view, const struct model *model)
{
	const struct task_view *selected = rows_selected_task(view, model);

	if (view->readonly) {
		say(view, "--readonly: no process is touched");
		return false;
	}
	if (view->back) {
		say(view, "the past cannot be changed: {end} leads to now");
		return false;
	}
	if (!selected || selected->task->flags & TASK_EXITED) {
		say(view, view->selected_pid ? "the selected process is gone"
					     : "select a process first: {down}, or {find}");
		return false;
	}
	view->target = (struct act_target){
		.pid = selected->task->pid,
		.start_ns = selected->task->start_ns,
		.started_real_ns = started_real_ns(model, selected->task),
		.nice = selected->task->nice,
		.thread = view->selected_thread ? view->selected_pid : 0,
	};
	snprintf(view->target.comm, sizeof(view->target.comm), "%s", selected->task->comm);
	/* Who acts on a process sees it. */
	view->reveal = true;
	return true;
}

bool signal_list_open(struct view *view, const struct model *model)
{
	if (signal_list_target(view, model)) {
		view->mode = MODE_SIGNALS;
		view->choice = 0;
	}
	return true;
}

static bool choose(struct view *view, int key)
{
	switch (key) {
	case SCREEN_KEY_UP:
		view->choice = (view->choice + COUNT - 1) % COUNT;
		return true;
	case SCREEN_KEY_DOWN:
		view->choice = (view->choice + 1) % COUNT;
		return true;
	case SCREEN_KEY_ENTER:
		view->mode = MODE_CONFIRM;
		return true;
	case SCREEN_KEY_ESCAPE:
	case 'q':
		view->mode = MODE_PANES;
		return true;
	default:
		return false;
	}
}

/* Only a y sends it. */
static bool confirm(struct view *view, int key)
{
	view->mode = MODE_PANES;
	if (key != 'y' && key != 'Y') {
		say(view, "nothing was sent");
		return true;
	}
	view->act = (struct act){ ACT_SIGNAL, choices[view->choice].signal };
	return true;
}

bool signal_list_key(struct view *view, int key)
{
	return view->mode == MODE_CONFIRM ? confirm(view, key) : choose(view, key);
}

static struct rect box_of(struct rect area, int lines)
{
	int rows = lines + 2 < area.rows ? lines + 2 : area.rows;
	int columns = BOX_COLUMNS < area.columns ? BOX_COLUMNS : area.columns;

	return (struct rect){ area.row + (area.rows - rows) / 2,
			      area.column + (area.columns - columns) / 2, rows, columns };
}

static void draw_box(struct canvas *canvas, struct rect box, const char *title)
{
	canvas_fill(canvas, box, ' ', STYLE_TEXT);
	draw_frame(canvas, box, title, true);
}

static void draw_list(struct canvas *canvas, struct rect area, const struct view *view)
{
	struct rect box = box_of(area, COUNT);
	int shown = box.rows - 2, first;
	char text[160];

	snprintf(text, sizeof(text), "SIGNAL TO %u %s", view->target.pid, view->target.comm);
	draw_box(canvas, box, text);
	if (shown < 1 || box.columns < LEAST_COLUMNS) {
		draw_too_small(canvas, box);
		return;
	}
	first = view->choice >= shown ? view->choice - shown + 1 : 0;
	for (int i = 0; i < shown && first + i < COUNT; i++) {
		const struct choice *choice = &choices[first + i];
		int row = box.row + 1 + i;

		snprintf(text, sizeof(text), "%2d %-5s", choice->signal, choice->name);
		canvas_text(canvas, row, box.column + 2, box.columns - 4, STYLE_BRIGHT, text);
		canvas_text(canvas, row, box.column + 12, box.columns - 14, STYLE_TEXT,
			    choice->meaning);
		if (first + i == view->choice)
			canvas_select(canvas, row, box.column + 1, box.columns - 2);
		hits_add(canvas->hits, HIT_CHOICE,
			 (struct rect){ row, box.column + 1, 1, box.columns - 2 },
			 (uint32_t)(first + i));
	}
}

static void started_text(char *dst, size_t cap, uint64_t real_ns)
{
	time_t seconds = (time_t)(real_ns / NS_PER_S);
	struct tm tm;

	if (!present(real_ns) || !localtime_r(&seconds, &tm))
		snprintf(dst, cap, "started at a time not known");
	else
		snprintf(dst, cap, "started %04d-%02d-%02d %02d:%02d:%02d", tm.tm_year + 1900,
			 tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void draw_question(struct canvas *canvas, struct rect area, const struct view *view)
{
	const struct choice *choice = &choices[view->choice];
	struct rect box = box_of(area, view->target.thread ? 5 : 4);
	int column = box.column + 2, columns = box.columns - 4;
	char text[160];

	draw_box(canvas, box, "SURE?");
	if (box.rows < 6 || box.columns < LEAST_COLUMNS) {
		draw_too_small(canvas, box);
		return;
	}
	snprintf(text, sizeof(text), "%s: %s", choice->name, choice->meaning);
	canvas_text(canvas, box.row + 1, column, columns, STYLE_WARN, text);
	snprintf(text, sizeof(text), "process %u %s", view->target.pid, view->target.comm);
	canvas_text(canvas, box.row + 2, column, columns, STYLE_BRIGHT, text);
	started_text(text, sizeof(text), view->target.started_real_ns);
	canvas_text(canvas, box.row + 3, column, columns, STYLE_TEXT, text);
	if (view->target.thread) {
		snprintf(text, sizeof(text), "to the whole process, not to thread %u alone",
			 view->target.thread);
		canvas_text(canvas, box.row + 4, column, columns, STYLE_WARN, text);
	}
	canvas_text(canvas, box.row + box.rows - 2, column, columns, STYLE_TEXT,
		    "y sends it, any other key does not");
}

void signal_list_draw(struct canvas *canvas, struct rect area, const struct view *view)
{
	if (view->mode == MODE_CONFIRM)
		draw_question(canvas, area, view);
	else
		draw_list(canvas, area, view);
}
