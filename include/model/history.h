/*
 * model/history: the last HISTORY_ROWS instants, so that one can look back: what a past instant had
 * becomes a model again, which panes show like any other.
 *
 * Kept of an instant: every metric, its level and why it was absent; what the system files said; the
 * verdict; each CPU in hundredths of a per cent; the first disks; and of the processes the union of
 * the top rows (model/top). About 8 kB an instant and 22 bytes a CPU: 8 MB when it is full, 9 with 64
 * CPUs. All of it is allocated with the first instant and touched as it fills; nothing after that.
 *
 * The caller owns the struct, all zero at first.
 */
#ifndef STALLTOP_MODEL_HISTORY_H
#define STALLTOP_MODEL_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/model.h"
#include "model/top.h"

#define HISTORY_CPUS 256 /* further ones have no past */
#define HISTORY_DISKS 8
#define HISTORY_TASKS (TOP_SET_MAX + 1) /* and the culprit */

struct instant;
struct cpu_past;

struct history {
	struct instant *instant; /* HISTORY_ROWS */
	struct cpu_past *cpu; /* HISTORY_ROWS rows of cpu_count */
	size_t cpu_count;
	size_t count; /* instants held */
	size_t head; /* index of the newest */
	struct model past; /* that shows one of them */
	struct sample past_sample;
};

void history_release(struct history *history);

/* Remembers the model's instant. 0, or -ENOMEM at the first. */
int history_push(struct history *history, const struct model *model);

/* Forgets the newest instants, all of them at most. */
void history_rewind(struct history *history, size_t instants);

/*
 * Makes history->past the instant `age` pushes ago, ranked by the orders and the filter that it has.
 * newest: the model that was pushed last, whose graphs it shares. 0 or -ENOMEM.
 */
int history_show(struct history *history, size_t age, const struct model *newest);

/* What the system files said then: the arrays of the sample are empty. NULL where there is none. */
const struct sample *history_sample(const struct history *history, size_t age);

/*
 * What is kept of one process, CPU (the kernel's id) or disk of an instant. False where nothing is. The
 * view of a process points to *task; that of a disk to none.
 */
bool history_task(const struct history *history, size_t age, uint32_t pid, uint64_t start_ns,
		  struct task *task, struct task_view *view);
bool history_cpu(const struct history *history, size_t age, uint32_t id, struct cpu_view *cpu);
bool history_disk(const struct history *history, size_t age, const char *name,
		  struct disk_view *disk);

#endif
