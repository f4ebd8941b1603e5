/*
 * proc/pid_status: the rows of /proc/PID/status that no other file has, proc_pid_status(5). Costly
 * beside stat: the kernel formats some 55 rows. Kernel threads have no memory rows (ABSENT).
 */
#ifndef STALLTOP_PROC_PID_STATUS_H
#define STALLTOP_PROC_PID_STATUS_H

#include <stddef.h>
#include <stdint.h>

struct pid_status {
	uint64_t euid; /* second number of Uid: */
	uint64_t rss_kb; /* VmRSS */
	uint64_t rss_anon_kb; /* RssAnon, from 4.5 */
	uint64_t rss_file_kb, rss_shmem_kb;
	uint64_t swap_kb; /* VmSwap */
	uint64_t voluntary_ctxt_switches, nonvoluntary_ctxt_switches; /* of the leading thread */
};

/* 0, or -ENODATA when there is no Uid row. */
int pid_status_parse(struct pid_status *status, const char *text, size_t len);

#endif
