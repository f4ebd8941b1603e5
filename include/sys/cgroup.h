/*
 * sys/cgroup: the limits of the cgroup that stalltop itself runs in, so that inside a container the
 * host's figures and the container's are both shown, each labelled.
 *
 * From proc/self/cgroup the path is taken; version 2 is read from sys/fs/cgroup/PATH/{cpu.max,
 * memory.max, memory.current}, version 1 from sys/fs/cgroup/{cpu,memory}/PATH/{cpu.cfs_quota_us,
 * cpu.cfs_period_us, memory.limit_in_bytes, memory.usage_in_bytes}. Kernel
 * Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst.
 *
 * A cgroup is held by the limits of its parents too. So PATH and each directory above it, to the
 * mount's root, are looked at once, in init, and the one with the lowest limit is read from then
 * on, for CPU and memory each; PATH itself where none is limited. A container that sees its own
 * cgroup as the root ends at the mount's root this way. A limit that is set elsewhere later is not
 * seen.
 */
#ifndef STALLTOP_SYS_CGROUP_H
#define STALLTOP_SYS_CGROUP_H

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

#include "base/file.h"

struct cgroup_limits {
	uint64_t cpu_milli; /* thousandths of a CPU that it may use; ABSENT when not limited */
	uint64_t memory_bytes; /* limit; ABSENT when not limited */
	uint64_t memory_used_bytes; /* ABSENT when there is no limit */
};

struct cgroup_reader {
	struct kept_file cpu, period, memory, memory_used; /* period only with version 1 */
	char path[4][PATH_MAX / 4];
	int version; /* of the hierarchy; 0 when the process is in none */
};

/*
 * Finds the files once. Both roots are kept by the caller. 0 or -errno (then reads give ABSENT).
 * The reader points into itself: it must stay where it is until its release.
 */
int cgroup_reader_init(struct cgroup_reader *reader, int procfd, int sysfd);
/* Reads the limits; whatever fails is ABSENT. buf is scratch. */
void cgroup_reader_read(struct cgroup_reader *reader, int sysfd, struct cgroup_limits *limits,
			char *buf, size_t cap);
void cgroup_reader_release(struct cgroup_reader *reader);

#endif
