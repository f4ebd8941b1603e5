/*
 * ui/pane_choice: which panes and which tables there are, and their order; what is left out shows by
 * its key, or zoomed.
 */
#ifndef STALLTOP_UI_PANE_CHOICE_H
#define STALLTOP_UI_PANE_CHOICE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/task_column.h"

enum pane_id {
	PANE_CPU,
	PANE_MEMORY,
	PANE_PRESSURE,
	PANE_FAULTS,
	PANE_TOP, /* + enum top_kind */
	PANE_COUNT = PANE_TOP + TOP_KINDS,
	PANE_NONE = PANE_COUNT,
};

static inline bool pane_is_table(unsigned id)
{
	return id >= PANE_TOP && id < PANE_COUNT;
}

/* All zero: all of them, in the order of enum pane_id. */
struct pane_choice {
	bool chosen;
	uint8_t upper[PANE_TOP]; /* enum pane_id */
	uint8_t upper_count; /* may be 0 */
	uint8_t table[TOP_KINDS]; /* enum top_kind */
	uint8_t table_count; /* 1 at least, where chosen */
};

/* "cpu", "memory", "pressure", "faults": of the panes above the tables. */
extern const char *const pane_names[PANE_TOP];

/* The choice with nothing left to guess: chosen is true. */
struct pane_choice pane_choice_full(const struct pane_choice *choice);

/* Whether a pane or a table (PANE_TOP + kind) is among them. */
bool pane_choice_has(const struct pane_choice *choice, enum pane_id id);

/* Every pane in the order in which the focus goes round: those that were chosen, then the others. */
void pane_choice_order(const struct pane_choice *choice, uint8_t order[PANE_COUNT]);

#endif
