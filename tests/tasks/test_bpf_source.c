/*
 * What the BPF source says of a process at rest, against what /proc says of it, exactly where the
 * kernel is exact.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/directory.h"
#include "base/value.h"
#include "proc/pid_io.h"
#include "proc/pid_stat.h"
#include "proc/pid_status.h"
#include "tasks/bpf_rig.h"
#include "tasks/child.h"

#define TICK_NS (10 * NS_PER_MS)
#define BURN_NS (40 * NS_PER_MS)
#define THREADS 3
#define PAGES 500
#define FILE_BYTES (1 << 20)

enum order { ORDER_BURN, ORDER_MEMORY, ORDER_FILE, ORDER_THREADS, ORDER_MORE_THREADS, ORDER_NAME };

static int64_t touch_memory(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *memory = mmap(NULL, PAGES * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			    -1, 0);

	if (memory == MAP_FAILED)
		return -1;
	for (size_t i = 0; i < PAGES; i++)
		memory[i * page] = 1;
	return munmap(memory, PAGES / 3 * page);
}

/* Writes, drops from the cache, reads and maps: storage is read and major faults are taken. */
static int64_t use_file(void)
{
	static char block[FILE_BYTES];
	char path[] = "stalltop-bpf-XXXXXX";
	int fd = mkostemp(path, O_CLOEXEC);
	int64_t sum = 0;
	char *map;

	unlink(path);
	if (fd < 0 || write(fd, block, sizeof(block)) != sizeof(block) || fsync(fd) ||
	    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED))
		return -1;
	map = mmap(NULL, FILE_BYTES, PROT_READ, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED)
		return -1;
	madvise(map, FILE_BYTES, MADV_RANDOM);
	for (size_t i = 0; i < FILE_BYTES; i += FILE_BYTES / 4)
		sum += map[i];
	close(fd);
	return sum;
}

static void *burn(void *barrier)
{
	burn_ns(BURN_NS / 2);
	if (barrier)
		pthread_barrier_wait(barrier);
	while (barrier)
		pause();
	return NULL;
}

/* Threads that end, and some that stay. */
static int64_t run_threads(bool stay)
{
	static pthread_barrier_t barrier;
	pthread_t thread[THREADS];

	pthread_barrier_init(&barrier, NULL, THREADS + 1);
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&thread[i], NULL, burn, stay ? &barrier : NULL))
			return -1;
	if (stay)
		return pthread_barrier_wait(&barrier) > 0;
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	return 0;
}

static int64_t work(int order)
{
	switch ((enum order)order) {
	case ORDER_BURN:
		burn_ns(BURN_NS);
		return 0;
	case ORDER_MEMORY:
		return touch_memory();
	case ORDER_FILE:
		return use_file();
	case ORDER_THREADS:
	case ORDER_MORE_THREADS:
		return run_threads(order == ORDER_MORE_THREADS);
	case ORDER_NAME:
		setpriority(PRIO_PROCESS, 0, 7);
		return prctl(PR_SET_NAME, "a\033[31m)b c");
	}
	return -1;
}

/* Compares all that both know of a process that sleeps. */
static void assert_as_proc(struct rig *rig, pid_t pid)
{
	struct task task = rig_task(rig, pid);
	struct pid_status status;
	struct pid_stat stat;
	struct pid_io io;
	char text[4096];
	size_t len = read_proc(text, sizeof(text), pid, "stat");
	uint64_t ticks;

	assert_int_equal(pid_stat_parse(&stat, text, len), 0);
	ticks = stat.utime + stat.stime;
	assert_int_equal(task.minor_faults, stat.minflt);
	assert_int_equal(task.major_faults, stat.majflt);
	/* Two numbers, each cut to a tick. */
	assert_in_range(task.cpu_ns, ticks * TICK_NS, (ticks + 2) * TICK_NS);
	assert_int_equal(task.start_ns / TICK_NS, stat.starttime);
	assert_int_equal(task.ppid, stat.ppid);
	assert_int_equal(task.state, stat.state);
	assert_int_equal(task.nice, stat.nice);
	assert_int_equal(task.threads, stat.num_threads);
	assert_int_equal(!!(task.flags & TASK_KTHREAD), !!(stat.flags & 0x200000));
	len = read_proc(text, sizeof(text), pid, "io");
	assert_int_equal(pid_io_parse(&io, text, len), 0);
	assert_int_equal(task.read_bytes, io.read_bytes);
	assert_int_equal(task.write_bytes, io.write_bytes);
	len = read_proc(text, sizeof(text), pid, "status");
	assert_int_equal(pid_status_parse(&status, text, len), 0);
	assert_int_equal(task.uid, status.euid);
	assert_int_equal(task.rss_bytes, status.rss_kb * 1024);
	assert_int_equal(task.anon_bytes, status.rss_anon_kb * 1024);
	assert_int_equal(task.swap_bytes, status.swap_kb * 1024);
}

static void says_what_proc_says(void **state)
{
	static const enum order orders[] = { ORDER_BURN,    ORDER_MEMORY,	ORDER_FILE,
					     ORDER_THREADS, ORDER_MORE_THREADS, ORDER_MEMORY };
	struct rig *rig = NEED_BPF(state);
	struct child child;

	child_start(&child, work);
	assert_as_proc(rig, child.pid);
	for (size_t i = 0; i < sizeof(orders) / sizeof(*orders); i++) {
		child_do(&child, (int)orders[i]);
		assert_as_proc(rig, child.pid);
	}
	child_end(&child);
}

