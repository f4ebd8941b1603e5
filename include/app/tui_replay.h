/*
 * app/tui_replay: the dashboard over a recording: moves, playing, and the strip of all of it.
 *
 * One thing at a time is asked of the sampler: what a move still needs, then what a key asked for, then
 * the next sample when it is due, then a piece of the overview.
 */
#ifndef STALLTOP_APP_TUI_REPLAY_H
#define STALLTOP_APP_TUI_REPLAY_H

#include "app/tui_state.h"

/* Plays from the first sample on. */
void tui_replay_begin(struct tui *tui);

/* After a key: takes what it wants out of the view, and sees to it. */
void tui_replay_follow(struct tui *tui);

/* The sampler is done. */
void tui_replay_on_sample(struct tui *tui);

/* Asks for what comes next, if there is anything: after the timer too. */
void tui_replay_ask(struct tui *tui);

#endif
