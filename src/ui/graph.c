#include "ui/graph.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* Dots of one braille cell with 0 to 4 of them filled from below, by dots_left[] and dots_right[]. */
#define BRAILLE 0x2800u
static const uint8_t dots_left[] = { 0x00, 0x40, 0x44, 0x46, 0x47 };
static const uint8_t dots_right[] = { 0x00, 0x80, 0xa0, 0xb0, 0xb8 };

/* Of wide graphs the gap is two columns. */
#define WIDE_SWEEP 20

static int steps_of(const struct canvas *canvas)
{
	return canvas->ascii ? 5 : canvas->console ? 2 : 4;
}

int graph_values(const struct canvas *canvas)
{
	return canvas->ascii || canvas->console || canvas->slow_link ? 1 : 2;
}

int graph_age(const struct canvas *canvas, size_t newest, int columns, int column)
{
	int gap = columns >= WIDE_SWEEP ? 2 : 1, age;

	if (!canvas->slow_link)
		return (columns - 1 - column) * graph_values(canvas);
	age = ((int)(newest % (size_t)columns) - column + columns) % columns;
	return age < columns - gap ? age : -1;
}

/* One value as it will be drawn. */
struct point {
	int height; /* steps from below; 0: absent */
	enum style style;
};

static struct point graph_point(const struct graph *graph, int age, double top, int steps)
{
	float value = graph->value(graph->data, age);
	struct point point = { .style = STYLE_TEXT };

	if (isnan(value))
		return point;
	point.style = graph->style(graph->data, value);
	point.height = 1;
	if (value > 0 && top > 0) {
		double height = value / top * steps;

		/* Up to the next step; a rounding error is no step. Infinite by infinite is full. */
		point.height = height < steps ? (int)(height + 0.999) : steps;
		if (point.height < 1)
			point.height = 1;
	}
	return point;
}

static double graph_top(const struct graph *graph, int count)
{
	double top = 0;

	if (graph->top > 0)
		return graph->top;
	for (int age = 0; age < count; age++) {
		float value = graph->value(graph->data, age);

		if (value > top)
			top = value;
	}
	return top;
}

static int severity(enum style style)
{
	return style == STYLE_CRIT ? 2 : style == STYLE_WARN ? 1 : 0;
}

/* The part of a height that lies in a row, `below` steps above the ground. */
static int part_of(int height, int below, int row_steps)
{
	height -= below;
	return height < 0 ? 0 : height > row_steps ? row_steps : height;
}

static uint32_t glyph_of(const struct canvas *canvas, int left, int right)
{
	static const uint32_t halves[] = { ' ', 0x2584, 0x2588 }; /* ▄ █ */

	if (canvas->ascii)
		return (uint32_t) " _.-=#"[right];
	if (canvas->console)
		return halves[right];
	return BRAILLE + dots_left[left] + dots_right[right];
}

static void draw_points(struct canvas *canvas, struct rect area, int column, struct point older,
			struct point newer)
{
	int row_steps = steps_of(canvas);
	enum style style = newer.style;

	if (newer.height == 0 || (older.height && severity(older.style) > severity(style)))
		style = older.style;
	for (int i = 0; i < area.rows; i++) {
		int row = area.row + area.rows - 1 - i;
		int left = part_of(older.height, i * row_steps, row_steps);
		int right = part_of(newer.height, i * row_steps, row_steps);

		if (left + right == 0)
			break;
		canvas_put(canvas, row, column, glyph_of(canvas, left, right), style);
	}
}

void graph_draw(struct canvas *canvas, struct rect area, const struct graph *graph)
{
	int values = graph_values(canvas), steps = area.rows * steps_of(canvas);
	double top = graph_top(graph, area.columns * values);

	for (int column = 0; column < area.columns && area.rows > 0; column++) {
		int age = graph_age(canvas, graph->newest, area.columns, column);
		struct point newer, older;

		if (age < 0)
			continue;
		newer = older = graph_point(graph, age, top, steps);
		if (values == 2)
			older = graph_point(graph, age + 1, top, steps);
		draw_points(canvas, area, area.column + column, older, newer);
	}
}

#define MOST 1e300

double graph_round_top(double largest, double least, bool bytes)
{
	static const double tens[] = { 2, 2.5, 2 }, twos[] = { 2, 2, 2 };
	double top = least;

	for (int i = 0; top < largest && top < MOST; i++)
		top *= (bytes ? twos : tens)[i % 3];
	return top;
}

char *graph_axis_text(char *dst, size_t cap, double value, bool bytes)
{
	char *point;

	if (bytes)
		text_bytes(dst, cap, value);
	else
		text_count(dst, cap, value);
	point = strstr(dst, ".0");
	if (point)
		memmove(point, point + 2, strlen(point + 2) + 1);
	return dst;
}

double graph_time_step(double least_s)
{
	static const double steps[] = { 1,   2,	  5,	10,   15,   30,	   60,	  120,	300,
					600, 900, 1800, 3600, 7200, 14400, 21600, 43200 };

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (steps[i] >= least_s)
			return steps[i];
	return 86400;
}

char *graph_ago_text(char *dst, size_t cap, double seconds)
{
	unsigned s = (unsigned)(seconds + 0.5);

	if (s < 60)
		snprintf(dst, cap, "-%us", s);
	else if (s < 3600 && s % 60)
		snprintf(dst, cap, "-%um%02us", s / 60, s % 60);
	else if (s < 3600)
		snprintf(dst, cap, "-%um", s / 60);
	else if (s % 3600)
		snprintf(dst, cap, "-%uh%02um", s / 3600, s % 3600 / 60);
	else
		snprintf(dst, cap, "-%uh", s / 3600);
	return dst;
}
