/*
 * Two samples of a made-up machine, a second apart, and the model of them. The machine is quiet: two
 * idle CPUs, 8 GiB with 6 available, every counter known and standing still, no disk, no process.
 */
#ifndef STALLTOP_TESTS_MODEL_PAIR_H
#define STALLTOP_TESTS_MODEL_PAIR_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/value.h"
#include "model/model.h"

#define BEFORE_NS (1000 * NS_PER_S) /* CLOCK_MONOTONIC of the first sample */
#define SLEPT_NS (500 * NS_PER_S) /* CLOCK_BOOTTIME is ahead by this */
#define MEMORY_KB (8u << 20)

struct pair {
	struct sample before, now;
	struct model model;
};

/* Setup and teardown of a test: *state is a struct pair. */
int pair_setup(void **state);
int pair_teardown(void **state);
#define pair_test(f) cmocka_unit_test_setup_teardown(f, pair_setup, pair_teardown)

/* Takes in both samples. */
void pair_update(struct pair *pair);

/* Takes in `now` after `before` again, in a model that starts afresh. */
void pair_again(struct pair *pair);

/* Moves `now` to so many seconds after `before`, the CPUs idle. */
void pair_seconds(struct pair *pair, double seconds);

/* Appends a process, single-threaded, asleep, every counter 0; pids must ascend. */
struct task *sample_add_task(struct sample *sample, uint32_t pid, uint64_t start_ns);
/* Appends the same old process to both samples and returns the one of `now`. */
struct task *pair_add_task(struct pair *pair, uint32_t pid, const char *comm);
/* Appends a disk with every counter 0. */
struct disk_stat *sample_add_disk(struct sample *sample, const char *name);

const struct task_view *view_of_pid(const struct model *model, uint32_t pid);

/*
 * cmocka's assert_float_equal() takes NAN for equal to anything. The tolerance is that of the floats
 * in views.
 */
void check_near(double value, double expected, const char *text, const char *file, int line);
#define assert_near(value, expected) check_near(value, expected, #value, __FILE__, __LINE__)
#define assert_unknown(value) assert_true(isnan(value))

#endif
