#include "ui/time_bar.h"

#include <math.h>

#include "model/time_split.h"

enum { PARTS = 4 };

static const struct form {
	uint32_t block, ascii;
	enum style style;
} forms[PARTS] = {
	{ 0x2588, '#', STYLE_GOOD }, /* █ */
	{ 0x2592, '=', STYLE_GOOD }, /* ▒ */
	{ 0x2584, 'D', STYLE_WARN }, /* ▄ */
	{ 0x00b7, '.', STYLE_TRACK }, /* · */
};

/* Parts begin and end at the nearest cell, so that the bar is as long as all of them. */
void time_bar_draw(struct canvas *canvas, int row, int column, int columns,
		   const struct task_view *view)
{
	const struct time_split split = time_split_of(view);
	const double share[PARTS] = { split.running, split.runnable, split.blocked, split.asleep };
	int room = isnan(split.asleep) ? columns - 1 : columns, from = 0;
	double sum = 0;

	if (isnan(split.running)) {
		canvas_text_right(canvas, row, column, columns, STYLE_DIM, "-");
		return;
	}
	for (int i = 0; i < PARTS; i++) {
		int to;

		if (isnan(share[i]))
			continue;
		sum += share[i];
		to = (int)(sum * columns + 0.5);
		to = to > room ? room : to;
		canvas_fill(canvas, (struct rect){ row, column + from, 1, to - from },
			    canvas->ascii ? forms[i].ascii : forms[i].block, forms[i].style);
		from = to;
	}
}

const char *time_bar_legend(bool ascii)
{
	return ascii ? "# run = runq D disk" : "\u2588 run \u2592 runq \u2584 disk";
}
