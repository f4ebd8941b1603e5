#include "app/bench.h"

#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "ui/view.h"

#define ROWS 45
#define COLUMNS 160

enum stage { STAGE_SYSTEM, STAGE_TASKS, STAGE_MODEL, STAGE_DRAW, STAGE_ALL, STAGES };

static const char *const stage_names[STAGES] = {
	[STAGE_SYSTEM] = "system files", [STAGE_TASKS] = "tasks", [STAGE_MODEL] = "model",
	[STAGE_DRAW] = "draw",		 [STAGE_ALL] = "all",
};

struct bench {
	struct collector *collector;
	struct model *model;
	struct sample sample[2];
	struct canvas canvas;
	struct view view;
	uint64_t *ns[STAGES]; /* one block, owned by ns[0] */
	size_t count;
};

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* The value below which a share of the sorted values lies (nearest rank), in microseconds. */
static double percentile(const uint64_t *sorted, size_t count, double share)
{
	size_t rank = (size_t)ceil(share * (double)count);

	return (double)sorted[rank ? rank - 1 : 0] / 1e3;
}

static void record(struct bench *bench, size_t i, const uint64_t ns[static STAGES])
{
	for (int stage = 0; stage < STAGES; stage++)
		bench->ns[stage][i] = ns[stage];
}

/* One refresh. The first opens files and reads every process: it is not among the measured ones. */
static int measure(struct bench *bench, size_t round)
{
	struct sample *sample = &bench->sample[round % 2];
	const struct sample *previous = round ? &bench->sample[(round + 1) % 2] : NULL;
	struct frame frame = {
		.host = collector_host(bench->collector),
		.source = collector_source(bench->collector),
		.source_why = collector_source_why(bench->collector),
		.draw_us = NAN,
	};
	uint64_t began, ready, drawn;
	int err = collector_take(bench->collector, sample);

	if (err)
		return err;
	began = clock_ns(CLOCK_MONOTONIC);
	err = model_update(bench->model, previous, sample);
	if (err)
		return err;
	ready = clock_ns(CLOCK_MONOTONIC);
	frame.now_real_ns = sample->real_ns;
	canvas_clear(&bench->canvas);
	view_draw(&bench->view, bench->model, &frame, &bench->canvas);
	drawn = clock_ns(CLOCK_MONOTONIC);
	if (round)
		record(bench, round - 1,
		       (uint64_t[STAGES]){
			       [STAGE_SYSTEM] = sample->self.system_ns,
			       [STAGE_TASKS] = sample->self.tasks_ns,
			       [STAGE_MODEL] = ready - began,
			       [STAGE_DRAW] = drawn - ready,
			       [STAGE_ALL] = sample->self.system_ns + sample->self.tasks_ns +
					     drawn - began,
		       });
	return 0;
}

static void print(struct bench *bench)
{
	printf("%zu samples of %zu tasks, source %s, microseconds\n", bench->count,
	       bench->model->task_count, collector_source(bench->collector));
	printf("%-14s %9s %9s %9s %9s %9s\n", "stage", "p50", "p95", "p99", "min", "max");
	for (int i = 0; i < STAGES; i++) {
		uint64_t *ns = bench->ns[i];

		qsort(ns, bench->count, sizeof(*ns), compare);
		printf("%-14s %9.1f %9.1f %9.1f %9.1f %9.1f\n", stage_names[i],
		       percentile(ns, bench->count, 0.50), percentile(ns, bench->count, 0.95),
		       percentile(ns, bench->count, 0.99), (double)ns[0] / 1e3,
		       (double)ns[bench->count - 1] / 1e3);
	}
}

static int run(struct bench *bench)
{
	uint64_t *block = reallocarray(NULL, bench->count, STAGES * sizeof(*block));
	int err = block ? canvas_resize(&bench->canvas, ROWS, COLUMNS) : -ENOMEM;

	for (int i = 0; i < STAGES && block; i++)
		bench->ns[i] = block + (size_t)i * bench->count;
	for (size_t round = 0; round <= bench->count && !err; round++)
		err = measure(bench, round);
	if (!err)
		print(bench);
	free(block);
	return err;
}

int bench_run(const struct options *options, struct collector *collector, struct model *model)
{
	struct bench bench = { .collector = collector, .model = model, .count = options->bench };
	int err = sample_init(&bench.sample[0]);

	if (!err)
		err = sample_init(&bench.sample[1]);
	view_init(&bench.view, options->delay_s);
	if (!err)
		err = run(&bench);
	sample_release(&bench.sample[0]);
	sample_release(&bench.sample[1]);
	canvas_release(&bench.canvas);
	view_release(&bench.view);
	if (!err)
		return EXIT_SUCCESS;
	fprintf(stderr, "stalltop: %s\n", strerror(-err));
	return EXIT_FAILURE;
}
