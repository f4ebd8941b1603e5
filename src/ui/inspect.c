#include "ui/inspect.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/value.h"
#include "model/interval.h"
#include "ui/draw.h"
#include "ui/hits.h"
#include "ui/pane.h"
#include "ui/screen.h"

#define BOX_ROWS 11
#define BOX_COLUMNS 100
#define LABEL_COLUMNS 11
#define LEAST_COLUMNS 20 /* fewer, and only labels fit */

void inspect_open(struct view *view)
{
	view->mode = MODE_INSPECT;
	view->inspected = (struct number){ .metric = METRIC_COUNT };
}

static bool go(struct view *view, int rows, int columns)
{
	const struct number *at = &view->inspected;
	int from = numbers_find(&view->numbers, at->row, at->column, at->metric);

	if (from < 0)
		return false;
	view->inspected = view->numbers.place[numbers_next(&view->numbers, from, rows, columns)];
	return true;
}

bool inspect_key(struct view *view, int key)
{
	switch (key) {
	case SCREEN_KEY_UP:
		return go(view, -1, 0);
	case SCREEN_KEY_DOWN:
		return go(view, 1, 0);
	case SCREEN_KEY_LEFT:
		return go(view, 0, -1);
	case SCREEN_KEY_RIGHT:
		return go(view, 0, 1);
	case SCREEN_KEY_ESCAPE:
	case SCREEN_KEY_ENTER:
	case 'i':
	case 'q':
		view->mode = MODE_PANES;
		return true;
	default:
		return false;
	}
}

/* A box that is written line by line. */
struct page {
	struct canvas *canvas;
	struct rect area;
};

__attribute__((format(printf, 4, 5))) static void line(struct page *page, const char *label,
						       enum style style, const char *format, ...)
{
	struct rect row = pane_take(&page->area, 1);
	char text[200];
	va_list args;

	if (row.rows < 1)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	canvas_text(page->canvas, row.row, row.column, row.columns, STYLE_DIM, label);
	canvas_text(page->canvas, row.row, row.column + LABEL_COLUMNS, row.columns - LABEL_COLUMNS,
		    style, text);
}

/* Without trailing zeros, and whole numbers as they are. */
static char *number_text(char *dst, size_t cap, double value)
{
	if (isnan(value))
		snprintf(dst, cap, "-");
	else
		snprintf(dst, cap, fabs(value) < 1e15 ? "%.10g" : "%.0f", value);
	return dst;
}

static char *raw_text(char *dst, size_t cap, const struct sample *sample, size_t offset)
{
	uint64_t raw = raw_at(sample, offset);

	if (present(raw))
		snprintf(dst, cap, "%llu", (unsigned long long)raw);
	else
		snprintf(dst, cap, "-");
	return dst;
}

static void put_raw(struct page *page, const struct model *model, const struct frame *frame,
		    const struct metric *metric)
{
	char before[24], now[24];
	double seconds = model->interval_s;

	if (metric->raw == METRIC_NO_RAW) {
		line(page, "raw", STYLE_TEXT, "not one counter: the formula names several");
		return;
	}
	raw_text(before, sizeof(before), frame->previous, metric->raw);
	raw_text(now, sizeof(now), model->current, metric->raw);
	if (metric->interval)
		line(page, "raw", STYLE_TEXT, "%s, before %s", now, before);
	else
		line(page, "raw", STYLE_TEXT, "%s", now);
	if (metric->interval && !isnan(seconds))
		line(page, "interval", STYLE_TEXT, "%.3f s", seconds);
}

static void put_value(struct page *page, const struct model *model, enum metric_id id)
{
	double value = model->value[id];
	enum level level = (enum level)model->level[id];
	char text[32], reason[160];

	if (isnan(value))
		line(page, "value", STYLE_WARN, "- %s",
		     model_reason(model, id, reason, sizeof(reason)));
	else
		line(page, "value", level_style(level, STYLE_BRIGHT), "%s %s %s%s",
		     number_text(text, sizeof(text), value), metrics[id].unit,
		     model->totals && metrics[id].kind == METRIC_RATE ? "summed since the mark "
								      : "",
		     level_mark(level));
}

static const char *test_word(enum alert_test test)
{
	static const char *const words[] = {
		[ABOVE] = "above",
		[FROM] = "from",
		[AT_MOST] = "up to",
	};

	return words[test];
}

static void put_alerts(struct page *page, enum metric_id id)
{
	char text[160] = "";
	size_t used = 0;

	for (size_t i = 0; i < alert_rule_count && used < sizeof(text); i++) {
		const struct alert_rule *rule = &alert_rules[i];
		const char *word = test_word(rule->test);

		if (rule->metric != id)
			continue;
		if (!isnan(rule->warn))
			used += (size_t)snprintf(text + used, sizeof(text) - used, "! %s %g   ",
						 word, rule->warn);
		if (!isnan(rule->crit) && used < sizeof(text))
			used += (size_t)snprintf(text + used, sizeof(text) - used, "!! %s %g   ",
						 word, rule->crit);
	}
	line(page, "alerts", STYLE_TEXT, "%s", *text ? text : "none");
}

