/*
 * tasks/proc_source: every process from PID/{schedstat,stat,io,status} of proc(5), without privileges.
 *
 * What it costs decides what it reads (Linux 6.18, caches cold as they are once a second):
 *
 *   schedstat  1.4 us by pread of a kept descriptor, 3.0 by open+read+close
 *   stat       2.9 / 4.4 us,  io 1.9 / 3.6 us,  status 7.3 us,  a name in the list of /proc 0.8 us
 *
 * - A process of one thread whose schedstat is unchanged has not run, so its counters stand: only
 *   schedstat is read. Its RSS, parent and nice can change without running; stat is read again every
 *   15 s, and every 4 s while the kernel reclaims pages.
 * - A process of several threads is read by stat and io each time, since its schedstat is that of its
 *   leading thread. Its wait for a CPU is the sum over task/TID/schedstat, read when it did something.
 * - /proc is listed only when `processes` of /proc/stat says that something was forked.
 * - A kept descriptor pins 4.3 kB of kernel memory, so at most 4,096 are kept (18 MB); processes
 *   beyond that are opened each time.
 * - status is read for the processes with the largest RSS alone: it tells anonymous memory and swap.
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
