/*
 * Test support: a sleep whose length somebody else measured.
 */
#ifndef STALLTOP_TESTS_TASKS_BLOCKED_H
#define STALLTOP_TESTS_TASKS_BLOCKED_H

#include <stdint.h>
#include <sys/types.h>

/* From now on the caller and what it starts run as soon as they can, where that is permitted. */
void be_real_time(void);

/*
 * Sleeps and returns for how many nanoseconds: in 'D', as the parent of a vfork(), or in 'S'. A child at
 * real-time priority is the witness: from when it saw its parent asleep, `ns` until it let it go. So what
 * the parent waits for a CPU, before and after, is not in it. meanwhile() is given the sleeper, unless
 * NULL. -1: there is no such child.
 */
int64_t sleep_in(char state, uint64_t ns, void (*meanwhile)(pid_t sleeper));

void pin(pid_t pid, int cpu); /* 0: the caller */

#endif
