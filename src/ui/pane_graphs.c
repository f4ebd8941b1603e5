#include "ui/pane_graphs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "base/text.h"
#include "ui/draw.h"
#include "ui/figure.h"
#include "ui/graph.h"
#include "ui/time_axis.h"

struct series {
	struct figure figure; /* label and value at the left */
	/* The value at the upper edge; below 0: chosen from what is shown, and -top at least. */
	double top;
	enum style ok;
};

#define SERIES(name, id, how, columns, behind, upper, style) \
	{ \
		.figure = { .label = (name), \
			    .metric = (id), \
			    .format = (how), \
			    .width = (columns), \
			    .unit = (behind) }, \
		.top = (upper), .ok = (style) \
	}
#define SHARE(name, id) SERIES(name, id, FIGURE_FIXED1, 4, "%", 100, STYLE_GOOD)
#define RATE(name, id, least) SERIES(name, id, FIGURE_GROUPED, 7, "/s", -(least), STYLE_GOOD)
#define BYTES(name, id, style) SERIES(name, id, FIGURE_BYTES, 5, NULL, -MB, style)
#define BYTES_RATE(name, id) SERIES(name, id, FIGURE_BYTES, 5, "/s", -MB, STYLE_GOOD)
#define PRESSURE(name, kind, full) \
	SERIES(name, M_PRESSURE(kind, full, PSI_NOW), FIGURE_FIXED1, 4, "%", -10, STYLE_GOOD)
#define MB (1024 * 1024)

static const struct series cpu[] = {
	SHARE("busy", M_CPU_BUSY_PCT),
	SERIES("run queue", M_CPU_RUNNABLE, FIGURE_COUNT, 4, NULL, -5, STYLE_GOOD),
	RATE("switches", M_CPU_CONTEXT_SWITCHES_PER_S, 1000),
	SHARE("system", M_CPU_SYSTEM_PCT),
	SHARE("iowait", M_CPU_IOWAIT_PCT),
	SHARE("steal", M_CPU_STEAL_PCT),
};

static const struct series memory[] = {
	SERIES("available", M_MEMORY_AVAILABLE_PCT, FIGURE_FIXED1, 4, "%", 100, STYLE_CACHE),
	RATE("reclaim", M_FAULTS_RECLAIM_PER_S, 1000),
	RATE("refault", M_CACHE_REFAULT_PER_S, 100),
	BYTES("cache", M_CACHE_SIZE, STYLE_CACHE),
	SERIES("dirty", M_CACHE_DIRTY_PCT, FIGURE_FIXED1, 4, "%", -5, STYLE_GOOD),
	BYTES("swap used", M_MEMORY_SWAP_USED, STYLE_GOOD),
};

static const struct series pressure[] = {
	PRESSURE("memory some", PRESSURE_MEMORY, 0), PRESSURE("memory full", PRESSURE_MEMORY, 1),
	PRESSURE("io some", PRESSURE_IO, 0),	     PRESSURE("io full", PRESSURE_IO, 1),
	PRESSURE("cpu some", PRESSURE_CPU, 0),	     PRESSURE("irq full", PRESSURE_IRQ, 1),
};

static const struct series faults[] = {
	RATE("MAJOR", M_FAULTS_MAJOR_PER_S, 50),
	RATE("minor", M_FAULTS_MINOR_PER_S, 100),
	SHARE("disk busy", M_DISK_BUSIEST_PCT),
	BYTES_RATE("disk read", M_DISK_READ_BYTES_PER_S),
	BYTES_RATE("disk write", M_DISK_WRITE_BYTES_PER_S),
	BYTES_RATE("swap in", M_SWAP_IN_BYTES_PER_S),
	BYTES_RATE("swap out", M_SWAP_OUT_BYTES_PER_S),
};

static const struct pane_series {
	const struct series *series;
	size_t count;
} pane_series[PANE_COUNT] = {
	[PANE_CPU] = { cpu, COUNT(cpu) },
	[PANE_MEMORY] = { memory, COUNT(memory) },
	[PANE_PRESSURE] = { pressure, COUNT(pressure) },
	[PANE_FAULTS] = { faults, COUNT(faults) },
};
#define SERIES_MAX 8

#define LEAST_BAND 3 /* rows of a graph; two where there would be one graph only */
#define LEAST_ROWS 15 /* inside a pane: fewer have no graphs */
#define MANY_ROWS 30 /* from here on graphs have two fifths, not a third */
#define LEGEND 14 /* columns of name and value */
#define SCALE 5 /* of the numbers of a scale */
#define BOUNDS 2 /* of the marks beside it */
#define LEFT (LEGEND + 1 + SCALE + BOUNDS + 1) /* all of it before the first value */
#define LEAST_PLOT 24
#define CALM 5 /* samples that are less bad before an alert begins again */

