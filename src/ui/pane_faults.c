#include "ui/pane_faults.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "base/text.h"
#include "base/value.h"
#include "ui/draw.h"
#include "ui/figure.h"
#include "ui/pane_graphs.h"

#define RATE(name, id) \
	{ \
		.label = (name), .metric = (id), .format = FIGURE_COUNT, .width = 5, .unit = "/s" \
	}
#define BYTES_RATE(name, id) \
	{ \
		.label = (name), .metric = (id), .format = FIGURE_BYTES, .width = 5, .unit = "/s" \
	}
#define PCT(name, id) \
	{ \
		.label = (name), .metric = (id), .format = FIGURE_FIXED1, .width = 4, .unit = "%" \
	}

static const struct figure minor = { .label = "minor",
				     .metric = M_FAULTS_MINOR_PER_S,
				     .format = FIGURE_GROUPED,
				     .width = 7,
				     .unit = "/s" };
static const struct figure major = { .label = "MAJOR",
				     .metric = M_FAULTS_MAJOR_PER_S,
				     .format = FIGURE_GROUPED,
				     .width = 7,
				     .unit = "/s" };
#define FAULT_COLUMNS (6 + 7 + 2 + 2) /* label, value, unit, marks */
#define FAULT_TOP (-50) /* least upper edge of the graphs: where major faults begin to hurt */

/* All of them a second; the first line of a low pane has just the room for the first three. */
static const struct figure low_figures[] = {
	{ .label = "refault", .metric = M_CACHE_REFAULT_PER_S, .format = FIGURE_COUNT, .width = 5 },
	{ .label = "swap in", .metric = M_SWAP_IN_BYTES_PER_S, .format = FIGURE_BYTES, .width = 5 },
	{ .label = "out",
	  .metric = M_SWAP_OUT_BYTES_PER_S,
	  .format = FIGURE_BYTES,
	  .width = 5,
	  .joined = true },
	BYTES_RATE("read", M_DISK_READ_BYTES_PER_S),
	BYTES_RATE("write", M_DISK_WRITE_BYTES_PER_S),
	RATE("kswapd", M_FAULTS_KSWAPD_SCAN_PER_S),
	{ .label = "direct",
	  .metric = M_FAULTS_DIRECT_SCAN_PER_S,
	  .format = FIGURE_COUNT,
	  .width = 5,
	  .unit = "/s",
	  .bad = true },
	PCT("steal", M_FAULTS_STEAL_PCT),
	PCT("thrash", M_FAULTS_THRASH_PCT),
	PCT("disk busy", M_DISK_BUSIEST_PCT),
};

/* Two columns of the wide pane. */
static const struct figure wide_figures[][7] = {
	{
		BYTES_RATE("swap in", M_SWAP_IN_BYTES_PER_S),
		BYTES_RATE("swap out", M_SWAP_OUT_BYTES_PER_S),
		BYTES_RATE("disk read", M_DISK_READ_BYTES_PER_S),
		BYTES_RATE("disk write", M_DISK_WRITE_BYTES_PER_S),
		{ .label = "oom kills",
		  .metric = M_FAULTS_OOM_KILLS,
		  .format = FIGURE_GROUPED,
		  .width = 7 },
		BYTES_RATE("paged in", M_DISK_PAGED_IN_BYTES_PER_S),
		BYTES_RATE("paged out", M_DISK_PAGED_OUT_BYTES_PER_S),
	},
	{
		RATE("refault", M_CACHE_REFAULT_PER_S),
		RATE("kswapd scan", M_FAULTS_KSWAPD_SCAN_PER_S),
		{ .label = "direct scan",
		  .metric = M_FAULTS_DIRECT_SCAN_PER_S,
		  .format = FIGURE_COUNT,
		  .width = 5,
		  .unit = "/s",
		  .bad = true },
		PCT("steal/scan", M_FAULTS_STEAL_PCT),
		RATE("thp fault", M_FAULTS_THP_FAULT_PER_S),
		RATE("compaction", M_FAULTS_COMPACT_STALLS_PER_S),
		PCT("thrash", M_FAULTS_THRASH_PCT),
	},
};

#define WIDE_COLUMNS 110
#define FIGURE_COLUMNS 24
#define DISK_COLUMNS 24
#define TIGHT_COLUMNS 40 /* below, figures take the column before the frame too */

