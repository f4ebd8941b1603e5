/*
 * tasks/pid_entry: what the /proc source keeps of one process between samples, and how it is read.
 */
#ifndef STALLTOP_TASKS_PID_ENTRY_H
#define STALLTOP_TASKS_PID_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/users.h"
#include "proc/pid_schedstat.h"
#include "tasks/source.h"
#include "tasks/thread_delays.h"

/* One pass over all processes. */
struct pid_pass {
	const struct task_context *context;
	struct users *users;
	int procfd;
	bool live; /* a mounted procfs; else a copied tree, which is read afresh each time */
	bool own_pids; /* its pids are those of this process: their CPU clocks can be read */
	bool reclaiming; /* pages were reclaimed since the last pass: RSS changes by itself */
	bool block; /* block I/O delays are accounted: field 42 of stat counts */
	bool block_seen; /* some process has had one */
	uint64_t tick_ns; /* of USER_HZ */
	uint64_t page_bytes;
	struct number_list tids; /* scratch */
	char *buf; /* scratch */
	size_t cap;
};

struct pid_entry {
	uint64_t clock_ns; /* its CPU clock when it was last read; ABSENT when it cannot be */
	uint64_t stat_ns; /* CLOCK_MONOTONIC when stat was last due */
	uint64_t status_ns; /* when status was last read; 0: not, or not of late */
	struct thread_delays threads; /* from when it had several */
	bool known; /* task holds a process */
	bool threaded; /* had several threads once */
	bool inexact; /* schedstat does not tell its CPU time: some thread of it died */
	bool io_hidden; /* permission hides io */
};

void pid_entry_init(struct pid_entry *entry);
void pid_entry_release(struct pid_entry *entry);

/*
 * Brings task, whose pid is given, up to date. A pid that went to another process begins a new one.
 * 0, -ESRCH when the process is gone, or another -errno with task as it was.
 */
int pid_entry_read(struct pid_entry *entry, struct task *task, struct pid_pass *pass);

/* Reads status: anonymous memory and swap. */
void pid_entry_read_status(struct pid_entry *entry, struct task *task, struct pid_pass *pass);
/* They were not read in this pass: what was said of them before is no longer known to be true. */
void pid_entry_drop_status(struct pid_entry *entry, struct task *task);

#endif
