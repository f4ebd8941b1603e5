/*
 * bpf/waits: time in uninterruptible sleep, and the time that a task could run and waited for a CPU.
 *
 * D is the time off the CPU less the growth of run_delay, settled when the task next leaves or is read.
 * When a task came on its CPU needs no note: it was when that CPU last switched.
 */
#ifndef STALLTOP_BPF_WAITS_H
#define STALLTOP_BPF_WAITS_H

#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "bpf/cpu_time.h"
#include "bpf/note.h"

#define OPEN_WAIT_MAX (600ull * 1000 * 1000 * 1000) /* longer: the clocks are not what we think */

static __always_inline uint64_t run_delay(const struct task_struct *task,
					  const struct wait_note *note, const struct cpu_slot *slot,
					  uint64_t now)
{
	uint64_t delay, queued, open;

	if (!bpf_core_field_exists(task->sched_info.run_delay))
		return RECORD_ABSENT;
	delay = true_delay(note, task, slot, now);
	queued = task->sched_info.last_queued;
	if (!with_waits || !slot || !queued || !slot->queue_clock || is_on(slot, task) ||
	    state_of(task) || (note && note->moved_ns))
		return delay;
	open = now - slot->queue_clock - queued;
	return open < OPEN_WAIT_MAX ? delay + open : delay;
}

/* Time off the CPU that it could not have used one: until then, of a task that left in D. */
static __always_inline uint64_t blocked_time(const struct wait_note *note, uint64_t delay_ns,
					     uint64_t until_ns)
{
	uint64_t queued = delay_ns - note->run_delay_ns, off = until_ns - note->left_ns;

	if ((int64_t)off < 0)
		return 0;
	if ((int64_t)queued < 0)
		return off;
	return queued < off ? off - queued : 0;
}

/* Of one that has not run since: if it is awake, the wait that it is in is no time in D. */
static __always_inline uint64_t blocked_now(const struct wait_note *note,
					    const struct task_struct *task,
					    const struct cpu_slot *slot, uint64_t now)
{
	uint64_t delay = run_delay(task, note, slot, now);

	return blocked_time(note, delay == RECORD_ABSENT ? 0 : delay, now);
}

/* Whether the task of a note has come on a CPU since it left. */
static __always_inline bool has_run(const struct wait_note *note, const struct task_struct *task,
				    const struct cpu_slot *slot)
{
	if (bpf_core_field_exists(task->sched_info.last_arrival) &&
	    task->sched_info.last_arrival != note->arrival)
		return true;
	return is_on(slot, task);
}

static __always_inline void begin_blocked(struct wait_note *note, const struct task_struct *task,
					  const struct cpu_slot *slot, uint64_t now)
{
	note->run_delay_ns = true_delay(note, task, slot, now);
	if (bpf_core_field_exists(task->sched_info.last_arrival))
		note->arrival = task->sched_info.last_arrival;
	note->left_ns = now;
}

static __always_inline void note_leave(struct task_struct *task, const struct cpu_slot *slot,
				       bool blocked, uint64_t now)
{
	struct wait_note *note = note_of(task, blocked);
	uint64_t entered;

	if (!note)
		return;
	settle_move(note, task, slot, now);
	entered = entered_at(slot, task);
	if (note->left_ns && entered)
		note->blocked_ns +=
			blocked_time(note, true_delay(note, task, slot, entered), entered);
	note->left_ns = 0;
	if (blocked)
		begin_blocked(note, task, slot, now);
}

static __always_inline bool is_waiting(const struct task_struct *task, const struct cpu_slot *slot,
				       uint32_t state)
{
	return is_blocked(state) && !is_on(slot, task);
}

/*
 * The time in D up to now, and how long it is there now. One that was not seen entering, for it was in
 * D before the probe came, is counted from when it is first read.
 */
static __always_inline uint64_t disk_wait(struct task_struct *task, struct wait_note *note,
					  const struct cpu_slot *slot, uint32_t state, uint64_t now,
					  uint64_t *blocked_ns)
{
	bool waiting = is_waiting(task, slot, state), ran;
	uint64_t total, until;

	*blocked_ns = 0;
	if (!with_waits)
		return RECORD_ABSENT;
	if (!note)
		return 0;
	total = note->blocked_ns;
	ran = note->left_ns && has_run(note, task, slot);
	until = ran ? entered_at(slot, task) : 0;
	if (until)
		total += blocked_time(note, true_delay(note, task, slot, until), until);
	if (!waiting)
		return note->left_ns && !ran ? total + blocked_now(note, task, slot, now) : total;
	if (!note->left_ns || ran) {
		note->blocked_ns = total;
		begin_blocked(note, task, slot, now);
	}
	*blocked_ns = blocked_now(note, task, slot, now);
	return total + *blocked_ns;
}

#endif
