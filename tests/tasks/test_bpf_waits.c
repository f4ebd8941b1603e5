/*
 * The times that only the scheduler knows: on a CPU, waiting for one, in uninterruptible sleep.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/value.h"
#include "proc/pid_schedstat.h"
#include "tasks/blocked.h"
#include "tasks/bpf_rig.h"
#include "tasks/child.h"

#define LOOPS 3
#define INTERVAL_NS (NS_PER_S / 5)
#define BLOCKED_NS (300 * NS_PER_MS)

/* A child that runs work() until it is killed, or until it returns. */
static pid_t start(void (*work)(void))
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	work();
	_exit(0);
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void loop(void)
{
	for (;;)
		burn_ns(NS_PER_S);
}

static void loop_on_first(void)
{
	pin(0, 0);
	loop();
}

/* What interrupts and the hypervisor took of all CPUs: it is in nobody's CPU time. */
static uint64_t taken_ns(void)
{
	static char text[1 << 16];
	unsigned long irq = 0, softirq = 0, steal = 0;

	read_proc(text, sizeof(text), 0, "stat");
	assert_int_equal(
		sscanf(text, "cpu %*u %*u %*u %*u %*u %lu %lu %lu", &irq, &softirq, &steal), 3);
	return (irq + softirq + steal) * NS_PER_S / (uint64_t)sysconf(_SC_CLK_TCK);
}

/* Its CPU time has to be what it used, and with the wait for its CPU the whole interval, each time. */
static void a_busy_loop_never_jumps(void **state)
{
	struct rig *rig = NEED_BPF(state);
	pid_t pid = start(loop);
	struct task before = rig_task(rig, pid);
	uint64_t taken = taken_ns();

	for (int i = 0; i < 10; i++) {
		struct task now;
		uint64_t ran, waited, interval, lost = taken;

		pass_ns(INTERVAL_NS);
		now = rig_task(rig, pid);
		taken = taken_ns();
		lost = taken - lost;
		ran = now.cpu_ns - before.cpu_ns;
		waited = now.run_delay_ns - before.run_delay_ns;
		interval = now.at_ns - before.at_ns;
		/* The first may hold its start. */
		if (i)
			assert_in_range(ran + waited + lost, interval * 97 / 100,
					interval * 103 / 100 + lost);
		assert_int_equal(now.disk_wait_ns, 0);
		assert_int_equal(now.blocked_ns, 0);
		before = now;
	}
	end(pid);
}

static uint64_t schedstat_delay(pid_t pid)
{
	struct pid_schedstat sched;
	char text[128];
	size_t len = read_proc(text, sizeof(text), pid, "schedstat");

	assert_int_equal(pid_schedstat_parse(&sched, text, len), 0);
	return sched.run_delay_ns;
}

/* What the source says, between what schedstat said before and what it says after the next wait. */
struct delay {
	struct task task;
	uint64_t least, most;
};

/* The source counts a wait while it lasts, schedstat when it ends. */
static struct delay read_delay(struct rig *rig, pid_t pid)
{
	uint64_t until = clock_ns(CLOCK_MONOTONIC) + CHILD_WAIT_MS * NS_PER_MS, told;
	struct delay delay = { .least = schedstat_delay(pid) };

	delay.task = rig_task(rig, pid);
	told = schedstat_delay(pid);
	while ((delay.most = schedstat_delay(pid)) == told) {
		assert_true(clock_ns(CLOCK_MONOTONIC) < until);
		pass_ns(NS_PER_MS);
	}
	return delay;
}

static void loops_on_one_cpu_wait_as_schedstat_says(void **state)
{
	struct rig *rig = NEED_BPF(state);
	struct delay before[LOOPS];
	pid_t pid[LOOPS];

	for (int i = 0; i < LOOPS; i++)
		pid[i] = start(loop_on_first);
	pass_ns(INTERVAL_NS);
	for (int i = 0; i < LOOPS; i++)
		before[i] = read_delay(rig, pid[i]);
	pass_ns(2 * NS_PER_S);
	for (int i = 0; i < LOOPS; i++) {
		struct delay now = read_delay(rig, pid[i]);
		uint64_t interval = now.task.at_ns - before[i].task.at_ns;
		uint64_t waited = now.task.run_delay_ns - before[i].task.run_delay_ns;
		uint64_t ran = now.task.cpu_ns - before[i].task.cpu_ns;
		uint64_t least = now.least > before[i].most ? now.least - before[i].most : 0;

		assert_in_range(waited, least, now.most - before[i].least);
		assert_pct(waited + ran, interval, 100, 2);
		assert_true(waited > interval / 3);
	}
	for (int i = 0; i < LOOPS; i++)
		end(pid[i]);
}

/* The parent of a vfork() sleeps in D until the child ends. Half of the time here. */
static void wait_in_vfork(void)
{
	for (;;) {
		pid_t pid = vfork();

		if (!pid) {
			pass_ns(BLOCKED_NS);
			_exit(0);
		}
		waitpid(pid, NULL, 0);
		pass_ns(BLOCKED_NS);
	}
}

static uint64_t wait_state(struct rig *rig, pid_t pid, char state)
{
	uint64_t until = clock_ns(CLOCK_MONOTONIC) + CHILD_WAIT_MS * NS_PER_MS;

	while (rig_task(rig, pid).state != state)
		assert_true(clock_ns(CLOCK_MONOTONIC) < until);
	return clock_ns(CLOCK_MONOTONIC);
}

