#include "model/since.h"

#include <errno.h>
#include <math.h>
#include <string.h>

void since_release(struct since *since)
{
	if (!since->ready)
		return;
	since->model.history = since->ring;
	model_release(&since->model);
	sample_release(&since->mark);
	*since = (struct since){ 0 };
}

static int make_ready(struct since *since)
{
	int err = model_init(&since->model);

	if (err)
		return err;
	if (sample_init(&since->mark)) {
		model_release(&since->model);
		return -ENOMEM;
	}
	since->ring = since->model.history;
	since->ready = true;
	return 0;
}

int since_mark(struct since *since, const struct model *newest)
{
	struct model *model = &since->model;
	int err = since->ready ? 0 : make_ready(since);

	if (!err)
		err = sample_copy(&since->mark, newest->current);
	/* Nothing of the mark before may be looked at: its sample is long gone. */
	model->current = NULL;
	model->all_count = model->thread_count = model->task_count = model->disk_count = 0;
	model->verdict.culprit = NULL;
	return err;
}

static void multiply(float *rate, double seconds)
{
	*rate = (float)((double)*rate * seconds);
}

static void add_up(struct model *model)
{
	double seconds = model->interval_s;

	for (int id = 0; id < METRIC_COUNT; id++)
		if (metrics[id].kind == METRIC_RATE)
			model->value[id] *= seconds;
	for (size_t i = 0; i < model->all_count + model->thread_count; i++) {
		struct task_view *view = i < model->all_count
						 ? &model->all[i]
						 : &model->thread[i - model->all_count];

		multiply(&view->minor_per_s, seconds);
		multiply(&view->major_per_s, seconds);
		multiply(&view->read_bytes_per_s, seconds);
		multiply(&view->write_bytes_per_s, seconds);
		multiply(&view->voluntary_per_s, seconds);
		multiply(&view->involuntary_per_s, seconds);
		multiply(&view->rss_bytes_per_s, seconds);
	}
	for (size_t i = 0; i < model->disk_count; i++) {
		struct disk_view *view = &model->disk[i];

		multiply(&view->read_bytes_per_s, seconds);
		multiply(&view->write_bytes_per_s, seconds);
		multiply(&view->reads_per_s, seconds);
		multiply(&view->writes_per_s, seconds);
	}
}

int since_update(struct since *since, const struct model *newest, bool totals)
{
	struct model *model = &since->model;
	int err;

	model->current = NULL;
	model->settings = newest->settings;
	model->history = since->ring;
	err = model_update(model, &since->mark, newest->current);
	since->ring = model->history;
	model->history = newest->history;
	memcpy(model->history_real_ns, newest->history_real_ns, sizeof(model->history_real_ns));
	memcpy(model->history_mono_ns, newest->history_mono_ns, sizeof(model->history_mono_ns));
	model->totals = totals;
	if (totals)
		add_up(model);
	/* The verdict is of now, whatever the mean since the mark was. */
	model->verdict = newest->verdict;
	model_rank(model);
	return err;
}
