#include "ui/slow_link.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "ui/layout.h"

#define GAP 6 /* unchanged cells between two changed ones that are written again */
#define MARGIN 20 /* of the bytes, for what a terminal's entry in terminfo may have longer */

void slow_link_release(struct slow_link *slow)
{
	canvas_release(&slow->shown);
	canvas_release(&slow->next);
}

static bool has_background(uint8_t style)
{
	return (style & CELL_SELECTED) || style == STYLE_BADGE || style == STYLE_KEY ||
	       style == STYLE_BANNER_WARN || style == STYLE_BANNER_CRIT;
}

static bool has_attribute(uint8_t style)
{
	return style == STYLE_BRIGHT || style == STYLE_HEADING || style == STYLE_SORT ||
	       style == STYLE_TITLE || style == STYLE_CRIT || has_background(style);
}

/* What takes turns, and whether it is a table: there names change, and colours with them. */
struct area {
	struct rect at;
	bool table;
};

/* A cell without what costs more than it says. */
static struct cell plain(struct cell cell, bool table)
{
	bool said = cell.ch == '+' || cell.style == STYLE_DIM; /* by the character itself */

	if (cell.style == STYLE_BRIGHT || (table && said))
		cell.style = STYLE_TEXT;
	if (cell.ch == ' ' && !has_background(cell.style) && cell.style != STYLE_SORT)
		cell.style = STYLE_TEXT;
	return cell;
}

/* "\e[39m\e(B\e[m", "\e[38;5;114m", "\e(B\e[0;1m\e[38;5;203m", and a background's 11 more. */
static int style_cost(uint8_t from, uint8_t to)
{
	if (from == to)
		return 0;
	if (to == STYLE_TEXT)
		return 11 + (has_background(from) ? 5 : 0);
	return 11 + (has_attribute(from) ? 9 : 0) + (has_attribute(to) ? 9 : 0) +
	       (has_background(to) || has_background(from) ? 11 : 0);
}

static int digits(int value)
{
	return value > 99 ? 3 : value > 9 ? 2 : 1;
}

static int character_cost(uint32_t ch)
{
	return ch == CELL_WIDE ? 0 : ch < 0x80 ? 1 : ch < 0x800 ? 2 : ch < 0x10000 ? 3 : 4;
}

static bool same(const struct cell *a, const struct cell *b)
{
	return a->ch == b->ch && a->style == b->style;
}

static int row_cost(const struct canvas *from, const struct canvas *to, int row, uint8_t *style)
{
	const struct cell *old = &from->cell[row * from->columns];
	const struct cell *new = &to->cell[row * to->columns];
	int bytes = 0, written = -GAP - 2; /* the column written last */

	for (int column = 0; column < to->columns; column++) {
		if (same(&old[column], &new[column]))
			continue;
		if (column - written - 1 > GAP) {
			bytes += 4 + digits(row + 1) + digits(column + 1);
			written = column - 1;
		}
		while (written < column) {
			const struct cell *cell = &new[++written];

			bytes += style_cost(*style, cell->style) + character_cost(cell->ch);
			*style = cell->style;
		}
	}
	return bytes;
}

int slow_link_cost(const struct canvas *from, const struct canvas *to)
{
	uint8_t style = STYLE_TEXT;
	int bytes = 0;

	for (int row = 0; row < to->rows; row++)
		bytes += row_cost(from, to, row, &style);
	return bytes + style_cost(style, STYLE_TEXT);
}

static void copy(struct canvas *to, const struct canvas *from, struct area area)
{
	const struct rect *at = &area.at;

	for (int row = at->row; row < at->row + at->rows; row++)
		for (int column = at->column; column < at->column + at->columns; column++)
			to->cell[row * to->columns + column] =
				plain(from->cell[row * to->columns + column], area.table);
}

static bool fits(const struct slow_link *slow)
{
	return slow_link_cost(&slow->shown, &slow->next) <= SLOW_LINK_BYTES - MARGIN;
}

