#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static ssize_t pread_retry(int fd, char *buf, size_t size, size_t offset)
{
	ssize_t got;

	do
		got = pread(fd, buf, size, (off_t)offset);
	while (got < 0 && errno == EINTR);
	return got < 0 ? -errno : got;
}

ssize_t file_pread(int fd, char *buf, size_t cap)
{
	size_t len = 0;
	ssize_t got;
	char more;

	while (len < cap - 1) {
		got = pread_retry(fd, buf + len, cap - 1 - len, len);
		if (got <= 0) {
			buf[len] = '\0';
			return got < 0 ? got : (ssize_t)len;
		}
		len += (size_t)got;
	}
	buf[len] = '\0';
	got = pread_retry(fd, &more, 1, len);
	if (got < 0)
		return got;
	return got ? -EFBIG : (ssize_t)len;
}

ssize_t file_pread_record(int fd, char *buf, size_t cap)
{
	ssize_t got = pread_retry(fd, buf, cap - 1, 0);

	buf[got > 0 ? got : 0] = '\0';
	/* A full buffer says nothing about the end: settle it the general way. */
	return got == (ssize_t)cap - 1 ? file_pread(fd, buf, cap) : got;
}

static int open_retry(int dirfd, const char *path, int flags)
{
	int fd;

	do
		fd = openat(dirfd, path, flags | O_CLOEXEC);
	while (fd < 0 && errno == EINTR);
	return fd < 0 ? -errno : fd;
}

int file_open_plain(int dirfd, const char *path)
{
	int held = open_retry(dirfd, path, O_PATH), fd = -EACCES;
	char again[32];
	struct stat st;

	if (held < 0)
		return held;
	/* What was looked at is what is opened, whatever has been put in its place. */
	snprintf(again, sizeof(again), "/proc/self/fd/%d", held);
	if (!fstat(held, &st) && S_ISREG(st.st_mode))
		fd = open_retry(AT_FDCWD, again, O_RDONLY);
	close(held);
	return fd;
}

int file_open_below(int dirfd, const char *path)
{
	struct open_how how = { .flags = O_RDONLY | O_CLOEXEC, .resolve = RESOLVE_BENEATH };
	long fd;

	if (dirfd == AT_FDCWD)
		return open_retry(dirfd, path, O_RDONLY);
	do
		fd = syscall(SYS_openat2, dirfd, path, &how, sizeof(how));
	while (fd < 0 && errno == EINTR);
	if (fd >= 0)
		return (int)fd;
	/* Also where it cannot tell, because something was renamed just now, or is not to be had. */
	if (errno == EXDEV || errno == EAGAIN || errno == ENOSYS || errno == EPERM)
		return file_open_plain(dirfd, path);
	return -errno;
}

ssize_t file_read_at(int dirfd, const char *path, char *buf, size_t cap)
{
	ssize_t len;
	int fd = file_open_below(dirfd, path);

	if (fd < 0)
		return fd;
	len = file_pread(fd, buf, cap);
	close(fd);
	return len;
}

ssize_t kept_file_read(struct kept_file *file, int rootfd, char *buf, size_t cap)
{
	ssize_t len;

	if (file->fd < 0) {
		int fd = file_open_below(rootfd, file->path);

		if (fd < 0)
			return fd;
		file->fd = fd;
	}
	len = file_pread(file->fd, buf, cap);
	if (len < 0 && len != -EFBIG)
		kept_file_close(file);
	return len;
}

void kept_file_close(struct kept_file *file)
{
	if (file->fd >= 0)
		close(file->fd);
	file->fd = -1;
}
