/*
 * tasks/record: one of the small files of a process or thread, PID/NAME or TID/NAME. The kernel prints
 * each as one record, so one read takes it whole.
 */
#ifndef STALLTOP_TASKS_RECORD_H
#define STALLTOP_TASKS_RECORD_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Reads id/name below dirfd into buf, a NUL at its end. The length, or -errno. */
ssize_t record_read(int dirfd, uint32_t id, const char *name, char *buf, size_t cap);

/* Whether this -errno of a file below a process or thread says that it has ended. */
static inline bool record_is_gone(ssize_t err)
{
	return err == -ENOENT || err == -ESRCH;
}

#endif
