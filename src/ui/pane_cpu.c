#include "ui/pane_cpu.h"

#include <math.h>
#include <stdio.h>

#include "base/count.h"
#include "base/text.h"
#include "ui/cpu_grid.h"
#include "ui/draw.h"
#include "ui/figure.h"
#include "ui/pane_graphs.h"
#include "ui/sensors.h"

#define GRAPH_ROWS 5 /* inside: with fewer the graph stands beside the last line */
#define WIDE_COLUMNS 46
#define BUSY_COLUMNS 5 /* the name of the graph beside the last line */
#define SENSORS 2 /* the last of the rates */

static const struct figure times[] = {
	{ .label = "us", .metric = M_CPU_USER_PCT, .format = FIGURE_FIXED1, .width = 4 },
	{ .label = "sy", .metric = M_CPU_SYSTEM_PCT, .format = FIGURE_FIXED1, .width = 4 },
	{ .label = "wa", .metric = M_CPU_IOWAIT_PCT, .format = FIGURE_FIXED1, .width = 4 },
	{ .label = "st", .metric = M_CPU_STEAL_PCT, .format = FIGURE_FIXED1, .width = 4 },
	{ .label = "id", .metric = M_CPU_IDLE_PCT, .format = FIGURE_FIXED1, .width = 4 },
	{ .label = "ni", .metric = M_CPU_NICE_PCT, .format = FIGURE_FIXED1, .width = 4 },
	{ .label = "hi", .metric = M_CPU_IRQ_PCT, .format = FIGURE_FIXED1, .width = 4 },
	{ .label = "si", .metric = M_CPU_SOFTIRQ_PCT, .format = FIGURE_FIXED1, .width = 4 },
};

static const struct figure rates_narrow[] = {
	{ .label = "cs",
	  .metric = M_CPU_CONTEXT_SWITCHES_PER_S,
	  .format = FIGURE_GROUPED,
	  .width = 6 },
	{ .label = "in", .metric = M_CPU_INTERRUPTS_PER_S, .format = FIGURE_GROUPED, .width = 6 },
};

static const struct figure rates[] = {
	{ .label = "switches",
	  .metric = M_CPU_CONTEXT_SWITCHES_PER_S,
	  .format = FIGURE_GROUPED,
	  .width = 6,
	  .unit = "/s" },
	{ .label = "irqs",
	  .metric = M_CPU_INTERRUPTS_PER_S,
	  .format = FIGURE_GROUPED,
	  .width = 6,
	  .unit = "/s" },
	{ .label = "forks",
	  .metric = M_CPU_FORKS_PER_S,
	  .format = FIGURE_COUNT,
	  .width = 4,
	  .unit = "/s" },
	{ .label = "run queue", .metric = M_CPU_RUNNABLE, .format = FIGURE_COUNT, .width = 4 },
	{ .label = "blocked",
	  .metric = M_CPU_BLOCKED,
	  .format = FIGURE_COUNT,
	  .width = 4,
	  .bad = true },
	{ .label = "load/cpu", .metric = M_CPU_LOAD1_PER_CPU, .format = FIGURE_FIXED1, .width = 4 },
	{ .label = "cgroup limit",
	  .metric = M_CPU_LIMIT_CORES,
	  .format = FIGURE_FIXED1,
	  .width = 4,
	  .unit = " CPUs",
	  .optional = true },
	{ .label = "temp",
	  .metric = M_SENSORS_CPU_CELSIUS,
	  .format = FIGURE_COUNT,
	  .width = 3,
	  .unit = "C",
	  .optional = true },
	{ .label = "clock",
	  .metric = M_SENSORS_CPU_HZ,
	  .format = FIGURE_COUNT,
	  .width = 4,
	  .unit = "Hz",
	  .optional = true },
};

static struct rect draw_cpu_frame(const struct pane_draw *draw, struct rect area, bool with_limit)
{
	const struct model *model = draw->model;
	double limit = model->value[M_CPU_LIMIT_CORES], busy = model->value[M_CPU_BUSY_PCT];
	char title[64], note[24], text[16];
	enum level level = (enum level)model->level[M_CPU_BUSY_PCT];
	enum style ok;
	struct rect inside;

