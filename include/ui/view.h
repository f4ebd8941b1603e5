/*
 * ui/view: what the person looks at: focus, zoom, sort, pause, help. Keys change it, panes read it.
 */
#ifndef STALLTOP_UI_VIEW_H
#define STALLTOP_UI_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/history.h"
#include "model/model.h"
#include "sample/collector.h"
#include "ui/canvas.h"
#include "ui/cmdlines.h"
#include "ui/hits.h"
#include "ui/key_map.h"
#include "ui/line_edit.h"
#include "ui/listing.h"
#include "ui/pane_choice.h"
#include "ui/playback.h"
#include "ui/table.h"
#include "ui/theme.h"

/* What keys go to, beside the panes; what is not MODE_PANES lies over them. */
enum mode {
	MODE_PANES,
	MODE_HELP,
	MODE_PROMPT,
	MODE_SIGNALS, /* the list */
	MODE_CONFIRM, /* the question behind it */
	MODE_COLUMNS,
	MODE_INSPECT,
	MODE_COUNT
};

enum prompt_id {
	PROMPT_DELAY,
	PROMPT_SEARCH,
	PROMPT_FILTER,
	PROMPT_USER,
	PROMPT_NICE,
	PROMPT_GO,
	PROMPT_COUNT
};

_Static_assert(LINE_EDIT_MAX == PATTERN_MAX, "what is typed is a pattern, and no part of one");

/* A line that the person types; see ui/prompt. */
struct prompt {
	enum prompt_id id;
	struct line_edit line;
	char why[96]; /* what is wrong with it; "": nothing */
	/* What Esc goes back to. */
	char before[PATTERN_MAX];
	struct task_filter filter;
	enum pane_id zoom;
	int scroll;
	uint32_t selected_pid;
	uint64_t selected_start_ns;
};

/* The process that is acted on, as it was when it was chosen. */
struct act_target {
	uint32_t pid;
	uint64_t start_ns;
	uint64_t started_real_ns; /* by the wall clock; ABSENT when not known */
	int nice;
	uint32_t thread; /* that was selected, of this process; 0: the process itself */
	char comm[TASK_COMM_MAX];
};

#define COLUMNS_TO_CHOOSE (COLUMN_COUNT - 1) /* COL_COMMAND is always there */

/* The list in which columns are chosen. */
struct column_list {
	uint8_t id[COLUMNS_TO_CHOOSE];
	bool on[COLUMNS_TO_CHOOSE];
};

enum travel {
	TRAVEL_NONE,
	TRAVEL_BACK, /* a sample */
	TRAVEL_FORTH,
	TRAVEL_MINUTE_BACK,
	TRAVEL_MINUTE_FORTH,
	TRAVEL_OLDEST,
	TRAVEL_NOW,
};

enum act_kind { ACT_NONE, ACT_SIGNAL, ACT_NICE };

struct act {
	enum act_kind kind;
	int value; /* number of the signal, or the nice value */
};

struct view {
	enum pane_id focus;
	enum pane_id zoom; /* PANE_NONE: all panes */
	enum top_kind tab; /* the table that shows where there is room for one */
	enum travel travel; /* where the person wants to go in time; the app goes and clears it */
	size_t back; /* samples that what shows is behind the newest; 0: now. The app's */
	double back_s; /* the same in seconds */
	struct playback *playback; /* of a recording; NULL: this machine. The app's */
	bool marked; /* panes show the difference since the mark */
	bool totals; /* as sums, not rates */
	double marked_s; /* how long ago that was. The app's */
	bool slow_link; /* graphs sweep, panes take turns: ui/slow_link */
	bool paused; /* the picture stands still, samples keep coming */
	enum mode mode;
	int help_scroll;
	struct prompt prompt;
	struct pattern pattern; /* of the filter */
	struct column_choice columns[TOP_KINDS]; /* of the tables */
	struct task_order own_order[TOP_KINDS]; /* what a table's own key goes back to */
	struct pane_choice panes;
	struct key_map keys;
	struct palette palette;
	bool colors; /* the screen has some; the app's */
	bool save; /* the settings are to be written; the app does, and clears it */
	const struct setting_notes
		*notes; /* what is said of the settings; NULL: nothing. Not owned */
	struct column_list column_list;
	struct numbers numbers; /* while one inspects: what the last drawing showed where */
	struct number inspected; /* kind NUMBER_KINDS: not chosen yet */
	struct hits hits; /* what the last drawing showed where, for the mouse */
	struct rect inspect_pane; /* of the pane in focus */
	int choice; /* row of a list over the panes */
	bool mouse; /* the terminal is to report it; the app sees to it */
	bool readonly; /* processes are only looked at */
	bool threads; /* rows are threads; the app has them sampled */
	struct act_target target;
	struct act act; /* what the app is asked to do to the target; the app clears it */
	char message[128]; /* for the person, in place of the key bar, until the next key */
	uint32_t selected_pid; /* 0: none */
	uint64_t selected_start_ns;
	bool selected_thread; /* the thread of that id, not its process, where a tree shows both */
	int scroll; /* first row of a zoomed pane */
	bool reveal; /* the next drawing of a zoomed table scrolls to the selected row */
	double delay_s; /* `d` changes it; the app reads it */
	bool quit; /* the app reads it */
	bool redraw; /* Ctrl-L; the app clears it */
	bool command_line; /* in place of the name */
	struct cmdlines *cmdlines; /* from the first time on that they were asked for */
	struct listing listing; /* rows of a zoomed table */
	int page_rows; /* rows of the zoomed pane at the last drawing, for paging */
};

#define NOTES_MAX 16
#define NOTE_MAX 200

/* What is wrong with a line of the settings. */
struct setting_note {
	int line; /* 0: the whole file */
	char text[NOTE_MAX];
};

/* Where the settings came from, and what was wrong with them; all of it harmless to show. */
struct setting_notes {
	char path[256]; /* "": none was read */
	struct setting_note note[NOTES_MAX];
	int count; /* all; the first NOTES_MAX are kept */
};

/* What a frame shows beside model and view. */
struct frame {
	const struct host *host;
	const char *source; /* "proc" */
	const char
		*source_why; /* why it is not bpf, the cause before a colon; "": nothing to say */
	uint64_t now_real_ns; /* of the sample shown */
	const struct sample
		*previous; /* what rates are from; of the past its files alone; NULL: none */
	const struct history *history; /* NULL: none */
	size_t age; /* of what shows, in it */
	double draw_us; /* cost of the frame before; NAN for the first */
};

void view_init(struct view *view, double delay_s);
void view_release(struct view *view);

/*
 * A key was pressed. Changes view, and the orders of the model (model_rank() included). The size of
 * the screen decides which panes there are to move between. True when something changed.
 */
bool view_key(struct view *view, struct model *model, int rows, int columns, int key);

/* The same for an action, whatever key it has: over the panes, and in the help. */
bool view_action(struct view *view, struct model *model, int rows, int columns, enum action action);

/*
 * Sorts every table that has this column by it, and brings the table whose own key it is to the
 * front: for -s.
 */
void view_sort(struct view *view, struct model *model, enum task_column_id column);

/* Draws the whole screen on the canvas, which has its size. */
void view_draw(struct view *view, const struct model *model, const struct frame *frame,
	       struct canvas *canvas);

#endif
