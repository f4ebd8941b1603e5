/*
 * How long the dashboard takes to answer a key, while samples go on.
 *
 *   bench_keys [-n PROCESSES[,PROCESSES...]] [-m SOURCE[,SOURCE]] [-r ROUNDS] [-f SAMPLES]
 *
 * For each number of processes the machine is filled up to it with sleeping ones, and for each
 * source stalltop runs at 160x45 with a sample a second. A round presses every key of the table below;
 * rounds shift against the samples, so that of ten each action has one pressed while a sample is
 * taken. With -f so many samples are taken before, every 0.05 s: 1,000 fill the history. STALLTOP
 * names the program under test.
 *
 * Each action is judged by its median, for the machine may run something else at any one press.
 * Slowness is printed, not failed on: exit 1 when a key is not answered at all or no samples come
 * meanwhile, 2 on wrong usage.
 */
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "bench/answer.h"
#include "bench/crowd.h"
#include "bench/monitor.h"
#include "bench/numbers.h"

#define ROUNDS_MAX 60
#define SLEEPERS_LEAST 60 /* more than a page of what is searched for */
#define LIMIT_MS 50
#define UP "\033OA"
#define DOWN "\033OB"
#define RIGHT "\033OC"
#define HOME "\033[H"
#define END "\033[F"
#define PAGE_UP "\033[5~"
#define PAGE_DOWN "\033[6~"

static char command_line[32]; /* of a sleeper */

static const struct press presses[] = {
	{ "zoom", "\r", PROOF_SHOWS, "GROW/s  NI" },
	{ "sort M", "M", PROOF_SHOWS, "TOP MEMORY" },
	{ "sort I", "I", PROOF_SHOWS, "TOP I/O" },
	{ "sort F", "F", PROOF_SHOWS, "TOP FAULTS" },
	{ "sort W", "W", PROOF_SHOWS, "TOP WAITS" },
	{ "sort P", "P", PROOF_SHOWS, "TOP CPU" },
	{ "sort >", ">", PROOF_SHOWS, "RSS▾" },
	{ "sort <", "<", PROOF_SHOWS, "CPU%▾" },
	{ "reverse r", "r", PROOF_SHOWS, "CPU%▴" },
	{ "reverse r", "r", PROOF_SHOWS, "CPU%▾" },
	{ "find /", "/", PROOF_SHOWS, " find: " },
	{ "find, letter", "s", PROOF_SHOWS, "find: s_" },
	{ "find, letter", "l", PROOF_SHOWS, "find: sl_" },
	{ "find, letter", "e", PROOF_SHOWS, "find: sle_" },
	{ "find, letter", "e", PROOF_SHOWS, "find: slee_" },
	{ "find, letter", "p", PROOF_SHOWS, "find: sleep_" },
	{ "find, next", DOWN, PROOF_SELECTED, NULL },
	{ "find, none", "q", PROOF_SHOWS, "none is called that" },
	{ "find, Esc", "\033", PROOF_GONE, " find: " },
	{ "PgDn", PAGE_DOWN, PROOF_SCROLLED, NULL },
	{ "End", END, PROOF_SCROLLED, NULL },
	{ "PgUp", PAGE_UP, PROOF_SCROLLED, NULL },
	{ "Home", HOME, PROOF_SCROLLED, NULL },
	{ "Down", DOWN, PROOF_SELECTED, NULL },
	{ "Down", DOWN, PROOF_SELECTED, NULL },
	{ "Up", UP, PROOF_SELECTED, NULL },
	{ "tree t", "t", PROOF_SHOWS, "TOP CPU  tree" },
	{ NULL, "/bench_keys\r", PROOF_GONE, " find: " },
	{ "fold -", "-", PROOF_SHOWS, "▸ bench" },
	{ "unfold +", "+", PROOF_SHOWS, "▾ bench" },
	{ "tree, PgDn", PAGE_DOWN, PROOF_SCROLLED, NULL },
	{ "tree t off", "t", PROOF_GONE, "TOP CPU  tree" },
	{ "threads H", "H", PROOF_SHOWS, "threads" },
	{ NULL, HOME, PROOF_GONE, "not sampled yet" },
	{ NULL, HOME, PROOF_SHOWS, " 1-39 of " },
	{ "threads, PgDn", PAGE_DOWN, PROOF_SCROLLED, NULL },
	{ "threads, r", "r", PROOF_SHOWS, "CPU%▴" },
	{ "threads, r", "r", PROOF_SHOWS, "CPU%▾" },
	{ "threads H off", "H", PROOF_GONE, "threads" },
	{ "kernel K", "K", PROOF_SHOWS, "no kernel threads" },
	{ "kernel K", "K", PROOF_GONE, "no kernel threads" },
	{ "filter \\", "\\", PROOF_SHOWS, "filter by name" },
	{ "filter, letter", "s", PROOF_SHOWS, "TOP CPU  \\s " },
	{ "filter, letter", "l", PROOF_SHOWS, "TOP CPU  \\sl " },
	{ "filter, letter", "e", PROOF_SHOWS, "TOP CPU  \\sle " },
	{ "filter, Enter", "\r", PROOF_GONE, "filter by name" },
	{ "command c", "c", PROOF_SHOWS, command_line },
	{ "command c off", "c", PROOF_GONE, command_line },
	{ NULL, "\\~sl.*", PROOF_SHOWS, "TOP CPU  \\~sl.*" },
	{ "filter, regex", "r", PROOF_SHOWS, "TOP CPU  \\~sl.*r " },
	{ NULL, "\r\\", PROOF_SHOWS, "Enter shows all" },
	{ "filter, cleared", "\r", PROOF_GONE, "TOP CPU  \\" },
	{ NULL, HOME, PROOF_SHOWS, " 1-" },
	{ "inspect i", "i", PROOF_SHOWS, "arrows move" },
	{ "inspect, arrow", RIGHT, PROOF_INSPECTED, NULL },
	{ "inspect, arrow", DOWN, PROOF_INSPECTED, NULL },
	{ "inspect, Esc", "\033", PROOF_GONE, "arrows move" },
	{ "past [", "[", PROOF_SHOWS, "s AGO" },
	{ "past ]", "]", PROOF_GONE, "s AGO" },
	{ "past {", "{", PROOF_SHOWS, " AGO" },
	{ "past, End", END, PROOF_GONE, " AGO" },
	{ "mark m", "m", PROOF_SHOWS, " SINCE " },
	{ "mark m off", "m", PROOF_GONE, " SINCE " },
	{ "columns C", "C", PROOF_SHOWS, "[x] " },
	{ "columns, Esc", "\033", PROOF_GONE, "[x] " },
	{ "help ?", "?", PROOF_SHOWS, " HELP " },
	{ "help ? off", "?", PROOF_GONE, " HELP " },
	{ "zoom, Esc", "\033", PROOF_SHOWS, " FAULTS " },
};
#define PRESSES (sizeof(presses) / sizeof(*presses))

