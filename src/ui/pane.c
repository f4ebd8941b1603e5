#include "ui/pane.h"

#include <stdio.h>
#include <string.h>

#include "ui/draw.h"
#include "ui/pane_cpu.h"
#include "ui/pane_faults.h"
#include "ui/pane_memory.h"
#include "ui/pane_pressure.h"
#include "ui/pane_top.h"

#define TOP_PANE(kind, name) \
	{ \
		PANE_TOP + (kind), (name), pane_top_draw, pane_top_draw_zoomed \
	}

const struct pane panes[PANE_COUNT] = {
	[PANE_CPU] = { PANE_CPU, "CPU", pane_cpu_draw, pane_cpu_draw_zoomed },
	[PANE_MEMORY] = { PANE_MEMORY, "MEMORY", pane_memory_draw, pane_memory_draw_zoomed },
	[PANE_PRESSURE] = { PANE_PRESSURE, "PRESSURE", pane_pressure_draw,
			    pane_pressure_draw_zoomed },
	[PANE_FAULTS] = { PANE_FAULTS, "FAULTS", pane_faults_draw, pane_faults_draw_zoomed },
	[PANE_TOP + TOP_CPU] = TOP_PANE(TOP_CPU, "TOP CPU"),
	[PANE_TOP + TOP_MEMORY] = TOP_PANE(TOP_MEMORY, "TOP MEMORY"),
	[PANE_TOP + TOP_IO] = TOP_PANE(TOP_IO, "TOP I/O"),
	[PANE_TOP + TOP_FAULTS] = TOP_PANE(TOP_FAULTS, "TOP FAULTS"),
	[PANE_TOP + TOP_WAITS] = TOP_PANE(TOP_WAITS, "TOP WAITS"),
};

struct rect pane_frame(const struct pane_draw *draw, struct rect area, const char *title)
{
	draw_frame(draw->canvas, area, title, draw->focus);
	return (struct rect){ area.row + 1, area.column + 2, area.rows - 2, area.columns - 4 };
}

struct rect pane_take(struct rect *area, int rows)
{
	struct rect taken = *area;

	if (rows < 0)
		rows = 0;
	taken.rows = rows < area->rows ? rows : area->rows;
	area->row += taken.rows;
	area->rows -= taken.rows;
	return taken;
}

size_t pane_line_length(const char *text, int columns)
{
	size_t length = strlen(text), at = (size_t)columns;

	if (length <= at)
		return length;
	while (at > 0 && text[at] != ' ')
		at--;
	return at ? at : (size_t)columns;
}

int pane_text(struct canvas *canvas, struct rect area, enum style style, const char *text)
{
	int row = 0;

	if (area.columns < 1)
		return 0;
	while (*text && row < area.rows) {
		size_t length = pane_line_length(text, area.columns);

		canvas_text(canvas, area.row + row++, area.column, (int)length, style, text);
		text += length;
		while (*text == ' ')
			text++;
	}
	return row;
}

void pane_reason(const struct pane_draw *draw, struct rect area, enum metric_id metric)
{
	char reason[160];

	pane_text(draw->canvas, area, STYLE_WARN,
		  model_reason(draw->model, metric, reason, sizeof(reason)));
}

int pane_scroll(const struct pane_draw *draw, struct rect area, int count, int rows)
{
	struct view *view = draw->view;
	int last = count > rows ? count - rows : 0;
	char note[48];

	if (view->scroll > last)
		view->scroll = last;
	if (view->scroll < 0)
		view->scroll = 0;
	view->page_rows = rows;
	if (count > rows && rows > 0) {
		snprintf(note, sizeof(note), "%d-%d of %d", view->scroll + 1, view->scroll + rows,
			 count);
		draw_frame_note(draw->canvas, area, STYLE_DIM, note);
	}
	return view->scroll;
}
