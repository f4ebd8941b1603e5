/*
 * Benchmark support: a full-screen monitor in a pseudo-terminal of its own, and what it costs there.
 *
 * It runs at 160x45 as xterm-256color with a home folder that only holds what makes it refresh once
 * a second, so every refresh is one second's work. Its output is read and counted, never shown.
 *
 * CPU time is that of the process's clock (clock_getcpuclockid(3)): in nanoseconds, the sum of what
 * /proc/PID/task/TID/schedstat says of its threads, those that have ended included.
 * Errors are -errno; -EINTR when *stop was set by a signal.
 */
#ifndef TESTS_BENCH_MONITOR_H
#define TESTS_BENCH_MONITOR_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#define MONITOR_ROWS 45
#define MONITOR_COLUMNS 160
#define MONITOR_SECONDS_MAX 60

struct monitor {
	const char *name;
	const char *argv[8]; /* to refresh once a second */
};

struct monitor_cost {
	double cpu_ms; /* a refresh */
	size_t bytes; /* to the terminal, in the median refresh */
	size_t least_bytes; /* and in the quietest */
	double rss_mb; /* at the end */
	double anon_mb; /* of them no file's, nor pages that BPF maps: its own */
	double slab_mb; /* kernel memory of the whole machine: what it grew by, so a hint */
};

struct monitor_run {
	const char *home; /* of the monitors, made by monitor_home() */
	double settle_s; /* before the window */
	unsigned
		fill; /* samples that stalltop takes before, every 0.05 s; 1,000 fill the history */
	int refreshes; /* of the window: whole seconds up to MONITOR_SECONDS_MAX */
	const volatile sig_atomic_t *stop;
};

/*
 * The monitors known. The first two are stalltop, by itself and on /proc; their argv[0] is to be replaced
 * by the one under test.
 */
#define STALLTOPS 2
extern const struct monitor monitors[];
extern const size_t monitor_count;

/* Whether the program is there: a path, or a name on PATH. */
bool monitor_installed(const char *program);

/* Makes a home folder for them from a mkdtemp(3) pattern; monitor_home_remove() takes it away. */
int monitor_home(char *pattern);
void monitor_home_remove(const char *home);

/* Starts argv, measures one window and ends it. -ECHILD: it ended by itself before the window did. */
int monitor_measure(const struct monitor_run *run, const char *const *argv,
		    struct monitor_cost *cost);

#endif
