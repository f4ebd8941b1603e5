/*
 * Processes that end between two samples, under the BPF source: charged to that interval, all of them.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/value.h"
#include "proc/stat.h"
#include "tasks/bpf_rig.h"
#include "tasks/child.h"

#define STORM 20000
#define BURN_NS (20 * NS_PER_MS)
#define BUSY_NS (5 * NS_PER_S)
#define TICK_NS (10 * NS_PER_MS)
#define THREADS 4

static const struct task *find_exited(const struct rig *rig, pid_t pid)
{
	for (size_t i = 0; i < rig->list.count; i++)
		if (rig->list.task[i].pid == (uint32_t)pid && rig->list.task[i].flags & TASK_EXITED)
			return &rig->list.task[i];
	return NULL;
}

/* Takes lists until the process is among the exited ones: its last switch comes after its reaping. */
static const struct task *wait_exited(struct rig *rig, pid_t pid)
{
	uint64_t until = clock_ns(CLOCK_MONOTONIC) + CHILD_WAIT_MS * NS_PER_MS;
	const struct task *task;

	do {
		assert_true(clock_ns(CLOCK_MONOTONIC) < until);
		rig_take(rig);
		task = find_exited(rig, pid);
	} while (!task);
	return task;
}

static pid_t run_and_reap(void (*work)(void))
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (!pid) {
		prctl(PR_SET_NAME, "short-lived");
		work();
		_exit(0);
	}
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	return pid;
}

static void burn_and_write(void)
{
	static char block[1 << 16];
	char path[] = "stalltop-bpf-XXXXXX";
	int fd = mkostemp(path, O_CLOEXEC);

	unlink(path);
	if (write(fd, block, sizeof(block)) == sizeof(block))
		fsync(fd);
	burn_ns(BURN_NS);
}

static void *burn_in_thread(void *end_first)
{
	burn_ns(BURN_NS / THREADS);
	while (!end_first)
		pause();
	return NULL;
}

/* Threads that ended before, and threads that exit_group() ends. */
static void burn_in_threads(void)
{
	pthread_t thread[THREADS];
	static char yes;

	for (int i = 0; i < THREADS; i++)
		pthread_create(&thread[i], NULL, burn_in_thread, i % 2 ? &yes : NULL);
	for (int i = 1; i < THREADS; i += 2)
		pthread_join(thread[i], NULL);
	burn_ns(BURN_NS);
}

static void what_lived_and_died_between_samples_is_charged(void **state)
{
	struct rig *rig = NEED_BPF(state);
	uint64_t began = clock_ns(CLOCK_BOOTTIME);
	pid_t pid = run_and_reap(burn_and_write);
	const struct task *task = wait_exited(rig, pid);

	assert_in_range(task->cpu_ns, BURN_NS, 3 * BURN_NS);
	assert_in_range(task->start_ns, began, clock_ns(CLOCK_BOOTTIME));
	assert_true(task->minor_faults > 0);
	assert_true(task->write_bytes == 0 || task->write_bytes >= 1 << 16);
	assert_int_equal(task->ppid, getpid());
	assert_int_equal(task->uid, geteuid());
	assert_string_equal(task->comm, "short-lived");
	assert_int_equal(task->state, 'X');
	assert_int_equal(task->rss_bytes, ABSENT);
	/* Once. */
	rig_take(rig);
	assert_null(find_exited(rig, pid));
	assert_false(rig_has(rig, pid));
}

static void all_threads_are_charged(void **state)
{
	struct rig *rig = NEED_BPF(state);
	const struct task *task = wait_exited(rig, run_and_reap(burn_in_threads));

	assert_in_range(task->cpu_ns, BURN_NS + BURN_NS / 2, 4 * BURN_NS);
}

static int64_t work(int order)
{
	pthread_t thread;
	static char yes;

	burn_ns(BURN_NS);
	if (order && !pthread_create(&thread, NULL, burn_in_thread, &yes))
		pthread_join(thread, NULL);
	return 0;
}

/* The last counters go on from those of the sample before, dead threads included. */
static void what_was_known_goes_on(void **state)
{
	struct rig *rig = NEED_BPF(state);
	const struct task *task;
	struct child child;
	struct task before;
	pid_t pid;

	child_start(&child, work);
	child_do(&child, 1);
	before = rig_task(rig, child.pid);
	child_do(&child, 0);
	pid = child.pid;
	child_kill(&child);
	child_reap(&child);
	task = wait_exited(rig, pid);
	assert_int_equal(task->start_ns, before.start_ns);
	assert_in_range(task->cpu_ns - before.cpu_ns, BURN_NS, 3 * BURN_NS);
	assert_true(task->minor_faults >= before.minor_faults);
	assert_true(task->run_delay_ns >= before.run_delay_ns);
	child_end(&child);
}

