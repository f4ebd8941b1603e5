#include "app/stream.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/bar_signals.h"
#include "app/line_thread.h"
#include "app/line_writer.h"
#include "app/listener.h"
#include "app/sampler.h"
#include "app/stream_out.h"
#include "base/clock.h"

/* A copied tree whose clock stands for so long, and for so many samples, is taken as dead. */
#define STILL_S 2
#define STILL_SAMPLES 3

#define STALLED_NS NS_PER_S /* of a line: from then on samples go on without their lines */
#define BAR_FIRST_S 0.25 /* a bar is empty until its first interval is over */

struct stream {
	const struct options *options;
	struct feed *feed;
	struct recorder *recorder;
	struct model *model;
	struct listener *listener; /* NULL: none */
	bool unseen; /* the sample comes before those asked for */
	struct sample sample[2];
	struct stream_out out;
	struct sampler sampler; /* runs with a listener, which answers while a sample hangs */
	struct line_thread lines; /* runs when others than the reader wait for samples */
	int line_err; /* of a line, met while a sample was waited for */
	int bar_fd; /* of app/bar_signals; -1: nobody asks */
	uint64_t at; /* CLOCK_MONOTONIC of the sample before, on the grid of the delay */
};

/* The next time on the grid of the delay; one that has passed is left out, not caught up with. */
static uint64_t next_time(uint64_t last, double delay_s)
{
	uint64_t delay = (uint64_t)(delay_s * 1e9), now = clock_ns(CLOCK_MONOTONIC);
	uint64_t next = last + delay;

	if (next <= now)
		next += (now - next) / delay * delay + delay;
	return next;
}

static void tell_news(struct stream *stream)
{
	char text[128];
	const char *news = recorder_news(stream->recorder, text, sizeof(text));

	if (news)
		fprintf(stderr, "stalltop: %s\n", news);
}

/*
 * Writes the line of the model's sample. 1 when there is one, 0, or -errno. While the thread still has the line
 * before, for its reader has stalled, this sample has none.
 */
static int put_line(struct stream *stream)
{
	int made, err;

	if (stream->lines.busy)
		return 0;
	made = stream_out_format(&stream->out);
	if (made <= 0)
		return made;
	if (stream->lines.running) {
		line_thread_send(&stream->lines);
		return 1;
	}
	err = stream_out_send(&stream->out);
	return err ? err : 1;
}

enum waited { WAITED_TIME, WAITED_BAR, WAITED_SCRAPE, WAITED_LINE, WAITED_SAMPLE };

/* Waits until a time of CLOCK_MONOTONIC, or until somebody asks for something before it. */
static enum waited wait_until(struct stream *stream, uint64_t ns)
{
	struct pollfd asked[] = {
		{ .fd = stream->bar_fd, .events = POLLIN },
		{ .fd = stream->listener ? listener_fd(stream->listener) : -1, .events = POLLIN },
		{ .fd = stream->lines.busy ? stream->lines.done_fd : -1, .events = POLLIN },
		{ .fd = stream->sampler.busy ? stream->sampler.done_fd : -1, .events = POLLIN },
	};
	uint64_t now;

	while ((now = clock_ns(CLOCK_MONOTONIC)) < ns) {
		struct timespec left = { .tv_sec = (time_t)((ns - now) / NS_PER_S),
					 .tv_nsec = (long)((ns - now) % NS_PER_S) };

		if (ppoll(asked, 4, &left, NULL) <= 0)
			continue;
		if (asked[0].revents)
			return WAITED_BAR;
		if (asked[2].revents)
			return WAITED_LINE;
		if (asked[3].revents)
			return WAITED_SAMPLE;
		listener_serve(stream->listener);
		if (!stream->sampler.busy && listener_wants(stream->listener))
			return WAITED_SCRAPE;
	}
	return WAITED_TIME;
}

