#include "app/tui_replay.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "app/tui_samples.h"
#include "base/clock.h"
#include "base/value.h"

#define FRAME_NS (50 * NS_PER_MS) /* between two frames of what plays fast */
#define STEPS_MOST 100000

static void say(struct tui *tui, const char *text)
{
	snprintf(tui->view.message, sizeof(tui->view.message), "%s", text);
	tui->dirty = true;
}

static void wait_until(struct tui *tui, uint64_t at_ns)
{
	struct itimerspec spec = { .it_value = { .tv_sec = (time_t)(at_ns / NS_PER_S),
						 .tv_nsec = (long)(at_ns % NS_PER_S) } };

	timerfd_settime(tui->timer_fd, TFD_TIMER_ABSTIME, &spec, NULL);
}

/* --- what is asked for */

static uint64_t plays_for_ns(const struct tui *tui)
{
	return tui->lasts_ns / playback_speed(&tui->playback);
}

static bool has_move(const struct player_move *move)
{
	return move->from != FROM_HERE || move->minutes || move->samples;
}

/* False: there is nothing to do now. */
static bool choose_wish(struct tui *tui)
{
	struct player *player = tui->player;

	if (tui->moves) {
		player->wish = PLAYER_NEXT;
	} else if (has_move(&tui->move)) {
		player->wish = PLAYER_MOVE;
		player->move = tui->move;
		player->trend = tui->model->history.count;
		tui->move = (struct player_move){ 0 };
		tui->moves = true;
	} else if (tui->playback.playing && clock_ns(CLOCK_MONOTONIC) >= tui->due_ns) {
		player->wish = PLAYER_NEXT;
	} else if (player->cells < PLAYBACK_CELLS) {
		player->wish = PLAYER_WORK;
	} else {
		return false;
	}
	return true;
}

void tui_replay_ask(struct tui *tui)
{
	uint64_t ticks;

	while (read(tui->timer_fd, &ticks, sizeof(ticks)) > 0)
		;
	if (tui->sampler.busy)
		return;
	if (choose_wish(tui))
		sampler_ask(&tui->sampler, &tui->slot[tui_free_slot(tui)]);
	else if (tui->playback.playing)
		wait_until(tui, tui->due_ns);
}

/* --- keys */

static void add(int *to, int step)
{
	if (*to + step >= -STEPS_MOST && *to + step <= STEPS_MOST)
		*to += step;
}

/* Keys that come faster than samples add up. */
static void want(struct tui *tui, enum travel travel)
{
	struct player_move *move = &tui->move;

	switch (travel) {
	case TRAVEL_BACK:
	case TRAVEL_FORTH:
		add(&move->samples, travel == TRAVEL_BACK ? -1 : 1);
		tui->playback.playing = false;
		break;
	case TRAVEL_MINUTE_BACK:
	case TRAVEL_MINUTE_FORTH:
		add(&move->minutes, travel == TRAVEL_MINUTE_BACK ? -1 : 1);
		break;
	case TRAVEL_OLDEST:
	case TRAVEL_NOW:
		*move = (struct player_move){ .from = travel == TRAVEL_OLDEST ? FROM_FIRST
									      : FROM_LAST };
		break;
	default:
		break;
	}
}

void tui_replay_follow(struct tui *tui)
{
	struct playback *playback = &tui->playback;
	bool was_playing = playback->playing;

	want(tui, tui->view.travel);
	tui->view.travel = TRAVEL_NONE;
	if (playback->go)
		tui->move =
			(struct player_move){ .from = FROM_TIME, .real_ns = playback->go_real_ns };
	playback->go = false;
	/* A key may have changed how fast it plays, or begun it. */
	if (playback->playing)
		tui->due_ns = clock_ns(CLOCK_MONOTONIC) + plays_for_ns(tui);
	if (playback->playing != was_playing)
		tui->dirty = true;
	tui_replay_ask(tui);
}

static void show_span(struct tui *tui)
{
	tui->playback.first_real_ns = tui->player->span.first_real_ns;
	tui->playback.last_real_ns = tui->player->span.last_real_ns;
}

void tui_replay_begin(struct tui *tui)
{
	tui->view.playback = &tui->playback;
	tui->playback.playing = true;
	show_span(tui);
	tui->move = (struct player_move){ .from = FROM_FIRST };
	tui_replay_ask(tui);
}

/* --- what came */

/*
 * After a jump the graphs end where the sample stands in them, or are empty. Whether there is a row of
 * it already, with the rates that the sample alone has not.
 */
