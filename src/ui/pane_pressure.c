#include "ui/pane_pressure.h"

#include <math.h>
#include <stdio.h>

#include "base/count.h"
#include "base/text.h"
#include "base/value.h"
#include "ui/draw.h"
#include "ui/figure.h"
#include "ui/pane_graphs.h"

/*
 * The lines in their order on the screen. A pane of fewer rows leaves out those of higher rank.
 * What the kernel does not print is never there; cpu full, which is always zero for a whole
 * system, only when it is not.
 */
static const struct line {
	enum pressure_kind kind;
	bool full;
	int rank;
} lines[] = {
	{ PRESSURE_CPU, false, 1 },   { PRESSURE_CPU, true, 7 }, { PRESSURE_MEMORY, false, 2 },
	{ PRESSURE_MEMORY, true, 3 }, { PRESSURE_IO, false, 4 }, { PRESSURE_IO, true, 5 },
	{ PRESSURE_IRQ, true, 6 },
};

/* Columns from the left of the pane. */
#define KIND 8
#define NOW 13
#define NUMBER 4
#define MARKS 2
#define AVERAGES (NOW + NUMBER + MARKS + 1)
#define STEP 5
#define TOTALS (AVERAGES + 3 * STEP - 1)
#define TOTAL 12
#define GRAPH (TOTALS + 2)

static int at_most(int a, int b)
{
	return a < b ? a : b;
}

static enum metric_id metric_of(const struct line *line, enum pressure_value value)
{
	return M_PRESSURE(line->kind, line->full, (int)value);
}

static bool is_shown(const struct model *model, const struct line *line, bool all)
{
	double total = model->value[metric_of(line, PSI_TOTAL)];

	if (isnan(total) && isnan(model->value[metric_of(line, PSI_AVG10)]))
		return false;
	return all || line->rank < 7 || total > 0;
}

/* Fills shown[] with at most `rows` lines: those that fewer than `rows` others go before. */
static int choose_lines(const struct model *model, const struct line **shown, int rows, bool all)
{
	int count = 0;

	for (size_t i = 0; i < COUNT(lines); i++) {
		int before = 0;

		for (size_t k = 0; k < COUNT(lines); k++)
			before += lines[k].rank < lines[i].rank && is_shown(model, &lines[k], all);
		if (before < rows && is_shown(model, &lines[i], all))
			shown[count++] = &lines[i];
	}
	return count;
}

static void draw_number(struct canvas *canvas, int row, int column, int end,
			const struct model *model, enum metric_id metric, enum style style)
{
	double value = model->value[metric];
	char text[16];

	if (column + NUMBER > end)
		return;
	numbers_add(canvas->numbers, row, column, NUMBER, metric);
	canvas_text_right(canvas, row, column, NUMBER, isnan(value) ? STYLE_DIM : style,
			  text_fixed1(text, sizeof(text), value));
}

/* The name of a kind stands at the first of its lines, even if that is not "some". */
static void draw_line(struct canvas *canvas, int row, struct rect area, const struct model *model,
		      const struct line *line, bool first)
{
	static const enum style styles[] = { STYLE_BRIGHT, STYLE_TEXT, STYLE_DIM };
	static const char *const names[] = { "cpu", "memory", "io", "irq" };
	enum metric_id now = metric_of(line, PSI_NOW);
	enum level level = (enum level)model->level[now];
	enum style style = level_style(level, STYLE_BRIGHT);
	int column = area.column, end = area.column + area.columns;

	if (first)
		canvas_text(canvas, row, column, at_most(KIND, area.columns), STYLE_BRIGHT,
			    names[line->kind]);
	canvas_text(canvas, row, column + KIND, at_most(4, area.columns - KIND), STYLE_DIM,
		    line->full ? "full" : "some");
	draw_number(canvas, row, column + NOW, end, model, now, style);
	canvas_text(canvas, row, column + NOW + NUMBER, at_most(MARKS, area.columns - NOW - NUMBER),
		    style, level_mark(level));
	for (int i = 0; i < 3; i++)
		draw_number(canvas, row, column + AVERAGES + i * STEP, end, model,
			    metric_of(line, (enum pressure_value)(PSI_AVG10 + i)), styles[i]);
}

/* With a blank at either end: it may stand in the edge of the frame. */
static void draw_heading(struct canvas *canvas, struct rect area, const struct view *view)
{
	/* Of the whole time since a mark, where the averages are the kernel's of now. */
	bool since = view->marked && !view->back;

	canvas_text(canvas, area.row, area.column + NOW,
		    at_most(TOTALS - NOW + 1, area.columns - NOW), STYLE_HEADING,
		    since ? " since  10s  60s 300s " : " now    10s  60s 300s ");
}

