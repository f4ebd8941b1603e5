/*
 * bpf/memory: resident and swapped pages. From 6.2 the counters are percpu_counter: each CPU keeps a
 * part to itself until it is large, so what is exact costs a look at every CPU.
 */
#ifndef STALLTOP_BPF_MEMORY_H
#define STALLTOP_BPF_MEMORY_H

#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "bpf/kernel_types.h"
#include "bpf/self.h"
#include "bpf/task_record.h"

/* Set before loading. */
const volatile uint32_t cpus; /* possible ones */

/* Set by the sampler between passes. */
uint64_t exact_from_pages; /* RSS from here on is exact, below what each CPU keeps is left out */

/* Where each CPU's copy of per-CPU data lies: __per_cpu_offset. With more CPUs RSS lags. */
#define OFFSETS 512
static uint64_t percpu_offset[OFFSETS];

static char map_head[1024];

/* Asks where every CPU's copy of a per-CPU variable lies. */
static __always_inline void learn_offsets(void)
{
	uint32_t at = bpf_core_field_offset(struct bpf_array, pptrs), zero = 0;
	uint64_t base;

	barrier_var(at); /* else the relocation moves into the load below, and does not fit it */
	/* Of a map no field but its first can be pointed to. */
	if (at > sizeof(map_head) - sizeof(base) ||
	    bpf_probe_read_kernel(map_head, at + sizeof(base), &self))
		return;
	base = *(uint64_t *)(map_head + at);
	for (uint32_t cpu = 0; cpu < OFFSETS && cpu < cpus; cpu++) {
		volatile uint64_t *offset = &percpu_offset[cpu];
		void *there = bpf_map_lookup_percpu_elem(&self, &zero, cpu);

		if (!there)
			continue;
		*offset = (uint64_t)there; /* what is read back is a number, not a pointer */
		*offset -= base;
	}
}

/* The four counters of a memory lie side by side from 6.5 on. */
static __always_inline void add_percpu(int64_t pages[static MM_COUNTERS],
				       const struct mm_struct *mm)
{
	int32_t *first = mm->rss_stat[0].counters;
	bool together = mm->rss_stat[3].counters == first + 3;

	for (uint32_t cpu = 0; cpu < OFFSETS && cpu < cpus; cpu++) {
		uint64_t offset = percpu_offset[cpu];
		int32_t part[MM_COUNTERS] = { 0 };

		if (!offset)
			continue;
		if (together) {
			bpf_probe_read_kernel(part, sizeof(part), (void *)first + offset);
		} else {
			bpf_probe_read_kernel(&part[0], 4, (void *)first + offset);
			bpf_probe_read_kernel(&part[1], 4,
					      (void *)mm->rss_stat[1].counters + offset);
			bpf_probe_read_kernel(&part[2], 4,
					      (void *)mm->rss_stat[2].counters + offset);
			bpf_probe_read_kernel(&part[3], 4,
					      (void *)mm->rss_stat[3].counters + offset);
		}
		for (int i = 0; i < MM_COUNTERS; i++)
			pages[i] += part[i];
	}
}

static __always_inline void count_pages(struct process_record *record, struct task_struct *task)
{
	const struct mm_struct *mm = task->mm;
	const struct mm_struct___before62 *old = (const void *)mm;
	int64_t pages[MM_COUNTERS] = { 0 };

	if (!mm || task->flags & PF_KTHREAD) {
		record->file_pages = record->anon_pages = 0;
		record->shmem_pages = record->swap_pages = 0;
		return;
	}
	if (bpf_core_field_exists(old->rss_stat.count)) {
		bpf_core_read(pages, sizeof(pages), &old->rss_stat.count);
	} else {
		pages[0] = mm->rss_stat[0].count;
		pages[1] = mm->rss_stat[1].count;
		pages[2] = mm->rss_stat[2].count;
		pages[3] = mm->rss_stat[3].count;
		if ((uint64_t)(pages[0] + pages[1] + pages[3]) >= exact_from_pages)
			add_percpu(pages, mm);
	}
	record->file_pages = pages[MM_FILEPAGES] > 0 ? pages[MM_FILEPAGES] : 0;
	record->anon_pages = pages[MM_ANONPAGES] > 0 ? pages[MM_ANONPAGES] : 0;
	record->shmem_pages = pages[MM_SHMEMPAGES] > 0 ? pages[MM_SHMEMPAGES] : 0;
	record->swap_pages = pages[MM_SWAPENTS] > 0 ? pages[MM_SWAPENTS] : 0;
}

#endif
