/*
 * app/tui_samples: when the dashboard asks for a sample, and what it does with one that came.
 */
#ifndef STALLTOP_APP_TUI_SAMPLES_H
#define STALLTOP_APP_TUI_SAMPLES_H

#include "app/tui_state.h"

/* Runs the timer at the delay of the view, the first tick after so many seconds. */
void tui_set_timer(struct tui *tui, double first_s);

/* The timer ticked: asks for a sample, or says that the one before is late. */
void tui_on_timer(struct tui *tui);

/* A sample is there: model, history and picture follow; or scrapes, if it was taken for one. */
void tui_on_sample(struct tui *tui);

/* The slot that the next sample is taken into. */
int tui_free_slot(const struct tui *tui);

/* One more was shown: ends at the count that was asked for. */
void tui_count_sample(struct tui *tui);

/* Has a sample taken for a scrape that waits for one, unless one is under way. */
void tui_serve_scrapes(struct tui *tui);

#endif
