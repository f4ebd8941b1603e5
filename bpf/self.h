/*
 * bpf/self: what the probe counts of itself.
 */
#ifndef STALLTOP_BPF_SELF_H
#define STALLTOP_BPF_SELF_H

#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "bpf/cpu_time.h"
#include "bpf/task_record.h"

/* Set before loading. */
const volatile bool profiling; /* every run is timed */

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, uint32_t);
	__type(value, struct probe_self);
} self SEC(".maps");

static __always_inline struct probe_self *self_slot(void)
{
	uint32_t zero = 0;

	return bpf_map_lookup_elem(&self, &zero);
}

static __always_inline void time_run(struct cpu_slot *slot, uint64_t began)
{
	bool due = ++slot->runs % PROBE_TIME_EVERY == 0;
	struct probe_self *mine;
	uint64_t took;
	uint32_t bucket = 0;

	if (!profiling && !due)
		return;
	took = bpf_ktime_get_ns() - began;
	mine = self_slot();
	if (!mine)
		return;
	mine->timed++;
	mine->timed_ns += took;
	if (!profiling)
		return;
	for (int i = 1; i < PROFILE_BUCKETS; i++)
		bucket += took >> i ? 1 : 0;
	if (bucket < PROFILE_BUCKETS)
		mine->bucket[bucket]++;
}

#endif
