#include "app/line_thread.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "app/line_writer.h"
#include "app/thread.h"
#include "base/clock.h"

static void *run(void *argument)
{
	struct line_thread *lines = argument;

	line_writer_take_alarms(true);
	for (;;) {
		event_wait(lines->want_fd);
		if (lines->stop)
			return NULL;
		lines->result = stream_out_send(lines->out);
		event_signal(lines->done_fd);
	}
}

static void close_events(struct line_thread *lines)
{
	if (lines->want_fd >= 0)
		close(lines->want_fd);
	if (lines->done_fd >= 0)
		close(lines->done_fd);
	lines->want_fd = lines->done_fd = -1;
}

int line_thread_start(struct line_thread *lines, const struct stream_out *out)
{
	int err;

	*lines = (struct line_thread){ .out = out };
	lines->want_fd = eventfd(0, EFD_CLOEXEC);
	lines->done_fd = eventfd(0, EFD_CLOEXEC);
	if (lines->want_fd < 0 || lines->done_fd < 0)
		err = -errno;
	else
		err = thread_start(&lines->thread, run, lines);
	if (err)
		close_events(lines);
	else
		line_writer_take_alarms(false);
	lines->running = !err;
	return err;
}

void line_thread_send(struct line_thread *lines)
{
	lines->busy = true;
	lines->sent_ns = clock_ns(CLOCK_MONOTONIC);
	line_writer_hold();
	event_signal(lines->want_fd);
}

bool line_thread_is_done(const struct line_thread *lines)
{
	struct pollfd done = { .fd = lines->done_fd, .events = POLLIN };

	return poll(&done, 1, 0) == 1;
}

int line_thread_fetch(struct line_thread *lines)
{
	event_wait(lines->done_fd);
	lines->busy = false;
	return lines->result;
}

void line_thread_stop(struct line_thread *lines)
{
	if (!lines->running)
		return;
	if (lines->busy)
		line_thread_fetch(lines);
	lines->stop = true;
	event_signal(lines->want_fd);
	pthread_join(lines->thread, NULL);
	close_events(lines);
	lines->running = false;
}
