/*
 * What a refresh costs beside the other monitors, and where stalltop spends it.
 *
 *   bench_cost [-n PROCESSES[,PROCESSES...]] [-m MONITOR[,MONITOR...]] [-r ROUNDS] [-w SECONDS]
 *              [-s SETTLE_SECONDS] [-b SAMPLES] [-f SAMPLES]
 *
 * For each number of processes the machine is filled up to it with sleeping ones. Then every
 * monitor found runs in turn, ROUNDS times over, so that a slow spell of the machine hits all of
 * them. With -f stalltop has taken so many samples before: 1,000 fill its history. Last, stalltop
 * --bench SAMPLES (0: none) says what each stage takes. STALLTOP names the
 * program under test. The machine should be idle: what others run shows in the numbers, and of what
 * goes to the terminal only the quietest refresh then says what a quiet machine would cost.
 *
 * Slowness is printed, not failed on: exit 1 only when nothing could be measured, 2 on wrong usage.
 */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/crowd.h"
#include "bench/monitor.h"
#include "bench/numbers.h"

#define ROUNDS_MAX 16
#define MONITORS_MAX 16
#define QUIET_BYTES_LIMIT 1500

/* What stalltop may need for a refresh, and what it should. */
static const struct bound {
	long processes; /* from so many on */
	double limit_ms, goal_ms;
} bounds[STALLTOPS][3] = {
	{ { 10000, 16, 10 }, { 2000, 4.5, 2.6 }, { 0, 1.3, 0.8 } },
	{ { 10000, 90, 40 }, { 2000, 20, 8 }, { 0, 1.6, 1 } },
};

struct settings {
	struct steps steps; /* processes */
	const char *only; /* names of monitors; NULL: all */
	int rounds, samples;
	unsigned fill;
	const char *stalltop;
	struct monitor_run run;
};

/* The rounds of one monitor at one number of processes. */
struct result {
	double cpu_ms[ROUNDS_MAX];
	struct monitor_cost last;
	size_t least_bytes; /* of all rounds */
	int rounds;
};

static volatile sig_atomic_t stop;

static void on_signal(int signal_number)
{
	(void)signal_number;
	stop = 1;
}

static bool take_option(struct settings *settings, int option)
{
	long value;

	switch (option) {
	case 'n':
		return steps_take(&settings->steps, optarg);
	case 'm':
		settings->only = optarg;
		return true;
	case 'r':
		if (!number_take(optarg, 1, ROUNDS_MAX, &value))
			return false;
		settings->rounds = (int)value;
		return true;
	case 'w':
		if (!number_take(optarg, 1, MONITOR_SECONDS_MAX, &value))
			return false;
		settings->run.refreshes = (int)value;
		return true;
	case 's':
		if (!number_take(optarg, 0, 3600, &value))
			return false;
		settings->run.settle_s = (double)value;
		return true;
	case 'b':
		if (!number_take(optarg, 0, INT_MAX, &value))
			return false;
		settings->samples = (int)value;
		return true;
	case 'f':
		if (!number_take(optarg, 0, 100000, &value))
			return false;
		settings->fill = (unsigned)value;
		return true;
	}
	return false;
}

static bool listed(const char *names, const char *name)
{
	size_t len = strlen(name);

	for (; names; names = strchr(names, ',') ? strchr(names, ',') + 1 : NULL)
		if (strcspn(names, ",") == len && !strncmp(names, name, len))
			return true;
	return false;
}

static const char *program(const struct settings *settings, size_t which)
{
	return which < STALLTOPS ? settings->stalltop : monitors[which].argv[0];
}

static bool chosen(const struct settings *settings, size_t which)
{
	return (!settings->only || listed(settings->only, monitors[which].name)) &&
	       monitor_installed(program(settings, which));
}

