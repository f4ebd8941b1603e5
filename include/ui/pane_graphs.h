/*
 * ui/pane_graphs: the graphs of a zoomed pane: its main metrics, one above the other, each with its name,
 * value, mean and maximum at the left, a scale of its own, and one axis of time below all of them. Each
 * stands by itself, so none needs a colour to be told from another.
 *
 * Which metrics, in which order, is a const table for each pane; a screen of few rows shows the first
 * ones, and one that the kernel does not tell is left out.
 *
 * "!" and "!!" in the upper edge of a graph stand where a warning, or something critical, began; on the
 * scale they stand where it begins. The axis is "now" and times before it; in the past and while paused,
 * the clock; an "m" is the mark. While graphs sweep (canvas->slow_link) each time is that of its column.
 */
#ifndef STALLTOP_UI_PANE_GRAPHS_H
#define STALLTOP_UI_PANE_GRAPHS_H

#include "ui/pane.h"

/*
 * Takes rows off the top of the inside of a zoomed pane and draws the graphs there. What is below keeps
 * `below` rows, or, where that is much, two thirds to three fifths; where there are few rows or columns nothing is taken.
 */
void pane_graphs_draw(const struct pane_draw *draw, enum pane_id id, struct rect *inside,
		      int below);

#endif
