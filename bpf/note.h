/*
 * bpf/note: what is remembered of a task, and the waits for a CPU that were none.
 *
 * The note lies in task-local storage and goes with the task. Only a task that has slept in D has one,
 * or one that was moved in its sleep, so that every other switch costs no look-up:
 * task_struct.bpf_storage is NULL.
 *
 * From 6.12 a sleeper can stay on its run queue for a while (sched_delayed). If it is moved to another
 * CPU then, the kernel has it wait for that CPU until it next runs, be it hours: a wait that was none,
 * in run_delay and so in /proc/PID/schedstat. What lies before the task woke is taken out. That it is
 * awake is seen when it wakes on another CPU, at the next switch of the CPU that it was moved to, which
 * looks after a few such tasks for a while, or when it runs: a slice late at most, as a rule.
 */
#ifndef STALLTOP_BPF_NOTE_H
#define STALLTOP_BPF_NOTE_H

#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "bpf/cpu_time.h"
#include "bpf/self.h"

struct wait_note {
	/* The last time that the task left its CPU to sleep in D. */
	uint64_t left_ns; /* 0: not in D, or settled */
	uint64_t run_delay_ns; /* then */
	uint64_t
		arrival; /* its last_arrival then: another one says that it has been on a CPU since */
	uint64_t blocked_ns; /* settled time in D */
	/* The last time that it was moved in its sleep. */
	uint64_t moved_ns; /* 0: it was not, or is settled */
	uint64_t moved_delay_ns; /* run_delay then */
	uint64_t false_delay_ns; /* settled waits that were none */
	uint32_t moved_to; /* CPU */
};

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct wait_note);
} notes SEC(".maps");

/* The kernel may refuse to create one: memory, or the map is in use below us on this CPU. */
static __always_inline struct wait_note *note_of(struct task_struct *task, bool create)
{
	struct wait_note *note;
	struct probe_self *mine;

	if (!create && !task->bpf_storage)
		return NULL;
	note = bpf_task_storage_get(&notes, task, 0, create ? BPF_LOCAL_STORAGE_GET_F_CREATE : 0);
	if (note || !create)
		return note;
	mine = self_slot();
	if (mine)
		mine->lost++;
	return NULL;
}

#define LOOK_AFTER_NS (1000ull * 1000 * 1000)

/* At every switch, of the slot of that CPU. */
static __always_inline void look_after_moved(struct cpu_slot *slot, uint64_t now)
{
	if (!slot->look_after)
		return;
	slot->look_after = 0;
	for (uint32_t i = 0; i < MOVED_TASKS; i++) {
		struct moved_task *moved = &slot->moved[i];
		const struct task_struct *task = (const void *)moved->task;
		uint32_t state = 0;

		if (!task || moved->awake_ns || now - moved->moved_ns > LOOK_AFTER_NS)
			continue;
		bpf_core_read(&state, sizeof(state), &task->__state);
		if (!state || state & TASK_WAKING)
			moved->awake_ns = now;
		else
			slot->look_after = 1;
	}
}

/* Where the CPU that a task was moved to keeps it, if it still does. */
static __always_inline struct moved_task *moved_of(const struct wait_note *note,
						   const struct task_struct *task)
{
	struct cpu_slot *there = slot_of(note->moved_to);
	struct moved_task *moved;

	if (!there)
		return NULL;
	moved = &there->moved[(uint32_t)task->pid % MOVED_TASKS];
	return moved->task == (uint64_t)task ? moved : NULL;
}

/* When a moved task was first seen awake; 0 if it was not. */
static __always_inline uint64_t awake_since(const struct wait_note *note,
					    const struct task_struct *task,
					    const struct cpu_slot *slot)
{
	const struct moved_task *moved = moved_of(note, task);

	if (moved && moved->awake_ns)
		return moved->awake_ns;
	return is_on(slot, task) ? slot->entered_ns : 0;
}

/* The kernel's run_delay without the waits that were none, up to now. */
static __always_inline uint64_t true_delay(const struct wait_note *note,
					   const struct task_struct *task,
					   const struct cpu_slot *slot, uint64_t now)
{
	uint64_t delay = 0, awake;

	if (bpf_core_field_exists(task->sched_info.run_delay))
		delay = task->sched_info.run_delay;
	if (!note)
		return delay;
	if (!note->moved_ns)
		return delay - note->false_delay_ns;
	awake = awake_since(note, task, slot);
	if (is_on(slot, task))
		return delay - note->false_delay_ns - (awake - note->moved_ns);
	return note->moved_delay_ns + (awake ? now - awake : 0);
}

/* It is awake. */
static __always_inline void settle_move(struct wait_note *note, const struct task_struct *task,
					const struct cpu_slot *slot, uint64_t now)
{
	struct moved_task *moved;
	uint64_t awake;

	if (!note->moved_ns)
		return;
	awake = awake_since(note, task, slot);
	note->false_delay_ns += (awake ? awake : now) - note->moved_ns;
	note->moved_ns = 0;
	moved = moved_of(note, task);
	if (moved)
		moved->task = 0;
}

/* A task that is not on a CPU goes to another one. */
static __always_inline void note_move(struct task_struct *task, uint32_t to, uint64_t now)
{
	bool asleep = bpf_core_field_exists(task->se.sched_delayed) && task->se.sched_delayed;
	struct wait_note *note = note_of(task, asleep);
	struct cpu_slot *there;

	if (!note)
		return;
	if (!asleep) {
		settle_move(note, task, NULL, now);
		return;
	}
	if (!note->moved_ns) {
		note->moved_delay_ns = true_delay(note, task, NULL, now);
		note->moved_ns = now;
	}
	note->moved_to = to;
	there = slot_of(to);
	if (there) {
		there->moved[(uint32_t)task->pid % MOVED_TASKS] =
			(struct moved_task){ .task = (uint64_t)task, .moved_ns = now };
		there->look_after = 1;
	}
}

#endif
