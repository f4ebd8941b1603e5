#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
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

static int open_retry(int dirfd, const char *path)
{
	int fd;

	do
		fd = openat(dirfd, path, O_RDONLY | O_CLOEXEC);
	while (fd < 0 && errno == EINTR);
	return fd < 0 ? -errno : fd;
}

ssize_t file_read_at(int dirfd, const char *path, char *buf, size_t cap)
{
	ssize_t len;
	int fd = open_retry(dirfd, path);

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
		int fd = open_retry(rootfd, file->path);

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
