#include "ui/pane_memory.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "base/text.h"
#include "base/value.h"
#include "ui/draw.h"
#include "ui/figure.h"
#include "ui/pane_graphs.h"

#define BAR_ROWS 4
#define ASIDE_GAP 4
#define ASIDE_COLUMNS 15 /* "use critical !!" */
#define TIGHT_COLUMNS 40 /* below, figures take the column before the frame too */
#define TALL_ROWS 8 /* inside: from here on bars and a graph stand above the figures */

#define BYTES(name, id) \
	{ \
		.label = (name), .metric = (id), .format = FIGURE_BYTES, .width = 5 \
	}
#define RATE(name, id) \
	{ \
		.label = (name), .metric = (id), .format = FIGURE_COUNT, .width = 5, .unit = "/s" \
	}

#define PCT(name, id) \
	{ \
		.label = (name), .metric = (id), .format = FIGURE_FIXED1, .width = 4, .unit = "%" \
	}
#define OPTIONAL_BYTES(name, id) \
	{ \
		.label = (name), .metric = (id), .format = FIGURE_BYTES, .width = 5, \
		.optional = true \
	}

/* Refaults stand in FAULTS. */
#define SHMEM BYTES("shmem", M_MEMORY_SHMEM)
#define SLAB BYTES("slab", M_MEMORY_SLAB)
#define FILE_PAGES \
	BYTES("active", M_CACHE_ACTIVE_FILE), \
	{ \
		.label = "inactive", .metric = M_CACHE_INACTIVE_FILE, .format = FIGURE_BYTES, \
		.width = 5, .unit = " (file)", .joined = true \
	}
#define DIRTY \
	BYTES("dirty", M_CACHE_DIRTY), \
	{ \
		.label = "", .metric = M_CACHE_DIRTY_PCT, .format = FIGURE_FIXED1, .width = 4, \
		.unit = "%", .joined = true \
	}
#define WRITEBACK BYTES("writeback", M_CACHE_WRITEBACK)
#define MORE \
	RATE("reclaim", M_FAULTS_RECLAIM_PER_S), PCT("thrash", M_FAULTS_THRASH_PCT), \
		OPTIONAL_BYTES("ARC", M_MEMORY_ARC), \
		OPTIONAL_BYTES("evictable", M_MEMORY_ARC_EVICTABLE), BYTES("anon", M_MEMORY_ANON), \
		BYTES("mapped", M_MEMORY_MAPPED), BYTES("committed", M_MEMORY_COMMITTED), \
		BYTES("page tables", M_MEMORY_PAGE_TABLES), \
		BYTES("unevictable", M_MEMORY_UNEVICTABLE)

/* In the order in which they fill whole lines of a pane 40 columns wide. */
static const struct figure low_figures[] = {
	BYTES("used", M_MEMORY_USED),
	BYTES("free", M_MEMORY_FREE),
	{ .label = "swap",
	  .metric = M_MEMORY_SWAP_USED,
	  .of = M_MEMORY_SWAP_TOTAL,
	  .format = FIGURE_OF,
	  .width = 10 },
	BYTES("cache", M_CACHE_SIZE),
	SHMEM,
	SLAB,
	FILE_PAGES,
	DIRTY,
	WRITEBACK,
	MORE,
};

/* The same for one of 53, without those that stand as bars. */
#define TALL FILE_PAGES, SLAB, DIRTY, WRITEBACK, SHMEM, MORE
static const struct figure tall_figures[] = { TALL };

/* Zoomed, FAULTS is out of sight. */
static const struct figure zoomed_figures[] = { TALL, RATE("refault", M_CACHE_REFAULT_PER_S) };

static const struct figure limit_figure = {
	.metric = M_MEMORY_LIMIT_USED,
	.of = M_MEMORY_LIMIT,
	.format = FIGURE_OF,
};

static enum level level_of(const struct model *model, enum metric_id metric)
{
	return (enum level)model->level[metric];
}

static struct rect draw_memory_frame(const struct pane_draw *draw, struct rect area)
{
	const struct model *model = draw->model;
	const char *name = "MEMORY";
	double available = model->value[M_MEMORY_AVAILABLE_PCT];
	enum level level = level_of(model, M_MEMORY_AVAILABLE_PCT);
	char title[64], note[48], text[32];
	struct rect inside;

