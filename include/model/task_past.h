/*
 * model/task_past: what the past keeps of a process, packed: what the tables show, in some 100 bytes. Of
 * its counters only those are kept that a table shows; that a rate was known tells that its counter was.
 */
#ifndef STALLTOP_MODEL_TASK_PAST_H
#define STALLTOP_MODEL_TASK_PAST_H

#include <stdbool.h>
#include <stdint.h>

#include "model/model.h"

#define TASK_PAST_COMM 24 /* a longer name is cut */

struct task_past {
	uint64_t start_ns;
	uint32_t pid, ppid, uid, threads;
	uint32_t rss_kb, anon_kb, swap_kb; /* UINT32_MAX: not known */
	float cpu_s, blocked_s; /* NAN: not known */
	float cpu_pct, minor_per_s, major_per_s, read_bytes_per_s, write_bytes_per_s, runq_pct,
		disk_wait_pct, voluntary_per_s, involuntary_per_s, rss_bytes_per_s;
	int8_t nice;
	char state;
	uint8_t flags;
	bool is_new;
	char comm[TASK_PAST_COMM];
};

void task_past_pack(struct task_past *to, const struct task_view *view);

/* The process and its view, which points to it. */
void task_past_unpack(struct task *task, struct task_view *view, const struct task_past *from);

#endif
