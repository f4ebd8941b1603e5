/*
 * ui/inspection: what there is to say of one number: of the metric table, of a process, a CPU, a disk,
 * a row of a kernel file, or of the header. Everything comes from the const tables, the two samples
 * and the history; ui/inspect draws it.
 */
#ifndef STALLTOP_UI_INSPECTION_H
#define STALLTOP_UI_INSPECTION_H

#include <stddef.h>

#include "model/model.h"
#include "ui/canvas.h"
#include "ui/numbers.h"
#include "ui/view.h"

#define INSPECTION_TEXT 160

struct inspection {
	char title[INSPECTION_TEXT]; /* the name of the number, and whose it is */
	char value[INSPECTION_TEXT]; /* with its unit and marks, or why it is not known */
	enum style style; /* of the value */
	bool bytes; /* what is told of its past is in units of bytes */
	const char *help;
	const char *source;
	const char *formula;
	char raw[INSPECTION_TEXT]; /* now and before */
	double seconds; /* NAN: no interval belongs to it */
	char alerts[INSPECTION_TEXT];
	float series[HISTORY_ROWS]; /* known values up to the one that shows, in no order */
	size_t count;
	const char *no_history; /* why there is none */
};

/* What inspections are made from. */
struct inspected {
	const struct number *number;
	const struct model *model;
	const struct frame *frame;
	const struct view *view;
};

void inspection_fill(struct inspection *said, const struct inspected *what);

/* For the parts: adds a value of the past; NAN is left out. */
void inspection_past(struct inspection *said, double value);

/* For the parts: "12.5 percent", in ok or as bad as the level; "-" and why when it is NAN. */
void inspection_value(struct inspection *said, double value, const char *unit, enum level level,
		      const char *why);

/* For the parts: a raw value with the one before, behind what is there; name "": it has none. */
void inspection_raw(struct inspection *said, const char *name, uint64_t now, uint64_t before,
		    bool interval);

#endif