static void come_and_go(void)
{
	pid_t pid = vfork();

	if (!pid)
		_exit(0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

/* Nothing is lost, no row stays, and each is charged a sane time. */
static void a_storm_is_counted_to_the_last(void **state)
{
	struct rig *rig = NEED_BPF(state);
	uint64_t began = clock_ns(CLOCK_MONOTONIC), taken = began, spent;
	size_t seen = 0;

	for (int i = 0; i < STORM; i++) {
		come_and_go();
		if (clock_ns(CLOCK_MONOTONIC) - taken < NS_PER_S && i < STORM - 1)
			continue;
		if (i == STORM - 1)
			pass_ns(TICK_NS); /* the last one leaves its CPU */
		taken = clock_ns(CLOCK_MONOTONIC);
		rig_take(rig);
		spent = clock_ns(CLOCK_MONOTONIC) - began;
		for (size_t row = 0; row < rig->list.count; row++) {
			const struct task *task = &rig->list.task[row];

			if (!(task->flags & TASK_EXITED) || task->ppid != (uint32_t)getpid())
				continue;
			assert_true(task->cpu_ns < spent);
			seen++;
		}
	}
	assert_int_equal(seen, STORM);
	assert_int_equal(rig->list.lost, 0);
	rig_take(rig);
	for (size_t row = 0; row < rig->list.count; row++)
		if (rig->list.task[row].ppid == (uint32_t)getpid())
			assert_int_equal(rig->list.task[row].flags & TASK_EXITED, 0);
}

/* User, nice and system time of all CPUs, in ns. Interrupts are nobody's. */
static uint64_t busy_ns(void)
{
	static char text[1 << 16];
	struct proc_stat stat = { .cpu_cap = 0 };
	size_t len = read_proc(text, sizeof(text), 0, "stat");

	assert_int_equal(stat_parse(&stat, text, len), 0);
	return (stat.total.user + stat.total.nice + stat.total.system) * TICK_NS;
}

static uint64_t sum_of_growth(const struct task_list *before, const struct task_list *now)
{
	uint64_t sum = 0;

	for (size_t i = 0, at = 0; i < now->count; i++) {
		const struct task *task = &now->task[i];

		while (at < before->count && (before->task[at].pid < task->pid ||
					      (before->task[at].pid == task->pid &&
					       before->task[at].start_ns < task->start_ns)))
			at++;
		sum += task->cpu_ns;
		if (at < before->count && before->task[at].pid == task->pid &&
		    before->task[at].start_ns == task->start_ns)
			sum -= before->task[at].cpu_ns;
	}
	return sum;
}

/* Busy loops on every CPU and beside them processes of a millisecond: the sum is what the CPUs did. */
static void the_sum_is_what_the_cpus_did(void **state)
{
	struct rig *rig = NEED_BPF(state);
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	pid_t *loop = calloc((size_t)cpus, sizeof(*loop));
	struct task_list before = { 0 };
	uint64_t busy, sum, until;

	for (long i = 0; i < cpus; i++) {
		loop[i] = fork();
		if (!loop[i]) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			for (;;)
				burn_ns(NS_PER_S);
		}
	}
	rig_take(rig);
	busy = busy_ns();
	assert_int_equal(task_list_reserve(&before, rig->list.count), 0);
	memcpy(before.task, rig->list.task, rig->list.count * sizeof(*before.task));
	before.count = rig->list.count;
	until = clock_ns(CLOCK_MONOTONIC) + BUSY_NS;
	while (clock_ns(CLOCK_MONOTONIC) < until) {
		pid_t pid = fork();

		if (!pid) {
			burn_ns(NS_PER_MS);
			_exit(0);
		}
		assert_int_equal(waitpid(pid, NULL, 0), pid);
	}
	rig_take(rig);
	busy = busy_ns() - busy;
	sum = sum_of_growth(&before, &rig->list);
	print_message("sum of processes %.1f %% of user + nice + system\n",
		      100 * (double)sum / (double)busy);
	assert_pct(sum, busy, 100, 3);
	task_list_release(&before);
	for (long i = 0; i < cpus; i++) {
		kill(loop[i], SIGKILL);
		waitpid(loop[i], NULL, 0);
	}
	free(loop);
}

#define bpf_test(name) cmocka_unit_test_setup_teardown(name, bpf_rig_setup, bpf_rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		bpf_test(what_lived_and_died_between_samples_is_charged),
		bpf_test(all_threads_are_charged),
		bpf_test(what_was_known_goes_on),
		cmocka_unit_test_setup_teardown(what_lived_and_died_between_samples_is_charged,
						bpf_rig_setup_no_waits, bpf_rig_teardown),
		bpf_test(a_storm_is_counted_to_the_last),
		bpf_test(the_sum_is_what_the_cpus_did),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
