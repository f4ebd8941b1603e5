/*
 * app/act: what the person does to a process. A process is (pid, start time): the pid is pinned by a
 * pidfd first and its start time is looked at then, so a signal never reaches another process that
 * has the pid by now. Where /proc has the numbers of another pid namespace than ours,
 * nothing is done.
 *
 * Sources: pidfd_open(2) and its fdinfo, pidfd_send_signal(2), setpriority(2), proc_pid_stat(5).
 */
#ifndef STALLTOP_APP_ACT_H
#define STALLTOP_APP_ACT_H

#include <stdint.h>

#include "ui/view.h"

/*
 * 0 or -errno: -ESRCH when the process is gone, whoever has its pid now; -EXDEV when the pid means
 * another process, or none, in our namespace.
 */
int act_signal(uint32_t pid, uint64_t start_ns, int signal);

/*
 * Sets the nice value of every thread. setpriority(2) takes numbers, not a pidfd: the process is
 * looked at before and after, and -ESRCH is told when it ended meanwhile.
 */
int act_nice(uint32_t pid, uint64_t start_ns, int nice);

/* Does what view->act asks for, and leaves one line of what came of it in view->message. */
void act_run(struct view *view, bool live);

#endif
