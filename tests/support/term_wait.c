#include "term_private.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

#define READ_MAX (64 * 1024) /* between two looks at a condition */
#define NAP_MS 10 /* between two looks for the program's end, without a pidfd */

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int left_ms(int64_t deadline)
{
	int64_t left = deadline - now_ms();

	return left < 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}

/* Reads what is there, up to READ_MAX. The number of bytes, 0 if none now. */
size_t term_read_output(struct term *t)
{
	char buf[4096];
	size_t total = 0;

	while (!t->ended && total < READ_MAX) {
		ssize_t n = read(t->master, buf, sizeof(buf));

		if (n > 0) {
			total += (size_t)n;
			t->output_ns = clock_ns(CLOCK_MONOTONIC);
			term_filter_write(&t->filter, buf, (size_t)n);
		} else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
			t->ended = true; /* EIO: the other side is closed */
		} else if (errno == EAGAIN) {
			break;
		}
	}
	t->bytes += total;
	return total;
}

/* Up to the deadline: 1 once output came, 0 if none did, -EPIPE if none can come any more. */
static int step(struct term *t, int64_t deadline)
{
	for (;;) {
		struct pollfd fd = { .fd = t->master, .events = POLLIN };
		int left = left_ms(deadline);
		int ready;

		if (t->ended)
			return -EPIPE;
		if (t->no_room)
			return -ENOMEM;
		if (t->input.len > 0)
			fd.events |= POLLOUT;
		ready = poll(&fd, 1, left);
		if (ready < 0 && errno != EINTR)
			return -errno;
		if (ready > 0 && (fd.revents & POLLOUT))
			term_write_input(t);
		if (ready > 0 && (fd.revents & ~POLLOUT) && term_read_output(t) > 0)
			return 1;
		if (left == 0 && !t->ended)
			return 0;
	}
}

static int complain(struct term *t, const char *what, const char *detail, int error)
{
	const char *why = error == -ETIMEDOUT ? "time-out"
			  : error == -EPIPE   ? "the program is gone,"
					      : strerror(-error);

	fprintf(stderr, "terminal of pid %d: %s waiting for %s\n", (int)t->pid, why, what);
	if (detail)
		fprintf(stderr, "  \"%s\"\n", detail);
	term_print(t, stderr);
	return error;
}

static int wait_for(struct term *t, term_condition *condition, void *arg, int timeout_ms)
{
	int64_t deadline = now_ms() + timeout_ms;

	for (;;) {
		bool met = condition(t, arg);
		int64_t settled = now_ms() + TERM_SETTLED_MS;
		int got = step(t, met && settled < deadline ? settled : deadline);

		if (got == -EPIPE && condition(t, arg))
			return 0;
		if (got < 0)
			return got;
		if (got == 0 && met)
			return 0;
		if (got == 0 || now_ms() >= deadline)
			return -ETIMEDOUT;
	}
}

int term_wait(struct term *t, term_condition *condition, void *arg, int timeout_ms)
{
	int error = wait_for(t, condition, arg, timeout_ms);

	return error ? complain(t, "a condition", NULL, error) : 0;
}

static bool text_shown(struct term *t, void *text)
{
	return term_shows(t, text);
}

static bool text_gone(struct term *t, void *text)
{
	return !term_shows(t, text);
}

int term_wait_text(struct term *t, const char *text, int timeout_ms)
{
	int error = wait_for(t, text_shown, (void *)text, timeout_ms);

	return error ? complain(t, "the text", text, error) : 0;
}

int term_wait_gone(struct term *t, const char *text, int timeout_ms)
{
	int error = wait_for(t, text_gone, (void *)text, timeout_ms);

	return error ? complain(t, "the text to go", text, error) : 0;
}

int term_wait_quiet(struct term *t, int quiet_ms, int timeout_ms)
{
	int64_t deadline = now_ms() + timeout_ms;

	for (;;) {
		int64_t quiet = now_ms() + quiet_ms;
		int got = step(t, quiet < deadline ? quiet : deadline);

		if (got == -EPIPE || (got == 0 && quiet <= deadline))
			return 0;
		if (got < 0)
			return complain(t, "quiet", NULL, got);
		if (now_ms() >= deadline)
			return complain(t, "quiet", NULL, -ETIMEDOUT);
	}
}

int term_idle(struct term *t, int ms)
{
	int64_t deadline = now_ms() + ms;

	while (left_ms(deadline) > 0) {
		int got = step(t, deadline);

		if (got == -EPIPE)
			poll(NULL, 0, left_ms(deadline));
		else if (got < 0)
			return got;
	}
	return 0;
}

int term_exit(struct term *t, int timeout_ms, int *wstatus)
{
	int64_t deadline = now_ms() + timeout_ms;

	while (!t->reaped) {
		struct pollfd fds[2] = { { .fd = t->pidfd, .events = POLLIN },
					 { .fd = t->ended ? -1 : t->master, .events = POLLIN } };
		int left = left_ms(deadline);
		int nap = t->pidfd < 0 && left > NAP_MS ? NAP_MS : left;
		int error;

		if (t->input.len > 0)
			fds[1].events |= POLLOUT;
		if (poll(fds, 2, nap) < 0 && errno != EINTR)
			return -errno;
		if (fds[1].revents & POLLOUT)
			term_write_input(t);
		term_read_output(t);
		error = term_reap(t, WNOHANG);
		if (error)
			return error;
		if (!t->reaped && left == 0)
			return complain(t, "the program's end", NULL, -ETIMEDOUT);
	}
	/* The kernel may still be carrying its last words over. */
	while (step(t, now_ms() + TERM_SETTLED_MS) > 0 && left_ms(deadline) > 0)
		;
	if (wstatus)
		*wstatus = t->wstatus;
	return 0;
}
