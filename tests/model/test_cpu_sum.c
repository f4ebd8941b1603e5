/*
 * The CPU time of all processes, those included that lived for a millisecond, against what the system
 * says its CPUs did: nobody's work is lost, and none is counted twice.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "model/model.h"
#include "sample/collector.h"

#ifdef __SANITIZE_ADDRESS__
#define SAMPLES 4
#else
#define SAMPLES 20
#endif
#define EVERY_NS (NS_PER_S / 2)
#define LIFE_NS NS_PER_MS /* of a process of the storm */
#define SLACK_PCT 3.0

static void burn(uint64_t ns)
{
	uint64_t until = clock_ns(CLOCK_THREAD_CPUTIME_ID) + ns;

	while (clock_ns(CLOCK_THREAD_CPUTIME_ID) < until)
		;
}

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

static void stress(void)
{
	execlp("stress-ng", "stress-ng", "--quiet", "--cpu", "1", "--switch", "1", "--timeout",
	       "60", (char *)NULL);
	for (;;) /* without it, a loop */
		burn(NS_PER_S);
}

static void storm(void)
{
	for (;;) {
		pid_t pid = fork();

		if (!pid) {
			burn(LIFE_NS);
			_exit(0);
		}
		waitpid(pid, NULL, 0);
	}
}

static void end(pid_t pid)
{
	kill(pid, SIGTERM); /* stress-ng ends its own */
	waitpid(pid, NULL, 0);
}

static void wait_until(uint64_t ns)
{
	struct timespec at = { .tv_sec = (time_t)(ns / NS_PER_S),
			       .tv_nsec = (long)(ns % NS_PER_S) };

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) == EINTR)
		;
}

/* Seconds of CPU time, and how many of the processes ended in their interval. */
struct sums {
	double processes, system;
	size_t exited;
};

static void add_interval(struct sums *sums, const struct model *model)
{
	const double *value = model->value;
	double busy = value[M_CPU_BUSY_PCT] - value[M_CPU_STEAL_PCT];

	sums->system += busy * value[M_CPU_COUNT] / 100 * model->interval_s;
	for (size_t i = 0; i < model->all_count; i++) {
		const struct task_view *view = &model->all[i];

		if (!isnan(view->cpu_pct))
			sums->processes += (double)view->cpu_pct / 100 * model->interval_s;
		sums->exited += !!(view->task->flags & TASK_EXITED);
	}
}

static struct sums add_up(struct collector *collector)
{
	struct sums sums = { 0 };
	struct sample sample[2];
	struct model model;
	uint64_t at = clock_ns(CLOCK_MONOTONIC);

	assert_int_equal(sample_init(&sample[0]) || sample_init(&sample[1]) || model_init(&model),
			 0);
	for (int i = 0; i <= SAMPLES; i++, at += EVERY_NS) {
		struct sample *now = &sample[i % 2];

		wait_until(at);
		assert_int_equal(collector_take(collector, now), 0);
		assert_int_equal(now->status[FILE_TASKS], 0);
		assert_int_equal(model_update(&model, i ? &sample[!(i % 2)] : NULL, now), 0);
		if (i)
			add_interval(&sums, &model);
	}
	model_release(&model);
	sample_release(&sample[0]);
	sample_release(&sample[1]);
	return sums;
}

static void processes_add_up_to_what_the_cpus_did(void **state)
{
	char why[SOURCE_WHY_MAX] = "";
	struct collector_options options = {
		.proc_root = "/proc", .sys_root = "/sys", .source = SOURCE_BPF, .why = why
	};
	struct collector *collector;
	struct sums sums;
	pid_t stressed, stormed;

	(void)state;
	if (collector_open(&collector, &options)) {
		print_message("not tested, BPF cannot be had: %s\n", why);
		return;
	}
	stressed = start(stress);
	stormed = start(storm);
	sums = add_up(collector);
	end(stressed);
	end(stormed);
	collector_close(collector);
	print_message("processes %.3f s, CPUs %.3f s, %zu processes ended\n", sums.processes,
		      sums.system, sums.exited);
	assert_true(sums.exited > 50 * SAMPLES);
	assert_true(fabs(100 * (sums.processes / sums.system - 1)) < SLACK_PCT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(processes_add_up_to_what_the_cpus_did),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
