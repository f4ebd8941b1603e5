#include "app/tui_samples.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/value.h"

#define FIRST_INTERVAL_S 0.3 /* so that the first rates come at once, whatever the delay */
#define AT_ONCE_S 1e-6
#define LATE_S 2 /* from then on it is said that a sample does not come */

static struct itimerspec seconds(double first, double every)
{
	struct itimerspec spec = {
		.it_value = { .tv_sec = (time_t)first,
			      .tv_nsec = (long)((first - floor(first)) * 1e9) },
		.it_interval = { .tv_sec = (time_t)every,
				 .tv_nsec = (long)((every - floor(every)) * 1e9) },
	};

	return spec;
}

static double first_interval(const struct tui *tui)
{
	return tui->view.delay_s < FIRST_INTERVAL_S ? tui->view.delay_s : FIRST_INTERVAL_S;
}

void tui_set_timer(struct tui *tui, double first_s)
{
	double every_s = tui->samples ? tui->view.delay_s : first_interval(tui);
	struct itimerspec spec = seconds(first_s, every_s);

	tui->delay_s = tui->view.delay_s;
	timerfd_settime(tui->timer_fd, 0, &spec, NULL);
}

static int free_slot(const struct tui *tui)
{
	int slot = 0;

	while (slot == tui->current || slot == tui->before)
		slot++;
	return slot;
}

/* Still at the one before: this tick is left out, and the next interval is longer. */
static void on_late_sample(struct tui *tui)
{
	unsigned late_s = (unsigned)((clock_ns(CLOCK_MONOTONIC) - tui->asked_ns) / NS_PER_S);

	/* There is no frame yet to tell the person anything. */
	if (tui->current < 0)
		tui->dirty = true;
	if (late_s < LATE_S)
		return;
	snprintf(tui->view.message, sizeof(tui->view.message),
		 "no new sample for %u s: a read of /proc takes that long", late_s);
	tui->told = tui->dirty = true;
}

static void ask(struct tui *tui)
{
	if (sampler_ask(&tui->sampler, &tui->slot[free_slot(tui)]))
		on_late_sample(tui);
	else
		tui->asked_ns = clock_ns(CLOCK_MONOTONIC);
}

void tui_on_timer(struct tui *tui)
{
	uint64_t ticks;

	if (read(tui->timer_fd, &ticks, sizeof(ticks)) < 0)
		return;
	/* No scrape costs the dashboard one of its samples. */
	tui->tick_waits = tui->sampler.busy && tui->sampler.system;
	if (!tui->tick_waits)
		ask(tui);
}

void tui_serve_scrapes(struct tui *tui)
{
	if (!tui->sampler.busy && listener_wants(tui->listener))
		sampler_ask_system(&tui->sampler, listener_begin(tui->listener));
}

static void on_scrape_sample(struct tui *tui)
{
	listener_took(tui->listener, sampler_fetch(&tui->sampler));
	if (tui->tick_waits)
		ask(tui);
	tui->tick_waits = false;
}

static void count_sample(struct tui *tui)
{
	tui->samples++;
	if (tui->options->count && tui->samples >= tui->options->count)
		tui->quit = true;
}

/* The next sample of a recording comes when it came; there is none after the last. */
static void pace(struct tui *tui)
{
	uint64_t next_ns = tui->feed->ops->next_ns(tui->feed);
	double next_s = present(next_ns) ? (double)next_ns / NS_PER_S : AT_ONCE_S;
	struct itimerspec spec = seconds(next_s > AT_ONCE_S ? next_s : AT_ONCE_S, 0);

	timerfd_settime(tui->timer_fd, 0, &spec, NULL);
}

static void on_end(struct tui *tui)
{
	struct itimerspec never = { 0 };

	timerfd_settime(tui->timer_fd, 0, &never, NULL);
	snprintf(tui->view.message, sizeof(tui->view.message), "the recording ends here");
	tui->dirty = true;
	/* There may be nothing at all between --begin and --end. */
	if (tui->current < 0)
		tui->quit = true;
}

static void tell_news(struct tui *tui)
{
	if (recorder_news(tui->recorder, tui->view.message, sizeof(tui->view.message)))
		tui->dirty = true;
}

static void on_own_sample(struct tui *tui)
{
	int taken = free_slot(tui);
	const struct sample *before = tui->current < 0 ? NULL : &tui->slot[tui->current];
	int err = sampler_fetch(&tui->sampler);

	if (tui->told) {
		tui->view.message[0] = '\0';
		tui->told = false;
		tui->dirty = true;
	}
	if (err == FEED_END) {
		on_end(tui);
		return;
	}
	if (err == FEED_ANEW)
		before = NULL;
	if (err < 0) {
		snprintf(tui->view.message, sizeof(tui->view.message), "no sample: %s",
			 strerror(-err));
		tui->told = tui->dirty = true;
		if (!before)
			tui_fail(tui, err);
		return;
	}
	/* A copied tree that has not moved on says nothing new. */
	if (before && before->mono_ns == tui->slot[taken].mono_ns) {
		count_sample(tui);
		if (feed_is_recorded(tui->feed))
			pace(tui);
		return;
	}
	err = model_update(tui->model, before, &tui->slot[taken]);
	if (err) {
		tui_fail(tui, err);
		return;
	}
	tui->before = tui->current;
	tui->current = taken;
	tui->shown.before = before;
	listener_updated(tui->listener);
	if (shown_sample(&tui->shown, &tui->view, tui->model, &err) || !tui->view.paused)
		tui->dirty = true;
	if (err) {
		tui_fail(tui, err);
		return;
	}
	recorder_put(tui->recorder, tui->model);
	tell_news(tui);
	count_sample(tui);
	if (feed_is_recorded(tui->feed))
		pace(tui);
	else if (tui->samples == 1)
		tui_set_timer(tui, first_interval(tui));
}

void tui_on_sample(struct tui *tui)
{
	if (tui->sampler.system)
		on_scrape_sample(tui);
	else
		on_own_sample(tui);
	tui_serve_scrapes(tui);
}
