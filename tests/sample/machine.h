/*
 * Test support: a collector on a copy of a fixture machine, and its last two samples.
 */
#ifndef STALLTOP_TESTS_SAMPLE_MACHINE_H
#define STALLTOP_TESTS_SAMPLE_MACHINE_H

#include "sample/collector.h"
#include "screen/tree.h"

struct machine {
	struct tree tree;
	struct collector *collector;
	struct sample samples[2];
	struct sample *previous, *current;
};

/* Takes a sample of the instant; a failure fails the test. */
void machine_open(struct machine *machine, const char *name, int instant);
/* Goes to the instant and takes the next sample. */
void machine_advance(struct machine *machine, int instant);
/* The result of collector_take() of whatever is there now. */
int machine_take(struct machine *machine);
/* Begins anew, with a new collector, on the tree as it is. */
void machine_reopen(struct machine *machine);
void machine_close(struct machine *machine);

/* Whether the fixtures hold such an instant. */
bool machine_has(const char *name, int instant);

/* Replaces a file of the copy, its path below the copy's root; NULL removes it. */
void machine_put(const struct machine *machine, const char *path, const char *text, size_t len);

/* The process of the current sample, or of the previous one; fails the test when it is not there. */
const struct task *machine_task(const struct machine *machine, uint32_t pid);
const struct task *machine_task_before(const struct machine *machine, uint32_t pid);

#endif
