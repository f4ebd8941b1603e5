/*
 * Sleeps in D of known length: a device that a cgroup throttles, a filesystem that stands frozen; and a
 * frozen process, whose letter is D although it waits for nothing.
 *
 * Each needs root and a kernel that has it; a test that cannot arrange it says so and passes.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <fcntl.h>
#include <linux/fs.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "proc/pid_stat.h"
#include "tasks/blocked.h"
#include "tasks/bpf_rig.h"
#include "tasks/child.h"

#define IMAGE_BYTES (8 << 20)
#define BLOCK (64 << 10)
#define BLOCKS 8
#define BYTES_PER_S "1048576" /* a block in 62.5 ms */
#define FROZEN_NS (300 * NS_PER_MS)

/* A block device of our own, over a file, and what lies on it. The child inherits the paths. */
static struct {
	char image[64], device[64], mount[64], cgroup[128];
	bool mounted;
	pid_t child;
} slow;

__attribute__((format(printf, 1, 2))) static bool runf(const char *format, ...)
{
	char command[512];
	va_list args;

	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	return !system(command);
}

static bool write_file(const char *dir, const char *name, const char *text)
{
	char path[256];
	size_t length = strlen(text);
	bool good;
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	good = fd >= 0 && write(fd, text, length) == (ssize_t)length;
	if (fd >= 0)
		close(fd);
	return good;
}

/* losetup(8) names the device. */
static bool make_device(void)
{
	FILE *pipe;
	char command[128];
	int fd;

	snprintf(slow.image, sizeof(slow.image), "/tmp/stalltop-disk-XXXXXX");
	fd = mkstemp(slow.image);
	if (fd < 0)
		return false;
	if (ftruncate(fd, IMAGE_BYTES)) {
		close(fd);
		return false;
	}
	close(fd);
	snprintf(command, sizeof(command), "losetup -f --show %s 2>&1", slow.image);
	pipe = popen(command, "re");
	if (pipe) {
		if (!fgets(slow.device, sizeof(slow.device), pipe))
			slow.device[0] = '\0';
		pclose(pipe);
	}
	slow.device[strcspn(slow.device, "\n")] = '\0';
	return !strncmp(slow.device, "/dev/", 5);
}

static void thaw(void)
{
	int fd = slow.mounted ? open(slow.mount, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

	if (fd < 0)
		return;
	ioctl(fd, FITHAW, 0);
	close(fd);
}

static int setup(void **state)
{
	memset(&slow, 0, sizeof(slow));
	return bpf_rig_setup(state);
}

static int teardown(void **state)
{
	/* Of a test that failed: a cgroup with somebody in it stays. */
	if (slow.child) {
		kill(slow.child, SIGKILL);
		write_file(slow.cgroup, "freezer.state", "THAWED");
		thaw();
		waitpid(slow.child, NULL, 0);
	}
	if (slow.cgroup[0]) {
		write_file(slow.cgroup, "freezer.state", "THAWED");
		rmdir(slow.cgroup);
	}
	if (slow.mounted) {
		thaw();
		umount(slow.mount);
	}
	if (slow.mount[0])
		rmdir(slow.mount);
	if (!strncmp(slow.device, "/dev/", 5))
		runf("losetup -d %s", slow.device);
	if (slow.image[0])
		unlink(slow.image);
	return bpf_rig_teardown(state);
}

static bool make_cgroup(const char *parent)
{
	snprintf(slow.cgroup, sizeof(slow.cgroup), "%s/stalltop-test-%d", parent, getpid());
	if (!mkdir(slow.cgroup, 0755))
		return true;
	slow.cgroup[0] = '\0';
	return false;
}

/* By a cgroup of version 1, or of version 2 where it gives its children I/O limits. */
static bool throttle_device(void)
{
	struct stat st;
	char limit[96];

	if (stat(slow.device, &st))
		return false;
	snprintf(limit, sizeof(limit), "%u:%u " BYTES_PER_S, major(st.st_rdev), minor(st.st_rdev));
	if (make_cgroup("/sys/fs/cgroup/blkio"))
		return write_file(slow.cgroup, "blkio.throttle.read_bps_device", limit);
	snprintf(limit, sizeof(limit), "%u:%u rbps=" BYTES_PER_S, major(st.st_rdev),
		 minor(st.st_rdev));
	return make_cgroup("/sys/fs/cgroup") && write_file(slow.cgroup, "io.max", limit);
}

enum order { ORDER_READ, ORDER_WRITE };

/* The wall time without what this process used a CPU. It waits for none: it has real-time priority. */
static uint64_t time_off_cpu(void)
{
	return clock_ns(CLOCK_MONOTONIC) - clock_ns(CLOCK_THREAD_CPUTIME_ID);
}

static int64_t read_blocks(void)
{
	void *block;
	int fd = open(slow.device, O_RDONLY | O_DIRECT | O_CLOEXEC);
	uint64_t began;

	if (fd < 0 || posix_memalign(&block, 4096, BLOCK))
		return -1;
	began = time_off_cpu();
	for (int i = 0; i < BLOCKS; i++)
		if (pread(fd, block, BLOCK, (off_t)i * BLOCK) != BLOCK)
			return -1;
	free(block);
	close(fd);
	return (int64_t)(time_off_cpu() - began);
}

static int64_t write_byte(void)
{
	char path[80];
	uint64_t began;
	int fd;

	snprintf(path, sizeof(path), "%s/file", slow.mount);
	began = time_off_cpu();
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, "x", 1) != 1)
		return -1;
	close(fd);
	return (int64_t)(time_off_cpu() - began);
}

/* The nanoseconds that it stood still for, nearly all of them in D. */
static int64_t work(int order)
{
	be_real_time();
	return order == ORDER_READ ? read_blocks() : write_byte();
}

