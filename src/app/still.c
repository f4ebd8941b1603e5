#include "app/still.h"

#include <errno.h>
#include <string.h>

static int make_ready(struct still *still)
{
	int err;

	if (still->ready)
		return 0;
	err = model_init(&still->model);
	if (!err && sample_init(&still->sample)) {
		model_release(&still->model);
		err = -ENOMEM;
	}
	still->ready = !err;
	return err;
}

bool still_follow(struct still *still, struct model *live, bool paused)
{
	if (paused == still->on)
		return paused;
	if (!paused) {
		memcpy(live->top_order, still->model.top_order, sizeof(live->top_order));
		model_rank(live);
		still->on = false;
		return false;
	}
	still->on = !make_ready(still) && !model_copy(&still->model, live, &still->sample);
	return still->on;
}

void still_release(struct still *still)
{
	if (!still->ready)
		return;
	model_release(&still->model);
	sample_release(&still->sample);
	*still = (struct still){ 0 };
}
