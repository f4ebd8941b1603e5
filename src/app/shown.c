#include "app/shown.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "model/history_time.h"

void shown_release(struct shown *shown)
{
	history_release(&shown->history);
	since_release(&shown->since);
	if (!shown->still_ready)
		return;
	model_release(&shown->still);
	sample_release(&shown->still_sample);
	sample_release(&shown->still_before);
}

struct model *shown_model(struct shown *shown, const struct view *view, struct model *newest)
{
	if (view->back)
		return &shown->history.past;
	if (view->paused && shown->still_ready)
		return &shown->still;
	return shown->was_marked ? &shown->since.model : newest;
}

static void hand_over(struct model *to, const struct model *from)
{
	if (to == from)
		return;
	memcpy(to->top_order, from->top_order, sizeof(to->top_order));
	to->filter = from->filter;
	model_rank(to);
}

static int make_still(struct shown *shown)
{
	int err = model_init(&shown->still);

	if (err)
		return err;
	shown->still_ready = !sample_init(&shown->still_sample) &&
			     !sample_init(&shown->still_before);
	if (shown->still_ready)
		return 0;
	sample_release(&shown->still_sample);
	model_release(&shown->still);
	return -ENOMEM;
}

static int stand_still(struct shown *shown, const struct model *newest, const struct sample *before)
{
	int err = shown->still_ready ? 0 : make_still(shown);

	if (err)
		return err;
	/* Without it the figures stand all the same. */
	shown->still_has_before = before && !sample_copy(&shown->still_before, before);
	return model_copy(&shown->still, newest, &shown->still_sample);
}

#define MINUTE_NS (60 * NS_PER_S)

/* While paused it stands still too. */
size_t shown_age(const struct shown *shown, const struct view *view)
{
	size_t age = 0;

	if (view->back || !view->paused)
		return view->back;
	while (age + 1 < shown->history.count &&
	       history_sample(&shown->history, age)->mono_ns > shown->paused_mono_ns)
		age++;
	return age;
}

const struct sample *shown_previous(const struct shown *shown, const struct view *view)
{
	if (view->back)
		return history_sample(&shown->history, view->back + 1);
	if (view->paused && shown->still_ready)
		return shown->still_has_before ? &shown->still_before : NULL;
	return shown->was_marked ? &shown->since.mark : shown->before;
}

static size_t destination(const struct history *history, enum travel travel, size_t age)
{
	size_t oldest = history->count ? history->count - 1 : 0;

	switch (travel) {
	case TRAVEL_BACK:
		return age < oldest ? age + 1 : oldest;
	case TRAVEL_FORTH:
		return age ? age - 1 : 0;
	case TRAVEL_MINUTE_BACK:
		return history_earlier(history, age, MINUTE_NS);
	case TRAVEL_MINUTE_FORTH:
		return history_later(history, age, MINUTE_NS);
	case TRAVEL_OLDEST:
		return oldest;
	default:
		return 0;
	}
}

static void stand_at(struct shown *shown, struct view *view, const struct model *newest, size_t age)
{
	const struct history *history = &shown->history;

	view->back = age;
	if (!age)
		return;
	history_show(&shown->history, age, newest);
	view->back_s = (double)(history_sample(history, 0)->mono_ns -
				history_sample(history, age)->mono_ns) /
		       NS_PER_S;
}

static void travel(struct shown *shown, struct view *view, struct model *newest)
{
	struct model *from = shown_model(shown, view, newest);
	size_t age = destination(&shown->history, view->travel, shown_age(shown, view));
	bool at_end = age == view->back && view->travel != TRAVEL_NOW;

	view->travel = TRAVEL_NONE;
	if (at_end) {
		snprintf(view->message, sizeof(view->message),
			 age ? "nothing older is kept" : "this is now");
		return;
	}
	view->paused = shown->was_paused = false;
	stand_at(shown, view, newest, age);
	hand_over(shown_model(shown, view, newest), from);
}

static int update_since(struct shown *shown, struct view *view, const struct model *newest)
{
	view->marked_s = (double)(newest->current->mono_ns - shown->since.mark.mono_ns) / NS_PER_S;
	return since_update(&shown->since, newest, view->totals);
}

bool shown_sample(struct shown *shown, struct view *view, const struct model *newest, int *err)
{
	size_t oldest;

	*err = history_push(&shown->history, newest);
	if (!*err && shown->was_marked)
		*err = update_since(shown, view, newest);
	if (*err || !view->back)
		return false;
	/* What falls out of the past takes who looks at it along. */
	oldest = shown->history.count - 1;
	stand_at(shown, view, newest, view->back < oldest ? view->back + 1 : oldest);
	return true;
}

/* A mark was set or taken away, or totals were asked for. */
static void follow_mark(struct shown *shown, struct view *view, struct model *newest)
{
	if (view->marked == shown->was_marked) {
		if (view->marked && view->totals != shown->was_totals)
			update_since(shown, view, newest);
	} else if (!view->marked) {
		hand_over(newest, &shown->since.model);
	} else if (!newest->current || since_mark(&shown->since, newest) ||
		   update_since(shown, view, newest)) {
		view->marked = false;
	} else {
		hand_over(&shown->since.model, newest);
	}
	shown->was_marked = view->marked;
	shown->was_totals = view->totals;
}

void shown_follow(struct shown *shown, struct view *view, struct model *newest)
{
	follow_mark(shown, view, newest);
	if (view->travel != TRAVEL_NONE)
		travel(shown, view, newest);
	if (view->paused == shown->was_paused)
		return;
	shown->was_paused = view->paused;
	if (!view->paused)
		hand_over(shown_model(shown, view, newest), &shown->still);
	else if (stand_still(shown, shown->was_marked ? &shown->since.model : newest,
			     shown->was_marked ? &shown->since.mark : shown->before))
		view->paused = shown->was_paused = false;
	else
		shown->paused_mono_ns = newest->current->mono_ns;
}