static void draw_fault(struct canvas *canvas, struct rect area, const struct model *model,
		       const struct figure *figure)
{
	struct rect graph = area;

	if (area.rows < 1)
		return;
	figure_flow(canvas, (struct rect){ area.row, area.column, 1, area.columns }, model, figure,
		    1, 1);
	if (figure == &major && model->level[figure->metric] != LEVEL_OK)
		canvas_text(canvas, area.row, area.column, 5,
			    level_style((enum level)model->level[figure->metric], STYLE_DIM),
			    figure->label);
	graph.column += FAULT_COLUMNS + 1;
	graph.columns -= FAULT_COLUMNS + 1;
	figure_graph(canvas, graph, model, figure->metric, FAULT_TOP, STYLE_GOOD);
}

/* Both graphs, one above the other. */
static void draw_faults(struct canvas *canvas, struct rect area, const struct model *model)
{
	struct rect upper = pane_take(&area, area.rows / 2);

	draw_fault(canvas, upper, model, &minor);
	draw_fault(canvas, area, model, &major);
}

static struct rect draw_faults_frame(const struct pane_draw *draw, struct rect area)
{
	const struct model *model = draw->model;
	double kills = model->value[M_FAULTS_OOM_KILLS];
	enum level level = (enum level)model->level[M_FAULTS_OOM_KILLS_INTERVAL];
	struct rect inside = pane_frame(draw, area, "FAULTS");
	char note[64], text[24];

	if (area.columns >= WIDE_COLUMNS) {
		draw_frame_note(draw->canvas, area, STYLE_DIM,
				draw->canvas->ascii
					? "minor are cheap, MAJOR wait for the disk"
					: "minor are cheap \u00b7 MAJOR wait for the disk");
		return inside;
	}
	if (isnan(kills))
		return inside;
	snprintf(note, sizeof(note), "%soom %s", level_mark(level),
		 text_count(text, sizeof(text), kills));
	draw_frame_number(draw->canvas, area,
			  level_style(level, kills > 0 ? STYLE_BRIGHT : STYLE_GOOD), note,
			  M_FAULTS_OOM_KILLS);
	return inside;
}

static void note_disk(struct numbers *numbers, int row, int column, int columns, int disk,
		      size_t field)
{
	const struct number number = {
		.kind = NUMBER_DISK,
		.id = (uint16_t)field,
		.of = (uint32_t)disk,
	};

	numbers_put(numbers, row, column, columns, &number);
}

static void draw_disk(struct canvas *canvas, int row, int column, int columns,
		      const struct model *model, int index)
{
	const struct disk_view *disk = &model->disk[index];
	static const struct figure ms = { .format = FIGURE_MS };
	double util = (double)disk->util_pct, await = (double)disk->await_ms;
	char text[24], value[32];
	int name = columns - 15;

	canvas_text(canvas, row, column, name, STYLE_DIM, disk->disk->name);
	snprintf(value, sizeof(value), "%s%s", text_fixed1(text, sizeof(text), util),
		 isnan(util) ? "" : "%");
	canvas_text_right(canvas, row, column + name, 6, isnan(util) ? STYLE_DIM : STYLE_BRIGHT,
			  value);
	note_disk(canvas->numbers, row, column + name, 6, index,
		  offsetof(struct disk_view, util_pct));
	/* No request ended: there is no mean time of one. */
	if (isnan(await) && !isnan(util))
		return;
	snprintf(value, sizeof(value), "%s%s",
		 figure_text(text, sizeof(text), &ms, await, NAN, UNITS_BINARY),
		 isnan(await) ? "" : "ms");
	canvas_text_right(canvas, row, column + name + 6, 9,
			  isnan(await) ? STYLE_DIM : STYLE_BRIGHT, value);
	note_disk(canvas->numbers, row, column + name + 6, 9, index,
		  offsetof(struct disk_view, await_ms));
}

static void draw_disks(struct canvas *canvas, struct rect area, const struct model *model)
{
	canvas_text(canvas, area.row, area.column, area.columns, STYLE_HEADING, "disk");
	canvas_text_right(canvas, area.row, area.column + area.columns - 15, 6, STYLE_HEADING,
			  "busy");
	canvas_text_right(canvas, area.row, area.column + area.columns - 9, 9, STYLE_HEADING,
			  "await");
	for (int i = 0; i < (int)model->disk_count && i + 1 < area.rows; i++)
		draw_disk(canvas, area.row + 1 + i, area.column, area.columns, model, i);
}

static void draw_wide(const struct pane_draw *draw, struct rect inside)
{
	const struct model *model = draw->model;
	int right = 2 * (FIGURE_COLUMNS + 3) + DISK_COLUMNS + 3;
	struct rect left = inside;
	int column;

	left.columns -= right;
	draw_faults(draw->canvas, left, model);
	column = left.column + left.columns + 3;
	for (int i = 0; i < 2; i++, column += FIGURE_COLUMNS + 3)
		for (int row = 0; row < inside.rows && row < (int)COUNT(wide_figures[0]); row++)
			figure_line(draw->canvas, inside.row + row, column, FIGURE_COLUMNS, model,
				    &wide_figures[i][row]);
	draw_disks(draw->canvas, (struct rect){ inside.row, column, inside.rows, DISK_COLUMNS },
		   model);
}

