/*
 * What the /proc source says of live processes, against what they say of themselves.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/value.h"
#include "proc/pid_io.h"
#include "tasks/child.h"
#include "tasks/record.h"
#include "tasks/rig.h"

#define NEAR_NS (3 * NS_PER_MS) /* what a child still uses after its report */
#define THREADS 3
#define BURN_NS (30 * NS_PER_MS)
#define PAGES 200
#define FILE_BYTES (1 << 20)

enum order { ORDER_NOTHING, ORDER_BURN, ORDER_START, ORDER_JOIN, ORDER_FAULT, ORDER_WRITE };

static void assert_near(uint64_t value, uint64_t from, uint64_t slack)
{
	assert_in_range(value, from, from + slack);
}

static void *burn_and_wait(void *barrier)
{
	burn_ns(BURN_NS);
	pthread_barrier_wait(barrier);
	pthread_barrier_wait(barrier);
	return NULL;
}

static void pin_to_one_cpu(void)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET((unsigned)sched_getcpu(), &set);
	sched_setaffinity(0, sizeof(set), &set);
}

/* Busy threads on one CPU, so that they wait for each other; alive until they are joined. */
static int64_t run_threads(bool start)
{
	static pthread_t thread[THREADS];
	static pthread_barrier_t barrier;

	if (start) {
		pin_to_one_cpu();
		pthread_barrier_init(&barrier, NULL, THREADS + 1);
		for (int i = 0; i < THREADS; i++)
			if (pthread_create(&thread[i], NULL, burn_and_wait, &barrier))
				return -1;
		pthread_barrier_wait(&barrier);
	} else {
		pthread_barrier_wait(&barrier);
		for (int i = 0; i < THREADS; i++)
			pthread_join(thread[i], NULL);
	}
	return 0;
}

static int64_t fault(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *memory = mmap(NULL, PAGES * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			    -1, 0);

	if (memory == MAP_FAILED)
		return -1;
	madvise(memory, PAGES * page, MADV_NOHUGEPAGE);
	for (size_t i = 0; i < PAGES; i++)
		memory[i * page] = 1;
	return munmap(memory, PAGES * page);
}

/* Returns the growth of its own write_bytes. */
static int64_t write_file(void)
{
	static char block[FILE_BYTES];
	char path[] = "stalltop-write-XXXXXX", text[512];
	struct pid_io before, after;
	int fd, proc = open("/proc", O_RDONLY | O_CLOEXEC);
	uint32_t pid = (uint32_t)getpid();
	ssize_t len = record_read(proc, pid, "io", text, sizeof(text));
	bool wrote;

	if (len < 0 || pid_io_parse(&before, text, (size_t)len))
		return -1;
	fd = mkostemp(path, O_CLOEXEC);
	unlink(path);
	wrote = write(fd, block, sizeof(block)) == sizeof(block) && !fsync(fd);
	close(fd);
	len = record_read(proc, pid, "io", text, sizeof(text));
	close(proc);
	if (!wrote || len < 0 || pid_io_parse(&after, text, (size_t)len))
		return -1;
	return (int64_t)(after.write_bytes - before.write_bytes);
}

static int64_t work(int order)
{
	switch ((enum order)order) {
	case ORDER_NOTHING:
		return 0;
	case ORDER_BURN:
		burn_ns(BURN_NS);
		return 0;
	case ORDER_START:
	case ORDER_JOIN:
		return run_threads(order == ORDER_START);
	case ORDER_FAULT:
		return fault();
	case ORDER_WRITE:
		return write_file();
	}
	return -1;
}

static void sleeping_is_idle(void **state)
{
	struct rig *rig = *state;
	struct child child;
	struct task first, second;

	child_start(&child, work);
	first = rig_task(rig, child.pid);
	assert_false(first.flags & TASK_IDLE);
	second = rig_task(rig, child.pid);
	assert_true(second.flags & TASK_IDLE);
	assert_true(second.at_ns > first.at_ns);
	assert_true(second.run_delay_at_ns > first.run_delay_at_ns);
	second.flags = first.flags;
	second.at_ns = first.at_ns;
	second.run_delay_at_ns = first.run_delay_at_ns;
	assert_memory_equal(&first, &second, sizeof(first));

	/* Running for a few microseconds is enough to be seen. */
	child_do(&child, ORDER_NOTHING);
	second = rig_task(rig, child.pid);
	assert_false(second.flags & TASK_IDLE);
	assert_true(second.cpu_ns > first.cpu_ns);
	child_end(&child);
}