/* The columns of the values. */
static struct rect plot_of(struct rect band)
{
	return (struct rect){ band.row, band.column + LEFT, band.rows, band.columns - LEFT };
}

static double value_at(const struct model *model, const struct series *series, int age)
{
	return (double)ring_get(&model->history, (size_t)age, series->figure.metric);
}

/* Of what a graph shows. */
struct range {
	double largest, mean;
	int known;
};

static struct range range_of(const struct canvas *canvas, const struct model *model,
			     const struct series *series, int columns)
{
	struct range range = { 0, 0, 0 };

	for (int age = 0; age < columns * graph_values(canvas); age++) {
		double value = value_at(model, series, age);

		if (isnan(value))
			continue;
		range.largest = range.known && range.largest > value ? range.largest : value;
		range.mean += (value - range.mean) / ++range.known;
	}
	return range;
}

/* Counted by 1024: bytes by 1000 have the scale of any other number. */
static bool is_binary(const struct model *model, const struct series *series)
{
	return series->figure.format == FIGURE_BYTES && model->settings.units == UNITS_BINARY;
}

static const char *unit_of(const struct series *series)
{
	return series->figure.unit ? series->figure.unit : "";
}

static void draw_summary(const struct pane_draw *draw, int row, int column,
			 const struct series *series, const char *word, double value)
{
	char number[24], text[40];

	figure_text(number, sizeof(number), &series->figure, value, NAN,
		    draw->model->settings.units);
	snprintf(text, sizeof(text), "%s %s%s", word, number, unit_of(series));
	canvas_text(draw->canvas, row, column, LEGEND, STYLE_DIM, text);
}

/* While graphs sweep, no more than the name and the value: the others change with every sample. */
static void draw_legend(const struct pane_draw *draw, struct rect band, const struct series *series,
			const struct range *range)
{
	struct canvas *canvas = draw->canvas;
	struct figure value = series->figure;
	enum level level = figure_level(draw->model, &value);

	canvas_text(canvas, band.row, band.column, LEGEND, level_style(level, STYLE_TEXT),
		    value.label);
	value.label = "";
	figure_flow(canvas, (struct rect){ band.row + 1, band.column, band.rows > 1, LEGEND },
		    draw->model, &value, 1, 1);
	if (!range->known || canvas->slow_link)
		return;
	if (band.rows > 2)
		draw_summary(draw, band.row + 2, band.column, series, "max", range->largest);
	if (band.rows > 3)
		draw_summary(draw, band.row + 3, band.column, series, "mean", range->mean);
}

/* A number beside its row, and the tick that goes with it. */
static void draw_scale_at(const struct pane_draw *draw, struct rect plot, int row,
			  const struct series *series, double value)
{
	struct canvas *canvas = draw->canvas;
	char number[24], text[32];

	graph_axis_text(number, sizeof(number), value, is_binary(draw->model, series));
	snprintf(text, sizeof(text), "%s%s", number, *unit_of(series) == '%' ? "%" : "");
	canvas_text_right(canvas, plot.row + row, plot.column - 1 - BOUNDS - SCALE, SCALE,
			  STYLE_DIM, text);
	canvas_put(canvas, plot.row + row, plot.column - 1, canvas->ascii ? '+' : 0x2524,
		   STYLE_BORDER); /* ┤ */
}

/* Where a rule begins to call values bad. */
static void draw_bound(struct canvas *canvas, struct rect plot, double bound, double top,
		       enum level level)
{
	int row = plot.rows - 1 - (int)(bound / top * plot.rows);

	if (isnan(bound) || bound > top || bound <= 0)
		return;
	canvas_text_right(canvas, plot.row + (row < 0 ? 0 : row), plot.column - 1 - BOUNDS, BOUNDS,
			  level_style(level, STYLE_TEXT), level_mark(level));
}

static void draw_scale(const struct pane_draw *draw, struct rect plot, const struct series *series,
		       double top)
{
	struct canvas *canvas = draw->canvas;
	struct rect axis = { plot.row, plot.column - 1, plot.rows, 1 };

	canvas_fill(canvas, axis, canvas->ascii ? '|' : 0x2502, STYLE_BORDER);
	/* In one row the worse stays. */
	for (size_t i = 0; i < alert_rule_count; i++)
		if (alert_rules[i].metric == series->figure.metric)
			draw_bound(canvas, plot, alert_bounds(draw->model, &alert_rules[i]).warn,
				   top, LEVEL_WARN);
	for (size_t i = 0; i < alert_rule_count; i++)
		if (alert_rules[i].metric == series->figure.metric)
			draw_bound(canvas, plot, alert_bounds(draw->model, &alert_rules[i]).crit,
				   top, LEVEL_CRIT);
	draw_scale_at(draw, plot, 0, series, top);
	if (plot.rows >= 4)
		draw_scale_at(draw, plot, plot.rows / 2, series, top / 2);
	if (plot.rows >= 2)
		draw_scale_at(draw, plot, plot.rows - 1, series, 0);
}