static int measure(const struct settings *settings, size_t which, struct result *result)
{
	const char *argv[sizeof(monitors[0].argv) / sizeof(char *)];
	struct monitor_run run = settings->run;
	int err;

	memcpy(argv, monitors[which].argv, sizeof(argv));
	argv[0] = program(settings, which);
	run.fill = which < STALLTOPS ? settings->fill : 0;
	err = monitor_measure(&run, argv, &result->last);
	if (err == -ECHILD)
		printf("%s ended by itself\n", monitors[which].name);
	else if (err && err != -EINTR)
		printf("%s: %s\n", monitors[which].name, strerror(-err));
	if (err)
		return err;
	if (!result->rounds || result->last.least_bytes < result->least_bytes)
		result->least_bytes = result->last.least_bytes;
	result->cpu_ms[result->rounds++] = result->last.cpu_ms;
	return 0;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Sorts the rounds; 0 if there are none. */
static double median(struct result *result)
{
	int n = result->rounds;

	qsort(result->cpu_ms, (size_t)n, sizeof(*result->cpu_ms), compare);
	return n ? (result->cpu_ms[(n - 1) / 2] + result->cpu_ms[n / 2]) / 2 : 0;
}

static void print_bound(const char *what, double value, double bound, const char *unit,
			const char *missed)
{
	printf(", %s %g %s %s", what, bound, unit, value <= bound ? "ok" : missed);
}

static void print_verdict(size_t which, long processes, double ms, size_t bytes)
{
	const struct bound *bound = bounds[which];

	while (processes < bound->processes)
		bound++;
	printf("%s: %.2f ms", monitors[which].name, ms);
	print_bound("limit", ms, bound->limit_ms, "ms", "MISSED");
	print_bound("goal", ms, bound->goal_ms, "ms", "missed");
	printf("; quietest %zu bytes", bytes);
	print_bound("limit", (double)bytes, QUIET_BYTES_LIMIT, "bytes", "MISSED");
	putchar('\n');
}

static void print_results(struct result *results, long step)
{
	double own_ms = median(&results[0]);

	printf("\n%zu processes\n%-9s %8s %19s %8s %8s %8s %8s %8s %8s\n", crowd_machine(),
	       "monitor", "ms", "(min - max)", "ratio", "bytes", "quietest", "RSS MB", "anon MB",
	       "slab MB");
	for (size_t i = 0; i < monitor_count; i++) {
		struct result *result = &results[i];
		double ms = median(result);
		char ratio[16] = "-";

		if (!result->rounds)
			continue;
		if (own_ms > 0)
			snprintf(ratio, sizeof(ratio), "%.2f", ms / own_ms);
		printf("%-9s %8.2f %8.2f - %8.2f %8s %8zu %8zu %8.1f %8.1f %8.1f\n",
		       monitors[i].name, ms, result->cpu_ms[0], result->cpu_ms[result->rounds - 1],
		       ratio, result->last.bytes, result->least_bytes, result->last.rss_mb,
		       result->last.anon_mb, result->last.slab_mb);
	}
	for (size_t i = 0; i < STALLTOPS; i++)
		if (results[i].rounds)
			print_verdict(i, step, median(&results[i]), results[i].least_bytes);
	fflush(stdout);
}

static int run_stages(const struct settings *settings)
{
	char count[16];
	int status;
	pid_t pid;

	snprintf(count, sizeof(count), "%d", settings->samples);
	fflush(NULL);
	pid = fork();
	if (pid < 0)
		return -errno;
	if (!pid) {
		execl(settings->stalltop, settings->stalltop, "--bench", count, (char *)NULL);
		_exit(127);
	}
	while (waitpid(pid, &status, 0) < 0)
		if (stop)
			kill(pid, SIGTERM);
	return WIFEXITED(status) && !WEXITSTATUS(status) ? 0 : -ECHILD;
}

static int run_monitors(const struct settings *settings, long step)
{
	struct result results[MONITORS_MAX] = { 0 };
	bool any = false;
	int err = 0;

	for (int round = 0; round < settings->rounds && err != -EINTR; round++)
		for (size_t i = 0; i < monitor_count && err != -EINTR; i++)
			if (chosen(settings, i)) {
				err = measure(settings, i, &results[i]);
				any = any || !err;
			}
	if (any)
		print_results(results, step);
	if (err == -EINTR)
		return err;
	return any ? 0 : -ECHILD;
}

static int run_step(const struct settings *settings, struct crowd *crowd, long step)
{
	long others = (long)(crowd_machine() - crowd->count);
	int err = crowd_resize(crowd, step > others ? (size_t)(step - others) : 0);

	if (err) {
		printf("\n%ld processes: skipped, only %zu sleeping ones could be made: %s\n", step,
		       crowd->count, strerror(-err));
		return 0;
	}
	err = run_monitors(settings, step);
	if (!err && settings->samples && chosen(settings, 0))
		err = run_stages(settings);
	return err;
}

static int run_all(const struct settings *settings)
{
	struct crowd crowd = { 0 };
	int err = 0;

	printf("CPU time and output of a refresh, one a second at %dx%d; %d rounds of %d s each\n",
	       MONITOR_COLUMNS, MONITOR_ROWS, settings->rounds, settings->run.refreshes);
	for (int i = 0; i < settings->steps.count && !err; i++)
		err = run_step(settings, &crowd, settings->steps.of[i]);
	crowd_resize(&crowd, 0);
	return err;
}

static void take_signals(void)
{
	static const int taken[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = on_signal };

	for (size_t i = 0; i < sizeof(taken) / sizeof(*taken); i++)
		sigaction(taken[i], &action, NULL);
}

int main(int argc, char **argv)
{
	char home[] = "/tmp/stalltop-bench.XXXXXX";
	const char *stalltop = getenv("STALLTOP");
	struct settings settings = {
		.steps = { { 70, 2000, 10000 }, 3 },
		.rounds = 2,
		.samples = 200,
		.stalltop = stalltop ? stalltop : "build/stalltop",
		.run = { .home = home, .settle_s = 2, .refreshes = 3, .stop = &stop },
	};
	int option, err;

	crowd_sleep(argc, argv);
	while ((option = getopt(argc, argv, "n:m:r:w:s:b:f:")) != -1)
		if (!take_option(&settings, option)) {
			fprintf(stderr, "bench_cost: wrong usage: see the top of bench_cost.c\n");
			return 2;
		}
	take_signals();
	err = monitor_home(home);
	if (!err) {
		err = run_all(&settings);
		monitor_home_remove(home);
	}
	if (err && err != -EINTR)
		fprintf(stderr, "bench_cost: nothing measured: %s\n", strerror(-err));
	return err ? EXIT_FAILURE : EXIT_SUCCESS;
}
