/*
 * bpf/waits: time in uninterruptible sleep: the time off the CPU less the growth of run_delay, settled
 * when the task next leaves or is read.
 *
 * The note lies in task-local storage and goes with the task. Only a task that has slept in D has one,
 * so that every other switch costs no look-up: task_struct.bpf_storage is NULL. When a task came on its
 * CPU needs no note either: it was when that CPU last switched.
 */
#ifndef STALLTOP_BPF_WAITS_H
#define STALLTOP_BPF_WAITS_H

#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "bpf/cpu_time.h"

/* The last time that a task left its CPU to sleep in D. */
struct wait_note {
	uint64_t left_ns; /* 0: not in D, or settled */
	uint64_t run_delay_ns; /* then */
	uint64_t switches; /* that one included: says whether it has been on a CPU since */
	uint64_t blocked_ns; /* settled time in D */
};

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct wait_note);
} notes SEC(".maps");

/* Time off the CPU that it could not have used one: until `entered`, of a task that left in D. */
static __always_inline uint64_t blocked_time(const struct wait_note *note,
					     const struct task_struct *task, uint64_t entered_ns)
{
	uint64_t off = entered_ns - note->left_ns, queued = 0;

	if ((int64_t)off < 0)
		return 0;
	if (bpf_core_field_exists(task->sched_info.run_delay))
		queued = task->sched_info.run_delay - note->run_delay_ns;
	return queued < off ? off - queued : 0;
}

static __always_inline void note_leave(struct task_struct *task, const struct cpu_slot *slot,
				       bool blocked, uint64_t now)
{
	struct wait_note *note =
		bpf_task_storage_get(&notes, task, 0, blocked ? BPF_LOCAL_STORAGE_GET_F_CREATE : 0);
	uint64_t switches = switches_of(task);

	if (!note)
		return;
	if (note->left_ns && note->switches + 1 == switches && is_on(slot, task))
		note->blocked_ns += blocked_time(note, task, slot->entered_ns);
	note->left_ns = 0;
	if (!blocked)
		return;
	if (bpf_core_field_exists(task->sched_info.run_delay))
		note->run_delay_ns = task->sched_info.run_delay;
	note->switches = switches;
	note->left_ns = now;
}

/*
 * The time in D up to now, and how long it is there now. One that was in D before the probe came is
 * counted from when it is first read.
 */
static __always_inline uint64_t disk_wait(struct task_struct *task, const struct cpu_slot *slot,
					  uint32_t state, uint64_t now, uint64_t *blocked_ns)
{
	bool blocked = is_blocked(state) && !is_on(slot, task);
	struct wait_note *note;
	uint64_t total;

	*blocked_ns = 0;
	if (!with_waits)
		return RECORD_ABSENT;
	if (!task->bpf_storage && !blocked)
		return 0;
	note = bpf_task_storage_get(&notes, task, 0, blocked ? BPF_LOCAL_STORAGE_GET_F_CREATE : 0);
	if (!note)
		return 0;
	if (blocked && !note->left_ns) {
		if (bpf_core_field_exists(task->sched_info.run_delay))
			note->run_delay_ns = task->sched_info.run_delay;
		note->switches = switches_of(task);
		note->left_ns = now;
	}
	total = note->blocked_ns;
	if (note->left_ns && note->switches == switches_of(task)) {
		uint64_t here = is_on(slot, task) ? slot->entered_ns : now;

		here = blocked_time(note, task, here);
		total += here;
		if (blocked)
			*blocked_ns = here;
	}
	return total;
}

#endif