static int64_t block(int order)
{
	(void)order;
	return sleep_in('D', BLOCKED_NS, NULL);
}

static void time_in_d_is_exact(void **state)
{
	struct rig *rig = NEED_BPF(state);
	struct task before, now;
	struct child child;
	uint64_t slept = 0;

	child_start(&child, block);
	before = rig_task(rig, child.pid);
	for (int i = 0; i < 4; i++) {
		struct child_report report = child_do(&child, 0);

		assert_true(report.answer >= (int64_t)BLOCKED_NS);
		slept += (uint64_t)report.answer;
	}
	now = rig_task(rig, child.pid);
	assert_pct(now.disk_wait_ns - before.disk_wait_ns, slept, 100, 3);
	assert_int_equal(now.blocked_ns, 0);
	child_end(&child);
}

/* It grows while the sleep lasts, not when it ends. */
static void time_in_d_grows_in_every_sample(void **state)
{
	struct rig *rig = NEED_BPF(state);
	pid_t pid = start(wait_in_vfork);
	struct task before, now;
	int seen = 0;

	while (seen < 3) {
		wait_state(rig, pid, 'S');
		wait_state(rig, pid, 'D');
		before = rig_task(rig, pid);
		pass_ns(BLOCKED_NS / 4);
		now = rig_task(rig, pid);
		/* It may have woken and slept again in between. */
		if (before.state != 'D' || now.state != 'D' ||
		    now.voluntary_switches != before.voluntary_switches)
			continue;
		assert_pct(now.disk_wait_ns - before.disk_wait_ns, now.at_ns - before.at_ns, 100,
			   5);
		assert_pct(now.blocked_ns - before.blocked_ns, now.at_ns - before.at_ns, 100, 5);
		assert_true(now.blocked_ns < 2 * BLOCKED_NS);
		seen++;
	}
	end(pid);
}

static void *wait_in_thread(void *unused)
{
	(void)unused;
	wait_in_vfork();
	return NULL;
}

static void wait_beside_a_thread(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, wait_in_thread, NULL))
		_exit(1);
	for (;;)
		pause();
}

/* The first thread sleeps all the time, and says so; the process is in D for as long as the other. */
static void a_thread_in_d_has_its_age(void **state)
{
	struct rig *rig = NEED_BPF(state);
	uint64_t began = clock_ns(CLOCK_MONOTONIC), oldest = 0;
	pid_t pid = start(wait_beside_a_thread);
	bool out = false;

	while (oldest < BLOCKED_NS / 2 || !out) {
		struct task now = rig_task(rig, pid);

		assert_true(now.at_ns - began < CHILD_WAIT_MS * NS_PER_MS);
		pass_ns(BLOCKED_NS / 30);
		if (now.threads < 2)
			continue;
		assert_int_not_equal(now.state, 'D');
		assert_true(now.blocked_ns < clock_ns(CLOCK_MONOTONIC) - began);
		if (!(now.flags & TASK_BLOCKED)) {
			assert_int_equal(now.blocked_ns, 0);
			out |= oldest > 0;
		}
		if (now.blocked_ns > oldest)
			oldest = now.blocked_ns;
	}
	end(pid);
}

/* What was in D before the probe came counts from when it is first seen. */
static void an_older_sleep_in_d_counts_from_now(void **state)
{
	struct rig *rig = NEED_BPF(state);
	pid_t pid = start(wait_in_vfork);
	void *other = NULL;
	struct rig *late;
	struct task first, second;

	wait_state(rig, pid, 'S');
	wait_state(rig, pid, 'D');
	bpf_rig_setup(&other);
	late = &((struct bpf_rig *)other)->rig;
	first = rig_task(late, pid);
	pass_ns(BLOCKED_NS / 10);
	second = rig_task(late, pid);
	if (first.state == 'D' && second.state == 'D') {
		assert_true(first.disk_wait_ns < BLOCKED_NS);
		assert_pct(second.disk_wait_ns - first.disk_wait_ns, second.at_ns - first.at_ns,
			   100, 5);
	}
	bpf_rig_teardown(&other);
	end(pid);
}

/* Idle threads of the kernel sleep in TASK_IDLE, which is not D. */
static void idle_threads_of_the_kernel_are_not_in_d(void **state)
{
	struct rig *rig = NEED_BPF(state);

	pass_ns(INTERVAL_NS);
	rig_take(rig);
	for (size_t i = 0; i < rig->list.count; i++)
		if (rig->list.task[i].state == 'I')
			assert_true(rig->list.task[i].disk_wait_ns < INTERVAL_NS);
}

#define bpf_test(name) cmocka_unit_test_setup_teardown(name, bpf_rig_setup, bpf_rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		bpf_test(a_busy_loop_never_jumps),
		bpf_test(loops_on_one_cpu_wait_as_schedstat_says),
		bpf_test(time_in_d_is_exact),
		bpf_test(time_in_d_grows_in_every_sample),
		bpf_test(a_thread_in_d_has_its_age),
		bpf_test(an_older_sleep_in_d_counts_from_now),
		bpf_test(idle_threads_of_the_kernel_are_not_in_d),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