	snprintf(title, sizeof(title), "CPU %zu", model->cpu_count);
	if (with_limit && !isnan(limit))
		snprintf(title, sizeof(title), "CPU %zu, cgroup limit %s", model->cpu_count,
			 text_fixed1(text, sizeof(text), limit));
	inside = pane_frame(draw, area, title);
	/* As wide whatever the number, so that the frame around it stands still. */
	text_fixed1(text, sizeof(text), busy);
	snprintf(note, sizeof(note), "%4s%s%s", text, isnan(busy) ? " " : "%", level_mark(level));
	/* Not green above bars that are not: without an alert a number is not yellow or red. */
	ok = cpu_style(busy) == STYLE_GOOD ? STYLE_GOOD : STYLE_BRIGHT;
	draw_frame_number(draw->canvas, area, isnan(busy) ? STYLE_DIM : level_style(level, ok),
			  note, M_CPU_BUSY_PCT);
	return inside;
}

static bool is_unknown(const struct model *model)
{
	return model->cpu_count == 0 && isnan(model->value[M_CPU_BUSY_PCT]);
}

static void draw_cpus_low(struct canvas *canvas, struct rect area, const struct model *model,
			  const struct cpu_grid *grid)
{
	int taken = sensors_columns(model, area.columns);

	area.columns -= taken;
	cpu_grid_draw(canvas, area, model, grid);
	area.column += area.columns;
	area.columns = taken;
	sensors_draw(canvas, area, model);
}

/* Few rows: the times, the CPUs, and the graph beside the rates. */
static void draw_low(const struct pane_draw *draw, struct rect area)
{
	const struct model *model = draw->model;
	int rows = area.rows > 3 ? area.rows - 2 : 1;
	int cpus = area.columns - sensors_columns(model, area.columns);
	struct cpu_grid grid = cpu_grid_choose(model, cpus, rows, rows);
	int gap = area.columns >= WIDE_COLUMNS ? 2 : 1;
	struct rect last;

	figure_flow(draw->canvas, pane_take(&area, 1), model, times, COUNT(times), gap);
	if (area.rows > 1)
		draw_cpus_low(draw->canvas, pane_take(&area, grid.rows), model, &grid);
	last = pane_take(&area, area.rows);
	figure_flow(draw->canvas, last, model, rates_narrow, COUNT(rates_narrow), gap);
	last.column += 21 + gap;
	last.columns -= 21 + gap;
	if (last.columns < BUSY_COLUMNS + CPU_GRID_LEAST_BAR)
		return;
	canvas_text(draw->canvas, last.row, last.column, BUSY_COLUMNS, STYLE_DIM, "busy");
	last.column += BUSY_COLUMNS;
	last.columns -= BUSY_COLUMNS;
	figure_graph(draw->canvas, last, model, M_CPU_BUSY_PCT, 100, STYLE_GOOD);
}

void pane_cpu_draw(const struct pane_draw *draw, enum pane_id id, struct rect area)
{
	const struct model *model = draw->model;
	bool low = area.rows - 2 < GRAPH_ROWS;
	struct rect inside = draw_cpu_frame(draw, area, low);
	struct cpu_grid grid;
	size_t count = COUNT(rates);
	int gap, lines, beside = 0;

	(void)id;
	if (is_unknown(model)) {
		pane_reason(draw, inside, M_CPU_BUSY_PCT);
		return;
	}
	if (low) {
		draw_low(draw, inside);
		return;
	}
	gap = inside.columns >= WIDE_COLUMNS ? 2 : 1;
	lines = figure_flow(NULL, inside, model, rates, COUNT(rates), gap);
	grid = cpu_grid_choose(model, inside.columns, (inside.rows - 2) / 3, inside.rows / 2);
	/* Where not all figures fit, the sensors go beside the CPUs. */
	if (lines > inside.rows - 1 - grid.rows - 2)
		beside = sensors_columns(model, inside.columns);
	if (beside) {
		count -= SENSORS;
		grid = cpu_grid_choose(model, inside.columns - beside, (inside.rows - 2) / 3,
				       inside.rows / 2);
	}
	if (lines > inside.rows - 1 - grid.rows - 2)
		lines = inside.rows - 1 - grid.rows - 2;
	figure_graph(draw->canvas, pane_take(&inside, inside.rows - 1 - grid.rows - lines), model,
		     M_CPU_BUSY_PCT, 100, STYLE_GOOD);
	figure_flow(draw->canvas, pane_take(&inside, 1), model, times, COUNT(times), gap);
	if (beside)
		draw_cpus_low(draw->canvas, pane_take(&inside, grid.rows), model, &grid);
	else
		cpu_grid_draw(draw->canvas, pane_take(&inside, grid.rows), model, &grid);
	figure_flow(draw->canvas, inside, model, rates, count, gap);
}

