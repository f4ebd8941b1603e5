#include "ui/help.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/alert.h"
#include "model/model.h"
#include "model/task_column.h"
#include "ui/draw.h"
#include "ui/keys.h"
#include "ui/pane.h"
#include "ui/say.h"

#define PAIR_COLUMNS 110 /* from here on two columns */
#define LEAST_COLUMNS 10 /* fewer, and no word fits */
#define CAP_COLUMNS 13
#define TEXT_MAX 320

/* A page that is longer than its area; without a canvas it is only measured. */
struct page {
	struct canvas *canvas;
	struct rect area;
	int first; /* line at the top of the area */
	int lines; /* so far */
};

static void put(struct page *page, int column, enum style style, const char *text)
{
	int row = page->lines - page->first;

	if (page->canvas && row >= 0 && row < page->area.rows)
		canvas_text(page->canvas, page->area.row + row, page->area.column + column,
			    page->area.columns - column, style, text);
}

static void put_heading(struct page *page, const char *text)
{
	if (page->lines)
		page->lines++;
	put(page, 0, STYLE_TITLE, text);
	page->lines++;
}

/* Text from a column on, over as many lines as it needs. */
static void put_text(struct page *page, int column, const char *text)
{
	int columns = page->area.columns - column;

	if (columns < 1)
		columns = 1;
	do {
		char line[TEXT_MAX];
		size_t length = pane_line_length(text, columns);

		snprintf(line, sizeof(line), "%.*s", (int)length, text);
		put(page, column, STYLE_TEXT, line);
		page->lines++;
		for (text += length; *text == ' '; text++)
			;
	} while (*text);
}

/* A cap or a sample, and what it means. */
static void put_entry(struct page *page, enum style style, const char *sample, const char *text)
{
	put(page, 1, style, sample);
	put_text(page, 1 + CAP_COLUMNS, text);
}

/* The same, with keys by the names that they have now: see say_text(). */
static void put_named(struct page *page, const struct view *view, const char *sample,
		      const char *text)
{
	char cap[CAP_COLUMNS + KEY_NAME_MAX], meaning[TEXT_MAX];

	put_entry(page, STYLE_BRIGHT, say_text(cap, sizeof(cap), &view->keys, sample),
		  say_text(meaning, sizeof(meaning), &view->keys, text));
}

static void put_keys(struct page *page, const struct view *view)
{
	put_heading(page, "Keys");
	for (size_t i = 0; i < key_binding_count; i++)
		if (!view->readonly || !key_acts(key_bindings[i].action))
			put_entry(page, STYLE_BRIGHT, view->keys.cap[key_bindings[i].action],
				  key_bindings[i].help);
}

/* In every line that one types. */
static void put_typing(struct page *page, const struct view *view)
{
	put_heading(page, "Typing a filter, a name, a number");
	put_entry(page, STYLE_BRIGHT, "Enter", "takes it; what is wrong can be changed");
	put_entry(page, STYLE_BRIGHT, "Esc", "leaves all as it was");
	put_named(page, view, "{filter} Enter",
		  "an empty filter shows all; {user} Enter all users");
	put_named(page, view, "Up", "in an empty {filter} or {user}: brings back what stood there");
	put_named(page, view, "Up Down", "in {find}: the one before, the next");
	put_entry(page, STYLE_BRIGHT, "Left Right", "with Home, End, Delete: change the line");
	put_entry(page, STYLE_BRIGHT, "Ctrl-A E", "to the beginning, to the end");
	put_entry(page, STYLE_BRIGHT, "Ctrl-U K W", "delete all before, all behind, a word");
}

static const struct gesture {
	const char *name, *meaning;
} gestures[] = {
	{ "click", "focus a pane; select a process; sort by a heading, again: reverse" },
	{ "", "a tab of TOP, a key of the last line, a row of a list: what it says" },
	{ "click again", "open what is selected, as {zoom} does; in a tree, fold it" },
	{ "wheel", "scroll the pane or list under it; in a small table, select" },
	{ "Shift-drag", "select text, as the terminal does; {mouse} or --no-mouse: without Shift" },
};

static void put_mouse(struct page *page, const struct view *view)
{
	put_heading(page, "Mouse");
	for (size_t i = 0; i < sizeof(gestures) / sizeof(gestures[0]); i++)
		put_named(page, view, gestures[i].name, gestures[i].meaning);
}

