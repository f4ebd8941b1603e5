/*
 * ui/hits: what the last frame drew where, for a click to find, filled while panes draw as ui/numbers
 * is. Nothing is allocated: beyond HITS_MAX places no more are noted, and a click there finds the pane.
 */
#ifndef STALLTOP_UI_HITS_H
#define STALLTOP_UI_HITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tasks/task.h"
#include "ui/canvas.h"

#define HITS_MAX 1280 /* each row of the largest screen a process, and what else there is */

enum hit_kind {
	HIT_COVER, /* nothing, and it hides what was noted before */
	HIT_PANE,
	HIT_TAB, /* value: enum top_kind */
	HIT_HEADING, /* value: enum task_column_id */
	HIT_PROCESS, /* value: its id; start_ns tells it from another of this id */
	HIT_CHOICE, /* value: row of a list over the panes */
	HIT_ACTION, /* value: enum action */
	HIT_STRIP, /* value: part << 16 | parts of ui/playback's strip */
	HIT_KEY, /* value: the key, as screen_key() gives it */
};

struct hit {
	int16_t row, column, rows, columns;
	uint8_t kind;
	uint8_t pane; /* enum pane_id, of what is in a pane */
	bool thread; /* HIT_PROCESS: one thread, of that id */
	uint32_t value;
	uint64_t start_ns;
};

struct hits {
	struct hit place[HITS_MAX];
	int count;
	uint8_t pane; /* what is noted now lies in this one */
};

/* Notes a place on top of all others; where hits is NULL, nothing. */
void hits_add(struct hits *hits, enum hit_kind kind, struct rect area, uint32_t value);
void hits_add_process(struct hits *hits, struct rect line, const struct task *task);

/* From here on places are in this pane, which is noted itself. */
void hits_enter_pane(struct hits *hits, unsigned pane, struct rect area);

/* What lies on top at a cell, or NULL. */
const struct hit *hits_at(const struct hits *hits, int row, int column);

#endif