/* Of all threads that live; /proc tells those of each thread alone. */
static void switches_are_those_of_all_threads(void **state)
{
	struct rig *rig = NEED_BPF(state);
	struct number_list tids = { 0 };
	uint64_t voluntary = 0, involuntary = 0;
	struct child child;
	struct task task;
	char path[64];
	int fd;

	child_start(&child, work);
	child_do(&child, ORDER_MORE_THREADS);
	task = rig_task(rig, child.pid);
	snprintf(path, sizeof(path), "/proc/%d/task", child.pid);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(directory_numbers(fd, &tids), 0);
	close(fd);
	assert_int_equal(tids.count, THREADS + 1);
	for (size_t i = 0; i < tids.count; i++) {
		struct pid_status status;
		char text[4096];
		size_t len = read_proc(text, sizeof(text), (int)tids.number[i], "status");

		assert_int_equal(pid_status_parse(&status, text, len), 0);
		voluntary += status.voluntary_ctxt_switches;
		involuntary += status.nonvoluntary_ctxt_switches;
	}
	assert_true(voluntary > THREADS);
	assert_int_equal(task.voluntary_switches, voluntary);
	assert_int_equal(task.involuntary_switches, involuntary);
	/* Those of threads that died since stay. */
	child_do(&child, ORDER_THREADS);
	assert_true(rig_task(rig, child.pid).voluntary_switches > voluntary);
	number_list_release(&tids);
	child_end(&child);
}

/* The kernel's own clock of a process counts its dead threads too. */
static void cpu_time_is_that_of_its_clock(void **state)
{
	struct rig *rig = NEED_BPF(state);
	struct child child;

	child_start(&child, work);
	child_do(&child, ORDER_THREADS);
	child_do(&child, ORDER_MORE_THREADS);
	assert_int_equal(rig_task(rig, child.pid).cpu_ns, cpu_clock_of(child.pid));
	assert_true(rig_task(rig, child.pid).cpu_ns >= 2 * THREADS * BURN_NS / 2);
	child_end(&child);
}

static void rest_is_idle_and_work_is_not(void **state)
{
	struct rig *rig = NEED_BPF(state);
	struct child child;

	child_start(&child, work);
	assert_false(rig_task(rig, child.pid).flags & TASK_IDLE);
	assert_true(rig_task(rig, child.pid).flags & TASK_IDLE);
	child_do(&child, ORDER_BURN);
	assert_false(rig_task(rig, child.pid).flags & TASK_IDLE);
	child_end(&child);
}

static void names_are_made_harmless(void **state)
{
	struct rig *rig = NEED_BPF(state);
	struct child child;
	struct task task;

	child_start(&child, work);
	child_do(&child, ORDER_NAME);
	task = rig_task(rig, child.pid);
	assert_string_equal(task.comm, "a\xef\xbf\xbd[31m)b c");
	assert_int_equal(task.nice, 7);
	child_end(&child);
}

/* With its counters, until it is reaped; then it is gone without a trace. */
static void a_zombie_is_seen(void **state)
{
	struct rig *rig = NEED_BPF(state);
	struct child child;
	uint64_t cpu_ns;

	child_start(&child, work);
	child_do(&child, ORDER_THREADS);
	cpu_ns = rig_task(rig, child.pid).cpu_ns;
	child_kill(&child);
	assert_int_equal(rig_task(rig, child.pid).state, 'Z');
	assert_true(rig_task(rig, child.pid).cpu_ns >= cpu_ns);
	child_reap(&child);
	rig_take(rig);
	assert_false(rig_has(rig, child.pid));
	child_end(&child);
}

static void the_list_is_whole_and_in_order(void **state)
{
	struct rig *rig = NEED_BPF(state);
	uint32_t previous = 0;

	rig_take(rig);
	assert_true(rig_has(rig, getpid()));
	assert_true(rig_has(rig, getppid()));
	assert_true(rig->list.threads >= rig->list.count);
	for (size_t i = 0; i < rig->list.count; i++) {
		assert_true(rig->list.task[i].pid >= previous);
		previous = rig->list.task[i].pid;
	}
}

static void without_waits_there_is_no_time_in_d(void **state)
{
	struct rig *rig = NEED_BPF(state);
	struct child child;

	child_start(&child, work);
	child_do(&child, ORDER_MORE_THREADS);
	assert_as_proc(rig, child.pid);
	assert_int_equal(rig_task(rig, child.pid).disk_wait_ns, ABSENT);
	assert_true(present(rig_task(rig, child.pid).run_delay_ns));
	child_end(&child);
}

static void nothing_stays_open(void **state)
{
	int before = open_descriptors();
	void *again = NULL;

	(void)state;
	bpf_rig_setup(&again);
	bpf_rig_teardown(&again);
	assert_int_equal(open_descriptors(), before);
}

#define bpf_test(name) cmocka_unit_test_setup_teardown(name, bpf_rig_setup, bpf_rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		bpf_test(says_what_proc_says),
		bpf_test(switches_are_those_of_all_threads),
		bpf_test(cpu_time_is_that_of_its_clock),
		bpf_test(rest_is_idle_and_work_is_not),
		bpf_test(names_are_made_harmless),
		bpf_test(a_zombie_is_seen),
		bpf_test(the_list_is_whole_and_in_order),
		cmocka_unit_test_setup_teardown(without_waits_there_is_no_time_in_d,
						bpf_rig_setup_no_waits, bpf_rig_teardown),
		cmocka_unit_test(nothing_stays_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
