/*
 * ui/graph: a series of values over time, filled from below, and the numbers of its axes.
 *
 * Its form is what the terminal can show: braille dots, two values a column and four steps a row; half
 * blocks, one value a column and two steps a row (canvas->console); or one of " _.-=#" a column
 * (canvas->ascii).
 *
 * The newest value stands at the right edge and all scroll to the left. With canvas->slow_link they sweep
 * as an oscilloscope's do: a value stays in its column until the sweep comes round again, a gap goes
 * ahead of the newest, and a column has one value, so that a new one changes two or three columns.
 */
#ifndef STALLTOP_UI_GRAPH_H
#define STALLTOP_UI_GRAPH_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/canvas.h"

/*
 * value(data, age) gives the value `age` samples ago, NAN for none: nothing is drawn. 0 draws the lowest
 * step, so that there is a line to stand on. style(data, value) chooses the colour of a value; of two
 * in a column the worse.
 */
struct graph {
	float (*value)(const void *data, int age);
	enum style (*style)(const void *data, float value);
	const void *data;
	double top; /* the value at the upper edge; 0 or less: the largest shown */
	size_t newest; /* counts the samples ever taken: where a sweep stands */
};

void graph_draw(struct canvas *canvas, struct rect area, const struct graph *graph);

/* Values in a column. */
int graph_values(const struct canvas *canvas);

/*
 * The age of the newest value that a column of a graph of so many columns shows, counted from its left
 * edge; -1 in the gap of a sweep. The second of two in a column is a sample older.
 */
int graph_age(const struct canvas *canvas, size_t newest, int columns, int column);

/*
 * The least round number from `least` on that is not below the largest value: 1, 2, 5, 10 ... or, for
 * bytes, a power of two. Never above 1e300.
 */
double graph_round_top(double largest, double least, bool bytes);

/* A number of an axis: "100", "2.5k", "16M"; without a decimal that says nothing. Returns dst. */
char *graph_axis_text(char *dst, size_t cap, double value, bool bytes);

/* The least step of a time axis that is so many seconds or more: 1 s to 15 s, 30 s, 1 min ... 1 day. */
double graph_time_step(double least_s);

/* A time on the axis, by its step: "-30s", "-5m", "-1m30s", "-2h". Returns dst. */
char *graph_ago_text(char *dst, size_t cap, double seconds);

#endif
