/*
 * ui/playback: what of a recording shows beside its instant: how it is played, and a strip of all of it.
 *
 * The app fills it and does what keys asked for; a view without one shows this machine.
 */
#ifndef STALLTOP_UI_PLAYBACK_H
#define STALLTOP_UI_PLAYBACK_H

#include <stdbool.h>
#include <stdint.h>

#include "sample/replay.h"
#include "ui/canvas.h"
#include "ui/keys.h"

#define PLAYBACK_CELLS 1024

struct view;

struct playback {
	bool playing;
	bool at_end; /* there is nothing further to play */
	uint8_t speed; /* index; see playback_speed() */
	uint64_t first_real_ns, last_real_ns; /* of the recording */
	uint64_t at_real_ns; /* of the sample that shows */
	struct replay_cell cell[PLAYBACK_CELLS]; /* its time, cut into parts alike */
	bool go; /* to go_real_ns; the app goes, and clears it */
	uint64_t go_real_ns;
};

/* Seconds of the recording in one of ours: 1 to 60. */
unsigned playback_speed(const struct playback *playback);

/* "PLAY 10x", "PAUSED", "END" */
const char *playback_state(const struct playback *playback, char *buf, size_t cap);

/* Does what an action means over a recording. False: it means there what it always does. */
bool playback_action(struct view *view, enum action action);

/* Goes to a time as base/when reads it. False when it is none. */
bool playback_go(struct view *view, const char *text);

/* A click on part `part` of `parts` of the strip. */
void playback_click(struct view *view, uint32_t part, uint32_t parts);

/*
 * The strip: where it begins, two columns for each part, where it ends. A part has the mark of its worst
 * sample ("!", "!!"), a dot when it has samples, and nothing where nothing was recorded; what shows now
 * is in the selected one.
 */
void playback_draw(struct canvas *canvas, struct rect line, const struct playback *playback);

#endif