void pane_faults_draw(const struct pane_draw *draw, enum pane_id id, struct rect area)
{
	const struct model *model = draw->model;
	struct rect inside = draw_faults_frame(draw, area);
	int lines;

	(void)id;
	if (model->current->status[FILE_VMSTAT]) {
		pane_reason(draw, inside, M_FAULTS_MINOR_PER_S);
		return;
	}
	if (area.columns >= WIDE_COLUMNS) {
		draw_wide(draw, inside);
		return;
	}
	lines = figure_flow(NULL, inside, model, low_figures, COUNT(low_figures), 1);
	/* A row for either graph comes first, and from six rows on two. */
	if (lines > inside.rows - (inside.rows >= 6 ? 4 : 2))
		lines = inside.rows - (inside.rows >= 6 ? 4 : 2);
	draw_faults(draw->canvas, pane_take(&inside, inside.rows - (lines > 0 ? lines : 0)), model);
	inside.columns += inside.columns < TIGHT_COLUMNS;
	figure_flow(draw->canvas, inside, model, low_figures, COUNT(low_figures), 1);
}

#define ROW_NAME 30
#define ROW_TOTAL 12
#define ROW_RATE 8 /* a mark goes beyond it */
#define ROW_COLUMNS (ROW_NAME + ROW_TOTAL + ROW_RATE)

static uint64_t row_value(const struct vmstat *vmstat, const struct vmstat_row *row)
{
	uint64_t value;

	memcpy(&value, (const char *)vmstat + row->offset, sizeof(value));
	return value;
}

/* The metric that is the rate of a row, or METRIC_COUNT. */
static enum metric_id rate_of(const struct vmstat_row *row)
{
	size_t raw = offsetof(struct sample, vmstat) + row->offset;

	for (int id = 0; id < METRIC_COUNT; id++)
		if (metrics[id].rule == RULE_RATE && metrics[id].raw == raw)
			return (enum metric_id)id;
	return METRIC_COUNT;
}

static void draw_row(struct canvas *canvas, int row, int column, const struct model *model,
		     const struct vmstat_row *vmstat_row, uint64_t value)
{
	static const struct figure total = { .format = FIGURE_GROUPED, .width = ROW_TOTAL };
	enum metric_id rate = rate_of(vmstat_row);
	enum level level;
	char text[32], shown[40];

	canvas_text(canvas, row, column, ROW_NAME - 1, STYLE_DIM, vmstat_row->name);
	canvas_text_right(
		canvas, row, column + ROW_NAME, ROW_TOTAL, value ? STYLE_BRIGHT : STYLE_TEXT,
		figure_text(text, sizeof(text), &total, (double)value, NAN, model->settings.units));
	numbers_put(canvas->numbers, row, column + ROW_NAME, ROW_TOTAL,
		    &(struct number){ .kind = NUMBER_VMSTAT,
				      .id = (uint16_t)(vmstat_row - vmstat_rows) });
	if (rate == METRIC_COUNT)
		return;
	numbers_add(canvas->numbers, row, column + ROW_NAME + ROW_TOTAL, ROW_RATE, rate);
	level = (enum level)model->level[rate];
	if (!strcmp(metrics[rate].unit, "bytes/s"))
		text_bytes_in(text, sizeof(text), model->value[rate], model->settings.units);
	else
		text_count(text, sizeof(text), model->value[rate]);
	snprintf(shown, sizeof(shown), "%s%s%s", text, isnan(model->value[rate]) ? "" : "/s",
		 level_mark(level));
	canvas_text_right(canvas, row, column + ROW_NAME + ROW_TOTAL,
			  ROW_RATE + (level != LEVEL_OK), level_style(level, STYLE_TEXT), shown);
}

/* How many rows all of /proc/vmstat that this kernel prints takes. */
static int list_rows(const struct vmstat *vmstat, int columns)
{
	int across = (columns + 3) / (ROW_COLUMNS + 3), known = 0;

	across = across < 1 ? 1 : across;
	for (size_t i = 0; i < vmstat_row_count; i++)
		known += present(row_value(vmstat, &vmstat_rows[i]));
	return (known + across - 1) / across;
}

