#include "ui/layout.h"

#include <string.h>

/*
 * From 120x30 on: three columns (CPU, MEMORY, PRESSURE), FAULTS over the whole width, and all five
 * tables, three above two. From 80x38 on: two columns of panes, the CPU table over the whole width
 * and the other four in pairs. From 80x19 on: two columns of panes and one table with tabs; this is
 * what 80x24 shows. Narrower: one column.
 *
 * What gives way on small screens, in this order: in two columns MEMORY and FAULTS together, then
 * CPU and PRESSURE; in one column MEMORY, FAULTS, PRESSURE, CPU. Then the key bar, the table, the
 * verdict. The header is always there.
 */
#define WIDE_COLUMNS 120
#define WIDE_ROWS 27 /* of the body: without header, verdict and key bar */
#define PAIR_COLUMNS 80
#define STACK_ROWS 35

#define LEAST_COLUMNS 24 /* narrower, and no pane says anything */
#define LEAST_TABLE 4 /* a frame, the headings, one process */
#define MOST_TABLE (3 + TOP_MAX)

/* Two columns: CPU above MEMORY, PRESSURE above FAULTS. */
#define PAIR_CPU 5
#define PAIR_MEMORY 6
#define PAIR_PRESSURE 6
#define PAIR_FAULTS 5
#define PAIR_ROWS (PAIR_CPU + PAIR_MEMORY)

static int at_least(int a, int b)
{
	return a > b ? a : b;
}

static int at_most(int a, int b)
{
	return a < b ? a : b;
}

/* Takes rows off the top of an area. */
static struct rect take(struct rect *from, int rows)
{
	struct rect taken = *from;

	taken.rows = at_most(rows, from->rows);
	from->row += taken.rows;
	from->rows -= taken.rows;
	return taken;
}

/* Part i of n of an area, side by side; the parts differ by a column at most. */
static struct rect part(struct rect area, int i, int n)
{
	int from = area.columns * i / n, to = area.columns * (i + 1) / n;

	area.column += from;
	area.columns = to - from;
	return area;
}

/* The rows that are not panes. What is left between them is the body. */
static struct rect lines(struct layout *layout, int rows, int columns)
{
	struct rect all = { 0, 0, rows, columns };
	/* At six rows a table fits exactly when the key bar gives way. */
	bool bar = rows >= 3 && rows != 2 + LEAST_TABLE;

	layout->header = take(&all, 1);
	layout->verdict = take(&all, 1);
	if (bar) {
		all.rows--;
		layout->key_bar = (struct rect){ rows - 1, 0, 1, columns };
	}
	return all;
}

static void two_columns(struct layout *layout, struct rect area)
{
	struct rect left = part(area, 0, 2), right = part(area, 1, 2);
	int more = at_least(area.rows - PAIR_ROWS, 0);

	if (area.rows < PAIR_ROWS) {
		layout->pane[PANE_CPU] = left;
		layout->pane[PANE_PRESSURE] = right;
		return;
	}
	layout->pane[PANE_CPU] = take(&left, PAIR_CPU + (more + 1) / 2);
	layout->pane[PANE_MEMORY] = left;
	/* Three more lines show all that pressure has; graphs take the rest. */
	layout->pane[PANE_PRESSURE] =
		take(&right, PAIR_PRESSURE + at_most(more / 2, 3) + at_least(more - 12, 0) / 3);
	layout->pane[PANE_FAULTS] = right;
}

static void one_table(struct layout *layout, struct rect area, const struct view *view)
{
	layout->tabs = true;
	layout->pane[PANE_TOP + view->tab] = area;
}

static void pairs(struct layout *layout, struct rect body, const struct view *view)
{
	int table, upper;

	if (body.rows < PAIR_CPU + 1 + LEAST_TABLE + 1) {
		one_table(layout, body, view);
		return;
	}
	if (body.rows < PAIR_ROWS + LEAST_TABLE + 1) {
		two_columns(layout, take(&body, PAIR_CPU));
		one_table(layout, body, view);
		return;
	}
	table = at_most(body.rows - PAIR_ROWS - at_least(body.rows - 21, 0) / 3, MOST_TABLE);
	upper = body.rows - table;
	two_columns(layout, take(&body, upper));
	one_table(layout, body, view);
}

