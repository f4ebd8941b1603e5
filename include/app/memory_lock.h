/*
 * app/memory_lock: keeps the program in memory where it may.
 *
 * Source: mlockall(2), the kernel's can_do_mlock() and mlock_future_ok().
 */
#ifndef STALLTOP_APP_MEMORY_LOCK_H
#define STALLTOP_APP_MEMORY_LOCK_H

/*
 * On a machine without memory, a page of this program that was taken away comes back from the very
 * disk that everybody waits for. Locks what is in use (MCL_ONFAULT), now and later, unless
 * RLIMIT_MEMLOCK limits it: then all that is mapped later would count and fail, a thread's stack first.
 * Says nothing when it may not.
 */
void memory_lock(void);

#endif