/* In columns filled from above. */
static void draw_rows(const struct pane_draw *draw, struct rect area, struct rect inside)
{
	const struct vmstat *vmstat = &draw->model->current->vmstat;
	int rows = list_rows(vmstat, inside.columns), at = 0, first;

	if (inside.rows < 1 || rows < 1)
		return;
	first = pane_scroll(draw, area, rows, inside.rows);
	for (size_t i = 0; i < vmstat_row_count; i++) {
		uint64_t value = row_value(vmstat, &vmstat_rows[i]);
		int row, column;

		if (!present(value))
			continue;
		row = at % rows - first;
		column = inside.column + at++ / rows * (ROW_COLUMNS + 3);
		if (row >= 0 && row < inside.rows)
			draw_row(draw->canvas, inside.row + row, column, draw->model,
				 &vmstat_rows[i], value);
	}
}

static const struct {
	const char *heading;
	size_t offset; /* of the float in struct disk_view */
	enum figure_format format;
} disk_fields[] = {
	{ "r/s", offsetof(struct disk_view, reads_per_s), FIGURE_COUNT },
	{ "w/s", offsetof(struct disk_view, writes_per_s), FIGURE_COUNT },
	{ "read/s", offsetof(struct disk_view, read_bytes_per_s), FIGURE_BYTES },
	{ "write/s", offsetof(struct disk_view, write_bytes_per_s), FIGURE_BYTES },
	{ "await", offsetof(struct disk_view, await_ms), FIGURE_MS },
	{ "queue", offsetof(struct disk_view, queue), FIGURE_FIXED1 },
	{ "busy%", offsetof(struct disk_view, util_pct), FIGURE_FIXED1 },
};

#define DISK_NAME 16
#define DISK_FIELD 8

static void draw_disk_fields(struct canvas *canvas, int row, int column, int end,
			     const struct model *model, int index)
{
	const struct disk_view *disk = &model->disk[index];

	canvas_text(canvas, row, column, DISK_NAME, STYLE_DIM, disk->disk->name);
	column += DISK_NAME;
	for (size_t i = 0; i < COUNT(disk_fields) && column + DISK_FIELD <= end; i++) {
		const struct figure figure = { .format = disk_fields[i].format };
		float value;
		char text[24];

		memcpy(&value, (const char *)disk + disk_fields[i].offset, sizeof(value));
		canvas_text_right(canvas, row, column, DISK_FIELD,
				  isnan(value) ? STYLE_DIM : STYLE_BRIGHT,
				  figure_text(text, sizeof(text), &figure, (double)value, NAN,
					      model->settings.units));
		note_disk(canvas->numbers, row, column, DISK_FIELD, index, disk_fields[i].offset);
		column += DISK_FIELD;
	}
}

/* A line for each disk, as far as there are rows. */
static void draw_disk_table(struct canvas *canvas, struct rect area, const struct model *model)
{
	int column = area.column + DISK_NAME, end = area.column + area.columns;

	if (area.rows < 2 || area.columns < DISK_NAME)
		return;
	canvas_text(canvas, area.row, area.column, DISK_NAME, STYLE_HEADING, "disk");
	for (size_t i = 0; i < COUNT(disk_fields) && column + DISK_FIELD <= end; i++) {
		canvas_text_right(canvas, area.row, column, DISK_FIELD, STYLE_HEADING,
				  disk_fields[i].heading);
		column += DISK_FIELD;
	}
	for (int i = 0; i < (int)model->disk_count && i + 1 < area.rows; i++)
		draw_disk_fields(canvas, area.row + 1 + i, area.column, end, model, i);
}

void pane_faults_draw_zoomed(const struct pane_draw *draw, enum pane_id id, struct rect area)
{
	const struct model *model = draw->model;
	struct rect inside = draw_faults_frame(draw, area);
	int disks = (int)model->disk_count, rows = inside.rows, lines;

	if (model->current->status[FILE_VMSTAT]) {
		pane_reason(draw, inside, M_FAULTS_MINOR_PER_S);
		return;
	}
	lines = figure_flow(NULL, inside, model, low_figures, COUNT(low_figures), 2);
	pane_graphs_draw(draw, id, &inside,
			 lines + 2 + disks + 1 +
				 list_rows(&model->current->vmstat, inside.columns));
	if (inside.rows == rows)
		draw_faults(draw->canvas, pane_take(&inside, rows / 3), model);
	figure_flow(draw->canvas, pane_take(&inside, lines), model, low_figures, COUNT(low_figures),
		    2);
	if (disks > inside.rows / 3 - 2)
		disks = inside.rows / 3 - 2;
	if (disks > 0) {
		pane_take(&inside, 1);
		draw_disk_table(draw->canvas, pane_take(&inside, disks + 1), model);
	}
	pane_take(&inside, 1);
	draw_rows(draw, area, inside);
}
