#include "app/stream.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "app/listener.h"
#include "base/clock.h"
#include "out/json.h"
#include "out/rows.h"

/* A copied tree whose clock stands for so long, and for so many samples, is taken as dead. */
#define STILL_S 2
#define STILL_SAMPLES 3

struct stream {
	const struct options *options;
	struct collector *collector;
	struct model *model;
	struct listener *listener; /* NULL: none */
	struct sample sample[2];
	struct row_stream rows;
	char *buf;
	size_t cap;
};

/*
 * A line that was begun is finished before a signal ends the program. An alarm a second later breaks
 * into a write() that waits for a reader who has stalled.
 */
static volatile sig_atomic_t writing, asked_to_end, alarms;

static void on_end(int number)
{
	if (writing) {
		asked_to_end = number;
		alarm(1);
		return;
	}
	signal(number, SIG_DFL);
	raise(number);
}

static void on_alarm(int number)
{
	(void)number;
	alarms++;
	alarm(1);
}

/* Without SA_RESTART. What the caller ignores, as nohup does, stays ignored. */
static void take_signals(void)
{
	static const int ends[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	struct sigaction action = { .sa_handler = on_alarm }, before;

	signal(SIGPIPE, SIG_IGN); /* the write says EPIPE */
	sigemptyset(&action.sa_mask);
	sigaction(SIGALRM, &action, NULL);
	action.sa_handler = on_end;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (!sigaction(ends[i], NULL, &before) && before.sa_handler != SIG_IGN)
			sigaction(ends[i], &action, NULL);
}

/* Somebody else may have made our end of a pipe non-blocking. */
static void wait_writable(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

	poll(&out, 1, -1);
}

static int write_line(const char *text, size_t len)
{
	sig_atomic_t seen = alarms;

	while (len) {
		ssize_t wrote = write(STDOUT_FILENO, text, len);

		if (wrote < 0 && errno == EAGAIN)
			wait_writable();
		else if (wrote < 0 && errno != EINTR)
			return -errno;
		/* More than a second, and the reader has not taken a byte. */
		if (wrote < 0 && alarms - seen > 1)
			return -ETIMEDOUT;
		if (wrote < 0)
			continue;
		seen = alarms;
		text += wrote;
		len -= (size_t)wrote;
	}
	return 0;
}

/* A line is one write where the kernel takes it whole. 0 or -errno. */
static int write_all(const char *text, size_t len)
{
	int err;

	writing = 1;
	err = write_line(text, len);
	writing = 0;
	if (asked_to_end) {
		signal(asked_to_end, SIG_DFL);
		raise(asked_to_end);
	}
	return err;
}

static long format(struct stream *stream)
{
	struct json_info info = { .source = collector_source(stream->collector) };

	if (stream->options->output == OUTPUT_NONE)
		return 0;
	if (stream->options->output == OUTPUT_ROWS)
		return row_text(&stream->rows, stream->model, stream->buf, stream->cap);
	return json_line(stream->model, &info, stream->buf, stream->cap);
}

/* Formats the model, growing the buffer as a machine with more CPUs or disks needs. */
static long format_grown(struct stream *stream)
{
	struct json_info info = { .source = collector_source(stream->collector) };
	long len = format(stream);
	size_t need;
	char *grown;

	if (len != -ENOSPC)
		return len;
	need = 2 * json_line_size(stream->model, &info);
	grown = realloc(stream->buf, need);
	if (!grown)
		return -ENOMEM;
	stream->buf = grown;
	stream->cap = need;
	return format(stream);
}

/*
 * Waits until the given time of CLOCK_MONOTONIC, serving scrapes. True when it is left early for a
 * sample that a scrape wants: with no stream, whose intervals it would cut short, it may be a whole one.
 */
static bool wait_until(struct stream *stream, uint64_t ns)
{
	struct listener *listener = stream->listener;

	while (listener_wait_until(listener, ns)) {
		if (stream->options->output == OUTPUT_NONE)
			return true;
		listener_took(listener,
			      collector_take_system(stream->collector, listener_begin(listener)));
	}
	return false;
}

/* The next time on the grid of the delay; one that has passed is left out, not caught up with. */
static uint64_t next_time(uint64_t last, double delay_s)
{
	uint64_t delay = (uint64_t)(delay_s * 1e9), now = clock_ns(CLOCK_MONOTONIC);
	uint64_t next = last + delay;

	if (next <= now)
		next += (now - next) / delay * delay + delay;
	return next;
}

/* Takes the sample in and writes its line. 1 when a line was written, 0, or -errno. */
static int step(struct stream *stream, const struct sample *previous, const struct sample *sample)
{
	int err = model_update(stream->model, previous, sample);
	long len;

	if (err)
		return err;
	listener_updated(stream->listener);
	len = format_grown(stream);
	err = len < 0 ? (int)len : write_all(stream->buf, (size_t)len);
	return err ? err : len > 0 || stream->options->output == OUTPUT_NONE;
}

/*
 * A copied tree that does not move on has no row, and one that never does would be waited for without
 * end. JSON tells its gauges again.
 */
static bool stands_still(const struct stream *stream, uint64_t since_ns)
{
	return (double)(clock_ns(CLOCK_MONOTONIC) - since_ns) / NS_PER_S >
	       STILL_S + STILL_SAMPLES * stream->options->delay_s;
}

static int loop(struct stream *stream)
{
	const struct sample *previous = NULL;
	uint64_t at = clock_ns(CLOCK_MONOTONIC), moved = at;
	struct sample *sample = &stream->sample[0];
	unsigned long done = 0;
	bool early = false;

	for (;;) {
		int wrote = collector_take(stream->collector, sample);

		if (wrote < 0)
			return wrote;
		if (!previous || previous->mono_ns != sample->mono_ns ||
		    stream->options->output != OUTPUT_ROWS) {
			wrote = step(stream, previous, sample);
			if (wrote < 0)
				return wrote;
			done += early ? 0 : (unsigned long)wrote;
			if (stream->options->count && done >= stream->options->count)
				return 0;
			previous = sample;
			sample = &stream->sample[sample == &stream->sample[0]];
			moved = clock_ns(CLOCK_MONOTONIC);
		} else if (!done && stands_still(stream, moved)) {
			return -ETIME;
		}
		if (!early)
			at = next_time(at, stream->options->delay_s);
		early = wait_until(stream, at);
	}
}

static unsigned screen_rows(void)
{
	struct winsize size;

	if (isatty(STDOUT_FILENO) && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_row > 4)
		return size.ws_row;
	return isatty(STDOUT_FILENO) ? 24 : 0;
}

int stream_run(const struct options *options, struct collector *collector, struct model *model)
{
	struct stream stream = {
		.options = options,
		.collector = collector,
		.model = model,
		.rows = { .screen_rows = screen_rows() },
		.cap = 65536,
	};
	int err;

	if (listener_open(&stream.listener, options, collector, model))
		return EXIT_FAILURE;
	take_signals();
	err = sample_init(&stream.sample[0]);
	if (!err)
		err = sample_init(&stream.sample[1]);
	stream.buf = malloc(stream.cap);
	if (!err)
		err = stream.buf ? loop(&stream) : -ENOMEM;
	sample_release(&stream.sample[0]);
	sample_release(&stream.sample[1]);
	free(stream.buf);
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
