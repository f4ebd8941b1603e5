#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/value.h"
#include "support/parse_check.h"
#include "sys/cgroup.h"

struct roots {
	char path[32];
	int fd; /* both /proc and /sys of the fake machine */
};

static int setup(void **state)
{
	struct roots *roots = calloc(1, sizeof(*roots));

	if (!roots)
		return -1;
	snprintf(roots->path, sizeof(roots->path), "/tmp/stalltop-cgroup-XXXXXX");
	if (!mkdtemp(roots->path))
		return -1;
	roots->fd = open(roots->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*state = roots;
	return roots->fd < 0;
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static int teardown(void **state)
{
	struct roots *roots = *state;
	int rc = nftw(roots->path, remove_entry, 8, FTW_DEPTH | FTW_PHYS);

	close(roots->fd);
	free(roots);
	return rc;
}

static void put(const struct roots *roots, const char *path, const char *text)
{
	char folder[256];
	int fd;

	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		snprintf(folder, sizeof(folder), "%.*s", (int)(slash - path), path);
		assert_true(!mkdirat(roots->fd, folder, 0700) || errno == EEXIST);
	}
	fd = openat(roots->fd, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static void read_limits(int procfd, int sysfd, struct cgroup_limits *limits)
{
	struct cgroup_reader reader;
	char buf[256];

	assert_int_equal(cgroup_reader_init(&reader, procfd, sysfd), 0);
	/* Twice, as a session does: the second time from the open descriptors. */
	for (int i = 0; i < 2; i++)
		cgroup_reader_read(&reader, sysfd, limits, buf, sizeof(buf));
	cgroup_reader_release(&reader);
}

static void assert_limits(const struct roots *roots, uint64_t cpu_milli, uint64_t memory,
			  uint64_t used)
{
	struct cgroup_limits limits;

	read_limits(roots->fd, roots->fd, &limits);
	assert_int_equal(limits.cpu_milli, cpu_milli);
	assert_int_equal(limits.memory_bytes, memory);
	assert_int_equal(limits.memory_used_bytes, used);
}

/* Both see their own cgroup as the root of the mount; with version 1 the path is the host's. */
static void containers(void **state)
{
	static const char *const machines[] = { "container", "container1" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		char path[64];
		struct cgroup_limits limits;
		int procfd, sysfd;

		snprintf(path, sizeof(path), "%s/1/proc", machines[i]);
		procfd = fixture_open(path);
		snprintf(path, sizeof(path), "%s/1/sys", machines[i]);
		sysfd = fixture_open(path);
		read_limits(procfd, sysfd, &limits);
		assert_int_equal(limits.cpu_milli, 1500);
		assert_int_equal(limits.memory_bytes, 2147483648);
		assert_int_equal(limits.memory_used_bytes, 1610616832);
		close(procfd);
		close(sysfd);
	}
}

static void no_limit(void **state)
{
	const struct roots *roots = *state;

	put(roots, "self/cgroup", "0::/user.slice\n");
	assert_limits(roots, ABSENT, ABSENT, ABSENT);
	put(roots, "fs/cgroup/user.slice/cpu.max", "max 100000\n");
	put(roots, "fs/cgroup/user.slice/memory.max", "max\n");
	put(roots, "fs/cgroup/user.slice/memory.current", "5000\n");
	assert_limits(roots, ABSENT, ABSENT, ABSENT);
}

static void tightest_of_the_parents(void **state)
{
	const struct roots *roots = *state;

	put(roots, "self/cgroup", "1:name=systemd:/x\n0::/a/b/c\n");
	put(roots, "fs/cgroup/a/b/c/cpu.max", "400000 100000\n");
	put(roots, "fs/cgroup/a/b/c/memory.max", "max\n");
	put(roots, "fs/cgroup/a/b/c/memory.current", "1\n");
	put(roots, "fs/cgroup/a/b/cpu.max", "max 100000\n");
	put(roots, "fs/cgroup/a/b/memory.max", "3000000\n");
	put(roots, "fs/cgroup/a/b/memory.current", "22\n");
	put(roots, "fs/cgroup/a/cpu.max", "25000 50000\n");
	put(roots, "fs/cgroup/a/memory.max", "9000000\n");
	put(roots, "fs/cgroup/a/memory.current", "333\n");
	assert_limits(roots, 500, 3000000, 22);
}

/* The limit is read each time; which folder's, is settled at the start. */
static void changing_limit(void **state)
{
	const struct roots *roots = *state;
	struct cgroup_reader reader;
	struct cgroup_limits limits;
	char buf[64];

	put(roots, "self/cgroup", "0::/a\n");
	put(roots, "fs/cgroup/a/cpu.max", "100000 100000\n");
	assert_int_equal(cgroup_reader_init(&reader, roots->fd, roots->fd), 0);
	cgroup_reader_read(&reader, roots->fd, &limits, buf, sizeof(buf));
	assert_int_equal(limits.cpu_milli, 1000);
	put(roots, "fs/cgroup/a/cpu.max", "250000 100000\n");
	cgroup_reader_read(&reader, roots->fd, &limits, buf, sizeof(buf));
	assert_int_equal(limits.cpu_milli, 2500);
	put(roots, "fs/cgroup/a/cpu.max", "max 100000\n");
	cgroup_reader_read(&reader, roots->fd, &limits, buf, sizeof(buf));
	assert_int_equal(limits.cpu_milli, ABSENT);
	cgroup_reader_release(&reader);
}

static void version_1_without_limit(void **state)
{
	const struct roots *roots = *state;

	put(roots, "self/cgroup", "4:memory:/m\n3:cpu,cpuacct:/c\n0::/\n");
	put(roots, "fs/cgroup/cpu/c/cpu.cfs_quota_us", "-1\n");
	put(roots, "fs/cgroup/cpu/c/cpu.cfs_period_us", "100000\n");
	put(roots, "fs/cgroup/memory/m/memory.limit_in_bytes", "9223372036854771712\n");
	put(roots, "fs/cgroup/memory/m/memory.usage_in_bytes", "5\n");
	assert_limits(roots, ABSENT, ABSENT, ABSENT);
	put(roots, "fs/cgroup/memory/memory.limit_in_bytes", "7000\n");
	put(roots, "fs/cgroup/memory/memory.usage_in_bytes", "66\n");
	put(roots, "fs/cgroup/cpu/c/cpu.cfs_quota_us", "20000\n");
	assert_limits(roots, 200, 7000, 66);
}

/* cpuset and memory_x are not the controllers that are looked for. */
static void exact_controllers(void **state)
{
	const struct roots *roots = *state;

	put(roots, "self/cgroup", "3:cpuset,memory_x:/c\n0::/c\n");
	put(roots, "fs/cgroup/cpu/c/cpu.cfs_quota_us", "20000\n");
	put(roots, "fs/cgroup/cpu/c/cpu.cfs_period_us", "100000\n");
	put(roots, "fs/cgroup/c/cpu.max", "70000 100000\n");
	assert_limits(roots, 700, ABSENT, ABSENT);
}

static void hostile_files(void **state)
{
	static const char *const limits[] = { "",
					      "\n",
					      "-5 100000\n",
					      "100000\n",
					      "100000 0\n",
					      "x y\n",
					      "18446744073709551614 1\n" };
	static const char *const paths[] = { "0::\n", "0::/../../etc\n", "0::relative\n",
					     "::\n",  "0:\n0::/\n",	 "\n\n0::/" };
	const struct roots *roots = *state;
	struct cgroup_reader reader;
	char line[PATH_MAX];

	put(roots, "self/cgroup", "0::/\n");
	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		put(roots, "fs/cgroup/cpu.max", limits[i]);
		assert_limits(roots, ABSENT, ABSENT, ABSENT);
	}
	put(roots, "fs/cgroup/cpu.max", "70000 100000\n");
	put(roots, "fs/cpu.max", "1 100000\n"); /* above the mount: not to be read */
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		put(roots, "self/cgroup", paths[i]);
		assert_limits(roots, 700, ABSENT, ABSENT);
	}
	memset(line, 'x', sizeof(line));
	memcpy(line, "0::/", 4);
	line[sizeof(line) - 1] = '\0';
	put(roots, "self/cgroup", line);
	assert_int_equal(cgroup_reader_init(&reader, roots->fd, roots->fd), -ENAMETOOLONG);
	cgroup_reader_release(&reader);
}

static void no_proc(void **state)
{
	const struct roots *roots = *state;
	struct cgroup_reader reader;
	struct cgroup_limits limits = { 1, 2, 3 };
	char buf[64];

	assert_int_equal(cgroup_reader_init(&reader, roots->fd, roots->fd), -ENOENT);
	cgroup_reader_read(&reader, roots->fd, &limits, buf, sizeof(buf));
	assert_int_equal(limits.cpu_milli, ABSENT);
	assert_int_equal(limits.memory_bytes, ABSENT);
	assert_int_equal(limits.memory_used_bytes, ABSENT);
	cgroup_reader_release(&reader);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(containers),
		cmocka_unit_test_setup_teardown(no_limit, setup, teardown),
		cmocka_unit_test_setup_teardown(tightest_of_the_parents, setup, teardown),
		cmocka_unit_test_setup_teardown(changing_limit, setup, teardown),
		cmocka_unit_test_setup_teardown(version_1_without_limit, setup, teardown),
		cmocka_unit_test_setup_teardown(exact_controllers, setup, teardown),
		cmocka_unit_test_setup_teardown(hostile_files, setup, teardown),
		cmocka_unit_test_setup_teardown(no_proc, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
