/*
 * sample/roots: the trees that samples are taken from, and whose machine they tell of: /proc and /sys of
 * this one, those of a host that are mounted into a container, or a copy of another machine's.
 *
 * A copy is no procfs (statfs(2) says so): it is of another time.
 */
#ifndef STALLTOP_SAMPLE_ROOTS_H
#define STALLTOP_SAMPLE_ROOTS_H

#include <stdbool.h>

#include "sample/feed.h"

struct roots {
	int procfd;
	int sysfd; /* below 0: without /sys there are no limits, and the names of disks decide */
	int selffd; /* this program's own /proc/self, wherever procfd leads; or below 0 */
	struct host host;
};

/*
 * 0 or -errno: -ENOENT or -ENOTDIR when proc_root is no directory, -ENODATA when it holds no stat. Also
 * then the roots are to be closed.
 */
int roots_open(struct roots *roots, const char *proc_root, const char *sys_root);
void roots_close(struct roots *roots);

/* Whether proc_root is the /proc that this program sees. */
bool roots_are_own(const struct roots *roots);

/* Whether a pid means the same to us and to whoever reads proc_root. */
bool roots_have_own_pids(const struct roots *roots);

#endif
