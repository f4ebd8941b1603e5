/* The rows of threads, from either source, against /proc/PID/task of a real process. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/value.h"
#include "proc/pid_schedstat.h"
#include "proc/pid_stat.h"
#include "tasks/bpf_rig.h"
#include "tasks/child.h"

#define THREADS 3
#define BURN_NS (40 * NS_PER_MS)
#define TICK_NS (10 * NS_PER_MS)

enum order { ORDER_THREADS, ORDER_BURN };

static sem_t begin[THREADS], done;

static void *serve(void *data)
{
	size_t own = (size_t)(uintptr_t)data;
	char name[16];

	snprintf(name, sizeof(name), "worker-%zu", own);
	pthread_setname_np(pthread_self(), name);
	sem_post(&done);
	for (;;) {
		sem_wait(&begin[own]);
		burn_ns(BURN_NS);
		sem_post(&done);
	}
	return NULL;
}

static int64_t work(int order)
{
	if (order == ORDER_BURN) {
		sem_post(&begin[1]);
		return sem_wait(&done);
	}
	sem_init(&done, 0, 0);
	for (size_t i = 0; i < THREADS; i++) {
		pthread_t thread;

		sem_init(&begin[i], 0, 0);
		if (pthread_create(&thread, NULL, serve, (void *)(uintptr_t)i))
			return -1;
		sem_wait(&done);
	}
	return 0;
}

/* Of one thread, what /proc says; the process is at rest. */
static void expect_as_proc(const struct task *thread, pid_t pid)
{
	struct pid_schedstat sched;
	struct pid_stat stat;
	char name[64], text[2048], comm[32];
	size_t len;

	snprintf(name, sizeof(name), "task/%u/stat", thread->pid);
	len = read_proc(text, sizeof(text), pid, name);
	assert_int_equal(pid_stat_parse(&stat, text, len), 0);
	snprintf(comm, sizeof(comm), "%.*s", (int)stat.comm_len, stat.comm);
	assert_string_equal(thread->comm, comm);
	assert_int_equal(thread->state, stat.state);
	assert_int_equal(thread->minor_faults, stat.minflt);
	assert_int_equal(thread->major_faults, stat.majflt);
	assert_int_equal(thread->start_ns / TICK_NS, stat.starttime);
	snprintf(name, sizeof(name), "task/%u/schedstat", thread->pid);
	len = read_proc(text, sizeof(text), pid, name);
	assert_int_equal(pid_schedstat_parse(&sched, text, len), 0);
	assert_int_equal(thread->cpu_ns, sched.run_ns);
	assert_int_equal(thread->run_delay_ns, sched.run_delay_ns);
}

static const struct task *find_named(const struct task_list *threads, pid_t pid, const char *comm)
{
	for (size_t i = 0; i < threads->count; i++)
		if (threads->task[i].ppid == (uint32_t)pid && !strcmp(threads->task[i].comm, comm))
			return &threads->task[i];
	fail_msg("no thread %s", comm);
	return NULL;
}

static void check_source(struct rig *rig)
{
	struct task_list threads = { 0 };
	struct child child;
	struct task process;
	uint64_t cpu_ns, sum = 0;
	size_t own = 0;

	child_start(&child, work);
	assert_int_equal(child_do(&child, ORDER_THREADS).answer, 0);
	/* Nobody asked: there are none. */
	process = rig_task(rig, child.pid);
	assert_int_equal(process.threads, THREADS + 1);
	assert_int_equal(threads.count, 0);
	rig->context.threads = &threads;
	rig_take(rig);
	for (size_t i = 0; i < threads.count; i++) {
		const struct task *thread = &threads.task[i];

		assert_true(thread->flags & TASK_THREAD);
		assert_true(i == 0 || threads.task[i - 1].pid < thread->pid);
		if (thread->ppid != (uint32_t)child.pid)
			continue;
		own++;
		assert_int_equal(thread->threads, 1);
		expect_as_proc(thread, child.pid);
		sum += thread->cpu_ns;
	}
	assert_int_equal(own, THREADS + 1);
	/* All of the machine's, and the processes are what they were. */
	assert_in_range(threads.count, rig->list.count - 5, rig->list.threads + 5);
	process = *task_list_find(&rig->list, (uint32_t)child.pid);
	assert_false(process.flags & TASK_THREAD);
	assert_in_range(process.cpu_ns, sum, sum + NS_PER_MS);
	assert_int_equal(find_named(&threads, child.pid, "worker-0")->rss_bytes, process.rss_bytes);
	/* What one of them does is its own. */
	cpu_ns = find_named(&threads, child.pid, "worker-1")->cpu_ns;
	child_do(&child, ORDER_BURN);
	rig_take(rig);
	assert_true(find_named(&threads, child.pid, "worker-1")->cpu_ns >= cpu_ns + BURN_NS);
	assert_true(find_named(&threads, child.pid, "worker-0")->cpu_ns < BURN_NS);
	expect_as_proc(find_named(&threads, child.pid, "worker-1"), child.pid);
	rig->context.threads = NULL;
	rig_take(rig);
	child_end(&child);
	task_list_release(&threads);
}

static void rows_of_proc_are_those_of_the_kernel(void **state)
{
	check_source(*state);
}

static void rows_of_bpf_are_those_of_the_kernel(void **state)
{
	struct rig *rig = NEED_BPF(state);

	check_source(rig);
}

/* A process that is gone by the time its threads are read leaves nothing behind. */
static void what_ends_leaves_no_thread(void **state)
{
	struct rig *rig = *state;
	struct task_list threads = { 0 };
	struct child child;

	child_start(&child, work);
	rig->context.threads = &threads;
	rig_task(rig, child.pid);
	child_end(&child);
	rig_take(rig);
	for (size_t i = 0; i < threads.count; i++)
		assert_int_not_equal(threads.task[i].ppid, child.pid);
	task_list_release(&threads);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(rows_of_proc_are_those_of_the_kernel, rig_setup,
						rig_teardown),
		cmocka_unit_test_setup_teardown(what_ends_leaves_no_thread, rig_setup,
						rig_teardown),
		cmocka_unit_test_setup_teardown(rows_of_bpf_are_those_of_the_kernel, bpf_rig_setup,
						bpf_rig_teardown),
		cmocka_unit_test_setup_teardown(rows_of_bpf_are_those_of_the_kernel,
						bpf_rig_setup_no_waits, bpf_rig_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
