#include "bench/monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <pty.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "bench/crowd.h"

#define QUIET_NS (300 * NS_PER_MS) /* without output for so long: between two refreshes */
#define QUIET_WAIT_NS (3 * NS_PER_S) /* one that is never quiet is measured all the same */
#define END_WAIT_NS (2 * NS_PER_S)
#define FRAME_END_NS (5 * NS_PER_MS) /* of quiet, at a delay of 0.05 s */

const struct monitor monitors[] = {
	{ "stalltop", { "stalltop", "-d", "1", NULL } },
	{ "st.proc", { "stalltop", "-d", "1", "--source", "proc", NULL } },
	{ "top", { "top", "-d", "1", NULL } },
	{ "htop", { "htop", "-d", "10", NULL } },
	{ "btop", { "btop", NULL } },
	{ "atop", { "atop", "1", NULL } },
};
const size_t monitor_count = sizeof(monitors) / sizeof(*monitors);

/* One that runs. */
struct session {
	const struct monitor_run *run;
	pid_t pid;
	int fd; /* the terminal's other end; -1: closed by the monitor's end */
	uint64_t output_ns; /* when it last wrote */
};

bool monitor_installed(const char *program)
{
	const char *path = getenv("PATH");
	char file[4096];

	if (strchr(program, '/'))
		return !access(program, X_OK);
	while (path && *path) {
		size_t len = strcspn(path, ":");

		snprintf(file, sizeof(file), "%.*s/%s", (int)len, path, program);
		if (!access(file, X_OK))
			return true;
		path += len + (path[len] == ':');
	}
	return false;
}

int monitor_home(char *pattern)
{
	static const char *const folders[] = { "/config", "/config/btop" };
	char path[4096];
	FILE *file;

	if (!mkdtemp(pattern))
		return -errno;
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		snprintf(path, sizeof(path), "%s%s", pattern, folders[i]);
		if (mkdir(path, 0700))
			return -errno;
	}
	/* btop has no option for it, and refreshes every other second without. */
	snprintf(path, sizeof(path), "%s/config/btop/btop.conf", pattern);
	file = fopen(path, "w");
	if (!file)
		return -errno;
	fputs("update_ms = 1000\n", file);
	return fclose(file) ? -errno : 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *walk)
{
	(void)st;
	(void)type;
	(void)walk;
	return remove(path);
}

