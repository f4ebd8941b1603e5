/*
 * proc/meminfo: /proc/meminfo, proc_meminfo(5), kernel fs/proc/meminfo.c.
 *
 *   MemTotal:       24684096 kB
 *   MemFree:        24231180 kB
 *
 * Every row is in kB but the HugePages_ counts, which are pages. A row that this kernel does not
 * print is ABSENT. Cached contains Shmem, so Cached alone is not reclaimable.
 */
#ifndef STALLTOP_PROC_MEMINFO_H
#define STALLTOP_PROC_MEMINFO_H

#include <stddef.h>
#include <stdint.h>

/* field, kernel's name */
#define MEMINFO_ROWS(X) \
	X(memtotal_kb, "MemTotal") \
	X(memfree_kb, "MemFree") \
	X(memavailable_kb, "MemAvailable") \
	X(buffers_kb, "Buffers") \
	X(cached_kb, "Cached") \
	X(swapcached_kb, "SwapCached") \
	X(active_kb, "Active") \
	X(inactive_kb, "Inactive") \
	X(active_anon_kb, "Active(anon)") \
	X(inactive_anon_kb, "Inactive(anon)") \
	X(active_file_kb, "Active(file)") \
	X(inactive_file_kb, "Inactive(file)") \
	X(unevictable_kb, "Unevictable") \
	X(mlocked_kb, "Mlocked") \
	X(swaptotal_kb, "SwapTotal") \
	X(swapfree_kb, "SwapFree") \
	X(zswap_kb, "Zswap") \
	X(zswapped_kb, "Zswapped") \
	X(dirty_kb, "Dirty") \
	X(writeback_kb, "Writeback") \
	X(anonpages_kb, "AnonPages") \
	X(mapped_kb, "Mapped") \
	X(shmem_kb, "Shmem") \
	X(kreclaimable_kb, "KReclaimable") \
	X(slab_kb, "Slab") \
	X(sreclaimable_kb, "SReclaimable") \
	X(sunreclaim_kb, "SUnreclaim") \
	X(kernelstack_kb, "KernelStack") \
	X(pagetables_kb, "PageTables") \
	X(secpagetables_kb, "SecPageTables") \
	X(nfs_unstable_kb, "NFS_Unstable") \
	X(bounce_kb, "Bounce") \
	X(writebacktmp_kb, "WritebackTmp") \
	X(commitlimit_kb, "CommitLimit") \
	X(committed_as_kb, "Committed_AS") \
	X(vmalloctotal_kb, "VmallocTotal") \
	X(vmallocused_kb, "VmallocUsed") \
	X(percpu_kb, "Percpu") \
	X(hardwarecorrupted_kb, "HardwareCorrupted") \
	X(anonhugepages_kb, "AnonHugePages") \
	X(shmemhugepages_kb, "ShmemHugePages") \
	X(shmempmdmapped_kb, "ShmemPmdMapped") \
	X(filehugepages_kb, "FileHugePages") \
	X(filepmdmapped_kb, "FilePmdMapped") \
	X(cmatotal_kb, "CmaTotal") \
	X(cmafree_kb, "CmaFree") \
	X(balloon_kb, "Balloon") \
	X(hugepages_total, "HugePages_Total") \
	X(hugepages_free, "HugePages_Free") \
	X(hugepages_rsvd, "HugePages_Rsvd") \
	X(hugepages_surp, "HugePages_Surp") \
	X(hugepagesize_kb, "Hugepagesize") \
	X(hugetlb_kb, "Hugetlb") \
	X(directmap4k_kb, "DirectMap4k") \
	X(directmap2m_kb, "DirectMap2M") \
	X(directmap1g_kb, "DirectMap1G")

#define MEMINFO_FIELD(field, name) uint64_t field;
struct meminfo {
	MEMINFO_ROWS(MEMINFO_FIELD)
};
#undef MEMINFO_FIELD

struct meminfo_row {
	const char *name; /* the kernel's */
	size_t offset; /* of the uint64_t in struct meminfo */
};

/* Every row in the order of the kernel's file. */
extern const struct meminfo_row meminfo_rows[];
extern const size_t meminfo_row_count;

/* Parses the text. 0, or -ENODATA when it holds no MemTotal. */
int meminfo_parse(struct meminfo *mem, const char *text, size_t len);

#endif