static void reads_from_a_slow_device(void **state)
{
	struct rig *rig = NEED_BPF(state);
	struct child_report report;
	struct task before, now;
	struct child child;
	char pid[16];

	if (geteuid() || !make_device() || !throttle_device()) {
		print_message("not tested: no loop device, or no cgroup that throttles it\n");
		return;
	}
	child_start(&child, work);
	slow.child = child.pid;
	snprintf(pid, sizeof(pid), "%d", child.pid);
	assert_true(write_file(slow.cgroup, "cgroup.procs", pid));
	before = rig_task(rig, child.pid);
	report = child_do(&child, ORDER_READ);
	now = rig_task(rig, child.pid);
	assert_true(report.answer > (int64_t)(FROZEN_NS / 2));
	assert_pct(now.disk_wait_ns - before.disk_wait_ns, (uint64_t)report.answer, 100, 3);
	/* And a page of its own program, where memory is short. */
	assert_in_range(now.read_bytes - before.read_bytes, BLOCK * BLOCKS, 2 * BLOCK * BLOCKS);
	child_end(&child);
	slow.child = 0;
}

static bool make_filesystem(void)
{
	if (!make_device() || !runf("mkfs.ext4 -q %s >/dev/null 2>&1", slow.device))
		return false;
	snprintf(slow.mount, sizeof(slow.mount), "/tmp/stalltop-mount-XXXXXX");
	if (!mkdtemp(slow.mount)) {
		slow.mount[0] = '\0';
		return false;
	}
	slow.mounted = !mount(slow.device, slow.mount, "ext4", 0, NULL);
	return slow.mounted && runf("touch %s/file && sync -f %s/file", slow.mount, slow.mount);
}

static void writes_to_a_frozen_filesystem(void **state)
{
	struct rig *rig = NEED_BPF(state);
	uint64_t until = clock_ns(CLOCK_MONOTONIC) + CHILD_WAIT_MS * NS_PER_MS;
	struct child_report report;
	struct task before, first, later;
	struct child child;
	int fd;

	if (geteuid() || !make_filesystem()) {
		print_message("not tested: no filesystem of our own\n");
		return;
	}
	fd = open(slow.mount, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(fd >= 0);
	child_start(&child, work);
	slow.child = child.pid;
	before = rig_task(rig, child.pid);
	assert_int_equal(ioctl(fd, FIFREEZE, 0), 0);
	child_order(&child, ORDER_WRITE);
	do
		first = rig_task(rig, child.pid);
	while (first.state != 'D' && clock_ns(CLOCK_MONOTONIC) < until);
	pass_ns(FROZEN_NS);
	later = rig_task(rig, child.pid);
	close(fd);
	thaw();
	assert_int_equal(read(child.reports, &report, sizeof(report)), sizeof(report));
	wait_asleep(child.pid);
	/* In one piece, and its age grows with it. */
	assert_int_equal(later.state, 'D');
	assert_true(later.flags & TASK_BLOCKED);
	assert_pct(later.blocked_ns - first.blocked_ns, later.at_ns - first.at_ns, 100, 5);
	assert_pct(later.disk_wait_ns - first.disk_wait_ns, later.at_ns - first.at_ns, 100, 5);
	later = rig_task(rig, child.pid);
	assert_pct(later.disk_wait_ns - before.disk_wait_ns, (uint64_t)report.answer, 100, 3);
	assert_int_equal(later.blocked_ns, 0);
	child_end(&child);
	slow.child = 0;
}

static char proc_state(pid_t pid)
{
	struct pid_stat stat;
	char text[1024];
	size_t len = read_proc(text, sizeof(text), pid, "stat");

	assert_int_equal(pid_stat_parse(&stat, text, len), 0);
	return stat.state;
}

/* Before 6.1 a frozen task was in D like any other. */
static bool has_frozen_state(void)
{
	struct utsname name;
	int version = 0, patch = 0;

	uname(&name);
	sscanf(name.release, "%d.%d", &version, &patch);
	return version > 6 || (version == 6 && patch >= 1);
}

static void a_frozen_process_waits_for_nothing(void **state)
{
	struct rig *rig = NEED_BPF(state);
	uint64_t until = clock_ns(CLOCK_MONOTONIC) + CHILD_WAIT_MS * NS_PER_MS;
	struct task before, now;
	struct child child;
	char pid[16];

	if (geteuid() || !has_frozen_state() || !make_cgroup("/sys/fs/cgroup/freezer")) {
		print_message("not tested: no freezer of version 1 on Linux 6.1 or later\n");
		return;
	}
	child_start(&child, work);
	slow.child = child.pid;
	snprintf(pid, sizeof(pid), "%d", child.pid);
	assert_true(write_file(slow.cgroup, "cgroup.procs", pid));
	assert_true(write_file(slow.cgroup, "freezer.state", "FROZEN"));
	while (proc_state(child.pid) != 'D')
		assert_true(clock_ns(CLOCK_MONOTONIC) < until);
	before = rig_task(rig, child.pid);
	pass_ns(FROZEN_NS / 3);
	now = rig_task(rig, child.pid);
	write_file(slow.cgroup, "freezer.state", "THAWED");
	assert_int_equal(now.state, 'D');
	assert_false(now.flags & TASK_BLOCKED);
	assert_int_equal(now.blocked_ns, 0);
	assert_int_equal(now.disk_wait_ns, before.disk_wait_ns);
	child_end(&child);
	slow.child = 0;
}

#define slow_test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		slow_test(reads_from_a_slow_device),
		slow_test(writes_to_a_frozen_filesystem),
		slow_test(a_frozen_process_waits_for_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
