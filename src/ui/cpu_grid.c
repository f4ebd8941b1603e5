#include "ui/cpu_grid.h"

#include <math.h>
#include <stdio.h>

#include "base/text.h"
#include "ui/draw.h"
#include "ui/figure.h"

#define GAP 2
#define GOOD_BAR 8
#define PERCENT 5

static int digits(uint32_t value)
{
	int count = 1;

	for (; value >= 10; value /= 10)
		count++;
	return count;
}

static int id_columns(const struct model *model)
{
	uint32_t largest = 0;

	for (size_t i = 0; i < model->cpu_count; i++)
		if (model->cpu[i].cpu > largest)
			largest = model->cpu[i].cpu;
	return digits(largest);
}

struct cpu_grid cpu_grid_choose(const struct model *model, int columns, int rows, int strip_rows)
{
	struct cpu_grid grid = { .id = id_columns(model) };
	int count = (int)model->cpu_count, good;

	if (!count || rows < 1)
		return grid;
	good = (columns + GAP) / (grid.id + 1 + GOOD_BAR + PERCENT + GAP);
	grid.across = good > 0 ? good : 1;
	grid.rows = (count + grid.across - 1) / grid.across;
	if (grid.rows > rows)
		grid.rows = rows;
	grid.across = (count + grid.rows - 1) / grid.rows;
	grid.columns = (columns + GAP) / grid.across - GAP;
	grid.percent = grid.columns >= grid.id + 1 + GOOD_BAR - 2 + PERCENT;
	if (grid.columns < grid.id + 1 + CPU_GRID_LEAST_BAR) {
		int strip = (count + columns - 1) / (columns > 0 ? columns : 1);

		grid.across = 0;
		grid.rows = strip < strip_rows ? strip : strip_rows;
	}
	return grid;
}

void cpu_grid_note(struct numbers *numbers, int row, int column, int columns,
		   const struct cpu_view *cpu, size_t field)
{
	const struct number number = {
		.kind = NUMBER_CPU,
		.id = (uint16_t)field,
		.of = cpu->cpu,
	};

	numbers_put(numbers, row, column, columns, &number);
}

static void draw_cpu(struct canvas *canvas, int row, int column, const struct cpu_grid *grid,
		     const struct cpu_view *cpu)
{
	int bar = grid->columns - grid->id - 1 - (grid->percent ? PERCENT : 0);
	double busy = (double)cpu->busy_pct;
	char text[16], percent[24];

	snprintf(text, sizeof(text), "%u", cpu->cpu);
	canvas_text_right(canvas, row, column, grid->id, STYLE_DIM, text);
	cpu_grid_note(canvas->numbers, row, column, grid->columns, cpu,
		      offsetof(struct cpu_view, busy_pct));
	column += grid->id + 1;
	draw_bar(canvas, row, column, bar, busy / 100, cpu_style(busy));
	if (!grid->percent)
		return;
	text_count(text, sizeof(text), isnan(busy) ? busy : floor(busy + 0.5));
	snprintf(percent, sizeof(percent), "%s%s", text, isnan(busy) ? "" : "%");
	canvas_text_right(canvas, row, column + bar, PERCENT,
			  isnan(busy) ? STYLE_DIM : STYLE_BRIGHT, percent);
}

/* Eight heights, or a digit for each tenth. */
static void draw_heat(struct canvas *canvas, int row, int column, double busy_pct)
{
	bool digits = canvas->ascii || canvas->console;
	int steps = digits ? 10 : 8;
	int step = isnan(busy_pct) ? 0 : (int)(busy_pct / 100 * steps);

	if (step >= steps)
		step = steps - 1;
	if (isnan(busy_pct))
		canvas_put(canvas, row, column, '-', STYLE_DIM);
	else
		canvas_put(canvas, row, column,
			   digits ? (uint32_t)('0' + step) : (uint32_t)(0x2581 + step),
			   cpu_style(busy_pct));
}

/* The busiest CPU of a cell; one that is not known only where none is. */
static const struct cpu_view *busiest_of(const struct model *model, size_t from, size_t to)
{
	const struct cpu_view *busiest = &model->cpu[from];

	for (size_t i = from; i < to && i < model->cpu_count; i++)
		if (model->cpu[i].busy_pct > busiest->busy_pct || isnan(busiest->busy_pct))
			busiest = &model->cpu[i];
	return busiest;
}

/* One cell for each CPU; where there are more CPUs than cells, for the busiest of several. */
static void draw_strip(struct canvas *canvas, struct rect area, const struct model *model)
{
	size_t cells = (size_t)area.rows * (size_t)area.columns;
	size_t each = cells ? (model->cpu_count + cells - 1) / cells : 0;

	for (size_t i = 0, cell = 0; each && i < model->cpu_count; i += each, cell++) {
		const struct cpu_view *busiest = busiest_of(model, i, i + each);
		int row = area.row + (int)cell / area.columns;
		int column = area.column + (int)cell % area.columns;

		draw_heat(canvas, row, column, (double)busiest->busy_pct);
		cpu_grid_note(canvas->numbers, row, column, 1, busiest,
			      offsetof(struct cpu_view, busy_pct));
	}
}

void cpu_grid_draw(struct canvas *canvas, struct rect area, const struct model *model,
		   const struct cpu_grid *grid)
{
	if (!grid->across) {
		draw_strip(canvas, area, model);
		return;
	}
	for (size_t i = 0; i < model->cpu_count; i++) {
		int row = (int)i / grid->across, column = (int)i % grid->across;

		if (row >= area.rows)
			return;
		draw_cpu(canvas, area.row + row, area.column + column * (grid->columns + GAP), grid,
			 &model->cpu[i]);
	}
}