static enum level level_at(const struct model *model, const struct series *series, int age)
{
	return figure_judge(model, series->figure.metric, value_at(model, series, age));
}

/*
 * Whether it was not as bad in the samples before: what comes and goes all the time began once, and of what
 * was not known nobody can tell.
 */
static bool began(const struct model *model, const struct series *series, int age, enum level level)
{
	bool known = false;

	for (int before = age + 1; before <= age + CALM && level != LEVEL_OK; before++) {
		known |= !isnan(value_at(model, series, before));
		if (level_at(model, series, before) >= level)
			return false;
	}
	return known;
}

/* The worst level that began in a column. */
static enum level began_in(const struct canvas *canvas, const struct model *model,
			   const struct series *series, int age)
{
	enum level worst = LEVEL_OK;

	for (int i = 0; i < graph_values(canvas) && age >= 0; i++, age++) {
		enum level level = level_at(model, series, age);

		if (level > worst && began(model, series, age, level))
			worst = level;
	}
	return worst;
}

static void draw_marks(struct canvas *canvas, struct rect plot, const struct model *model,
		       const struct series *series)
{
	for (int column = 0; column < plot.columns; column++) {
		int age = graph_age(canvas, model->history.pushed, plot.columns, column);
		enum level level = began_in(canvas, model, series, age);
		int columns = (int)strlen(level_mark(level)), at = column;

		if (at + columns > plot.columns)
			at = plot.columns - columns;
		canvas_text(canvas, plot.row, plot.column + at, columns,
			    level_style(level, STYLE_TEXT), level_mark(level));
	}
}

static void draw_band(const struct pane_draw *draw, struct rect band, const struct series *series)
{
	struct rect plot = plot_of(band);
	struct range range = range_of(draw->canvas, draw->model, series, plot.columns);
	bool binary = is_binary(draw->model, series);
	double top = series->top;

	if (top < 0 && series->figure.format == FIGURE_BYTES && !binary)
		top = -pow(10, floor(log10(-top)));
	if (top < 0)
		top = graph_round_top(range.largest, -top, binary);
	if (*unit_of(series) == '%' && top > 100)
		top = 100;
	draw_scale(draw, plot, series, top);
	figure_graph(draw->canvas, plot, draw->model, series->figure.metric, top, series->ok);
	draw_marks(draw->canvas, plot, draw->model, series);
	draw_legend(draw, band, series, &range);
}

static void draw_axis(const struct pane_draw *draw, struct rect line)
{
	const struct view *view = draw->view;
	const struct time_axis axis = {
		.model = draw->model,
		.delay_s = view->delay_s,
		.mark_s = view->marked && !view->back ? view->marked_s : NAN,
		.clock = view->back || view->paused,
	};

	time_axis_draw(draw->canvas, plot_of(line), &axis);
	canvas_put(draw->canvas, line.row, line.column + LEFT - 1,
		   draw->canvas->ascii ? '+' : 0x2514, STYLE_BORDER); /* └ */
}

/* Those that are known now, or were in what a graph can show. */
static int choose(const struct pane_draw *draw, enum pane_id id, const struct series **shown)
{
	int count = 0;

	for (size_t i = 0; i < pane_series[id].count; i++) {
		const struct series *series = &pane_series[id].series[i];

		if (!isnan(draw->model->value[series->figure.metric]) ||
		    range_of(draw->canvas, draw->model, series, draw->canvas->columns).known)
			shown[count++] = series;
	}
	return count;
}

/* How many graphs so many rows have, without the axis. */
static int bands_in(int rows, int count)
{
	int bands = rows / LEAST_BAND;

	if (bands < 2 && rows >= 4)
		bands = 2;
	return bands < count ? bands : count;
}

void pane_graphs_draw(const struct pane_draw *draw, enum pane_id id, struct rect *inside, int below)
{
	const struct series *shown[SERIES_MAX];
	int least = inside->rows < MANY_ROWS ? inside->rows / 3 : inside->rows * 2 / 5;
	int rows = inside->rows - below, count, bands;
	struct rect area;

	if (inside->rows < LEAST_ROWS || inside->columns < LEFT + LEAST_PLOT)
		return;
	if (rows < least)
		rows = least;
	count = choose(draw, id, shown);
	bands = bands_in(rows - 1, count);
	if (!bands)
		return;
	area = pane_take(inside, rows);
	for (int i = 0; i < bands; i++)
		draw_band(draw, pane_take(&area, (area.rows - 1 + bands - i - 1) / (bands - i)),
			  shown[i]);
	draw_axis(draw, pane_take(&area, 1));
}