/* The zoomed list: every field of every CPU. */
static const struct {
	const char *heading;
	size_t offset;
} fields[] = {
	{ "busy", offsetof(struct cpu_view, busy_pct) },
	{ "us", offsetof(struct cpu_view, user_pct) },
	{ "sy", offsetof(struct cpu_view, system_pct) },
	{ "ni", offsetof(struct cpu_view, nice_pct) },
	{ "wa", offsetof(struct cpu_view, iowait_pct) },
	{ "hi", offsetof(struct cpu_view, irq_pct) },
	{ "si", offsetof(struct cpu_view, softirq_pct) },
	{ "st", offsetof(struct cpu_view, steal_pct) },
};

#define FIELD 5
#define LIST_COLUMNS(bar) (5 + (bar) + FIELD * (int)COUNT(fields))

static float field_of(const struct cpu_view *cpu, size_t i)
{
	return *(const float *)(const void *)((const char *)cpu + fields[i].offset);
}

static void draw_list_heading(struct canvas *canvas, int row, int column, int bar)
{
	canvas_text_right(canvas, row, column, 4, STYLE_HEADING, "cpu");
	column += 5 + bar;
	for (size_t i = 0; i < COUNT(fields); i++, column += FIELD)
		canvas_text_right(canvas, row, column, FIELD, STYLE_HEADING, fields[i].heading);
}

static void draw_list_row(struct canvas *canvas, int row, int column, int bar,
			  const struct cpu_view *cpu)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", cpu->cpu);
	canvas_text_right(canvas, row, column, 4, STYLE_DIM, text);
	column += 5;
	draw_bar(canvas, row, column, bar, (double)cpu->busy_pct / 100,
		 cpu_style((double)cpu->busy_pct));
	column += bar;
	for (size_t i = 0; i < COUNT(fields); i++, column += FIELD) {
		double value = (double)field_of(cpu, i);
		enum style style = isnan(value) ? STYLE_DIM : value > 0 ? STYLE_BRIGHT : STYLE_TEXT;

		canvas_text_right(canvas, row, column, FIELD, style,
				  text_fixed1(text, sizeof(text), value));
		cpu_grid_note(canvas->numbers, row, column, FIELD, cpu, fields[i].offset);
	}
}

static int list_across(const struct model *model, int columns)
{
	int count = (int)model->cpu_count, across = (columns + 3) / (LIST_COLUMNS(0) + 3);

	return across < 1 ? 1 : across > count ? count : across;
}

static int list_rows(const struct model *model, int columns)
{
	int count = (int)model->cpu_count, across = list_across(model, columns);

	return across ? (count + across - 1) / across : 0;
}

/* Columns of CPUs, filled from above, as many as fit side by side. */
static void draw_list(const struct pane_draw *draw, struct rect area, struct rect inside)
{
	int count = (int)draw->model->cpu_count, bar = 0, rows, first, shown;
	int across = list_across(draw->model, inside.columns);

	if (count == 0 || inside.rows < 2)
		return;
	/* What is left over makes bars. */
	bar = (inside.columns + 3) / across - 3 - LIST_COLUMNS(0);
	bar = bar < 4 ? 0 : bar > 30 ? 30 : bar;
	rows = list_rows(draw->model, inside.columns);
	shown = inside.rows - 1 < rows ? inside.rows - 1 : rows;
	first = pane_scroll(draw, area, rows, inside.rows - 1);
	for (int i = 0; i < across; i++) {
		int column = inside.column + i * (LIST_COLUMNS(bar) + 3);

		draw_list_heading(draw->canvas, inside.row, column, bar);
		for (int row = 0; row < shown; row++) {
			int cpu = i * rows + first + row;

			if (first + row < rows && cpu < count)
				draw_list_row(draw->canvas, inside.row + 1 + row, column, bar,
					      &draw->model->cpu[cpu]);
		}
	}
}

void pane_cpu_draw_zoomed(const struct pane_draw *draw, enum pane_id id, struct rect area)
{
	const struct model *model = draw->model;
	struct rect inside = draw_cpu_frame(draw, area, false);
	int lines = figure_flow(NULL, inside, model, rates, COUNT(rates), 2);

	if (is_unknown(model)) {
		pane_reason(draw, inside, M_CPU_BUSY_PCT);
		return;
	}
	pane_graphs_draw(draw, id, &inside, 1 + lines + 1 + 1 + list_rows(model, inside.columns));
	figure_flow(draw->canvas, pane_take(&inside, 1), model, times, COUNT(times), 2);
	figure_flow(draw->canvas, pane_take(&inside, lines), model, rates, COUNT(rates), 2);
	pane_take(&inside, 1);
	draw_list(draw, area, inside);
}
