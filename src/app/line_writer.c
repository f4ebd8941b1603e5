#include "app/line_writer.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

/*
 * A line that was begun is finished before a signal ends the program. An alarm a second later breaks
 * into a write() that waits for a reader who has stalled. The handler of the end may run in another
 * thread than the write: each sets its own flag before it looks at the other's, so that one of them ends it.
 */
static atomic_int writing, asked_to_end;
static volatile sig_atomic_t alarms;

static void on_end(int number)
{
	atomic_store(&asked_to_end, number);
	if (atomic_load(&writing)) {
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
void line_writer_begin(void)
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

void line_writer_take_alarms(bool take)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	pthread_sigmask(take ? SIG_UNBLOCK : SIG_BLOCK, &set, NULL);
}

void line_writer_hold(void)
{
	atomic_store(&writing, 1);
}

/* Somebody else may have made our end of a pipe non-blocking. */
static void wait_writable(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

	poll(&out, 1, -1);
}

static int write_bytes(const char *text, size_t len)
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

int line_write(const char *text, size_t len)
{
	int err, number;

	atomic_store(&writing, 1);
	err = write_bytes(text, len);
	atomic_store(&writing, 0);
	number = atomic_load(&asked_to_end);
	if (number) {
		signal(number, SIG_DFL);
		kill(getpid(), number);
	}
	return err;
}
