/*
 * proc/diskstats: /proc/diskstats, kernel Documentation/admin-guide/iostats.rst: 14 columns to
 * 4.17, 18 with discards, 20 with flushes (5.5).
 *
 *   254       0 vda 5714 3211 857610 2084 885 3403 317560 733 0 1060 2998 3641 72 81200 175 102 4
 *
 * A sector is 512 bytes on every disk. Every block device has a line: whole disks, partitions,
 * device-mapper, loop and zram alike; which are disks is not to be told from here.
 */
#ifndef STALLTOP_PROC_DISKSTATS_H
#define STALLTOP_PROC_DISKSTATS_H

#include <stddef.h>
#include <stdint.h>

#define DISK_NAME_MAX 32
#define SECTOR_BYTES 512

struct disk_stat {
	char name[DISK_NAME_MAX]; /* BDEVNAME_SIZE is 32; cleaned */
	uint32_t major, minor;
	uint64_t reads, reads_merged, sectors_read, read_ms;
	uint64_t writes, writes_merged, sectors_written, write_ms;
	uint64_t in_flight; /* requests now, a gauge */
	uint64_t io_ms; /* time with at least one request in flight */
	uint64_t weighted_ms; /* requests in flight times time */
	uint64_t discards, discards_merged, sectors_discarded, discard_ms; /* from 4.18 */
	uint64_t flushes, flush_ms; /* from 5.5 */
};

struct diskstats {
	struct disk_stat *disk; /* owned by the caller, room for cap lines */
	size_t cap;
	size_t count; /* lines filled */
	size_t seen; /* lines in the text: above cap, grow and parse again */
};

/* Parses the text; lines that do not fit the format are left out. Always 0. */
int diskstats_parse(struct diskstats *disks, const char *text, size_t len);

#endif