/* Takes an area over, or leaves it as it is shown: nothing of it was taken before. */
static bool take(struct slow_link *slow, const struct canvas *fresh, struct area area)
{
	copy(&slow->next, fresh, area);
	if (fits(slow))
		return true;
	copy(&slow->next, &slow->shown, area);
	return false;
}

/* As many of the further rows of an area as fit; true when the last is among them. */
static bool take_part(struct slow_link *slow, const struct canvas *fresh, struct area area)
{
	int *rows = &area.at.rows, last = *rows;

	if (slow->row >= last)
		slow->row = 0;
	area.at.row += slow->row;
	*rows -= slow->row;
	while (*rows > 0 && !take(slow, fresh, area))
		*rows = *rows > 4 ? *rows * 3 / 4 : *rows - 1;
	slow->row += *rows;
	return slow->row >= last;
}

/* The areas that take turns: panes, or where there are none what they would share. */
static int areas_of(const struct layout *layout, struct area *area)
{
	int count = 0;

	for (int id = 0; id < PANE_COUNT; id++)
		if (layout->pane[id].rows > 0)
			area[count++] = (struct area){ layout->pane[id], id >= PANE_TOP };
	if (!count)
		area[count++] = (struct area){ layout->body, false };
	return count;
}

static void take_turns(struct slow_link *slow, const struct canvas *fresh,
		       const struct layout *layout)
{
	struct area area[PANE_COUNT];
	int count = areas_of(layout, area), first = slow->turn % count, waits = -1;
	int ended = slow->row > 0; /* the first one is then in part of what was taken */

	if (ended && !take_part(slow, fresh, area[first]))
		return;
	first = (first + ended) % count;
	slow->row = 0;
	for (int i = 0; i < count - ended; i++) {
		int at = (first + i) % count;

		if (take(slow, fresh, area[at]) || waits >= 0)
			continue;
		/* It has what is left before the smaller ones behind it. */
		waits = at;
		take_part(slow, fresh, area[at]);
	}
	slow->turn = waits < 0 ? first : waits;
}

static int fit(struct canvas *canvas, const struct canvas *fresh)
{
	if (canvas->rows == fresh->rows && canvas->columns == fresh->columns)
		return 0;
	return canvas_resize(canvas, fresh->rows, fresh->columns);
}

/* As it was drawn before. */
static void keep(struct canvas *to, const struct canvas *from)
{
	memcpy(to->cell, from->cell, (size_t)(from->rows * from->columns) * sizeof(*from->cell));
}

static void take_all(struct slow_link *slow, const struct canvas *fresh,
		     const struct layout *layout)
{
	struct area area[PANE_COUNT];
	int count = areas_of(layout, area);

	copy(&slow->shown, fresh, (struct area){ { 0, 0, fresh->rows, fresh->columns }, false });
	for (int i = 0; i < count; i++)
		copy(&slow->shown, fresh, area[i]);
	slow->row = 0;
}

int slow_link_take(struct slow_link *slow, const struct canvas *fresh, const struct view *view,
		   unsigned cpus, bool whole)
{
	bool resized = slow->shown.rows != fresh->rows || slow->shown.columns != fresh->columns;
	struct layout layout;
	int err = fit(&slow->shown, fresh);

	if (!err)
		err = fit(&slow->next, fresh);
	if (err)
		return err;
	layout_compute(&layout, fresh->rows, fresh->columns, view, cpus);
	if (whole || resized) {
		take_all(slow, fresh, &layout);
		return 0;
	}
	keep(&slow->next, &slow->shown);
	take(slow, fresh, (struct area){ layout.key_bar, false });
	take(slow, fresh, (struct area){ layout.verdict, false });
	take(slow, fresh, (struct area){ layout.header, false });
	take_turns(slow, fresh, &layout);
	keep(&slow->shown, &slow->next);
	return 0;
}