static const struct legend {
	enum style style;
	const char *sample;
	const char *ascii; /* NULL: the same; "": not there */
	const char *meaning;
} legends[] = {
	{ STYLE_GOOD, "\u2501\u2501\u2501\u2501 \u28e4\u28f6", "#### -=", "within bounds" },
	{ STYLE_WARN, "12.4!", NULL, "a warning; bars of CPUs from 70 % on" },
	{ STYLE_CRIT, "8.2!!", NULL, "critical; bars of CPUs from 90 % on" },
	{ STYLE_CACHE, "\u2501\u2501\u2501\u2501 \u28e4\u28f6",
	  "#### -=", "memory that can be taken back" },
	{ STYLE_BANNER_CRIT, "!! STALL", NULL, "the worst alert, and who is behind it" },
	{ STYLE_BANNER_CRIT, "\u2716 STALL", "", "the same: \u2716 is !! on a wide screen" },
	{ STYLE_BANNER_WARN, "! STALL", NULL, "the same, as a warning" },
	{ STYLE_BANNER_OK, "no stalls", NULL, "nothing is out of bounds" },
	{ STYLE_FOCUS, "\u256d\u2500\u2500\u256e", "+--+", "the pane that keys go to" },
	{ STYLE_SORT, "CPU%\u25be", "CPU%v", "sorted by this, largest first" },
	{ STYLE_SORT, "CPU%\u25b4", "CPU%^", "sorted the other way round" },
	{ STYLE_WARN, "D", NULL, "in a table: waits uninterruptibly, mostly for a disk" },
	{ STYLE_WARN, "3 D!", NULL, "in the header: so many processes are in that state" },
	{ STYLE_WARN, "4!", NULL, "in a table: any major fault of a process at all" },
	{ STYLE_WARN, "41.0!", NULL, "in a table: what the verdict names the process for" },
	{ STYLE_GOOD, "+make", NULL, "a process that began since the sample before" },
	{ STYLE_DIM, "kswapd0", NULL, "a thread of the kernel" },
	{ STYLE_DIM, "-", NULL, "not known: it is never shown as 0" },
	{ STYLE_GOOD, "\u2588\u2588\u2592\u2592\u2584\u2584\u00b7\u00b7", "##==DD..",
	  "TIME BAR: a process ran, waited for a CPU, was in D, slept; what is not known is blank. Its "
	  "threads are added up; above 100 % the bar is of their sum" },
	{ STYLE_WARN, "! !!", NULL,
	  "in a graph: an alert began; on its scale: where alerts begin" },
	{ STYLE_SORT, "m", NULL, "on the time axis of graphs: the mark" },
	{ STYLE_GOOD, "\u2581\u2583\u2585\u2587", "0369", "many CPUs, each a cell" },
};

static void put_legend(struct page *page, bool ascii, enum byte_units units)
{
	put_heading(page, "Colours and marks");
	for (size_t i = 0; i < sizeof(legends) / sizeof(legends[0]); i++) {
		const struct legend *legend = &legends[i];
		const char *sample = ascii && legend->ascii ? legend->ascii : legend->sample;

		if (*sample)
			put_entry(page, legend->style, sample, legend->meaning);
	}
	if (units == UNITS_DECIMAL)
		put_entry(page, STYLE_TEXT, "1.5M 2.2k", "k M G T count by 1000, of bytes too");
	else
		put_entry(page, STYLE_TEXT, "1.5K 2.2k", "K M G T count by 1024, k by 1000");
}

static const char *unit_of(const struct alert_rule *rule)
{
	const char *unit = metrics[rule->metric].unit;

	if (!strcmp(unit, "percent"))
		return "%";
	return !strcmp(unit, "1/s") ? "/s" : "";
}

/* "! from 50/s" at its column. */
static void put_bound(struct page *page, int column, const struct model *model,
		      const struct alert_rule *rule, enum level level)
{
	const struct alert_bounds bounds = alert_bounds(model, rule);
	double bound = level == LEVEL_CRIT ? bounds.crit : bounds.warn;
	char text[48], number[24];

	if (isnan(bound))
		return;
	snprintf(text, sizeof(text), "%s %s %s%s", level_mark(level), alert_test_word(rule->test),
		 text_grouped(number, sizeof(number), bound), unit_of(rule));
	put(page, column, level_style(level, STYLE_TEXT), text);
}

