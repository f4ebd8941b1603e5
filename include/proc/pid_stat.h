/*
 * proc/pid_stat: /proc/PID/stat, proc_pid_stat(5), kernel fs/proc/array.c do_task_stat().
 *
 *   1234 (python3) S 1 1234 1234 0 -1 4194304 301 0 81 0 12 34 0 0 20 0 4 0 5012 ...
 *
 * The name ends at the last ')', since it may hold any character. For a process (not a thread) the
 * times and faults are summed over its threads, its dead threads included.
 */
#ifndef STALLTOP_PROC_PID_STAT_H
#define STALLTOP_PROC_PID_STAT_H

#include <stddef.h>
#include <stdint.h>

#define TASK_NAME_MAX 64 /* of kernel workers; a process has 15 bytes at most */
#define PF_KTHREAD 0x00200000u /* include/linux/sched.h: bit of `flags` */

struct pid_stat {
	const char *comm; /* field 2: inside the text, raw, hostile */
	size_t comm_len;
	uint64_t pid; /* 1 */
	char state; /* 3: R S D Z T t X I ... */
	uint64_t ppid; /* 4 */
	uint64_t flags; /* 9 */
	uint64_t minflt; /* 10: does not contain majflt */
	uint64_t majflt; /* 12 */
	uint64_t utime, stime; /* 14, 15: USER_HZ ticks */
	int64_t nice; /* 19 */
	uint64_t num_threads; /* 20; 0 for a zombie's corpse */
	uint64_t starttime; /* 22: USER_HZ ticks since boot */
	uint64_t vsize; /* 23: bytes */
	uint64_t rss; /* 24: pages */
	uint64_t processor; /* 39: CPU it last ran on */
	uint64_t blkio_ticks; /* 42: delayacct_blkio_ticks of the leading thread, USER_HZ */
};

/* 0, -ENODATA when the text is empty, -EINVAL when it has no name or ends before field 24. */
int pid_stat_parse(struct pid_stat *stat, const char *text, size_t len);

#endif
