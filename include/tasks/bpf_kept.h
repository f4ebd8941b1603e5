/*
 * tasks/bpf_kept: what the BPF source keeps of each process from one sample to the next, so that its
 * counters never fall.
 */
#ifndef STALLTOP_TASKS_BPF_KEPT_H
#define STALLTOP_TASKS_BPF_KEPT_H

#include <stddef.h>
#include <stdint.h>

#include "tasks/bpf_records.h"

struct kept {
	uint32_t pid;
	uint32_t uid;
	uint64_t start_ns;
	struct counters total;
	struct counters dead; /* with the waits of its threads that died while we looked */
};

/* In order of pid and start. */
struct kept_list {
	struct kept *kept;
	size_t count, cap;
};

/* Makes room for n. 0 or -ENOMEM. */
int kept_reserve(struct kept_list *list, size_t n);

/* What was kept of a process, or NULL. Asked in ascending order; at is where the last search ended. */
const struct kept *kept_find(const struct kept_list *list, size_t *at, uint32_t pid,
			     uint64_t start_ns);

#endif
