/*
 * ui/figure: labelled numbers of the model, as const tables of rows, and graphs of their history.
 *
 * Every figure has a fixed width, so nothing moves from one frame to the next: label, a blank, the
 * value ended at the right of its field, its unit, and room for the marks that its alert rule can
 * set. An unknown value is a dim "-".
 */
#ifndef STALLTOP_UI_FIGURE_H
#define STALLTOP_UI_FIGURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/model.h"
#include "ui/canvas.h"

enum figure_format {
	FIGURE_FIXED1, /* 30.1 */
	FIGURE_MS, /* 0.04; 12.4 from 10 on */
	FIGURE_BYTES, /* 5.9G */
	FIGURE_COUNT, /* 2.2k */
	FIGURE_GROUPED, /* 12,304; 1.2M where that is too wide */
	FIGURE_OF, /* 0.5/2.0G: bytes of the total in `of` */
};

struct figure {
	const char *label; /* "": none */
	enum metric_id metric; /* METRIC_COUNT: the label alone */
	enum figure_format format;
	uint8_t width; /* columns of the value */
	const char *unit; /* behind the value, "/s"; NULL: none */
	enum metric_id of; /* the total, for FIGURE_OF */
	bool optional; /* not drawn, and no room kept, while it is unknown */
	bool bad; /* any of it is a warning, though no rule says so */
	bool joined; /* says nothing without the one before: never the first of a line by itself */
};

/* A value as a figure shows it. total is for FIGURE_OF. Returns dst. */
char *figure_text(char *dst, size_t cap, const struct figure *figure, double value, double total,
		  enum byte_units units);

/* How bad the value of a figure is. */
enum level figure_level(const struct model *model, const struct figure *figure);

/*
 * Draws figures one behind the other, in as many rows of the area as it takes or as there are.
 * Returns the rows taken. With canvas NULL nothing is drawn, and the rows of the area do not count.
 */
int figure_flow(struct canvas *canvas, struct rect area, const struct model *model,
		const struct figure *figures, size_t count, int gap);

/* Draws one figure over a line: label at the left, value, unit and marks at the right. */
void figure_line(struct canvas *canvas, int row, int column, int columns, const struct model *model,
		 const struct figure *figure);

/* How bad a value of a metric is by the alert rules. */
enum level figure_judge(const struct model *model, enum metric_id metric, double value);

/*
 * A graph of a metric's history. Its colours come from the metric's rules; a share of CPU time has
 * the bounds of cpu_style(). top is the value at the upper edge; below 0 it is chosen from what is
 * shown, and is -top at least.
 */
void figure_graph(struct canvas *canvas, struct rect area, const struct model *model,
		  enum metric_id metric, double top, enum style ok);

/* The colour of a CPU that is busy for a share of its time, per cent. */
enum style cpu_style(double busy_pct);

#endif