static bool rewind_to(struct tui *tui, uint64_t mono_ns)
{
	struct model *model = tui->model;
	struct ring *ring = &model->history;
	size_t age = 0;

	while (age < ring->count &&
	       model->history_mono_ns[(ring->head + ring->rows - age) % ring->rows] != mono_ns)
		age++;
	history_rewind(&tui->shown.history, age);
	ring_rewind(ring, age);
	return ring->count;
}

/* A mark of the future, or of before the machine began anew, is none. */
static void drop_mark(struct tui *tui, const struct sample *sample)
{
	const struct sample *mark = &tui->shown.since.mark;

	if (!tui->view.marked ||
	    (sample->mono_ns > mark->mono_ns && sample->stat.btime == mark->stat.btime))
		return;
	tui->view.marked = false;
	shown_follow(&tui->shown, &tui->view, tui->model);
}

static int take_in(struct tui *tui, bool anew)
{
	int taken = tui_free_slot(tui), err;
	const struct sample *sample = &tui->slot[taken], *before;
	bool begins = tui->player->begins, drop = false;

	before = anew || begins || tui->current < 0 ? NULL : &tui->slot[tui->current];
	/* Two lines of JSON may be of one instant of a copied tree. */
	if (before && before->mono_ns == sample->mono_ns)
		return 0;
	if (begins)
		drop = rewind_to(tui, sample->mono_ns) ||
		       (sample->sequence > 1 && !player_arrived(tui->player));
	err = model_update(tui->model, before, sample);
	if (err)
		return err;
	tui->before = before ? tui->current : -1;
	tui->current = taken;
	tui->shown.before = before;
	shown_sample(&tui->shown, &tui->view, tui->model, &err);
	if (drop) {
		history_rewind(&tui->shown.history, 1);
		ring_rewind(&tui->model->history, 1);
	}
	return err;
}

/* The pace is that of the recording, whatever a sample takes; what is late is not caught up with. */
static void set_due(struct tui *tui, bool played)
{
	uint64_t now = clock_ns(CLOCK_MONOTONIC), lasts = plays_for_ns(tui);

	tui->due_ns = (played ? tui->due_ns : now) + lasts;
	if (tui->due_ns < now)
		tui->due_ns = now;
	if (played && lasts < FRAME_NS && now - tui->drawn_ns < FRAME_NS)
		return;
	tui->drawn_ns = now;
	tui->dirty = true;
}

static void arrive(struct tui *tui, bool played)
{
	const struct sample *sample = &tui->slot[tui->current];
	uint64_t next_ns = tui->feed->ops->next_ns(tui->feed);
	double interval_s = tui->model->interval_s;

	tui->moves = false;
	tui->playback.at_real_ns = sample->real_ns;
	tui->playback.at_end = !present(next_ns);
	tui->lasts_ns = present(next_ns) ? next_ns : 0;
	/* Graphs tell by it how far back they go. */
	if (!isnan(interval_s) && !tui->options->delay_given)
		tui->view.delay_s = round(interval_s * 100) / 100;
	drop_mark(tui, sample);
	set_due(tui, played);
	tui_count_sample(tui);
}

static void stay(struct tui *tui, const char *why)
{
	tui->moves = false;
	tui->playback.playing = false;
	say(tui, why);
}

/* There is nowhere to go. */
static void on_edge(struct tui *tui, const struct player_move *move)
{
	bool back = move->from == FROM_FIRST || move->samples < 0 || move->minutes < 0;

	tui->moves = false;
	tui->dirty = true;
	if (move->from != FROM_TIME)
		say(tui, back ? "the recording begins here" : "the recording ends here");
}

static void on_result(struct tui *tui, int result)
{
	const struct player *player = tui->player;
	bool played = !tui->moves;
	char text[96];
	int err;

	if (result == PLAYER_WORKED) {
		memcpy(tui->playback.cell, player->cell, sizeof(player->cell));
		tui->dirty = true;
	} else if (result == PLAYER_NOTHING) {
		on_edge(tui, &player->move);
	} else if (result == FEED_END) {
		tui->playback.at_end = true;
		stay(tui, "the recording ends here");
		/* There may be nothing that can be read. */
		tui->quit = tui->quit || tui->current < 0;
	} else if (result < 0) {
		snprintf(text, sizeof(text), "no sample: %s", strerror(-result));
		stay(tui, text);
		if (tui->current < 0)
			tui_fail(tui, result);
	} else {
		err = take_in(tui, result == FEED_ANEW);
		if (err)
			tui_fail(tui, err);
		else if (played || player_arrived(player))
			arrive(tui, played);
	}
}

void tui_replay_on_sample(struct tui *tui)
{
	int result = sampler_fetch(&tui->sampler);

	show_span(tui);
	on_result(tui, result);
	tui_replay_ask(tui);
}
