#include "tasks/record.h"

#include <stdio.h>
#include <unistd.h>

#include "base/file.h"

ssize_t record_read(int dirfd, uint32_t id, const char *name, char *buf, size_t cap)
{
	char path[32];
	ssize_t len;
	int fd;

	snprintf(path, sizeof(path), "%u/%s", id, name);
	fd = file_open_below(dirfd, path);
	if (fd < 0)
		return fd;
	len = file_pread_record(fd, buf, cap);
	close(fd);
	return len;
}