/* One table over the whole width, the others in two rows of two. */
static void stack(struct layout *layout, struct rect body)
{
	int more = body.rows - STACK_ROWS;
	int tables = at_most(body.rows - PAIR_ROWS - 1 - more / 4, 3 * MOST_TABLE);
	struct rect row;

	two_columns(layout, take(&body, body.rows - tables));
	layout->pane[PANE_TOP + TOP_CPU] = take(&body, (tables + 2) / 3);
	row = take(&body, (tables + 1) / 3);
	layout->pane[PANE_TOP + TOP_MEMORY] = part(row, 0, 2);
	layout->pane[PANE_TOP + TOP_IO] = part(row, 1, 2);
	layout->pane[PANE_TOP + TOP_FAULTS] = part(body, 0, 2);
	layout->pane[PANE_TOP + TOP_WAITS] = part(body, 1, 2);
}

static void wide(struct layout *layout, struct rect body, unsigned cpus)
{
	/* Of 27 rows 8 are for the panes above, 5 for the faults, 7 for each row of tables. */
	int more = body.rows - WIDE_ROWS;
	int upper = 8 + more * 4 / 15 + (cpus > 16 ? at_most(more / 6, 3) : 0);
	int faults = 5 + more / 5;
	int tables = at_most(body.rows - upper - faults, 2 * MOST_TABLE);
	int spare = body.rows - upper - faults - tables;
	struct rect row = take(&body, upper + (spare + 1) / 2);

	layout->pane[PANE_CPU] = part(row, 0, 3);
	layout->pane[PANE_MEMORY] = part(row, 1, 3);
	layout->pane[PANE_PRESSURE] = part(row, 2, 3);
	layout->pane[PANE_FAULTS] = take(&body, faults + spare / 2);
	row = take(&body, tables / 2);
	layout->pane[PANE_TOP + TOP_CPU] = part(row, 0, 3);
	layout->pane[PANE_TOP + TOP_MEMORY] = part(row, 1, 3);
	layout->pane[PANE_TOP + TOP_IO] = part(row, 2, 3);
	layout->pane[PANE_TOP + TOP_FAULTS] = part(body, 0, 2);
	layout->pane[PANE_TOP + TOP_WAITS] = part(body, 1, 2);
}

static void one_column(struct layout *layout, struct rect body, const struct view *view)
{
	/* Those that stay longest first. */
	static const struct {
		enum pane_id id;
		int rows;
	} kept[] = {
		{ PANE_CPU, PAIR_CPU },
		{ PANE_PRESSURE, PAIR_PRESSURE },
		{ PANE_FAULTS, PAIR_FAULTS },
		{ PANE_MEMORY, PAIR_MEMORY },
	};
	int rows[PANE_COUNT] = { 0 };
	int left = body.rows - (LEAST_TABLE + 1), spare;

	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]) && kept[i].rows <= left; i++) {
		rows[kept[i].id] = kept[i].rows;
		left -= kept[i].rows;
	}
	spare = at_least(left + LEAST_TABLE + 1 - MOST_TABLE, 0);
	for (int id = PANE_CPU; id < PANE_TOP; id++) {
		int more = spare / (PANE_TOP - id);

		/* More than enough rows: all four panes are there. */
		rows[id] += more;
		spare -= more;
		if (rows[id])
			layout->pane[id] = take(&body, rows[id]);
	}
	one_table(layout, body, view);
}

void layout_compute(struct layout *layout, int rows, int columns, const struct view *view,
		    unsigned cpus)
{
	struct rect body;

	memset(layout, 0, sizeof(*layout));
	if (rows < 1 || columns < 1)
		return;
	body = lines(layout, rows, columns);
	layout->body = body;
	if (columns < LEAST_COLUMNS || body.rows < LEAST_TABLE)
		return;
	layout->shown = true;
	if (view->zoom != PANE_NONE)
		layout->pane[view->zoom] = body;
	else if (columns >= WIDE_COLUMNS && body.rows >= WIDE_ROWS)
		wide(layout, body, cpus);
	else if (columns >= PAIR_COLUMNS && body.rows >= STACK_ROWS)
		stack(layout, body);
	else if (columns >= PAIR_COLUMNS)
		pairs(layout, body, view);
	else
		one_column(layout, body, view);
}