/* Does what the bar asks for, and tells the sample again, for it shows both. 0 or -errno. */
static int obey_bar(struct stream *stream)
{
	enum bar_wish wish = bar_signals_take(stream->bar_fd);
	struct model *model = stream->model;
	int wrote;

	if (wish == BAR_NOTHING)
		return 0;
	if (wish == BAR_INTERVAL) {
		stream->out.delay_s = bar_next_interval(stream->out.delay_s);
	} else {
		model->filter.no_kernel = !model->filter.no_kernel;
		model_rank(model);
	}
	wrote = put_line(stream);
	return wrote < 0 ? wrote : 0;
}

/* The result of the sample that was asked for. Scrapes meanwhile are told when there is none in time. */
static int await_sample(struct stream *stream)
{
	for (;;) {
		enum waited waited = wait_until(stream, UINT64_MAX);
		int err = 0;

		if (waited == WAITED_SAMPLE)
			return sampler_fetch(&stream->sampler);
		if (waited == WAITED_LINE)
			err = line_thread_fetch(&stream->lines);
		if (waited == WAITED_BAR)
			err = obey_bar(stream);
		if (err)
			stream->line_err = err;
	}
}

static int take(struct stream *stream, struct sample *sample)
{
	int taken;

	if (!stream->sampler.running)
		return feed_take(stream->feed, sample);
	taken = sampler_ask(&stream->sampler, sample);
	if (!taken)
		taken = await_sample(stream);
	return taken < 0 || !stream->line_err ? taken : stream->line_err;
}

static int take_system(struct stream *stream, struct sample *sample)
{
	int err = sampler_ask_system(&stream->sampler, sample);

	return err ? err : await_sample(stream);
}

/*
 * A scrape wants a sample. One with no stream beside it, whose intervals it would cut short, may have a
 * whole one: then it is true.
 */
static bool obey_scrape(struct stream *stream)
{
	struct listener *listener = stream->listener;

	if (stream->options->output == OUTPUT_NONE)
		return true;
	listener_took(listener, take_system(stream, listener_begin(listener)));
	return false;
}

/* Waits for the line until a time of CLOCK_MONOTONIC, whoever asks for what meanwhile. 0 or -errno. */
static int finish_line(struct stream *stream, uint64_t ns)
{
	while (stream->lines.busy) {
		enum waited waited;
		int err;

		if (line_thread_is_done(&stream->lines))
			return line_thread_fetch(&stream->lines);
		waited = wait_until(stream, ns);
		if (waited == WAITED_TIME)
			return 0;
		if (waited == WAITED_SCRAPE)
			obey_scrape(stream);
		err = waited == WAITED_BAR ? obey_bar(stream) : 0;
		if (err)
			return err;
	}
	return 0;
}

/*
 * Waits for the time of the next sample, or until one is wanted before it. A wish of the bar moves it:
 * a new delay counts from the last sample.
 */
static int wait_next(struct stream *stream, bool begun)
{
	for (;;) {
		double delay_s = stream->out.delay_s;
		enum waited waited;
		uint64_t next;
		int err;

		if (stream->options->output == OUTPUT_WAYBAR && !begun && delay_s > BAR_FIRST_S)
			delay_s = BAR_FIRST_S;
		next = next_time(stream->at, delay_s);
		waited = wait_until(stream, next);
		if (waited == WAITED_TIME) {
			stream->at = next;
			/* Whom a busy machine holds up for a moment has not stalled. */
			return finish_line(stream, stream->lines.sent_ns + STALLED_NS);
		}
		if (waited == WAITED_SCRAPE && obey_scrape(stream))
			return 0;
		err = waited == WAITED_BAR    ? obey_bar(stream)
		      : waited == WAITED_LINE ? line_thread_fetch(&stream->lines)
					      : 0;
		if (err)
			return err;
	}
}

/* Takes the sample in and writes its line. 1 when a line was written, 0, or -errno. */
static int step(struct stream *stream, const struct sample *previous, const struct sample *sample)
{
	int err = model_update(stream->model, previous, sample);

	if (err || stream->unseen)
		return err;
	recorder_put(stream->recorder, stream->model);
	tell_news(stream);
	listener_updated(stream->listener);
	return put_line(stream);
}

