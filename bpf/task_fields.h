/*
 * bpf/task_fields: what a task_struct says of itself, whichever kernel it is of: its state, its CPU,
 * its pid in the namespace of the sampler.
 */
#ifndef STALLTOP_BPF_TASK_FIELDS_H
#define STALLTOP_BPF_TASK_FIELDS_H

#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "bpf/kernel_types.h"

/* The pid namespace of the sampler, learnt by its first pass. */
static int pid_level = -1;
static uint64_t pid_ns;

static __always_inline uint32_t state_of(const struct task_struct *task)
{
	const struct task_struct___before514 *old = (const void *)task;

	if (bpf_core_field_exists(task->__state))
		return task->__state;
	return (uint32_t)old->state;
}

static __always_inline uint32_t cpu_of(const struct task_struct *task)
{
	const struct task_struct___before516 *old = (const void *)task;

	if (bpf_core_field_exists(task->thread_info.cpu))
		return task->thread_info.cpu;
	return bpf_core_field_exists(old->cpu) ? old->cpu : 0;
}

/* Not so a frozen task, whose letter is D: it waits for nothing. */
static __always_inline bool is_blocked(uint32_t state)
{
	if (state & TASK_RTLOCK_WAIT)
		return true;
	return (state & (TASK_UNINTERRUPTIBLE | TASK_NOLOAD)) == TASK_UNINTERRUPTIBLE;
}

/* task_state_index() and task_index_to_char() of include/linux/sched.h. */
static __always_inline char state_letter(uint32_t state, uint32_t exit_state)
{
	uint32_t reported = (state | exit_state) & TASK_REPORT;

	if ((state & (TASK_UNINTERRUPTIBLE | TASK_NOLOAD)) == (TASK_UNINTERRUPTIBLE | TASK_NOLOAD))
		return 'I';
	if (state & (TASK_RTLOCK_WAIT | TASK_FROZEN))
		return 'D';
	if (!reported)
		return 'R';
	if (reported < 0x2)
		return 'S';
	if (reported < 0x4)
		return 'D';
	if (reported < 0x8)
		return 'T';
	if (reported < 0x10)
		return 't';
	if (reported < 0x20)
		return 'X';
	return reported < 0x40 ? 'Z' : 'P';
}

/* The pid in the sampler's namespace; 0 when the task is not in it or has lost its pid. */
static __always_inline uint32_t pid_in(const struct task_struct *task)
{
	struct pid *pid = task->thread_pid;
	struct upid *at = __builtin_preserve_access_index(&pid->numbers[0]);
	struct pid_namespace *ns = NULL;
	int nr = 0;

	if (!pid || pid_level < 0 || (int)pid->level < pid_level)
		return 0;
	at = (void *)at + (uint32_t)pid_level * bpf_core_type_size(struct upid);
	bpf_core_read(&ns, sizeof(ns), &at->ns);
	if ((uint64_t)ns != pid_ns)
		return 0;
	bpf_core_read(&nr, sizeof(nr), &at->nr);
	return (uint32_t)nr;
}

static __always_inline uint64_t switches_of(const struct task_struct *task)
{
	return task->nvcsw + task->nivcsw;
}

#endif
