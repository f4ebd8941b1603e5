/*
 * Why a number is unknown: the reasons that a person is told.
 */
#include <errno.h>
#include <string.h>

#include "model/pair.h"

static void assert_reason(const struct pair *pair, enum metric_id id, const char *expected)
{
	char buf[128];

	assert_unknown(pair->model.value[id]);
	assert_string_equal(model_reason(&pair->model, id, buf, sizeof(buf)), expected);
}

#define IO_SOME M_PRESSURE(PRESSURE_IO, 0, PSI_NOW)
#define IRQ_FULL M_PRESSURE(PRESSURE_IRQ, 1, PSI_NOW)

static void no_interval(void **state)
{
	struct pair *pair = *state;

	assert_reason(pair, M_MEMORY_FREE, "no sample yet");
	assert_int_equal(model_update(&pair->model, NULL, &pair->before), 0);
	assert_reason(pair, M_CPU_BUSY_PCT, "first sample: a rate needs two");
	assert_reason(pair, M_FAULTS_MINOR_PER_S, "first sample: a rate needs two");
	assert_reason(pair, M_DISK_READS_PER_S, "first sample: a rate needs two");
	assert_reason(pair, IO_SOME, "first sample: a rate needs two");

	pair->now.boot_ns += 100 * NS_PER_S;
	pair_again(pair);
	assert_reason(pair, M_CPU_BUSY_PCT, "the machine slept in this interval");
	pair->now.mono_ns = pair->before.mono_ns - 1;
	pair_again(pair);
	assert_reason(pair, M_CPU_BUSY_PCT, "no time passed since the sample before");
}

static void known_numbers_have_no_reason(void **state)
{
	struct pair *pair = *state;
	char buf[128];

	pair_update(pair);
	for (int id = 0; id < METRIC_COUNT; id++) {
		const char *reason =
			model_reason(&pair->model, (enum metric_id)id, buf, sizeof(buf));

		assert_int_equal(reason[0] == '\0', !isnan(pair->model.value[id]));
		assert_string_not_equal(reason, "unknown");
	}
}

static void files_that_cannot_be_read(void **state)
{
	struct pair *pair = *state;
	struct sample *now = &pair->now;

	now->status[FILE_PRESSURE_IRQ] = -ENOENT;
	now->pressure[PRESSURE_IRQ].full.total_us = ABSENT;
	now->status[FILE_VMSTAT] = -EACCES;
	memset(&now->vmstat, 0xff, sizeof(now->vmstat));
	now->status[FILE_LOADAVG] = -ENODATA;
	memset(&now->loadavg, 0xff, sizeof(now->loadavg));
	now->status[FILE_TASKS] = -EIO;
	pair_update(pair);
	assert_reason(pair, IRQ_FULL, "this kernel has no /proc/pressure/irq");
	assert_reason(pair, M_FAULTS_MAJOR_PER_S, "/proc/vmstat: not permitted");
	assert_reason(pair, M_FAULTS_THRASH_PCT, "/proc/vmstat: not permitted");
	assert_reason(pair, M_CPU_LOAD1_PER_CPU, "/proc/loadavg: not as expected");
	assert_reason(pair, M_TASKS_TOTAL, "/proc/PID: cannot be read (error 5)");
	assert_reason(pair, M_MEMORY_ARC, "/proc/spl/kstat/zfs/arcstats: not there");
}

static void pressure_that_is_off(void **state)
{
	struct pair *pair = *state;
	struct sample *now = &pair->now;

	memset(now->pressure, 0xff, sizeof(now->pressure));
	for (int kind = 0; kind < PRESSURE_KINDS; kind++)
		now->status[FILE_PRESSURE_CPU + kind] = -EOPNOTSUPP;
	pair_update(pair);
	assert_reason(pair, IO_SOME, "/proc/pressure/io: off (boot with psi=1)");
	assert_reason(pair, IRQ_FULL, "/proc/pressure/irq: off (boot with psi=1)");

	for (int kind = 0; kind < PRESSURE_KINDS; kind++)
		now->status[FILE_PRESSURE_CPU + kind] = -ENOENT; /* no folder at all */
	pair_again(pair);
	assert_reason(pair, IO_SOME, "/proc/pressure/io: off (boot with psi=1)");
	assert_reason(pair, IRQ_FULL, "/proc/pressure/irq: off (boot with psi=1)");
}

static void rows_and_counters(void **state)
{
	struct pair *pair = *state;

	pair->now.vmstat.oom_kill = ABSENT;
	pair->now.pressure[PRESSURE_CPU].full.total_us = ABSENT;
	pair->before.vmstat.pgscan_direct = ABSENT;
	pair->now.stat.ctxt -= 1;
	pair->now.stat.total.steal = ABSENT;
	pair_update(pair);
	assert_reason(pair, M_FAULTS_OOM_KILLS,
		      "/proc/vmstat oom_kill: not printed by this kernel");
	assert_reason(pair, M_PRESSURE(PRESSURE_CPU, 1, PSI_NOW),
		      "/proc/pressure/cpu full: not printed by this kernel");
	assert_reason(pair, M_CPU_STEAL_PCT, "/proc/stat cpu steal: not printed by this kernel");
	assert_reason(pair, M_FAULTS_DIRECT_SCAN_PER_S,
		      "/proc/vmstat pgscan_direct: not known in the sample before");
	assert_reason(pair, M_CPU_CONTEXT_SWITCHES_PER_S, "/proc/stat ctxt: the counter went back");
	assert_reason(pair, M_FAULTS_THRASH_PCT, "nothing was reclaimed");
	assert_reason(pair, M_DISK_READS_PER_S, "no whole disk in both samples");
	assert_reason(pair, M_CPU_LIMIT_CORES, "no limit by a cgroup");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		pair_test(no_interval),
		pair_test(known_numbers_have_no_reason),
		pair_test(files_that_cannot_be_read),
		pair_test(pressure_that_is_off),
		pair_test(rows_and_counters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
