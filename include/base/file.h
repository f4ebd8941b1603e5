/*
 * base/file: whole small files into the caller's buffer, without allocation.
 *
 * A kept file stays open between reads, since pread(2) of an open /proc file costs about half of
 * open+read+close. Errors are -errno.
 */
#ifndef STALLTOP_BASE_FILE_H
#define STALLTOP_BASE_FILE_H

#include <stddef.h>
#include <sys/types.h>

/*
 * Reads all of `fd` from offset 0 into buf, which holds cap bytes, and ends it with a NUL.
 * Returns the length without the NUL, or -errno. A file longer than cap - 1 gives -EFBIG, with
 * the first cap - 1 bytes in buf.
 */
ssize_t file_pread(int fd, char *buf, size_t cap);

/*
 * The same with a single pread(2), for a file that the kernel prints as one record and hands over
 * whole: /proc/PID/{stat,statm,schedstat,status}. Saves the call that only says that the end is
 * there. Never for a file of many records (vmstat, diskstats): it comes in pieces of a page.
 */
ssize_t file_pread_record(int fd, char *buf, size_t cap);

/*
 * Opens a path below dirfd (AT_FDCWD: any path) to read: a descriptor that is closed on exec, or -errno.
 * A copied tree is somebody's gift, and opening a device can do harm (a tape rewinds, a watchdog resets
 * the machine): where a symbolic link leads out of the tree, only a plain file is opened, else -EACCES.
 */
int file_open_below(int dirfd, const char *path);

/* The same of any path, for a plain file only; nothing else is opened, not even for a moment. */
int file_open_plain(int dirfd, const char *path);

/* As file_pread() of a path below dirfd, opened by file_open_below() and closed again. */
ssize_t file_read_at(int dirfd, const char *path, char *buf, size_t cap);

/* A file below a root directory, opened at its first read and kept. */
struct kept_file {
	const char *path; /* relative to the root; not owned */
	int fd; /* -1 while closed */
};

/*
 * Reads a kept file as file_pread() does. A read that fails closes the descriptor, so that the next
 * call opens the path afresh (a module that was loaded, a file that came back); -EFBIG does not.
 */
ssize_t kept_file_read(struct kept_file *file, int rootfd, char *buf, size_t cap);
void kept_file_close(struct kept_file *file);

#endif