static void says_who_it_is(void **state)
{
	struct rig *rig = *state;
	struct child child;
	struct task task;

	child_start(&child, work);
	task = rig_task(rig, child.pid);
	assert_int_equal(task.pid, child.pid);
	assert_int_equal(task.ppid, getpid());
	assert_int_equal(task.uid, geteuid());
	assert_int_equal(task.threads, 1);
	assert_int_equal(task.state, 'S');
	assert_int_equal(task.nice, 0);
	assert_int_equal(task.flags, 0);
	assert_string_equal(task.comm, "test_proc_sourc"); /* the kernel keeps 15 bytes */
	assert_in_range(task.start_ns, 1, clock_ns(CLOCK_BOOTTIME));
	assert_true(task.rss_bytes > 0 && task.rss_bytes < 1ull << 40);
	assert_true(present(task.read_bytes) && present(task.write_bytes));
	assert_true(present(task.run_delay_ns));
	assert_true(task_list_find(&rig->list, 1)->pid == 1);
	child_end(&child);
}

static void cpu_is_its_own_clock(void **state)
{
	struct rig *rig = *state;
	struct child_report report;
	struct child child;
	struct task before, after;

	child_start(&child, work);
	before = rig_task(rig, child.pid);
	report = child_do(&child, ORDER_BURN);
	after = rig_task(rig, child.pid);
	assert_near(after.cpu_ns, report.cpu_ns, NEAR_NS);
	assert_true(after.cpu_ns - before.cpu_ns >= BURN_NS);
	assert_int_equal(after.cpu_ns, cpu_clock_of(child.pid));
	child_end(&child);
}

/* What task/TID/schedstat of all threads sum up to. */
static uint64_t run_delay_of_threads(pid_t pid)
{
	char command[128];
	unsigned long long sum;
	FILE *pipe;

	snprintf(command, sizeof(command),
		 "cat /proc/%d/task/*/schedstat | awk '{n += $2} "
		 "END {printf \"%%.0f\", n}'",
		 pid);
	pipe = popen(command, "re");
	assert_non_null(pipe);
	assert_int_equal(fscanf(pipe, "%llu", &sum), 1);
	pclose(pipe);
	return sum;
}

static void threads_are_summed(void **state)
{
	struct rig *rig = *state;
	struct child_report report;
	struct task one, many, idle, joined;
	struct child child;

	child_start(&child, work);
	one = rig_task(rig, child.pid);
	assert_int_equal(one.run_delay_ns, run_delay_of_threads(child.pid));
	report = child_do(&child, ORDER_START);
	assert_int_equal(report.answer, 0);
	many = rig_task(rig, child.pid);
	assert_int_equal(many.threads, 1 + THREADS);
	assert_near(many.cpu_ns, report.cpu_ns, NEAR_NS);
	assert_true(many.cpu_ns - one.cpu_ns >= THREADS * BURN_NS);
	assert_int_equal(many.run_delay_ns, run_delay_of_threads(child.pid));
	/* On one CPU, each waits while the others run. */
	assert_true(many.run_delay_ns - one.run_delay_ns >= (THREADS - 1) * BURN_NS);
	idle = rig_task(rig, child.pid);
	assert_true(idle.flags & TASK_IDLE);
	assert_int_equal(idle.run_delay_ns, many.run_delay_ns);

	/* The threads end: what they used and waited stays. */
	report = child_do(&child, ORDER_JOIN);
	joined = rig_task(rig, child.pid);
	assert_int_equal(joined.threads, 1);
	assert_near(joined.cpu_ns, report.cpu_ns, NEAR_NS);
	assert_true(joined.cpu_ns > many.cpu_ns);
	assert_true(joined.run_delay_ns >= many.run_delay_ns);
	assert_true(joined.run_delay_ns > run_delay_of_threads(child.pid));
	child_end(&child);
}