static void put_alerts(struct page *page, const struct model *model)
{
	char held[32];

	put_heading(page, "Alerts, the most important first");
	for (size_t i = 0; i < alert_rule_count; i++) {
		put(page, 1, STYLE_TEXT, metrics[alert_rules[i].metric].name);
		put_bound(page, 34, model, &alert_rules[i], LEVEL_WARN);
		put_bound(page, 50, model, &alert_rules[i], LEVEL_CRIT);
		page->lines++;
		if (alert_rules[i].metric == M_FAULTS_OOM_KILLS_INTERVAL) {
			snprintf(held, sizeof(held), "held for %d s", OOM_HOLD_S);
			put_text(page, 34, held);
		}
	}
}

static void put_columns(struct page *page)
{
	put_heading(page, "Columns");
	for (int id = 0; id < COLUMN_COUNT; id++)
		put_entry(page, STYLE_HEADING, task_columns[id].heading, task_columns[id].help);
}

/* Words whose meaning cannot be guessed. Those that are metrics are explained by the metric table. */
static const struct word {
	const char *word;
	enum metric_id metric; /* METRIC_COUNT: text says it all */
	const char *text;
} words[] = {
	{ "0.2 ms", M_SELF_SAMPLE_US, NULL },
	{ "every 1.0 s", METRIC_COUNT,
	  "in the header, or 1.0s: the time between samples; {delay} sets it" },
	{ "SINCE 12s", METRIC_COUNT,
	  "a mark: rates are over that time; the verdict, graphs and 10s to 300s are of now" },
	{ "slow link", METRIC_COUNT,
	  "a refresh sends 600 bytes at most: the verdict first, then panes in turn; a key shows "
	  "all; graphs sweep with a gap ahead of now" },
	{ "busy", M_CPU_BUSY_PCT, NULL },
	{ "wa", M_CPU_IOWAIT_PCT, NULL },
	{ "st", M_CPU_STEAL_PCT, NULL },
	{ "hi", M_CPU_IRQ_PCT, NULL },
	{ "si", M_CPU_SOFTIRQ_PCT, NULL },
	{ "blocked", M_CPU_BLOCKED, NULL },
	{ "load/cpu", M_CPU_LOAD1_PER_CPU, NULL },
	{ "use", METRIC_COUNT,
	  "of memory: low above 50 % available, medium above 20, high above 10, else critical" },
	{ "committed", M_MEMORY_COMMITTED, NULL },
	{ "reclaim", M_FAULTS_RECLAIM_PER_S, NULL },
	{ "refault", M_CACHE_REFAULT_PER_S, NULL },
	{ "thrash", M_FAULTS_THRASH_PCT, NULL },
	{ "kswapd scan", M_FAULTS_KSWAPD_SCAN_PER_S, NULL },
	{ "direct scan", M_FAULTS_DIRECT_SCAN_PER_S, NULL },
	{ "steal/scan", M_FAULTS_STEAL_PCT, NULL },
	{ "paged in", M_DISK_PAGED_IN_BYTES_PER_S, NULL },
	{ "thp fault", M_FAULTS_THP_FAULT_PER_S, NULL },
	{ "compaction", M_FAULTS_COMPACT_STALLS_PER_S, NULL },
	{ "await", M_DISK_WAIT_MS, NULL },
	{ "threads", METRIC_COUNT,
	  "{threads}: each thread by itself, a dead one no more; RSS, ANON and SWAP are of its process" },
	{ "some", METRIC_COUNT, "pressure: at least one task stood still for want of it" },
	{ "full", METRIC_COUNT, "pressure: every task that had work stood still" },
	{ "now", METRIC_COUNT,
	  "share of the last interval that work stood still (/proc/pressure/* total)" },
	{ "10s 60s 300s", METRIC_COUNT,
	  "the same as means of so many seconds (/proc/pressure/* avg10 avg60 avg300)" },
	{ "not listed", M_TASKS_UNLISTED_CPU_PCT, NULL },
	{ "io of N of M", M_TASKS_IO_VISIBLE, NULL },
};