static int compare_floats(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

/* A heap sort: qsort(3) may take memory from the heap. */
static void sift(float *value, size_t at, size_t count)
{
	for (size_t child; (child = 2 * at + 1) < count; at = child) {
		float moving = value[at];

		if (child + 1 < count && compare_floats(&value[child], &value[child + 1]) < 0)
			child++;
		if (compare_floats(&moving, &value[child]) >= 0)
			return;
		value[at] = value[child];
		value[child] = moving;
	}
}

static void sort(float *value, size_t count)
{
	for (size_t i = count / 2; i-- > 0;)
		sift(value, i, count);
	for (size_t end = count; end-- > 1;) {
		float largest = value[0];

		value[0] = value[end];
		value[end] = largest;
		sift(value, 0, end);
	}
}

static void put_history(struct page *page, const struct model *model, enum metric_id id)
{
	float value[HISTORY_ROWS];
	char min[32], mean[32], high[32], max[32];
	size_t count = 0, rank;
	double sum = 0;

	for (size_t age = 0; age < model->history.count && age < HISTORY_ROWS; age++) {
		float v = ring_get(&model->history, age, (size_t)id);

		if (isnan(v))
			continue;
		value[count++] = v;
		sum += (double)v;
	}
	if (!count) {
		line(page, "history", STYLE_TEXT, "none");
		return;
	}
	sort(value, count);
	/* Nearest rank. */
	rank = (count * 95 + 99) / 100;
	line(page, "history", STYLE_TEXT, "min %s  mean %s  95th pct %s  max %s  of %zu samples",
	     text_count(min, sizeof(min), (double)value[0]),
	     text_count(mean, sizeof(mean), sum / (double)count),
	     text_count(high, sizeof(high), (double)value[rank - 1]),
	     text_count(max, sizeof(max), (double)value[count - 1]), count);
}

static void put_all(struct page *page, const struct model *model, const struct frame *frame,
		    enum metric_id id)
{
	const struct metric *metric = &metrics[id];

	put_value(page, model, id);
	line(page, "", STYLE_TEXT, "%s", metric->help);
	line(page, "source", STYLE_BRIGHT, "%s", metric->source);
	line(page, "formula", STYLE_TEXT, "%s", metric->formula);
	put_raw(page, model, frame, metric);
	put_alerts(page, id);
	put_history(page, model, id);
}

/* The first number of the pane in focus, or of the screen. */
static int first_number(const struct view *view, struct rect pane)
{
	for (int i = 0; i < view->numbers.count; i++) {
		const struct number *place = &view->numbers.place[i];

		if (place->row >= pane.row && place->row < pane.row + pane.rows &&
		    place->column >= pane.column && place->column < pane.column + pane.columns)
			return i;
	}
	return view->numbers.count ? 0 : -1;
}

/* In the half of the area where the number is not. */
static struct rect box_of(struct rect area, int number_row)
{
	int rows = area.rows < BOX_ROWS ? area.rows : BOX_ROWS;
	int columns = area.columns < BOX_COLUMNS ? area.columns : BOX_COLUMNS;
	bool below = number_row < area.row + area.rows / 2;

	return (struct rect){ below ? area.row + area.rows - rows : area.row,
			      area.column + (area.columns - columns) / 2, rows, columns };
}

void inspect_draw(struct canvas *canvas, struct rect area, struct view *view,
		  const struct model *model, const struct frame *frame)
{
	struct number *at = &view->inspected;
	struct rect box;
	struct page page = { .canvas = canvas };
	int found = at->metric == METRIC_COUNT
			    ? first_number(view, view->inspect_pane)
			    : numbers_find(&view->numbers, at->row, at->column, at->metric);

	if (found < 0)
		found = first_number(view, area);
	box = box_of(area, found < 0 ? area.row : view->numbers.place[found].row);
	if (found >= 0) {
		*at = view->numbers.place[found];
		canvas_select(canvas, at->row, at->column, at->columns);
	}
	canvas_fill(canvas, box, ' ', STYLE_TEXT);
	hits_add(canvas->hits, HIT_COVER, box, 0);
	if (box.rows < 3 || box.columns < LEAST_COLUMNS) {
		draw_too_small(canvas, box);
		return;
	}
	draw_frame(canvas, box, found < 0 ? "INSPECT" : metrics[at->metric].name, true);
	draw_frame_note(canvas, box, STYLE_DIM, "arrows move, i leaves");
	page.area = (struct rect){ box.row + 1, box.column + 2, box.rows - 2, box.columns - 4 };
	if (found < 0)
		line(&page, "", STYLE_TEXT, "no number of the metric table shows here");
	else
		put_all(&page, model, frame, (enum metric_id)at->metric);
}
