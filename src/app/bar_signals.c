#include "app/bar_signals.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/signalfd.h>
#include <unistd.h>

static sigset_t taken(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigaddset(&set, SIGRTMIN + 1);
	return set;
}

void bar_signals_hold(void)
{
	sigset_t set = taken();

	sigprocmask(SIG_BLOCK, &set, NULL);
}

int bar_signals_open(void)
{
	sigset_t set = taken();
	int fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);

	return fd < 0 ? -errno : fd;
}

enum bar_wish bar_signals_take(int fd)
{
	struct signalfd_siginfo info;

	if (read(fd, &info, sizeof(info)) != (ssize_t)sizeof(info))
		return BAR_NOTHING;
	return (int)info.ssi_signo == SIGRTMIN ? BAR_INTERVAL : BAR_KERNEL;
}

double bar_next_interval(double delay_s)
{
	static const double intervals[] = { 1, 0.5, 0.25, 0.1, 2 };
	const size_t count = sizeof(intervals) / sizeof(*intervals);

	for (size_t i = 0; i < count; i++)
		if (delay_s >= intervals[i] && delay_s <= intervals[i])
			return intervals[(i + 1) % count];
	return intervals[0];
}
