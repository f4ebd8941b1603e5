#include "app/signals.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/signalfd.h>

static sigset_t set_of(const int *signals, size_t count)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < count; i++)
		sigaddset(&set, signals[i]);
	return set;
}

static sigset_t taken(void)
{
	static const int signals[] = {
		SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH
	};

	return set_of(signals, sizeof(signals) / sizeof(*signals));
}

void signals_hold(void)
{
	sigset_t set = taken();

	sigprocmask(SIG_BLOCK, &set, NULL);
}

void signals_let_end(void)
{
	static const int ends[] = { SIGTERM, SIGHUP, SIGQUIT };
	sigset_t set = set_of(ends, sizeof(ends) / sizeof(*ends));

	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

int signals_open(void)
{
	sigset_t set = taken();
	int fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);

	return fd < 0 ? -errno : fd;
}

void signals_stop(void)
{
	static const struct timespec at_once;
	static const int stop = SIGTSTP, go_on = SIGCONT;
	sigset_t stops = set_of(&stop, 1), goes_on = set_of(&go_on, 1);

	raise(SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &stops, NULL);
	sigprocmask(SIG_BLOCK, &stops, NULL);
	sigtimedwait(&goes_on, NULL, &at_once);
}

void signals_end_by(int number)
{
	sigset_t set = set_of(&number, 1);

	signal(number, SIG_DFL);
	raise(number);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}
