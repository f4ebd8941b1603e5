#include "app/shown.h"

#include <errno.h>
#include <string.h>

void shown_release(struct shown *shown)
{
	if (!shown->still_ready)
		return;
	model_release(&shown->still);
	sample_release(&shown->still_sample);
}

struct model *shown_model(struct shown *shown, const struct view *view, struct model *newest)
{
	return view->paused && shown->still_ready ? &shown->still : newest;
}

static void hand_over(struct model *to, const struct model *from)
{
	memcpy(to->top_order, from->top_order, sizeof(to->top_order));
	to->filter = from->filter;
	model_rank(to);
}

static int stand_still(struct shown *shown, const struct model *newest)
{
	int err = 0;

	if (!shown->still_ready) {
		err = model_init(&shown->still);
		if (!err && sample_init(&shown->still_sample)) {
			model_release(&shown->still);
			err = -ENOMEM;
		}
		shown->still_ready = !err;
	}
	return err ? err : model_copy(&shown->still, newest, &shown->still_sample);
}

void shown_follow(struct shown *shown, struct view *view, struct model *newest)
{
	if (view->paused == shown->was_paused)
		return;
	shown->was_paused = view->paused;
	if (!view->paused)
		hand_over(newest, &shown->still);
	else if (stand_still(shown, newest))
		view->paused = shown->was_paused = false;
}
