#include "ui/layout.h"

#include <string.h>

/*
 * From 120x30 on: three columns (CPU, MEMORY, PRESSURE), FAULTS over the whole width, and all five
 * tables, three above two. From 80x38 on: two columns of panes, the CPU table over the whole width
 * and the other four in pairs. From 80x19 on: two columns of panes and one table with tabs; this is
 * what 80x24 shows. Narrower: one column.
 *
 * What gives way on small screens, in this order: of a recording the strip; in two columns MEMORY and FAULTS together, then
 * CPU and PRESSURE; in one column MEMORY, FAULTS, PRESSURE, CPU. Then the key bar, the table, the
 * verdict. The header is always there.
 *
 * Those are places: a person's order puts other panes there, the first in the place of CPU, the
 * second in that of MEMORY, then PRESSURE, FAULTS. Fewer panes leave the last places empty.
 */
#define WIDE_COLUMNS 120
#define WIDE_ROWS 27 /* of the body: without header, verdict and key bar */
#define PAIR_COLUMNS 80
#define STACK_ROWS 35

#define STRIP_ROWS 16 /* lower, and what a recording shows goes before the strip of all of it */
#define LEAST_COLUMNS 24 /* narrower, and no pane says anything */
#define LEAST_TABLE 4 /* a frame, the headings, one process */
#define MOST_TABLE (3 + TOP_MAX)

/* The rows that a pane needs. */
static const int pane_rows[PANE_TOP] = {
	[PANE_CPU] = 5,
	[PANE_MEMORY] = 6,
	[PANE_PRESSURE] = 6,
	[PANE_FAULTS] = 5,
};
#define FIRST_ROWS 5 /* where a single row of panes is all there is */

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
static struct rect lines(struct layout *layout, int rows, int columns, bool strip)
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
	if (strip && rows >= STRIP_ROWS) {
		all.rows--;
		layout->strip = (struct rect){ rows - 2, 0, 1, columns };
	}
	return all;
}

/* The pane in a place; 0 rows where there is none. */
static int place_rows(const struct pane_choice *shown, int place)
{
	return place < shown->upper_count ? pane_rows[shown->upper[place]] : 0;
}

static void put_pane(struct layout *layout, const struct pane_choice *shown, int place,
		     struct rect area)
{
	if (place < shown->upper_count)
		layout->pane[shown->upper[place]] = area;
}

static void put_table(struct layout *layout, const struct pane_choice *shown, int place,
		      struct rect area)
{
	layout->pane[PANE_TOP + shown->table[place]] = area;
}

/* The rows that two columns of panes need to show all that there are. */
static int pair_rows(const struct pane_choice *shown)
{
	/* Two panes or less stand side by side. */
	if (shown->upper_count < 3)
		return at_least(place_rows(shown, 0), place_rows(shown, 1));
	return at_least(place_rows(shown, 0) + place_rows(shown, 1),
			place_rows(shown, 2) + place_rows(shown, 3));
}

static void two_columns(struct layout *layout, struct rect area, const struct pane_choice *shown)
{
	struct rect left = part(area, 0, 2), right = part(area, 1, 2);
	int more = at_least(area.rows - pair_rows(shown), 0);
	bool small = area.rows < pair_rows(shown);

	if (shown->upper_count < 3) {
		put_pane(layout, shown, 0, shown->upper_count == 1 ? area : left);
		put_pane(layout, shown, 1, right);
		return;
	}
	if (small) {
		put_pane(layout, shown, 0, left);
		put_pane(layout, shown, 2, right);
		return;
	}
	put_pane(layout, shown, 0, take(&left, place_rows(shown, 0) + (more + 1) / 2));
	put_pane(layout, shown, 1, left);
	/* Three more lines show all that pressure has; graphs take the rest. */
	if (shown->upper_count == 4)
		put_pane(layout, shown, 2,
			 take(&right, place_rows(shown, 2) + at_most(more / 2, 3) +
					      at_least(more - 12, 0) / 3));
	put_pane(layout, shown, shown->upper_count - 1, right);
}

static void one_table(struct layout *layout, struct rect area, const struct view *view)
{
	layout->tabs = true;
	layout->pane[PANE_TOP + view->tab] = area;
}

static void pairs(struct layout *layout, struct rect body, const struct view *view,
		  const struct pane_choice *shown)
{
	int full = pair_rows(shown), table, upper;

	if (!shown->upper_count || body.rows < FIRST_ROWS + 1 + LEAST_TABLE + 1) {
		one_table(layout, body, view);
		return;
	}
	if (body.rows < full + LEAST_TABLE + 1) {
		two_columns(layout, take(&body, FIRST_ROWS), shown);
		one_table(layout, body, view);
		return;
	}
	table = at_most(body.rows - full - at_least(body.rows - 21, 0) / 3, MOST_TABLE);
	upper = body.rows - table;
	two_columns(layout, take(&body, upper), shown);
	one_table(layout, body, view);
}

