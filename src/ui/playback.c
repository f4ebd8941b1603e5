#include "ui/playback.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/when.h"
#include "ui/draw.h"
#include "ui/hits.h"
#include "ui/say.h"
#include "ui/view.h"

#define DAY_NS (86400 * NS_PER_S)
#define LEAST_PARTS 4

static const uint8_t speeds[] = { 1, 2, 5, 10, 30, 60 };
#define SPEEDS (sizeof(speeds) / sizeof(speeds[0]))

unsigned playback_speed(const struct playback *playback)
{
	return speeds[playback->speed];
}

const char *playback_state(const struct playback *playback, char *buf, size_t cap)
{
	if (playback->playing)
		snprintf(buf, cap, "PLAY %ux", playback_speed(playback));
	else
		snprintf(buf, cap, playback->at_end ? "END" : "PAUSED");
	return buf;
}

static void change_speed(struct view *view, int step)
{
	struct playback *playback = view->playback;
	int to = playback->speed + step;

	if (to >= 0 && to < (int)SPEEDS)
		playback->speed = (uint8_t)to;
	snprintf(view->message, sizeof(view->message), "%u s of the recording in a second",
		 playback_speed(playback));
}

static void refuse(struct view *view, enum action action)
{
	if (action == ACTION_DELAY)
		say(view,
		    "a recording has its own delay: {slower} and {faster} change how fast it plays");
	else if (action == ACTION_THREADS)
		say(view, "threads are not recorded");
	else if (action == ACTION_COMMAND)
		say(view, "command lines are not recorded");
	else
		say(view, "this is a recording: no process is touched");
}

static bool act(struct view *view, enum action action)
{
	switch (action) {
	case ACTION_PAUSE:
		view->playback->playing = !view->playback->playing;
		return true;
	case ACTION_FASTER:
	case ACTION_SLOWER:
		change_speed(view, action == ACTION_FASTER ? 1 : -1);
		return true;
	case ACTION_HOME:
	case ACTION_END:
		view->travel = action == ACTION_HOME ? TRAVEL_OLDEST : TRAVEL_NOW;
		return true;
	case ACTION_DELAY:
	case ACTION_THREADS:
	case ACTION_COMMAND:
	case ACTION_SIGNAL:
	case ACTION_NICE:
		refuse(view, action);
		return true;
	default:
		return false;
	}
}

bool playback_action(struct view *view, enum action action)
{
	if (view->playback)
		return act(view, action);
	if (action != ACTION_FASTER && action != ACTION_SLOWER && action != ACTION_GO)
		return false;
	say(view, "that key is for a recording: --replay FILE");
	return true;
}

bool playback_go(struct view *view, const char *text)
{
	struct playback *playback = view->playback;

	if (when_parse(text, playback->first_real_ns, playback->last_real_ns,
		       &playback->go_real_ns))
		return false;
	playback->go = true;
	return true;
}

void playback_click(struct view *view, uint32_t part, uint32_t parts)
{
	struct playback *playback = view->playback;
	uint64_t span = playback->last_real_ns - playback->first_real_ns;

	if (!parts)
		return;
	playback->go = true;
	playback->go_real_ns =
		playback->first_real_ns + (uint64_t)((double)span * part / (double)parts);
}

/* --- the strip */

static void time_text(char *dst, size_t cap, uint64_t real_ns, bool date)
{
	time_t seconds = (time_t)(real_ns / NS_PER_S);
	struct tm tm;

	if (!localtime_r(&seconds, &tm))
		dst[0] = '\0';
	else if (date)
		snprintf(dst, cap, "%02d-%02d %02d:%02d:%02d", (tm.tm_mon + 1) % 100,
			 tm.tm_mday % 100, tm.tm_hour % 100, tm.tm_min % 100, tm.tm_sec % 100);
	else
		snprintf(dst, cap, "%02d:%02d:%02d", tm.tm_hour % 100, tm.tm_min % 100,
			 tm.tm_sec % 100);
}

/* The part that an instant lies in. */
static int part_of(const struct playback *playback, uint64_t real_ns, int parts)
{
	uint64_t span = playback->last_real_ns - playback->first_real_ns;
	double place;

	if (real_ns <= playback->first_real_ns || !span)
		return 0;
	place = (double)(real_ns - playback->first_real_ns) / (double)span * parts;
	return place < parts ? (int)place : parts - 1;
}

/* What the cells say that a part covers, or the one that covers it. */
static struct replay_cell sum_of(const struct playback *playback, int part, int parts)
{
	int from = part * PLAYBACK_CELLS / parts, to = (part + 1) * PLAYBACK_CELLS / parts;
	struct replay_cell sum = { 0 };

	for (int i = from; i < to; i++) {
		sum.samples += playback->cell[i].samples;
		if (playback->cell[i].level > sum.level)
			sum.level = playback->cell[i].level;
	}
	return sum;
}

static void draw_part(struct canvas *canvas, int row, int column, const struct replay_cell *sum,
		      bool now)
{
	const char *dot = canvas->ascii ? "." : "\u00b7",
		   *mark = level_mark((enum level)sum->level);

	if (sum->level)
		canvas_text(canvas, row, column, 2, level_style((enum level)sum->level, STYLE_DIM),
			    mark);
	else if (sum->samples)
		canvas_text(canvas, row, column, 1, STYLE_DIM, dot);
	if (!now)
		return;
	/* What shows is marked by a sign too, where an alert has none. */
	if (!sum->level)
		canvas_text(canvas, row, column, 2, STYLE_BRIGHT, "<>");
	canvas_select(canvas, row, column, 2);
}

void playback_draw(struct canvas *canvas, struct rect line, const struct playback *playback)
{
	int column = line.column + 1, parts, at;
	char first[24], last[24];

	if (line.rows < 1 || !playback->last_real_ns)
		return;
	time_text(first, sizeof(first), playback->first_real_ns, true);
	time_text(last, sizeof(last), playback->last_real_ns,
		  playback->last_real_ns - playback->first_real_ns > DAY_NS);
	parts = (line.columns - 4 - (int)strlen(first) - (int)strlen(last)) / 2;
	if (parts < LEAST_PARTS)
		return;
	if (parts > PLAYBACK_CELLS)
		parts = PLAYBACK_CELLS;
	column += canvas_text(canvas, line.row, column, 16, STYLE_DIM, first) + 1;
	at = part_of(playback, playback->at_real_ns, parts);
	for (int part = 0; part < parts; part++, column += 2) {
		struct replay_cell sum = sum_of(playback, part, parts);

		draw_part(canvas, line.row, column, &sum, part == at);
		hits_add(canvas->hits, HIT_STRIP, (struct rect){ line.row, column, 1, 2 },
			 (uint32_t)part << 16 | (uint32_t)parts);
	}
	canvas_text(canvas, line.row, column + 1, 16, STYLE_DIM, last);
}
