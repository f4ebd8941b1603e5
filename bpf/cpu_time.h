/*
 * bpf/cpu_time: when each CPU last switched, and by that the CPU time of a task up to now. The kernel
 * counts it, but the slice that goes on is not in its sum.
 *
 * The clocks of the scheduler (exec_start, last_arrival, last_queued) are not CLOCK_MONOTONIC, and each
 * CPU has its own. A slot keeps what both said at the last switch; a moment is carried over by that.
 */
#ifndef STALLTOP_BPF_CPU_TIME_H
#define STALLTOP_BPF_CPU_TIME_H

#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "bpf/task_fields.h"
#include "bpf/task_record.h"

/* Set before loading. */
const volatile bool with_waits; /* on_switch is loaded, and there is task storage */
const volatile uint64_t open_slice_max_ns; /* the kernel updates sum_exec_runtime that often */

/* A task that was moved to this CPU in its sleep: bpf/note.h. */
struct moved_task {
	uint64_t task; /* its task_struct's address, or 0 */
	uint64_t moved_ns;
	uint64_t awake_ns; /* 0: asleep */
};

#define MOVED_TASKS 4

/* What a CPU last did. Written by that CPU alone, but for what is moved to it. */
struct cpu_slot {
	uint64_t task; /* its task_struct's address; 0: no switch seen yet */
	uint64_t entered_ns; /* CLOCK_MONOTONIC */
	uint64_t exec_start; /* the same moment on its clock_task */
	uint64_t queue_clock; /* CLOCK_MONOTONIC less its clock; 0: not known */
	uint64_t runs;
	uint64_t look_after; /* whether some of moved[] may be asleep */
	uint64_t unused[2]; /* whole cache lines */
	struct moved_task moved[MOVED_TASKS]; /* by the last bits of the pid */
	uint64_t unused_too[4];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, uint32_t);
	__type(value, struct cpu_slot);
} slots SEC(".maps");

static __always_inline struct cpu_slot *slot_of(uint32_t cpu)
{
	return bpf_map_lookup_elem(&slots, &cpu);
}

/* Whether that slot is of the CPU that the task is running on. */
static __always_inline bool is_on(const struct cpu_slot *slot, const struct task_struct *task)
{
	return slot && slot->task == (uint64_t)task;
}

/*
 * When a task that has run since it last left came on its CPU; 0: not known. Not every kernel shows
 * every switch: some machines' own kernels leave those of some tasks out.
 */
static __always_inline uint64_t entered_at(const struct cpu_slot *slot,
					   const struct task_struct *task)
{
	if (is_on(slot, task))
		return slot->entered_ns;
	if (!bpf_core_field_exists(task->sched_info.last_arrival) || !slot || !slot->queue_clock)
		return 0;
	return task->sched_info.last_arrival + slot->queue_clock;
}

/* What the kernel has not added to sum_exec_runtime yet. */
static __always_inline uint64_t open_slice(const struct cpu_slot *slot, uint64_t exec_start,
					   uint64_t now)
{
	uint64_t here = now - slot->entered_ns, counted = exec_start - slot->exec_start;

	if ((int64_t)(here - counted) <= 0 || exec_start < slot->exec_start)
		return 0;
	return here - counted < open_slice_max_ns ? here - counted : open_slice_max_ns;
}

static __always_inline uint64_t cpu_time(const struct task_struct *task,
					 const struct cpu_slot *slot, uint64_t now)
{
	uint64_t start = task->se.exec_start, sum = task->se.sum_exec_runtime;

	if (!with_waits || !is_on(slot, task))
		return sum;
	/* The tick came in between, on the other CPU. */
	if (start != task->se.exec_start) {
		start = task->se.exec_start;
		sum = task->se.sum_exec_runtime;
	}
	return sum + open_slice(slot, start, now);
}

#endif
