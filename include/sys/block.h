/*
 * sys/block: which block devices are whole disks, from sys/block (kernel Documentation/ABI/stable/
 * sysfs-block). A partition, a device-mapper or md device, a loop device and zram are none: their
 * I/O is another device's, or no disk's at all. Without a readable sys/block the name decides.
 */
#ifndef STALLTOP_SYS_BLOCK_H
#define STALLTOP_SYS_BLOCK_H

#include <stdbool.h>

/*
 * True when name, as /proc/diskstats spells it, is a whole disk: below sys/block, not loop, ram,
 * zram, sr, fd, dm-, md, zd (ZFS volume) or drbd, without slaves, and no hidden path of a multipath
 * NVMe (nvme0c0n1). sysfd is -1 when there is no /sys.
 */
bool block_is_disk(int sysfd, const char *name);

#endif
