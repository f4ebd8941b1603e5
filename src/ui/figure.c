#include "ui/figure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ui/draw.h"
#include "ui/graph.h"

#define TEXT_CAP 32

/* Both numbers in the unit that suits the total. */
static char *text_of(char *dst, size_t cap, double value, double total, enum byte_units units)
{
	const char *names = units == UNITS_DECIMAL ? "BkMGTPE" : "BKMGTPE";
	double step = units == UNITS_DECIMAL ? 1000 : 1024;
	int unit = 0;
	char a[TEXT_CAP], b[TEXT_CAP];

	if (isnan(value) || isnan(total)) {
		snprintf(dst, cap, "-");
		return dst;
	}
	if (total <= 0) {
		snprintf(dst, cap, "none");
		return dst;
	}
	for (; total >= 1000 && names[unit + 1]; unit++) {
		total /= step;
		value /= step;
	}
	snprintf(dst, cap, "%s/%s%c", text_fixed1(a, sizeof(a), value),
		 text_fixed1(b, sizeof(b), total), names[unit]);
	return dst;
}

/* In any locale the point is a point. */
static char *text_ms(char *dst, size_t cap, double ms)
{
	unsigned centi;

	if (!(ms >= 0 && ms < 9.995))
		return text_fixed1(dst, cap, ms);
	centi = (unsigned)(ms * 100 + 0.5);
	snprintf(dst, cap, "%u.%02u", centi / 100, centi % 100);
	return dst;
}

char *figure_text(char *dst, size_t cap, const struct figure *figure, double value, double total,
		  enum byte_units units)
{
	switch (figure->format) {
	case FIGURE_FIXED1:
		return text_fixed1(dst, cap, value);
	case FIGURE_MS:
		return text_ms(dst, cap, value);
	case FIGURE_BYTES:
		return text_bytes_in(dst, cap, value, units);
	case FIGURE_COUNT:
		return text_count(dst, cap, value);
	case FIGURE_OF:
		return text_of(dst, cap, value, total, units);
	case FIGURE_GROUPED:
		break;
	}
	text_grouped(dst, cap, value);
	return strlen(dst) > figure->width ? text_count(dst, cap, value) : dst;
}

/* The rules that judge a metric: one for each level at most. */
struct rules {
	const struct model *model;
	const struct alert_rule *rule[2];
	int count;
};

static struct rules rules_of(const struct model *model, enum metric_id metric)
{
	struct rules rules = { .model = model };

	for (size_t i = 0; i < alert_rule_count && rules.count < 2; i++)
		if (alert_rules[i].metric == metric)
			rules.rule[rules.count++] = &alert_rules[i];
	return rules;
}

static enum level judge(const struct rules *rules, double value)
{
	enum level worst = LEVEL_OK;

	for (int i = 0; i < rules->count; i++) {
		enum level level = alert_level(rules->model, rules->rule[i], value);

		if (level > worst)
			worst = level;
	}
	return worst;
}

enum level figure_judge(const struct model *model, enum metric_id metric, double value)
{
	struct rules rules = rules_of(model, metric);

	return judge(&rules, value);
}

enum level figure_level(const struct model *model, const struct figure *figure)
{
	if (figure->bad)
		return model->value[figure->metric] > 0 ? LEVEL_WARN : LEVEL_OK;
	return (enum level)model->level[figure->metric];
}

/* Columns that the marks of a figure can need. */
static int mark_columns(const struct model *model, const struct figure *figure)
{
	struct rules rules = rules_of(model, figure->metric);
	int columns = figure->bad;

	for (int i = 0; i < rules.count; i++) {
		int needed = isnan(alert_bounds(model, rules.rule[i]).crit) ? 1 : 2;

		if (needed > columns)
			columns = needed;
	}
	return columns;
}

static int label_columns(const struct figure *figure)
{
	return (int)strlen(figure->label);
}

static int unit_columns(const struct figure *figure)
{
	return figure->unit ? (int)strlen(figure->unit) : 0;
}

static int figure_columns(const struct model *model, const struct figure *figure)
{
	int label = label_columns(figure);

	if (figure->metric == METRIC_COUNT)
		return label;
	return label + (label > 0) + figure->width + unit_columns(figure) +
	       mark_columns(model, figure);
}

/* The value; of a part and its total, "0.5/2.0G", both. */
static void note_numbers(struct numbers *numbers, int row, int column, const struct figure *figure,
			 const char *text)
{
	const char *total = figure->format == FIGURE_OF ? strchr(text, '/') : NULL;
	int of = total ? (int)strlen(total + 1) : 0;

	numbers_add(numbers, row, column, figure->width - of - (of > 0), figure->metric);
	if (of)
		numbers_add(numbers, row, column + figure->width - of, of, figure->of);
}

