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
	bool live;
	bool reclaiming;     /* pages were reclaimed since the last pass: RSS changes by itself */
	bool delayacct;      /* stat's field 42 counts */
	uint64_t tick_ns;    /* of USER_HZ */
	uint64_t page_bytes;
	size_t fds_left;     /* descriptors that may still be kept */
	struct number_list tids; /* scratch */
	char *buf;           /* scratch */
	size_t cap;
};

struct pid_entry {
	struct pid_schedstat sched; /* of the leading thread */
	uint64_t ticks_ns;          /* utime + stime, all threads */
	uint64_t io_events;         /* rchar + wchar + syscr + syscw: whether it did any */
	uint64_t stat_ns;           /* CLOCK_MONOTONIC when stat was last due */
	uint64_t status_ns;         /* when status was last read; 0: never */
	struct thread_delays threads;
	int fd;                     /* kept: schedstat, or stat once threaded; -1: none */
	bool fd_is_stat;
	bool known;                 /* task holds a process */
	bool exact;                 /* schedstat tells the CPU time: no thread of it ever died */
	bool threaded;              /* had several threads once */
	bool io_hidden;             /* permission hides io */
};

/*
 * Brings task up to date. 0; 1 when it was not read since it did not run; -ESRCH when the process is
 * gone (or another one has its pid: then the caller reads again with a new entry).
 */
int pid_entry_read(struct pid_entry *entry, struct task *task, struct pid_pass *pass);

/* Reads status: anonymous memory and swap. */
void pid_entry_read_status(struct pid_entry *entry, struct task *task, struct pid_pass *pass);

void pid_entry_init(struct pid_entry *entry);
/* Closes and frees what it keeps, and gives the descriptor back to the pass. */
void pid_entry_release(struct pid_entry *entry, struct pid_pass *pass);

#endif
