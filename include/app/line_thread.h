/*
 * app/line_thread: a stream's lines written by a thread of their own, so that a reader who stalls holds up
 * neither the samples of a recording nor those that wait for /metrics.
 *
 * One line at a time: while it is written the stream_out belongs to the thread.
 */
#ifndef STALLTOP_APP_LINE_THREAD_H
#define STALLTOP_APP_LINE_THREAD_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "app/stream_out.h"

struct line_thread {
	const struct stream_out *out;
	pthread_t thread;
	int want_fd, done_fd;
	uint64_t sent_ns; /* CLOCK_MONOTONIC, of the last line */
	bool running, busy;
	bool stop;
	int result;
};

/* After line_writer_begin(): the thread takes over its alarms. 0 or -errno. */
int line_thread_start(struct line_thread *lines, const struct stream_out *out);

/* Has what the stream_out has ready written. Not while busy. */
void line_thread_send(struct line_thread *lines);

/* Whether the line has been written, or given up; done_fd is readable then. */
bool line_thread_is_done(const struct line_thread *lines);

/* What stream_out_send() returned; waits for it. */
int line_thread_fetch(struct line_thread *lines);

/* Waits for a line that is still being written. */
void line_thread_stop(struct line_thread *lines);

#endif