struct settings {
	struct steps steps; /* processes */
	const char *sources;
	int rounds;
	unsigned fill;
};

/* Milliseconds. Near: pressed about when a sample is taken. */
struct times {
	double ms[PRESSES * ROUNDS_MAX];
	size_t count;
};

struct run {
	struct term *term;
	struct pace pace;
	struct times of[PRESSES], all, near; /* of[]: at the first press with the name */
	char clock[9]; /* of the newest sample seen */
	unsigned samples;
};

static bool take_option(struct settings *settings, int option)
{
	long value;

	switch (option) {
	case 'n':
		return steps_take(&settings->steps, optarg);
	case 'm':
		settings->sources = optarg;
		return strstr(optarg, "bpf") || strstr(optarg, "proc");
	case 'r':
		if (!number_take(optarg, 1, ROUNDS_MAX, &value))
			return false;
		settings->rounds = (int)value;
		return true;
	case 'f':
		if (!number_take(optarg, 0, 100000, &value))
			return false;
		settings->fill = (unsigned)value;
		return true;
	}
	return false;
}

static void add(struct times *times, double ms)
{
	times->ms[times->count++] = ms;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Sorts them. */
static void print_times(const char *name, struct times *times)
{
	size_t n = times->count;
	double median;

	qsort(times->ms, n, sizeof(*times->ms), compare);
	median = n ? (times->ms[(n - 1) / 2] + times->ms[n / 2]) / 2 : 0;
	printf("%-16s %7zu %8.1f %8.1f %8.1f  %s%s\n", name, n, median,
	       n ? times->ms[(n * 95 + 99) / 100 - 1] : 0, n ? times->ms[n - 1] : 0,
	       median <= LIMIT_MS ? "ok" : "SLOW",
	       n && times->ms[n - 1] > LIMIT_MS ? ", max is over" : "");
}

static size_t first_of(const char *name)
{
	size_t i = 0;

	while (!presses[i].name || strcmp(presses[i].name, name))
		i++;
	return i;
}

/* The header ends in the sample's time of day, which only a look back turns back. */
static void count_sample(struct run *run)
{
	const char *header = term_row(run->term, 0);
	size_t len = strlen(header);

	if (len < 8 || strcmp(header + len - 8, run->clock) <= 0)
		return;
	snprintf(run->clock, sizeof(run->clock), "%s", header + len - 8);
	run->samples++;
}

static int press(struct run *run, const struct press *press)
{
	bool near = pace_wait(&run->pace, run->term);
	uint64_t ns;
	int err = answer_time(run->term, press, &ns);
	double ms = (double)ns / (double)NS_PER_MS;

	if (err)
		return err;
	count_sample(run);
	if (!press->name)
		return 0;
	add(&run->of[first_of(press->name)], ms);
	add(&run->all, ms);
	if (near)
		add(&run->near, ms);
	return 0;
}

static int fill(struct run *run, unsigned samples)
{
	static const struct press fast = { NULL, "d0.05\r", PROOF_SHOWS, "every 0.05 s" };
	static const struct press slow = { NULL, "d1\r", PROOF_SHOWS, "every 1.0 s" };
	uint64_t ns;
	int err;

	if (!samples)
		return 0;
	err = answer_time(run->term, &fast, &ns);
	if (!err)
		err = answer_frames(run->term, samples);
	return err ? err : answer_time(run->term, &slow, &ns);
}

static int run_rounds(struct run *run, const struct settings *settings)
{
	uint64_t began = clock_ns(CLOCK_MONOTONIC), seconds;
	int err = 0;

	run->samples = 0;
	for (int round = 0; round < settings->rounds && !err; round++) {
		pace_skip_to(&run->pace, (unsigned)round * 3 % SLOTS);
		for (size_t i = 0; i < PRESSES && !err; i++)
			err = press(run, &presses[i]);
	}
	seconds = (clock_ns(CLOCK_MONOTONIC) - began) / NS_PER_S;
	printf("%u samples in %d s\n", run->samples, (int)seconds);
	if (!err && run->samples < seconds * 9 / 10) {
		fprintf(stderr, "bench_keys: samples did not go on\n");
		err = -ETIMEDOUT;
	}
	return err;
}

static void print_run(struct run *run)
{
	printf("%-16s %7s %8s %8s %8s  limit %d ms\n", "action", "presses", "median", "p95", "max",
	       LIMIT_MS);
	for (size_t i = 0; i < PRESSES; i++)
		if (presses[i].name && run->of[i].count)
			print_times(presses[i].name, &run->of[i]);
	print_times("all", &run->all);
	print_times("near a sample", &run->near);
}

static struct term *start(const char *source)
{
	static const char *const env[] = { "XDG_CONFIG_HOME=/nonexistent", NULL };
	const struct term_options options = {
		.rows = MONITOR_ROWS,
		.cols = MONITOR_COLUMNS,
		.env = env,
	};
	const char *stalltop = getenv("STALLTOP");
	char *argv[] = { (char *)(stalltop ? stalltop : "build/stalltop"),
			 "-d",
			 "1",
			 "--source",
			 (char *)source,
			 NULL };
	struct term *term = term_start(&options, argv);

	if (term && !term_wait_text(term, "every", TERM_WAIT_MS))
		return term;
	term_close(term);
	return NULL;
}

static int measure(struct run *run, const struct settings *settings)
{
	int err = fill(run, settings->fill);

	if (!err)
		err = pace_begin(&run->pace, run->term);
	if (!err)
		err = run_rounds(run, settings);
	print_run(run);
	return err;
}

static int run_source(const struct settings *settings, const char *source)
{
	struct run *run = calloc(1, sizeof(*run));
	int err = 0;

	if (!run)
		return -ENOMEM;
	printf("\n%zu processes, %s, %u samples before\n", crowd_machine(), source, settings->fill);
	run->term = start(source);
	if (run->term)
		err = measure(run, settings);
	else
		printf("skipped: it does not run\n");
	fflush(stdout);
	term_close(run->term);
	free(run);
	return err;
}

static int run_step(const struct settings *settings, struct crowd *crowd, long step)
{
	static const char *const sources[] = { "bpf", "proc" };
	long others = (long)(crowd_machine() - crowd->count);
	size_t more = step > others + SLEEPERS_LEAST ? (size_t)(step - others) : SLEEPERS_LEAST;
	int err = crowd_resize(crowd, more);

	if (err) {
		printf("\n%ld processes: skipped, only %zu sleeping ones could be made: %s\n", step,
		       crowd->count, strerror(-err));
		return 0;
	}
	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources) && !err; i++)
		if (strstr(settings->sources, sources[i]))
			err = run_source(settings, sources[i]);
	return err;
}

int main(int argc, char **argv)
{
	struct settings settings = {
		.steps = { { 70, 10000 }, 2 },
		.sources = "bpf,proc",
		.rounds = 5,
	};
	struct crowd crowd = { 0 };
	int option, err = 0;

	crowd_sleep(argc, argv);
	while ((option = getopt(argc, argv, "n:m:r:f:")) != -1)
		if (!take_option(&settings, option)) {
			fprintf(stderr, "bench_keys: wrong usage: see the top of bench_keys.c\n");
			return 2;
		}
	snprintf(command_line, sizeof(command_line), "bench-sleeper %d", (int)getpid());
	printf("From a key to the last byte of its answer at %dx%d, a sample a second; %d rounds\n",
	       MONITOR_COLUMNS, MONITOR_ROWS, settings.rounds);
	for (int i = 0; i < settings.steps.count && !err; i++)
		err = run_step(&settings, &crowd, settings.steps.of[i]);
	crowd_resize(&crowd, 0);
	return err ? EXIT_FAILURE : EXIT_SUCCESS;
}
