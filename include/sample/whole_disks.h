/*
 * sample/whole_disks: leaves the whole disks in a list of block devices: every other one does its I/O on
 * one of them, or on none. /sys is asked once for each name.
 */
#ifndef STALLTOP_SAMPLE_WHOLE_DISKS_H
#define STALLTOP_SAMPLE_WHOLE_DISKS_H

#include <stdbool.h>
#include <stddef.h>

#include "proc/diskstats.h"

struct whole_disks {
	struct disk_known *known; /* by place in the list */
	size_t count;
};

/* Filters the list in place. 0, or -ENOMEM and the list is empty: with parts, all would count twice. */
int whole_disks_keep(struct whole_disks *whole, int sysfd, struct diskstats *disks);
void whole_disks_release(struct whole_disks *whole);

#endif