	if (area.columns >= 48)
		name = draw->canvas->ascii ? "MEMORY, PAGE CACHE" : "MEMORY \u00b7 PAGE CACHE";
	snprintf(title, sizeof(title), "%s", name);
	if (!isnan(model->value[M_MEMORY_LIMIT]))
		snprintf(title, sizeof(title), "MEMORY, cgroup %s",
			 figure_text(text, sizeof(text), &limit_figure,
				     model->value[M_MEMORY_LIMIT_USED],
				     model->value[M_MEMORY_LIMIT], model->settings.units));
	inside = pane_frame(draw, area, title);
	if (isnan(available))
		return inside;
	snprintf(note, sizeof(note), "%s%s%2.0f%% avail", level_mark(level), level ? " " : "",
		 available);
	draw_frame_number(draw->canvas, area, level_style(level, STYLE_GOOD), note,
			  M_MEMORY_AVAILABLE_PCT);
	return inside;
}

static void draw_part(struct canvas *canvas, int row, int column, int columns, const char *label,
		      const struct model *model, enum metric_id part, double total,
		      enum style style)
{
	double bytes = model->value[part];
	int bar = columns - 6 - 6;
	char text[16];

	canvas_text(canvas, row, column, columns, STYLE_DIM, label);
	draw_bar(canvas, row, column + 6, bar, bytes / total, style);
	canvas_text_right(canvas, row, column + 6 + (bar > 0 ? bar : 0), 6,
			  isnan(bytes) ? STYLE_DIM : STYLE_BRIGHT,
			  text_bytes_in(text, sizeof(text), bytes, model->settings.units));
	numbers_add(canvas->numbers, row, column + 6 + (bar > 0 ? bar : 0), 6, part);
}

/* How much of memory is in use, in a word with its mark, and what there is of it. */
static void draw_aside(struct canvas *canvas, struct rect area, const struct model *model)
{
	double available = model->value[M_MEMORY_AVAILABLE_PCT];
	double total = model->value[M_MEMORY_TOTAL], swap = model->value[M_MEMORY_SWAP_TOTAL];
	const char *name = memory_level_name(available);
	enum level level = level_of(model, M_MEMORY_AVAILABLE_PCT);
	enum byte_units units = model->settings.units;
	char text[24], size[16];

	snprintf(text, sizeof(text), "%s %s", name ? name : "-", level_mark(level));
	draw_pair(canvas, area.row, area.column, area.column + area.columns, "use",
		  name ? level_style(level, STYLE_GOOD) : STYLE_DIM, text);
	snprintf(text, sizeof(text), "of %s", text_bytes_in(size, sizeof(size), total, units));
	canvas_text(canvas, area.row + 2, area.column, area.columns, STYLE_DIM, text);
	numbers_add(canvas->numbers, area.row + 2, area.column + 3, (int)strlen(size),
		    M_MEMORY_TOTAL);
	if (swap > 0)
		snprintf(text, sizeof(text), "of %s",
			 text_bytes_in(size, sizeof(size), swap, units));
	else
		snprintf(text, sizeof(text), "%s", isnan(swap) ? "" : "no swap");
	canvas_text(canvas, area.row + 3, area.column, area.columns, STYLE_DIM, text);
	if (swap > 0)
		numbers_add(canvas->numbers, area.row + 3, area.column + 3, (int)strlen(size),
			    M_MEMORY_SWAP_TOTAL);
}

static void draw_bars(struct canvas *canvas, struct rect area, const struct model *model)
{
	double total = model->value[M_MEMORY_TOTAL];
	enum level level = level_of(model, M_MEMORY_AVAILABLE_PCT);
	int aside = area.columns >= 40 ? ASIDE_GAP + ASIDE_COLUMNS : 0,
	    columns = area.columns - aside;

	if (area.rows < BAR_ROWS)
		return;
	draw_part(canvas, area.row, area.column, columns, "used", model, M_MEMORY_USED, total,
		  level_style(level, STYLE_GOOD));
	draw_part(canvas, area.row + 1, area.column, columns, "cache", model, M_CACHE_SIZE, total,
		  STYLE_CACHE);
	draw_part(canvas, area.row + 2, area.column, columns, "free", model, M_MEMORY_FREE, total,
		  STYLE_TEXT);
	draw_part(canvas, area.row + 3, area.column, columns, "swap", model, M_MEMORY_SWAP_USED,
		  model->value[M_MEMORY_SWAP_TOTAL], STYLE_WARN);
	if (aside)
		draw_aside(canvas,
			   (struct rect){ area.row, area.column + columns + ASIDE_GAP, BAR_ROWS,
					  ASIDE_COLUMNS },
			   model);
}

/* The figures, and a graph where rows are left. */
static void draw_low(const struct pane_draw *draw, struct rect inside)
{
	struct rect flow = inside;

	flow.columns += inside.columns < TIGHT_COLUMNS;
	pane_take(&inside,
		  figure_flow(draw->canvas, flow, draw->model, low_figures, COUNT(low_figures), 1));
	figure_graph(draw->canvas, inside, draw->model, M_MEMORY_AVAILABLE_PCT, 100, STYLE_CACHE);
}