/* So many tables from a place on, side by side. */
static void row_of_tables(struct layout *layout, struct rect row, const struct pane_choice *shown,
			  int first, int count)
{
	for (int i = 0; i < count; i++)
		put_table(layout, shown, first + i, part(row, i, count));
}

/* One table over the whole width, the others in rows of two. */
static void stack(struct layout *layout, struct rect body, const struct pane_choice *shown)
{
	int more = body.rows - STACK_ROWS, lines = 1 + shown->table_count / 2;
	int tables = at_most(body.rows - pair_rows(shown) - 1 - more / 4, lines * MOST_TABLE);

	if (!shown->upper_count)
		tables = body.rows;
	two_columns(layout, take(&body, body.rows - tables), shown);
	for (int line = 0, first = 0; line < lines; line++) {
		int count = at_most(line ? 2 : 1, shown->table_count - first);

		/* The last line has what is left. */
		row_of_tables(layout,
			      take(&body, line == lines - 1 ? body.rows
							    : (tables + lines - 1 - line) / lines),
			      shown, first, count);
		first += count;
	}
}

static void wide(struct layout *layout, struct rect body, unsigned cpus,
		 const struct pane_choice *shown)
{
	/* Of 27 rows 8 are for the panes above, 5 for the faults, 7 for each row of tables. */
	int more = body.rows - WIDE_ROWS, beside = at_most(shown->upper_count, 3);
	int upper = 8 + more * 4 / 15 + (cpus > 16 ? at_most(more / 6, 3) : 0);
	int fourth = shown->upper_count > 3 ? 5 + more / 5 : 0;
	int lines = shown->table_count > 3 ? 2 : 1;
	int tables = at_most(body.rows - upper - fourth, lines * MOST_TABLE);
	int spare = body.rows - upper - fourth - tables;
	int first = lines > 1 ? (shown->table_count + 1) / 2 : shown->table_count;
	struct rect row;

	if (beside) {
		row = take(&body, upper + (fourth ? (spare + 1) / 2 : spare));
		for (int place = 0; place < beside; place++)
			put_pane(layout, shown, place, part(row, place, beside));
		if (fourth)
			put_pane(layout, shown, 3, take(&body, fourth + spare / 2));
	}
	if (lines > 1)
		row_of_tables(layout, take(&body, body.rows / 2), shown, 0, first);
	row_of_tables(layout, body, shown, lines > 1 ? first : 0,
		      lines > 1 ? shown->table_count - first : first);
}

static void one_column(struct layout *layout, struct rect body, const struct view *view,
		       const struct pane_choice *shown)
{
	static const int kept[] = { 0, 2, 3, 1 }; /* places: those that stay longest first */
	int rows[PANE_TOP] = { 0 };
	int left = body.rows - (LEAST_TABLE + 1), spare;

	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		int needed = place_rows(shown, kept[i]);

		if (needed > left)
			break;
		rows[kept[i]] = needed;
		left -= needed;
	}
	spare = at_least(left + LEAST_TABLE + 1 - MOST_TABLE, 0);
	for (int place = 0; place < shown->upper_count; place++) {
		int more = spare / (shown->upper_count - place);

		/* More than enough rows: all panes are there. */
		rows[place] += more;
		spare -= more;
		if (rows[place])
			put_pane(layout, shown, place, take(&body, rows[place]));
	}
	one_table(layout, body, view);
}

void layout_compute(struct layout *layout, int rows, int columns, const struct view *view,
		    unsigned cpus)
{
	const struct pane_choice shown = pane_choice_full(&view->panes);
	struct rect body;

	memset(layout, 0, sizeof(*layout));
	if (rows < 1 || columns < 1)
		return;
	body = lines(layout, rows, columns, view->playback);
	layout->body = body;
	if (columns < LEAST_COLUMNS || body.rows < LEAST_TABLE)
		return;
	layout->shown = true;
	if (view->zoom != PANE_NONE)
		layout->pane[view->zoom] = body;
	else if (columns >= WIDE_COLUMNS && body.rows >= WIDE_ROWS)
		wide(layout, body, cpus, &shown);
	else if (columns >= PAIR_COLUMNS && body.rows >= STACK_ROWS)
		stack(layout, body, &shown);
	else if (columns >= PAIR_COLUMNS)
		pairs(layout, body, view, &shown);
	else
		one_column(layout, body, view, &shown);
}
