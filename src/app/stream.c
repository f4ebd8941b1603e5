#include "app/stream.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "app/line_writer.h"
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
	struct sample sample[2];
	struct row_stream rows;
	char *buf;
	size_t cap;
};

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

/* Waits until the given time of CLOCK_MONOTONIC. */
static void wait_until(uint64_t ns)
{
	struct timespec at = { .tv_sec = (time_t)(ns / NS_PER_S),
			       .tv_nsec = (long)(ns % NS_PER_S) };

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

/* Takes the sample in and writes its line. 1 when a line was written, 0, or -errno. */
static int step(struct stream *stream, const struct sample *previous, const struct sample *sample)
{
	int err = model_update(stream->model, previous, sample);
	long len;

	if (err)
		return err;
	len = format_grown(stream);
	err = len < 0 ? (int)len : line_write(stream->buf, (size_t)len);
	return err ? err : len > 0;
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

	for (;;) {
		int wrote = collector_take(stream->collector, sample);

		if (wrote < 0)
			return wrote;
		if (!previous || previous->mono_ns != sample->mono_ns ||
		    stream->options->output == OUTPUT_JSON) {
			wrote = step(stream, previous, sample);
			if (wrote < 0)
				return wrote;
			done += (unsigned long)wrote;
			if (stream->options->count && done >= stream->options->count)
				return 0;
			previous = sample;
			sample = &stream->sample[sample == &stream->sample[0]];
			moved = clock_ns(CLOCK_MONOTONIC);
		} else if (!done && stands_still(stream, moved)) {
			return -ETIME;
		}
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

	line_writer_begin();
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
	if (err == -ETIME)
		fprintf(stderr,
			"stalltop: the uptime of this copy stands still, so there are no rows "
			"(--json shows what it has)\n");
	else
		fprintf(stderr, "stalltop: %s\n", strerror(-err));
	return EXIT_FAILURE;
}
