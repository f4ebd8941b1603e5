/*
 * A process that is moved to another CPU as soon as it sleeps. From 6.12 the scheduler may then have it
 * wait for that CPU for as long as it sleeps: neither its time in D nor its wait may show that.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <unistd.h>

#include "base/clock.h"
#include "tasks/blocked.h"
#include "tasks/bpf_rig.h"
#include "tasks/child.h"

#define SLEEP_NS (150 * NS_PER_MS)
#define SLEEPS 8
#define LOOPS 2
#define BURN_NS (20 * NS_PER_MS)

enum order { ORDER_LOOP, ORDER_BLOCK, ORDER_SLEEP };

static void move_away(pid_t sleeper)
{
	pin(sleeper, 1);
}

/* On a CPU with others, and after more than its share of it: so it stays on the queue in its sleep. */
static int64_t work(int order)
{
	pin(0, 0);
	if (order == ORDER_LOOP)
		for (;;)
			burn_ns(NS_PER_S);
	burn_ns(BURN_NS);
	return sleep_in(order == ORDER_BLOCK ? 'D' : 'S', SLEEP_NS, move_away);
}

static void start_loops(struct child loop[static LOOPS])
{
	for (int i = 0; i < LOOPS; i++) {
		child_start(&loop[i], work);
		child_order(&loop[i], ORDER_LOOP);
	}
}

static void end_loops(struct child loop[static LOOPS])
{
	for (int i = 0; i < LOOPS; i++)
		child_end(&loop[i]);
}

/* Every nanosecond is of one kind only. */
static void sleep_often(struct rig *rig, enum order order)
{
	struct child loop[LOOPS], child;
	struct task before, now;
	uint64_t slept = 0, interval, waited, ran, blocked;

	start_loops(loop);
	child_start(&child, work);
	before = rig_task(rig, child.pid);
	for (int i = 0; i < SLEEPS; i++) {
		struct child_report report = child_do(&child, (int)order);

		assert_true(report.answer >= (int64_t)SLEEP_NS);
		slept += (uint64_t)report.answer;
	}
	now = rig_task(rig, child.pid);
	interval = now.at_ns - before.at_ns;
	waited = now.run_delay_ns - before.run_delay_ns;
	ran = now.cpu_ns - before.cpu_ns;
	blocked = now.disk_wait_ns - before.disk_wait_ns;
	/* More by what it slept before the witness had a CPU, and by a slice until it is seen awake. */
	if (order == ORDER_BLOCK)
		assert_in_range(blocked, slept * 95 / 100, slept * 115 / 100);
	else
		assert_in_range(blocked, 0, slept * 8 / 100);
	assert_in_range(slept + waited + ran, 0, interval + slept / 50);
	child_end(&child);
	end_loops(loop);
}

static void a_moved_task_is_in_d(void **state)
{
	struct rig *rig = NEED_BPF(state);

	sleep_often(rig, ORDER_BLOCK);
}

static void a_moved_sleeper_does_not_wait(void **state)
{
	struct rig *rig = NEED_BPF(state);

	sleep_often(rig, ORDER_SLEEP);
}

#define bpf_test(name) cmocka_unit_test_setup_teardown(name, bpf_rig_setup, bpf_rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		bpf_test(a_moved_task_is_in_d),
		bpf_test(a_moved_sleeper_does_not_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