static void put_words(struct page *page, const struct view *view)
{
	put_heading(page, "Words on the screen");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const struct metric *metric = &metrics[words[i].metric];
		char text[TEXT_MAX];

		if (words[i].text)
			say_text(text, sizeof(text), &view->keys, words[i].text);
		else
			snprintf(text, sizeof(text), "%s (%s)", metric->help, metric->source);
		put_entry(page, STYLE_DIM, words[i].word, text);
	}
	put_text(page, 1, "stalltop --list-metrics lists every number.");
}

static void put_source(struct page *page, const struct frame *frame)
{
	bool proc = !strcmp(frame->source, "proc");
	char text[TEXT_MAX];

	put_heading(page, "Where the figures of processes come from");
	snprintf(text, sizeof(text), "Their source is %s%s%s%s.", frame->source,
		 proc ? ": /proc/PID is read for each process at every sample" : "",
		 *frame->source_why ? ", because " : "", frame->source_why);
	put_text(page, 1, text);
	if (proc)
		put_text(page, 1, "What begins and ends between two samples is not listed.");
}

static void put_note(struct page *page, const struct setting_note *note)
{
	char text[TEXT_MAX];

	if (note->line)
		snprintf(text, sizeof(text), "line %d: %s", note->line, note->text);
	else
		snprintf(text, sizeof(text), "%s", note->text);
	put_text(page, 1, text);
}

/* Which file the settings are from, and each line of it that said nothing. */
static void put_notes(struct page *page, const struct setting_notes *notes)
{
	char text[TEXT_MAX];

	put_heading(page, "Settings");
	snprintf(text, sizeof(text), "%s%s", *notes->path ? "Read from " : "No file was read.",
		 notes->path);
	put_text(page, 1, text);
	for (int i = 0; i < notes->count && i < NOTES_MAX; i++)
		put_note(page, &notes->note[i]);
	if (notes->count > NOTES_MAX) {
		snprintf(text, sizeof(text), "and %d more", notes->count - NOTES_MAX);
		put_text(page, 1, text);
	}
}

/* Draws or measures all of it; returns the lines of the longer column. */
static int put_all(struct canvas *canvas, struct rect area, int first, bool ascii,
		   const struct view *view, const struct model *model, const struct frame *frame)
{
	bool pair = area.columns >= PAIR_COLUMNS;
	struct page left = { canvas, area, first, 0 }, right = left;

	if (pair) {
		left.area.columns = area.columns * 2 / 5;
		right.area.column += left.area.columns + 2;
		right.area.columns -= left.area.columns + 2;
	}
	/* What is wrong is what one came to read. */
	if (view->notes && view->notes->count)
		put_notes(&left, view->notes);
	put_keys(&left, view);
	put_source(&left, frame);
	put_mouse(&left, view);
	put_typing(&left, view);
	if (view->notes && !view->notes->count)
		put_notes(&left, view->notes);
	if (pair)
		put_columns(&left);
	else
		right = left;
	put_legend(&right, ascii, model->settings.units);
	put_alerts(&right, model);
	if (!pair)
		put_columns(&right);
	put_words(&right, view);
	return left.lines > right.lines ? left.lines : right.lines;
}

void help_draw(struct canvas *canvas, struct rect area, struct view *view,
	       const struct model *model, const struct frame *frame)
{
	struct rect inside = { area.row + 1, area.column + 2, area.rows - 2, area.columns - 4 };
	bool ascii = canvas->ascii || canvas->console; /* samples that every console shows */
	int lines, last;
	char note[48];

	canvas_fill(canvas, area, ' ', STYLE_TEXT);
	if (inside.rows < 1 || inside.columns < LEAST_COLUMNS) {
		draw_too_small(canvas, area);
		return;
	}
	draw_frame(canvas, area, "HELP", true);
	lines = put_all(NULL, inside, 0, ascii, view, model, frame);
	last = lines > inside.rows ? lines - inside.rows : 0;
	if (view->help_scroll > last)
		view->help_scroll = last;
	if (view->help_scroll < 0)
		view->help_scroll = 0;
	view->page_rows = inside.rows;
	if (last > 0 && inside.rows > 0) {
		snprintf(note, sizeof(note), "%d-%d of %d", view->help_scroll + 1,
			 view->help_scroll + inside.rows, lines);
		draw_frame_note(canvas, area, STYLE_DIM, note);
	}
	put_all(canvas, inside, view->help_scroll, ascii, view, model, frame);
}