static bool is_off(const struct model *model)
{
	for (size_t i = 0; i < COUNT(lines); i++)
		if (is_shown(model, &lines[i], true))
			return false;
	return true;
}

static struct rect draw_pressure_frame(const struct pane_draw *draw, struct rect area)
{
	struct rect inside = pane_frame(draw, area, "PRESSURE");

	if (is_off(draw->model)) {
		pane_reason(draw, inside, M_PRESSURE(PRESSURE_MEMORY, 0, PSI_AVG10));
		inside.rows = 0;
	}
	return inside;
}

/* Rows from one line to the next, and a row more between kinds when that fits. */
static int choose_pitch(const struct line **shown, int count, int rows, bool *apart)
{
	int kinds = 1;

	for (int i = 1; i < count; i++)
		kinds += shown[i]->kind != shown[i - 1]->kind;
	*apart = rows >= count + kinds - 1;
	return (rows - (*apart ? kinds - 1 : 0)) / (count ? count : 1);
}

/* Time since boot. */
static void draw_total(struct canvas *canvas, int row, struct rect area, const struct model *model,
		       const struct line *line)
{
	double seconds = model->value[metric_of(line, PSI_TOTAL)] / 1e6;
	char text[24];

	if (TOTALS + TOTAL > area.columns)
		return;
	numbers_add(canvas->numbers, row, area.column + TOTALS, TOTAL, metric_of(line, PSI_TOTAL));
	canvas_text_right(canvas, row, area.column + TOTALS, TOTAL, STYLE_DIM,
			  text_uptime(text, sizeof(text), seconds));
}

static void draw_lines(const struct pane_draw *draw, struct rect inside, int graph, bool all)
{
	const struct line *shown[COUNT(lines)];
	int count = choose_lines(draw->model, shown, inside.rows, all), row = inside.row, pitch;
	bool apart;

	pitch = choose_pitch(shown, count, inside.rows, &apart);
	for (int i = 0; i < count; i++) {
		bool first = i == 0 || shown[i]->kind != shown[i - 1]->kind;
		struct rect spark = { row, inside.column + graph, pitch, inside.columns - graph };

		if (apart && first && i > 0)
			spark.row = ++row;
		draw_line(draw->canvas, row, inside, draw->model, shown[i], first);
		if (all)
			draw_total(draw->canvas, row, inside, draw->model, shown[i]);
		if (spark.columns >= 8)
			figure_graph(draw->canvas, spark, draw->model, metric_of(shown[i], PSI_NOW),
				     -10, STYLE_GOOD);
		row += pitch;
	}
}

void pane_pressure_draw(const struct pane_draw *draw, enum pane_id id, struct rect area)
{
	struct rect inside = draw_pressure_frame(draw, area);
	struct rect heading = { area.row, inside.column, 1, inside.columns };

	(void)id;
	if (inside.rows < 1)
		return;
	/* Where rows are few the heading stands in the frame and takes none of them. */
	if (inside.columns >= GRAPH + 8 && inside.rows >= 6) {
		draw_frame_note(draw->canvas, area, STYLE_DIM, "share of time work stood still");
		heading = pane_take(&inside, 1);
	}
	draw_heading(draw->canvas, heading, draw->view);
	draw_lines(draw, inside, GRAPH, false);
}

void pane_pressure_draw_zoomed(const struct pane_draw *draw, enum pane_id id, struct rect area)
{
	struct rect inside = draw_pressure_frame(draw, area);
	const struct line *shown[COUNT(lines)];
	int rows = inside.rows, spark = TOTALS + TOTAL + 2;

	if (inside.rows < 2)
		return;
	draw_frame_note(draw->canvas, area, STYLE_DIM, "share of time work stood still");
	pane_graphs_draw(draw, id, &inside,
			 2 + choose_lines(draw->model, shown, (int)COUNT(lines), true));
	/* Graphs above are in place of small ones beside the lines. */
	if (inside.rows < rows) {
		pane_take(&inside, 1);
		spark = inside.columns;
	}
	draw_heading(draw->canvas, inside, draw->view);
	if (TOTALS + TOTAL <= inside.columns)
		canvas_text_right(draw->canvas, inside.row, inside.column + TOTALS, TOTAL,
				  STYLE_HEADING, "in all");
	pane_take(&inside, 1);
	draw_lines(draw, inside, spark, true);
}