/* Disk waits are ABSENT unless they are accounted, never 0, for one thread and for several. */
static void disk_wait_needs_accounting(void **state)
{
	struct rig *rig = *state;
	struct child child;

	child_start(&child, work);
	assert_false(present(rig_task(rig, child.pid).disk_wait_ns));
	child_do(&child, ORDER_START);
	assert_false(present(rig_task(rig, child.pid).disk_wait_ns));
	rig->context.delayacct = 1;
	child_do(&child, ORDER_NOTHING);
	assert_true(present(rig_task(rig, child.pid).disk_wait_ns));
	rig->context.delayacct = 0;
	assert_false(present(rig_task(rig, child.pid).disk_wait_ns));
	child_end(&child);
}

static void faults_are_those_of_getrusage(void **state)
{
	struct rig *rig = *state;
	struct child_report before, after;
	struct task first, second;
	struct child child;

	child_start(&child, work);
	child_do(&child, ORDER_NOTHING); /* faults in what it needs to say so */
	before = child_do(&child, ORDER_NOTHING);
	first = rig_task(rig, child.pid);
	after = child_do(&child, ORDER_FAULT);
	second = rig_task(rig, child.pid);
	assert_int_equal(after.answer, 0);
	assert_int_equal(first.minor_faults, before.minor_faults);
	assert_int_equal(second.minor_faults, after.minor_faults);
	assert_int_equal(second.major_faults, after.major_faults);
	assert_true(second.minor_faults - first.minor_faults >= PAGES);
	child_end(&child);
}

static void writes_are_its_own(void **state)
{
	struct rig *rig = *state;
	struct child_report report;
	struct task before, after;
	struct child child;
	struct statfs fs;

	child_start(&child, work);
	before = rig_task(rig, child.pid);
	report = child_do(&child, ORDER_WRITE);
	after = rig_task(rig, child.pid);
	assert_true(report.answer >= 0);
	assert_int_equal(after.write_bytes - before.write_bytes, report.answer);
	/* A file in memory is never written to a storage. */
	if (!statfs(".", &fs) && (fs.f_type == 0xef53 || fs.f_type == 0x58465342))
		assert_near(after.write_bytes - before.write_bytes, FILE_BYTES, 16 * 4096);
	child_end(&child);
}

/* From a copied tree everything is read each time; on one that changes it must say the same. */
static void afresh_says_the_same(void **state)
{
	struct rig *rig = *state, copy;
	struct task live, read;
	struct child child;

	child_start(&child, work);
	rig_open(&copy, "/proc", false);
	rig_task(&copy, child.pid);
	child_do(&child, ORDER_BURN);
	live = rig_task(rig, child.pid);
	read = rig_task(&copy, child.pid);
	assert_int_equal(read.cpu_ns, live.cpu_ns); /* one thread: schedstat is exact */
	assert_int_equal(read.uid, live.uid);
	assert_int_equal(read.minor_faults, live.minor_faults);
	assert_int_equal(read.run_delay_ns, live.run_delay_ns);
	child_do(&child, ORDER_START);
	live = rig_task(rig, child.pid);
	read = rig_task(&copy, child.pid);
	assert_int_equal(read.run_delay_ns, live.run_delay_ns);
	/* Several: ticks, of user and of system time, each cut. */
	assert_in_range(live.cpu_ns - read.cpu_ns, 0, 20 * NS_PER_MS);
	rig_close(&copy);
	child_end(&child);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(sleeping_is_idle, rig_setup, rig_teardown),
		cmocka_unit_test_setup_teardown(says_who_it_is, rig_setup, rig_teardown),
		cmocka_unit_test_setup_teardown(cpu_is_its_own_clock, rig_setup, rig_teardown),
		cmocka_unit_test_setup_teardown(threads_are_summed, rig_setup, rig_teardown),
		cmocka_unit_test_setup_teardown(disk_wait_needs_accounting, rig_setup,
						rig_teardown),
		cmocka_unit_test_setup_teardown(faults_are_those_of_getrusage, rig_setup,
						rig_teardown),
		cmocka_unit_test_setup_teardown(writes_are_its_own, rig_setup, rig_teardown),
		cmocka_unit_test_setup_teardown(afresh_says_the_same, rig_setup, rig_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