/* Value, unit and marks, from a column on. */
static void draw_value(struct canvas *canvas, int row, int column, const struct model *model,
		       const struct figure *figure)
{
	double value = model->value[figure->metric];
	enum level level = figure_level(model, figure);
	enum style style = isnan(value) ? STYLE_DIM : level_style(level, STYLE_BRIGHT);
	/* A word behind the value is a label. What rates add up to is not "/s". */
	bool summed = figure->unit && model->totals && !strcmp(figure->unit, "/s");
	char text[TEXT_CAP];

	figure_text(text, sizeof(text), figure, value, model->value[figure->of],
		    model->settings.units);
	note_numbers(canvas->numbers, row, column, figure, text);
	canvas_text_right(canvas, row, column, figure->width, style, text);
	column += figure->width;
	if (figure->unit && !isnan(value) && !summed)
		canvas_text(canvas, row, column, unit_columns(figure),
			    figure->unit[0] == ' ' ? STYLE_DIM : style, figure->unit);
	if (!summed)
		column += unit_columns(figure);
	canvas_text(canvas, row, column, mark_columns(model, figure), style, level_mark(level));
}

static void draw_figure(struct canvas *canvas, int row, int column, const struct model *model,
			const struct figure *figure)
{
	int label = label_columns(figure);

	canvas_text(canvas, row, column, label, STYLE_DIM, figure->label);
	if (figure->metric != METRIC_COUNT)
		draw_value(canvas, row, column + label + (label > 0), model, figure);
}

static bool is_shown(const struct model *model, const struct figure *figure)
{
	return !figure->optional || !isnan(model->value[figure->metric]);
}

/* Columns of a figure and those that are joined to it. */
static int joined_columns(const struct model *model, const struct figure *figures, size_t count,
			  int gap)
{
	int columns = figure_columns(model, figures);

	for (size_t i = 1; i < count && figures[i].joined; i++)
		if (is_shown(model, &figures[i]))
			columns += gap + figure_columns(model, &figures[i]);
	return columns;
}

int figure_flow(struct canvas *canvas, struct rect area, const struct model *model,
		const struct figure *figures, size_t count, int gap)
{
	int row = 0, column = 0;

	for (size_t i = 0; i < count; i++) {
		const struct figure *figure = &figures[i];
		int columns = figure_columns(model, figure), whole;

		if (!is_shown(model, figure))
			continue;
		whole = joined_columns(model, figure, count - i, gap);
		if (column && column + (whole <= area.columns ? whole : columns) > area.columns) {
			row++;
			column = 0;
		}
		if (columns > area.columns)
			continue;
		if (canvas && row >= area.rows)
			return area.rows;
		if (canvas)
			draw_figure(canvas, area.row + row, area.column + column, model, figure);
		column += columns + gap;
	}
	return row + (column > 0);
}

void figure_line(struct canvas *canvas, int row, int column, int columns, const struct model *model,
		 const struct figure *figure)
{
	int value = figure->width + unit_columns(figure) + mark_columns(model, figure);

	if (label_columns(figure) + 1 + value > columns)
		return;
	canvas_text(canvas, row, column, label_columns(figure), STYLE_DIM, figure->label);
	/* Values end in one line whether they can have marks or not. */
	value += columns >= label_columns(figure) + 3 + value ? 2 - mark_columns(model, figure) : 0;
	draw_value(canvas, row, column + columns - value, model, figure);
}

#define CPU_WARN_PCT 70
#define CPU_CRIT_PCT 90

enum style cpu_style(double busy_pct)
{
	if (busy_pct >= CPU_CRIT_PCT)
		return STYLE_CRIT;
	return busy_pct >= CPU_WARN_PCT ? STYLE_WARN : STYLE_GOOD;
}

struct metric_graph {
	const struct ring *history;
	struct rules rules;
	enum metric_id metric;
	enum style ok;
};

static float graph_value(const void *data, int age)
{
	const struct metric_graph *graph = data;

	return ring_get(graph->history, (size_t)age, (size_t)graph->metric);
}

static enum style graph_style(const void *data, float value)
{
	const struct metric_graph *graph = data;

	if (graph->rules.count)
		return level_style(judge(&graph->rules, (double)value), graph->ok);
	return graph->metric == M_CPU_BUSY_PCT ? cpu_style((double)value) : graph->ok;
}

/* Round, so that the scale of a graph changes rarely. */
static double shown_top(const struct metric_graph *graph, int count, double least)
{
	double largest = 0;

	for (int age = 0; age < count; age++) {
		double value = (double)graph_value(graph, age);

		if (value > largest)
			largest = value;
	}
	return graph_round_top(largest, least, false);
}

void figure_graph(struct canvas *canvas, struct rect area, const struct model *model,
		  enum metric_id metric, double top, enum style ok)
{
	struct metric_graph data = {
		.history = &model->history,
		.rules = rules_of(model, metric),
		.metric = metric,
		.ok = ok,
	};
	struct graph graph = {
		.value = graph_value,
		.style = graph_style,
		.data = &data,
		.newest = model->history.pushed,
	};

	if (area.rows < 1 || area.columns < 1)
		return;
	graph.top = top < 0 ? shown_top(&data, area.columns * graph_values(canvas), -top) : top;
	graph_draw(canvas, area, &graph);
}
