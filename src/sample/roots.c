#include "sample/roots.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

static void read_name(const struct roots *roots, const char *path, char *name, size_t cap)
{
	char text[256];
	ssize_t len = file_read_at(roots->procfd, path, text, sizeof(text));

	text_clean(name, cap, text, len > 0 ? strcspn(text, "\n") : 0);
}

static void read_host(struct roots *roots)
{
	struct statfs fs;

	roots->host.live = !fstatfs(roots->procfd, &fs) && fs.f_type == PROC_SUPER_MAGIC;
	read_name(roots, "sys/kernel/hostname", roots->host.name, sizeof(roots->host.name));
	read_name(roots, "sys/kernel/osrelease", roots->host.release, sizeof(roots->host.release));
}

bool roots_are_own(const struct roots *roots)
{
	struct stat own, given;

	return roots->host.live && !stat("/proc", &own) && !fstat(roots->procfd, &given) &&
	       own.st_dev == given.st_dev && own.st_ino == given.st_ino;
}

bool roots_have_own_pids(const struct roots *roots)
{
	char self[16], pid[16];
	ssize_t len = readlinkat(roots->procfd, "self", self, sizeof(self));

	snprintf(pid, sizeof(pid), "%d", getpid());
	return len > 0 && (size_t)len == strlen(pid) && !memcmp(self, pid, (size_t)len);
}

int roots_open(struct roots *roots, const char *proc_root, const char *sys_root)
{
	roots->sysfd = open(sys_root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	roots->selffd = open("/proc/self", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	roots->procfd = open(proc_root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (roots->procfd < 0)
		return -errno;
	if (faccessat(roots->procfd, "stat", R_OK, 0))
		return errno == ENOENT ? -ENODATA : -errno;
	read_host(roots);
	return 0;
}

void roots_close(struct roots *roots)
{
	const int fds[] = { roots->procfd, roots->sysfd, roots->selffd };

	for (size_t i = 0; i < sizeof(fds) / sizeof(fds[0]); i++)
		if (fds[i] >= 0)
			close(fds[i]);
}
