/*
 * tasks/proc_threads: every thread of a list of processes, from /proc/PID/task/TID: stat, schedstat and
 * io. proc(5).
 *
 * Read only when somebody asked to see threads: it costs three files a thread, some 15 us. The CPU time
 * of a thread is schedstat's, in nanoseconds, or stat's ticks where the kernel has none. What is of the
 * process, owner and memory, is copied from it. A thread that ends meanwhile is left out.
 */
#ifndef STALLTOP_TASKS_PROC_THREADS_H
#define STALLTOP_TASKS_PROC_THREADS_H

#include "tasks/pid_entry.h"
#include "tasks/task.h"

/* Fills threads, ascending by tid: pid is the thread's, ppid its process'. 0, or -ENOMEM and -EMFILE. */
int proc_threads_read(struct pid_pass *pass, const struct task_list *processes,
		      struct task_list *threads);

#endif
