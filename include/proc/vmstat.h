/*
 * proc/vmstat: /proc/vmstat, kernel mm/vmstat.c: one "name value" a line.
 *
 *   pgfault 123456
 *   pgmajfault 789
 *
 * nr_ rows are pages now; the others count events since boot, in pages where the event moves pages
 * (pgpgin and pgpgout are in kB). pgfault contains pgmajfault. Names are matched exactly and never
 * summed by prefix: pgscan_direct_throttle counts throttled tasks, and pgscan_anon and pgscan_file
 * count the same pages again. A row that this kernel does not print is ABSENT.
 */
#ifndef STALLTOP_PROC_VMSTAT_H
#define STALLTOP_PROC_VMSTAT_H

#include <stddef.h>
#include <stdint.h>

/* field, which is the kernel's name */
#define VMSTAT_ROWS(X) \
	X(nr_free_pages) \
	X(workingset_refault) \
	X(workingset_refault_anon) \
	X(workingset_refault_file) \
	X(workingset_activate_anon) \
	X(workingset_activate_file) \
	X(workingset_restore_anon) \
	X(workingset_restore_file) \
	X(workingset_nodereclaim) \
	X(nr_anon_pages) \
	X(nr_mapped) \
	X(nr_file_pages) \
	X(nr_dirty) \
	X(nr_writeback) \
	X(nr_shmem) \
	X(nr_dirtied) \
	X(nr_written) \
	X(nr_dirty_threshold) \
	X(nr_dirty_background_threshold) \
	X(pgpgin) \
	X(pgpgout) \
	X(pswpin) \
	X(pswpout) \
	X(allocstall) \
	X(allocstall_dma) \
	X(allocstall_dma32) \
	X(allocstall_normal) \
	X(allocstall_movable) \
	X(pgfree) \
	X(pgactivate) \
	X(pgdeactivate) \
	X(pglazyfree) \
	X(pgfault) \
	X(pgmajfault) \
	X(pgrefill) \
	X(pgreuse) \
	X(pgsteal_kswapd) \
	X(pgsteal_direct) \
	X(pgsteal_khugepaged) \
	X(pgsteal_proactive) \
	X(pgscan_kswapd) \
	X(pgscan_direct) \
	X(pgscan_khugepaged) \
	X(pgscan_proactive) \
	X(pgscan_direct_throttle) \
	X(pgscan_anon) \
	X(pgscan_file) \
	X(pgsteal_anon) \
	X(pgsteal_file) \
	X(slabs_scanned) \
	X(kswapd_low_wmark_hit_quickly) \
	X(kswapd_high_wmark_hit_quickly) \
	X(pageoutrun) \
	X(pgrotated) \
	X(drop_pagecache) \
	X(drop_slab) \
	X(oom_kill) \
	X(numa_pte_updates) \
	X(numa_hint_faults) \
	X(numa_hint_faults_local) \
	X(numa_pages_migrated) \
	X(pgmigrate_success) \
	X(pgmigrate_fail) \
	X(compact_stall) \
	X(compact_fail) \
	X(compact_success) \
	X(compact_daemon_wake) \
	X(thp_fault_alloc) \
	X(thp_fault_fallback) \
	X(thp_collapse_alloc) \
	X(thp_collapse_alloc_failed) \
	X(thp_file_alloc) \
	X(thp_split_page) \
	X(thp_swpout) \
	X(thp_swpout_fallback) \
	X(swap_ra) \
	X(swap_ra_hit) \
	X(ksm_swpin_copy) \
	X(cow_ksm) \
	X(zswpin) \
	X(zswpout) \
	X(zswpwb)

#define VMSTAT_FIELD(field) uint64_t field;
struct vmstat {
	VMSTAT_ROWS(VMSTAT_FIELD)
};
#undef VMSTAT_FIELD

struct vmstat_row {
	const char *name;
	size_t offset; /* of the uint64_t in struct vmstat */
};

extern const struct vmstat_row vmstat_rows[];
extern const size_t vmstat_row_count;

/* Parses the text. 0, or -ENODATA when it holds no pgfault. */
int vmstat_parse(struct vmstat *vm, const char *text, size_t len);

#endif
