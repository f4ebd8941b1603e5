#include "app/sampler.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "app/thread.h"

static void *run(void *argument)
{
	struct sampler *sampler = argument;

	for (;;) {
		event_wait(sampler->want_fd);
		if (sampler->stop)
			return NULL;
		sampler->result = sampler->system ? feed_take_system(sampler->feed, sampler->target)
						  : feed_take(sampler->feed, sampler->target);
		event_signal(sampler->done_fd);
	}
}

static void close_events(struct sampler *sampler)
{
	if (sampler->want_fd >= 0)
		close(sampler->want_fd);
	if (sampler->done_fd >= 0)
		close(sampler->done_fd);
}

int sampler_start(struct sampler *sampler, struct feed *feed)
{
	int err;

	*sampler = (struct sampler){ .feed = feed };
	sampler->want_fd = eventfd(0, EFD_CLOEXEC);
	sampler->done_fd = eventfd(0, EFD_CLOEXEC);
	if (sampler->want_fd < 0 || sampler->done_fd < 0)
		err = -errno;
	else
		err = thread_start(&sampler->thread, run, sampler);
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
	event_signal(sampler->want_fd);
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
	event_wait(sampler->done_fd);
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
	event_signal(sampler->want_fd);
	pthread_join(sampler->thread, NULL);
	close_events(sampler);
	sampler->running = false;
	return true;
}
