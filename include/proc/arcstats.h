/*
 * proc/arcstats: /proc/spl/kstat/zfs/arcstats of OpenZFS: two heading lines, then "name type
 * value".
 *
 *   c_min                           4    518270784
 *   size                            4    8291041280
 *
 * Bytes. The ARC counts as used memory, though all of it above c_min can be evicted.
 */
#ifndef STALLTOP_PROC_ARCSTATS_H
#define STALLTOP_PROC_ARCSTATS_H

#include <stddef.h>
#include <stdint.h>

struct arcstats {
	uint64_t size, c, c_min, c_max, hits, misses;
};

/* 0, or -ENODATA when there is no size. */
int arcstats_parse(struct arcstats *arc, const char *text, size_t len);

#endif