/* Of a copied tree that does not move on too. */
static bool tells_gauges(enum output output)
{
	return output == OUTPUT_JSON || output == OUTPUT_NONE;
}

/* A copied tree that does not move on has no row, and one that never does would be waited for without end. */
static bool stands_still(const struct stream *stream, uint64_t since_ns)
{
	return (double)(clock_ns(CLOCK_MONOTONIC) - since_ns) / NS_PER_S >
	       STILL_S + STILL_SAMPLES * stream->out.delay_s;
}

static int loop(struct stream *stream)
{
	const struct sample *previous = NULL;
	struct sample *sample = &stream->sample[0];
	uint64_t moved = stream->at;
	unsigned long done = 0;

	for (;;) {
		int taken = take(stream, sample), wrote;

		if (taken < 0 || taken == FEED_END)
			return taken < 0 ? taken : 0;
		if (taken == FEED_ANEW)
			previous = NULL;
		stream->unseen = taken == FEED_BEFORE;
		if (!previous || previous->mono_ns != sample->mono_ns ||
		    tells_gauges(stream->options->output)) {
			wrote = step(stream, previous, sample);
			if (wrote < 0)
				return wrote;
			done += (unsigned long)wrote;
			if (stream->options->count && done >= stream->options->count)
				return finish_line(stream, UINT64_MAX);
			previous = sample;
			sample = &stream->sample[sample == &stream->sample[0]];
			moved = clock_ns(CLOCK_MONOTONIC);
		} else if (!done && stands_still(stream, moved)) {
			return -ETIME;
		}
		/* What is over need not be waited for, unless somebody wants to watch it. */
		if (feed_is_recorded(stream->feed) && !stream->options->delay_given)
			continue;
		wrote = wait_next(stream, done > 0);
		if (wrote < 0)
			return wrote;
	}
}

static int open_parts(struct stream *stream)
{
	int err = sample_init(&stream->sample[0]);

	if (!err)
		err = sample_init(&stream->sample[1]);
	if (!err)
		err = stream_out_init(&stream->out, stream->options, stream->model,
				      feed_source(stream->feed));
	if (!err && stream->options->output == OUTPUT_WAYBAR) {
		stream->bar_fd = bar_signals_open();
		err = stream->bar_fd < 0 ? stream->bar_fd : 0;
	}
	return err;
}

int stream_run(const struct options *options, struct feed *feed, struct recorder *recorder,
	       struct model *model)
{
	struct stream stream = {
		.options = options,
		.feed = feed,
		.recorder = recorder,
		.model = model,
		.bar_fd = -1,
	};
	int err;

	if (listener_open(&stream.listener, options, feed, model))
		return EXIT_FAILURE;
	err = open_parts(&stream);
	line_writer_begin();
	if (!err && (stream.listener || recorder) && options->output != OUTPUT_NONE)
		err = line_thread_start(&stream.lines, &stream.out);
	if (!err && stream.listener)
		err = sampler_start(&stream.sampler, feed);
	stream.at = clock_ns(CLOCK_MONOTONIC);
	if (!err)
		err = loop(&stream);
	if (stream.bar_fd >= 0)
		close(stream.bar_fd);
	sampler_stop(&stream.sampler); /* it has been waited for */
	line_thread_stop(&stream.lines);
	stream_out_release(&stream.out);
	sample_release(&stream.sample[0]);
	sample_release(&stream.sample[1]);
	listener_close(stream.listener);
	if (!err || err == -EPIPE)
		return EXIT_SUCCESS;
	if (err == -ETIME)
		fprintf(stderr,
			"stalltop: the uptime of this copy stands still, so there are no rows "
			"(--json shows what it has)\n");
	else
		fprintf(stderr, "stalltop: %s\n", strerror(-err));
	return EXIT_FAILURE;
}
