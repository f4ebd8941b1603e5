/*
 * A model in which everything is known, filled by hand: no sample was compared. For tests of what
 * streams make of a model.
 */
#ifndef TESTS_OUT_FULL_MODEL_H
#define TESTS_OUT_FULL_MODEL_H

#include "model/model.h"

#define FULL_CPUS 2
#define FULL_DISKS 1
#define FULL_TASKS 7

struct full_model {
	struct model model;
	struct sample sample;
	struct cpu_view cpu[FULL_CPUS];
	struct disk_view disk[FULL_DISKS];
	struct disk_stat disk_stat[FULL_DISKS];
	struct task_view view[FULL_TASKS];
	struct task task[FULL_TASKS]; /* pids 1001, 1002, ... named "task0", "task1", ... */
};

/* The metric with id i has the value i + 0.25; no pointer leads outside *full. */
void full_model_init(struct full_model *full);

/* Makes every figure of it unknown and every list empty. */
void full_model_forget(struct full_model *full);

#endif
