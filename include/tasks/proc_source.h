/*
 * tasks/proc_source: every process from PID/{stat,schedstat,io,status} of proc(5), without privileges.
 *
 * What it costs decides what it reads (Linux 6.18, caches cold as they are once a second):
 *
 *   CPU clock of a process 0.5 us, the same for all its threads
 *   schedstat 0.8 us by pread of a kept descriptor, 2.2 by open+read+close
 *   stat 4.4 us,  io 3.6 us,  status 7.3 us,  owner 0.7 us,  a name in the list of /proc 0.8 us
 *
 * - A process whose CPU clock stands has not run, nor has any thread of it, so its counters stand:
 *   nothing else is read. The clock is exact, has the dead threads in it and keeps no descriptor open,
 *   each of which would pin 4.3 kB of kernel memory. RSS, parent and nice can change without running,
 *   and one that was woken but still waits for a CPU is no more asleep: stat is read again every 15 s,
 *   and every 4 s while the kernel reclaims pages.
 * - What ran is read by stat, io and owner. Its waits are in schedstat and field 42 of stat while it has
 *   one thread, and the sums over task/TID once it has had several.
 * - /proc is listed only when `processes` of /proc/stat says that something was forked.
 * - status is read for the processes with the largest RSS alone: it tells anonymous memory and swap.
 *
 * disk_wait_ns is field 42, block I/O delay, and ABSENT unless such delays are accounted: with
 * kernel.task_delayacct=1, which a process must have been started under (an older one says 0), or on
 * kernels before 5.14 once any process has shown one.
 *
 * Through the /proc of another pid namespace the clocks cannot be asked: every process is read each
 * time then, as from a copied tree.
 */
#ifndef STALLTOP_TASKS_PROC_SOURCE_H
#define STALLTOP_TASKS_PROC_SOURCE_H

#include <stdbool.h>

#include "base/users.h"
#include "tasks/source.h"

/*
 * procfd and users stay the caller's; users learns every uid that is seen. live: procfd is a mounted
 * procfs; a copied tree is read afresh each time, and owners are taken from status. 0 or -errno.
 */
int proc_source_open(struct task_source **source, int procfd, struct users *users, bool live);

#endif
