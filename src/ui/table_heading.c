#include "ui/table_heading.h"

#include <string.h>

#include "ui/hits.h"

static bool is_left_aligned(enum task_column_id id)
{
	return id == TABLE_SHARE || task_columns[id].type >= TYPE_BAR;
}

void table_draw_heading(struct canvas *canvas, int row, int column, const struct table *table,
			const struct task_order *order, bool totals)
{
	int end = column + table->width; /* of the name, which is the last */

	for (int i = 0; i < table->count; i++) {
		const struct table_column *c = &table->column[i];
		bool sorted = c->id == order->sort;
		enum style style = sorted ? STYLE_SORT : STYLE_HEADING;
		int gap = i == 0 ? 0 : i == table->count - 1 ? 1 + table->indent : 1;
		int width = i == table->count - 1 ? end - column - table->indent : c->width;
		/* What rates add up to is not "/s". */
		const char *per_s = totals ? strstr(c->heading, "/s") : NULL;
		int length = (int)(per_s ? per_s - c->heading : (long)strlen(c->heading));
		int at;

		column += gap > 1 ? gap - 1 : 0;
		at = column;
		if (!is_left_aligned(c->id))
			at += width - length - (sorted && length < width);
		canvas_text(canvas, row, at,
			    length < column + width - at ? length : column + width - at, style,
			    c->heading);
		if (sorted && at + length <= column + width)
			canvas_put(canvas, row, at + length,
				   canvas->ascii ? (order->reverse ? '^' : 'v')
						 : (order->reverse ? 0x25b4 : 0x25be),
				   style);
		/* With the gap before it, so that no click falls between two. */
		hits_add(canvas->hits, HIT_HEADING,
			 (struct rect){ row, column - gap, 1, width + gap }, c->id);
		column += width + 1;
	}
}
