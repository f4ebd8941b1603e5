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

#include "base/clock.h"
#include "out/json.h"
#include "out/rows.h"

struct stream {
	const struct options *options;
	struct collector *collector;
	struct model *model;
	struct sample sample[2];
	struct row_stream rows;
	char *buf;
	size_t cap;
};

/* Somebody else may have made our end of a pipe non-blocking. */
static void wait_writable(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

	poll(&out, 1, -1);
}

/* A line is one write where the kernel takes it whole. 0 or -errno. */
static int write_all(const char *text, size_t len)
{
	while (len) {
		ssize_t wrote = write(STDOUT_FILENO, text, len);

		if (wrote < 0 && errno == EAGAIN) {
			wait_writable();
			continue;
		}
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			return -errno;
		text += wrote;
		len -= (size_t)wrote;
	}
	return 0;
}

static long format(struct stream *stream)
{
	struct json_info info = { .source = collector_source(stream->collector) };

	if (stream->options->output == OUTPUT_ROWS)
		return row_text(&stream->rows, stream->model, stream->buf, stream->cap);
	return json_line(stream->model, &info, stream->buf, stream->cap);
}

/* Formats the model, growing the buffer as a machine with more CPUs or disks needs. */
static long format_grown(struct stream *stream)
{
	for (;;) {
		long len = format(stream);
		char *grown;

		if (len != -ENOSPC)
			return len;
		grown = realloc(stream->buf, stream->cap * 2);
		if (!grown)
			return -ENOMEM;
		stream->buf = grown;
		stream->cap *= 2;
	}
}

/* Waits until the given time of CLOCK_MONOTONIC. */
static void wait_until(uint64_t ns)
{
	struct timespec at = { .tv_sec = (time_t)(ns / NS_PER_S), .tv_nsec = (long)(ns % NS_PER_S) };

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) == EINTR)
		;
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

static int loop(struct stream *stream)
{
	const struct sample *previous = NULL;
	uint64_t at = clock_ns(CLOCK_MONOTONIC);
	unsigned long done = 0;

	for (unsigned long i = 0;; i++) {
		struct sample *sample = &stream->sample[i % 2];
		long len;
		int err = collector_take(stream->collector, sample);

		if (!err)
			err = model_update(stream->model, previous, sample);
		if (err)
			return err;
		len = format_grown(stream);
		err = len < 0 ? (int)len : write_all(stream->buf, (size_t)len);
		if (err)
			return err;
		done += len > 0;
		if (stream->options->count && done >= stream->options->count)
			return 0;
		previous = sample;
		at = next_time(at, stream->options->delay_s);
		wait_until(at);
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
	int err = sample_init(&stream.sample[0]);

	signal(SIGPIPE, SIG_IGN); /* the write says EPIPE */
	if (!err)
		err = sample_init(&stream.sample[1]);
	stream.buf = malloc(stream.cap);
	if (!err)
		err = stream.buf ? loop(&stream) : -ENOMEM;
	sample_release(&stream.sample[0]);
	sample_release(&stream.sample[1]);
	free(stream.buf);
	if (!err || err == -EPIPE)
		return EXIT_SUCCESS;
	fprintf(stderr, "stalltop: %s\n", strerror(-err));
	return EXIT_FAILURE;
}
