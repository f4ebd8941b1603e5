#include "app/sampler.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* An eventfd moves 8 bytes or fails with EINTR; nothing else can happen to one of our own. */
static void signal_event(int fd)
{
	uint64_t one = 1;

	while (write(fd, &one, sizeof(one)) < 0 && errno == EINTR)
		;
}

static void wait_event(int fd)
{
	uint64_t count;

	while (read(fd, &count, sizeof(count)) < 0 && errno == EINTR)
		;
}

static void *run(void *argument)
{
	struct sampler *sampler = argument;

	for (;;) {
		wait_event(sampler->want_fd);
		if (sampler->stop)
			return NULL;
		sampler->result =
			sampler->system ? collector_take_system(sampler->collector, sampler->target)
					: collector_take(sampler->collector, sampler->target);
		signal_event(sampler->done_fd);
	}
}

/*
 * Signals are the main thread's, which takes them from a descriptor. A fault of this thread is its own:
 * were it blocked, the process would die without its handler, and leave the terminal as it is.
 */
static int start_thread(struct sampler *sampler)
{
	static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS };
	sigset_t all, before;
	int err;

	sigfillset(&all);
	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++)
		sigdelset(&all, faults[i]);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	err = pthread_create(&sampler->thread, NULL, run, sampler);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return -err;
}

static void close_events(struct sampler *sampler)
{
	if (sampler->want_fd >= 0)
		close(sampler->want_fd);
	if (sampler->done_fd >= 0)
		close(sampler->done_fd);
}

int sampler_start(struct sampler *sampler, struct collector *collector)
{
	int err;

	*sampler = (struct sampler){ .collector = collector };
	sampler->want_fd = eventfd(0, EFD_CLOEXEC);
	sampler->done_fd = eventfd(0, EFD_CLOEXEC);
	if (sampler->want_fd < 0 || sampler->done_fd < 0)
		err = -errno;
	else
		err = start_thread(sampler);
	if (err)
		close_events(sampler);
	sampler->running = !err;
	return err;
}

static int ask(struct sampler *sampler, struct sample *target, bool system)
{
	if (sampler->busy)
		return -EBUSY;
	sampler->busy = true;
	sampler->target = target;
	sampler->system = system;
	signal_event(sampler->want_fd);
	return 0;
}

int sampler_ask(struct sampler *sampler, struct sample *target)
{
	return ask(sampler, target, false);
}

int sampler_ask_system(struct sampler *sampler, struct sample *target)
{
	return ask(sampler, target, true);
}

int sampler_fetch(struct sampler *sampler)
{
	wait_event(sampler->done_fd);
	sampler->busy = false;
	return sampler->result;
}

static bool is_done(const struct sampler *sampler)
{
	struct pollfd done = { .fd = sampler->done_fd, .events = POLLIN };

	return poll(&done, 1, 0) == 1;
}

bool sampler_stop(struct sampler *sampler)
{
	if (!sampler->running)
		return true;
	if (sampler->busy && is_done(sampler))
		sampler_fetch(sampler);
	if (sampler->busy)
		return false;
	sampler->stop = true;
	signal_event(sampler->want_fd);
	pthread_join(sampler->thread, NULL);
	close_events(sampler);
	sampler->running = false;
	return true;
}