void pane_memory_draw(const struct pane_draw *draw, enum pane_id id, struct rect area)
{
	const struct model *model = draw->model;
	struct rect inside = draw_memory_frame(draw, area);
	int lines;

	(void)id;
	if (isnan(model->value[M_MEMORY_TOTAL])) {
		pane_reason(draw, inside, M_MEMORY_TOTAL);
		return;
	}
	if (inside.rows < TALL_ROWS) {
		draw_low(draw, inside);
		return;
	}
	lines = figure_flow(NULL, inside, model, tall_figures, COUNT(tall_figures), 1);
	/* A graph of two rows at least, even if the last figures have no room then. */
	if (lines > inside.rows - BAR_ROWS - 2)
		lines = inside.rows - BAR_ROWS - 2;
	draw_bars(draw->canvas, pane_take(&inside, BAR_ROWS), model);
	figure_graph(draw->canvas, pane_take(&inside, inside.rows - lines), model,
		     M_MEMORY_AVAILABLE_PCT, 100, STYLE_CACHE);
	figure_flow(draw->canvas, inside, model, tall_figures, COUNT(tall_figures), 1);
}

#define FEW_ROWS 8 /* of the list: fewer have no blank row above them */
#define ROW_COLUMNS 28 /* name, value and a gap, zoomed */

static uint64_t row_value(const struct meminfo *meminfo, const struct meminfo_row *row)
{
	uint64_t value;

	memcpy(&value, (const char *)meminfo + row->offset, sizeof(value));
	return value;
}

/* Rows of the kernel's file that count pages, not kB. */
static bool is_count(const char *name)
{
	return !strncmp(name, "HugePages_", 10);
}

/* How many rows all that this kernel prints takes. */
static int list_rows(const struct meminfo *meminfo, int columns)
{
	int across = (columns + 3) / (ROW_COLUMNS + 3), known = 0;

	for (size_t i = 0; i < meminfo_row_count; i++)
		known += present(row_value(meminfo, &meminfo_rows[i]));
	return across < 1 ? 0 : (known + across - 1) / across;
}

/* In columns filled from above. */
static void draw_rows(const struct pane_draw *draw, struct rect area, struct rect inside)
{
	const struct meminfo *meminfo = &draw->model->current->meminfo;
	int rows = list_rows(meminfo, inside.columns), first, at = 0;

	if (rows < 1 || inside.rows < 1)
		return;
	first = pane_scroll(draw, area, rows, inside.rows);
	for (size_t i = 0; i < meminfo_row_count; i++) {
		uint64_t value = row_value(meminfo, &meminfo_rows[i]);
		int row = at % rows - first, column = inside.column + at / rows * (ROW_COLUMNS + 3);
		char text[24];

		if (!present(value))
			continue;
		at++;
		if (row < 0 || row >= inside.rows)
			continue;
		if (is_count(meminfo_rows[i].name))
			text_grouped(text, sizeof(text), (double)value);
		else
			text_bytes_in(text, sizeof(text), (double)value * 1024,
				      draw->model->settings.units);
		canvas_text(draw->canvas, inside.row + row, column, ROW_COLUMNS - 7, STYLE_DIM,
			    meminfo_rows[i].name);
		canvas_text_right(draw->canvas, inside.row + row, column + ROW_COLUMNS - 7, 7,
				  value ? STYLE_BRIGHT : STYLE_TEXT, text);
		numbers_put(draw->canvas->numbers, inside.row + row, column + ROW_COLUMNS - 7, 7,
			    &(struct number){ .kind = NUMBER_MEMINFO, .id = (uint16_t)i });
	}
}

void pane_memory_draw_zoomed(const struct pane_draw *draw, enum pane_id id, struct rect area)
{
	const struct model *model = draw->model;
	struct rect inside = draw_memory_frame(draw, area);
	int lines;

	if (isnan(model->value[M_MEMORY_TOTAL])) {
		pane_reason(draw, inside, M_MEMORY_TOTAL);
		return;
	}
	lines = figure_flow(NULL, inside, model, zoomed_figures, COUNT(zoomed_figures), 2);
	pane_graphs_draw(draw, id, &inside,
			 BAR_ROWS + lines + 1 +
				 list_rows(&model->current->meminfo, inside.columns));
	draw_bars(draw->canvas, pane_take(&inside, BAR_ROWS), model);
	figure_flow(draw->canvas, pane_take(&inside, lines), model, zoomed_figures,
		    COUNT(zoomed_figures), 2);
	pane_take(&inside, inside.rows > FEW_ROWS);
	draw_rows(draw, area, inside);
}