void monitor_home_remove(const char *home)
{
	nftw(home, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void set_environment(const char *home)
{
	static const char *const unwanted[] = { "LC_ALL", "LC_CTYPE", "LC_NUMERIC", "NO_COLOR",
						"LINES",  "COLUMNS",  "HTOPRC" };
	char config[4096];

	for (size_t i = 0; i < sizeof(unwanted) / sizeof(*unwanted); i++)
		unsetenv(unwanted[i]);
	snprintf(config, sizeof(config), "%s/config", home);
	setenv("HOME", home, 1);
	setenv("XDG_CONFIG_HOME", config, 1);
	setenv("XDG_STATE_HOME", config, 1);
	setenv("TERM", "xterm-256color", 1);
	setenv("LANG", "C.UTF-8", 1);
	setenv("ATOPACCT", "", 1); /* atop turns no process accounting on */
}

static int start(struct session *session, const char *const *argv)
{
	struct winsize size = { .ws_row = MONITOR_ROWS, .ws_col = MONITOR_COLUMNS };

	session->pid = forkpty(&session->fd, NULL, NULL, &size);
	if (session->pid < 0)
		return -errno;
	if (!session->pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		set_environment(session->run->home);
		if (chdir("/"))
			_exit(126);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	fcntl(session->fd, F_SETFD, FD_CLOEXEC);
	session->output_ns = clock_ns(CLOCK_MONOTONIC);
	return 0;
}

static size_t drain(struct session *session)
{
	char buf[65536];
	ssize_t got = read(session->fd, buf, sizeof(buf));

	if (got > 0) {
		session->output_ns = clock_ns(CLOCK_MONOTONIC);
		return (size_t)got;
	}
	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return 0;
	close(session->fd); /* EIO: nobody has the terminal open any more */
	session->fd = -1;
	return 0;
}

/* Reads what comes first until `end`. */
static size_t wait_output(struct session *session, uint64_t end)
{
	struct pollfd poll_fd = { .fd = session->fd, .events = POLLIN };
	uint64_t now = clock_ns(CLOCK_MONOTONIC);
	struct timespec left = { 0 };

	if (end > now) {
		left.tv_sec = (time_t)((end - now) / NS_PER_S);
		left.tv_nsec = (long)((end - now) % NS_PER_S);
	}
	return ppoll(&poll_fd, 1, &left, NULL) > 0 ? drain(session) : 0;
}

static int check(const struct session *session)
{
	if (*session->run->stop)
		return -EINTR;
	return session->fd < 0 ? -ECHILD : 0;
}

static int watch(struct session *session, uint64_t end, size_t *bytes)
{
	int err;

	while (!(err = check(session)) && clock_ns(CLOCK_MONOTONIC) < end)
		*bytes += wait_output(session, end);
	return err;
}

/*
 * The next refresh, and the quiet after it: a window that begins there holds as many whole refreshes
 * as seconds. Those whose quiet never comes are taken as they are.
 */
static int wait_refresh(struct session *session)
{
	uint64_t end = clock_ns(CLOCK_MONOTONIC) + QUIET_WAIT_NS;
	size_t bytes = 0;
	int err = 0;

	while (!err && !bytes && clock_ns(CLOCK_MONOTONIC) < end) {
		bytes = wait_output(session, end);
		err = check(session);
	}
	while (!err && clock_ns(CLOCK_MONOTONIC) < end &&
	       clock_ns(CLOCK_MONOTONIC) - session->output_ns < QUIET_NS) {
		wait_output(session, session->output_ns + QUIET_NS);
		err = check(session);
	}
	return err;
}

static int press(const struct session *session, const char *keys)
{
	return write(session->fd, keys, strlen(keys)) < 0 ? -errno : 0;
}

/* Fast samples first, each of which draws a frame; then one a second again. */
static int fill(struct session *session)
{
	uint64_t counted = session->output_ns;
	unsigned frames = 0;
	int err = press(session, "d0.05\r");

	while (!err && frames < session->run->fill) {
		size_t got = wait_output(session, clock_ns(CLOCK_MONOTONIC) + FRAME_END_NS);

		if (!got && session->output_ns != counted) {
			counted = session->output_ns;
			frames++;
		}
		err = check(session);
	}
	return err ? err : press(session, "d1\r");
}

static int cpu_ns(pid_t pid, uint64_t *ns)
{
	struct timespec time;
	clockid_t clock;

	if (clock_getcpuclockid(pid, &clock) || clock_gettime(clock, &time))
		return -ECHILD;
	*ns = (uint64_t)time.tv_sec * NS_PER_S + (uint64_t)time.tv_nsec;
	return 0;
}

static int compare(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

static int measure(struct session *session, struct monitor_cost *cost)
{
	int refreshes = session->run->refreshes;
	size_t bytes[MONITOR_SECONDS_MAX] = { 0 }, ignored = 0;
	uint64_t began = clock_ns(CLOCK_MONOTONIC), before = 0, after = 0;
	char path[64];
	int err;

	err = watch(session, began + (uint64_t)(session->run->settle_s * 1e9), &ignored);
	if (!err && session->run->fill)
		err = fill(session);
	if (!err)
		err = wait_refresh(session);
	if (!err)
		err = cpu_ns(session->pid, &before);
	began = clock_ns(CLOCK_MONOTONIC);
	for (int i = 0; i < refreshes && !err; i++)
		err = watch(session, began += NS_PER_S, &bytes[i]);
	if (!err)
		err = cpu_ns(session->pid, &after);
	if (err)
		return err;
	qsort(bytes, (size_t)refreshes, sizeof(*bytes), compare);
	snprintf(path, sizeof(path), "/proc/%d/status", (int)session->pid);
	cost->cpu_ms = (double)(after - before) / (double)NS_PER_MS / refreshes;
	cost->bytes = bytes[refreshes / 2];
	cost->least_bytes = bytes[0];
	cost->rss_mb = crowd_proc_kb(path, "VmRSS:") / 1024;
	cost->anon_mb = crowd_proc_kb(path, "RssAnon:") / 1024;
	return 0;
}

/* By SIGTERM as a user's session would, its last output read so that it cannot block on it. */
static void end(struct session *session)
{
	uint64_t deadline = clock_ns(CLOCK_MONOTONIC) + END_WAIT_NS;

	kill(session->pid, SIGTERM);
	while (session->fd >= 0 && clock_ns(CLOCK_MONOTONIC) < deadline)
		wait_output(session, deadline);
	if (session->fd >= 0)
		close(session->fd);
	kill(session->pid, SIGKILL);
	while (waitpid(session->pid, NULL, 0) < 0 && errno == EINTR)
		;
}

int monitor_measure(const struct monitor_run *run, const char *const *argv,
		    struct monitor_cost *cost)
{
	struct session session = { .run = run, .fd = -1 };
	double slab_kb = crowd_proc_kb("/proc/meminfo", "Slab:");
	int err = start(&session, argv);

	if (err)
		return err;
	err = measure(&session, cost);
	cost->slab_mb = (crowd_proc_kb("/proc/meminfo", "Slab:") - slab_kb) / 1024;
	end(&session);
	return err;
}
