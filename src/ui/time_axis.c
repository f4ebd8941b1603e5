#include "ui/time_axis.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/value.h"
#include "ui/graph.h"

#define LABEL_COLUMNS 12 /* from one time to the next, at least */
#define SWEEP_COLUMNS 16 /* the same where each stands in a column for good */
#define CLOCK_COLUMNS 8

static size_t index_of(const struct ring *ring, size_t age)
{
	return (ring->head + ring->rows - age) % ring->rows;
}

/* Before the newest sample; beyond the oldest as if samples had gone on at the present delay. */
static double seconds_ago(const struct time_axis *axis, int age)
{
	const struct model *model = axis->model;
	const struct ring *ring = &model->history;
	size_t known = (size_t)age < ring->count ? (size_t)age : ring->count - 1;
	uint64_t newest = model->history_mono_ns[ring->head];
	uint64_t then = model->history_mono_ns[index_of(ring, known)];

	return (newest > then ? (double)(newest - then) / NS_PER_S : 0) +
	       axis->delay_s * (double)((size_t)age - known);
}

/* Time of the day in seconds, of the sample of an age; NAN when there is none. */
static double clock_at(const struct time_axis *axis, int age)
{
	const struct ring *ring = &axis->model->history;
	uint64_t real_ns;
	struct tm tm;
	time_t seconds;

	if (age < 0 || (size_t)age >= ring->count)
		return NAN;
	real_ns = axis->model->history_real_ns[index_of(ring, (size_t)age)];
	seconds = (time_t)(real_ns / NS_PER_S);
	if (!present(real_ns) || !localtime_r(&seconds, &tm))
		return NAN;
	return tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec;
}

static char *clock_text(char *dst, size_t cap, double of_day, double step)
{
	unsigned s = (unsigned)of_day;

	if (step >= 60)
		snprintf(dst, cap, "%02u:%02u", s / 3600, s % 3600 / 60);
	else
		snprintf(dst, cap, "%02u:%02u:%02u", s / 3600, s % 3600 / 60, s % 60);
	return dst;
}

struct ticks {
	struct canvas *canvas;
	struct rect area;
	const struct time_axis *axis;
	double step;
	int free; /* columns before this one have no text yet */
};

static void put_tick(const struct ticks *ticks, int column)
{
	canvas_put(ticks->canvas, ticks->area.row, ticks->area.column + column,
		   ticks->canvas->ascii ? '+' : 0x2534, STYLE_BORDER); /* ┴ */
}

/* A tick, and its text before it where that has room: " -5m┴". */
static void put_time(struct ticks *ticks, int column, enum style style, const char *text)
{
	int length = (int)strlen(text), from = column - length;

	if (column < 0 || column >= ticks->free)
		return;
	put_tick(ticks, column);
	if (from < 1)
		return;
	canvas_put(ticks->canvas, ticks->area.row, ticks->area.column + from - 1, ' ', style);
	canvas_text(ticks->canvas, ticks->area.row, ticks->area.column + from, length, style, text);
	ticks->free = from - 1;
}

static int age_of(const struct ticks *ticks, int column)
{
	return graph_age(ticks->canvas, ticks->axis->model->history.pushed, ticks->area.columns,
			 column);
}

/* A quarter of a sample early, so that one that is a bit late moves no tick. */
static double tick_at(const struct ticks *ticks, int column)
{
	return floor((seconds_ago(ticks->axis, age_of(ticks, column)) + ticks->axis->delay_s / 4) /
		     ticks->step);
}

static void put_before_now(struct ticks *ticks)
{
	int last = ticks->area.columns - 1;
	double mark = ticks->axis->mark_s, before = 0;
	char text[24];

	put_time(ticks, last, STYLE_DIM, "now");
	for (int column = last; column >= 0; column--) {
		double tick = tick_at(ticks, column);

		if (tick > before)
			put_time(ticks, column, STYLE_DIM,
				 graph_ago_text(text, sizeof(text), tick * ticks->step));
		before = tick;
	}
	for (int column = last; mark >= 0 && column >= 0; column--) {
		if (seconds_ago(ticks->axis, age_of(ticks, column)) < mark && column)
			continue;
		canvas_put(ticks->canvas, ticks->area.row, ticks->area.column + column, 'm',
			   STYLE_SORT);
		return;
	}
}

static void put_clock(struct ticks *ticks)
{
	int last = ticks->area.columns - 1;
	char text[24];

	put_time(ticks, last, STYLE_DIM,
		 clock_text(text, sizeof(text), clock_at(ticks->axis, 0), 1));
	for (int column = last - 1; column > 0; column--) {
		double here = clock_at(ticks->axis, age_of(ticks, column));
		double older = clock_at(ticks->axis, age_of(ticks, column - 1));
		double tick = floor(here / ticks->step);

		if (tick > floor(older / ticks->step))
			put_time(ticks, column, STYLE_DIM,
				 clock_text(text, sizeof(text), tick * ticks->step, ticks->step));
	}
}

/* Behind its tick, so that it is written when the sweep comes to the column, and then stays. */
static void put_sweep(struct ticks *ticks)
{
	char text[24];

	for (int column = 0; column + CLOCK_COLUMNS < ticks->area.columns;
	     column += SWEEP_COLUMNS) {
		double of_day = clock_at(ticks->axis, age_of(ticks, column));

		put_tick(ticks, column);
		if (!isnan(of_day))
			canvas_text(ticks->canvas, ticks->area.row, ticks->area.column + column + 1,
				    CLOCK_COLUMNS, STYLE_DIM,
				    clock_text(text, sizeof(text), of_day, 1));
	}
}

void time_axis_draw(struct canvas *canvas, struct rect area, const struct time_axis *axis)
{
	struct ticks ticks = { canvas, area, axis, 1, area.columns };
	const struct ring *ring = &axis->model->history;
	int values = graph_values(canvas), most = area.columns * values;

	if (!ring->count || area.columns < LABEL_COLUMNS || area.rows < 1)
		return;
	canvas_fill(canvas, area, canvas->ascii ? '-' : 0x2500, STYLE_BORDER);
	ticks.step = graph_time_step(seconds_ago(axis, most) / most * values * LABEL_COLUMNS);
	if (canvas->slow_link)
		put_sweep(&ticks);
	else if (axis->clock)
		put_clock(&ticks);
	else
		put_before_now(&ticks);
}
