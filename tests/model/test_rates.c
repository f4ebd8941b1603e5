/*
 * What an interval is, and the rates of the whole machine: growth over time, and none where there is
 * no telling.
 */
#include "model/pair.h"

/* Of each kind of rate one. */
static const enum metric_id some_rates[] = {
	M_CPU_BUSY_PCT,
	M_CPU_CONTEXT_SWITCHES_PER_S,
	M_FAULTS_MINOR_PER_S,
	M_FAULTS_MAJOR_PER_S,
	M_FAULTS_RECLAIM_PER_S,
	M_SWAP_IN_BYTES_PER_S,
	M_PRESSURE(PRESSURE_MEMORY, 0, PSI_NOW),
	M_DISK_READ_BYTES_PER_S,
	M_DISK_PAGED_IN_BYTES_PER_S,
	M_SELF_CPU_PCT,
};
#define SOME_RATES (sizeof(some_rates) / sizeof(some_rates[0]))

static void assert_gauges_only(const struct model *model)
{
	assert_unknown(model->interval_s);
	for (int id = 0; id < METRIC_COUNT; id++)
		if (metrics[id].interval && id != M_FAULTS_OOM_KILLS_INTERVAL)
			assert_unknown(model->value[id]);
	for (size_t i = 0; i < SOME_RATES; i++)
		assert_true(metrics[some_rates[i]].interval);
	for (size_t i = 0; i < model->cpu_count; i++)
		assert_unknown(model->cpu[i].busy_pct);
	for (size_t i = 0; i < model->disk_count; i++)
		assert_unknown(model->disk[i].util_pct);
	for (size_t i = 0; i < model->task_count; i++)
		assert_unknown(model->task[i].cpu_pct);
	assert_near(model->value[M_MEMORY_TOTAL], 8.0 * (1 << 30));
	assert_near(model->value[M_CPU_LOAD1], 0.1);
	assert_near(model->value[M_TASKS_TOTAL], 1);
}

static void assert_rates(const struct model *model)
{
	assert_int_equal(model->interval_state, INTERVAL_OK);
	for (size_t i = 0; i < SOME_RATES; i++)
		assert_near(model->value[some_rates[i]], 0);
}

static void first_sample_has_no_rates(void **state)
{
	struct pair *pair = *state;

	pair_add_task(pair, 7, "one");
	sample_add_disk(&pair->before, "sda");
	assert_int_equal(model_update(&pair->model, NULL, &pair->before), 0);
	assert_int_equal(pair->model.interval_state, INTERVAL_FIRST);
	assert_gauges_only(&pair->model);
	assert_unknown(pair->model.value[M_FAULTS_OOM_KILLS_INTERVAL]);
}

static void time_that_goes_back_has_no_rates(void **state)
{
	struct pair *pair = *state;

	pair_add_task(pair, 7, "one");
	sample_add_disk(&pair->before, "sda");
	sample_add_disk(&pair->now, "sda");
	pair->now.vmstat.oom_kill += 1;
	pair->now.mono_ns = pair->before.mono_ns - 1;
	pair_update(pair);
	assert_int_equal(pair->model.interval_state, INTERVAL_ZERO);
	assert_gauges_only(&pair->model);
	assert_unknown(pair->model.value[M_FAULTS_OOM_KILLS_INTERVAL]);
}

/* A model that begins with two samples of one instant. */
static void no_time_has_no_rates(void **state)
{
	struct pair *pair = *state;

	pair_add_task(pair, 7, "one");
	sample_add_disk(&pair->before, "sda");
	sample_add_disk(&pair->now, "sda")->reads = 5;
	pair->now.stat.ctxt += 5;
	pair->now.mono_ns = pair->before.mono_ns;
	assert_int_equal(model_update(&pair->model, &pair->before, &pair->now), 0);
	assert_int_equal(pair->model.interval_state, INTERVAL_ZERO);
	assert_gauges_only(&pair->model);
}

static void a_suspend_costs_one_interval(void **state)
{
	struct pair *pair = *state;
	struct sample next;

	pair_add_task(pair, 7, "one");
	sample_add_disk(&pair->before, "sda");
	sample_add_disk(&pair->now, "sda");
	pair->now.boot_ns += 3600 * NS_PER_S;
	pair_update(pair);
	assert_int_equal(pair->model.interval_state, INTERVAL_SUSPEND);
	assert_gauges_only(&pair->model);

	assert_int_equal(sample_init(&next), 0);
	assert_int_equal(sample_copy(&next, &pair->now), 0);
	next.mono_ns += NS_PER_S;
	next.boot_ns += NS_PER_S;
	next.stat.total.idle += 200;
	assert_int_equal(model_update(&pair->model, &pair->now, &next), 0);
	assert_rates(&pair->model);
	sample_release(&next);
}

/* More than 100 ms and more than a tenth of the interval. */
static void what_counts_as_suspended(void **state)
{
	static const struct {
		double seconds;
		uint64_t slept_ms;
		enum interval_state expected;
	} cases[] = {
		{ 1, 0, INTERVAL_OK },
		{ 1, 100, INTERVAL_OK },
		{ 1, 101, INTERVAL_SUSPEND },
		{ 0.05, 100, INTERVAL_OK },
		{ 0.05, 101, INTERVAL_SUSPEND },
		{ 3600, 359000, INTERVAL_OK },
		{ 3600, 361000, INTERVAL_SUSPEND },
	};
	struct pair *pair = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		pair_seconds(pair, cases[i].seconds);
		pair->now.boot_ns += cases[i].slept_ms * NS_PER_MS;
		pair_again(pair);
		assert_int_equal(pair->model.interval_state, cases[i].expected);
	}
	pair_seconds(pair, 1);
	pair->now.boot_ns = 0; /* a clock that is not known is no suspend */
	pair_again(pair);
	assert_int_equal(pair->model.interval_state, INTERVAL_OK);
}

static void rates_are_growth_over_time(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;
	struct sample *now = &pair->now;

	pair_seconds(pair, 2);
	now->stat.ctxt += 10862;
	now->stat.intr += 2408;
	now->stat.processes += 6;
	now->vmstat.pgmajfault += 170;
	now->vmstat.pgscan_kswapd += 19600;
	now->vmstat.thp_fault_alloc += 1;
	now->vmstat.pgpgin += 100;
	now->vmstat.pgpgout += 200;
	now->self.cpu_ns = 4 * NS_PER_MS;
	now->self.system_ns = 200000;
	now->self.tasks_ns = 12000;
	pair_update(pair);
	assert_near(pair->model.interval_s, 2);
	assert_near(value[M_CPU_CONTEXT_SWITCHES_PER_S], 5431);
	assert_near(value[M_CPU_INTERRUPTS_PER_S], 1204);
	assert_near(value[M_CPU_FORKS_PER_S], 3);
	assert_near(value[M_FAULTS_MAJOR_PER_S], 85);
	assert_near(value[M_FAULTS_KSWAPD_SCAN_PER_S], 9800);
	assert_near(value[M_FAULTS_THP_FAULT_PER_S], 0.5);
	assert_near(value[M_DISK_PAGED_IN_BYTES_PER_S], 51200);
	assert_near(value[M_DISK_PAGED_OUT_BYTES_PER_S], 102400);
	assert_near(value[M_SELF_CPU_PCT], 0.2);
	assert_near(value[M_SELF_SAMPLE_US], 212);
	assert_near(value[M_SELF_SYSTEM_US], 200);
}

static void a_counter_that_goes_back_has_no_rate(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;

	pair->now.stat.ctxt -= 1;
	pair->now.vmstat.pgmajfault = 0;
	pair->now.pressure[PRESSURE_IO].some.total_us -= 1;
	pair->now.vmstat.pgsteal_direct -= 1;
	pair->now.vmstat.allocstall_dma -= 1;
	pair->now.vmstat.oom_kill -= 1;
	pair_update(pair);
	assert_unknown(value[M_CPU_CONTEXT_SWITCHES_PER_S]);
	assert_unknown(value[M_FAULTS_MAJOR_PER_S]);
	assert_unknown(value[M_FAULTS_MINOR_PER_S]);
	assert_unknown(value[M_PRESSURE(PRESSURE_IO, 0, PSI_NOW)]);
	assert_unknown(value[M_FAULTS_RECLAIM_PER_S]);
	assert_unknown(value[M_FAULTS_STEAL_PCT]);
	assert_unknown(value[M_FAULTS_DIRECT_STALLS_PER_S]);
	assert_unknown(value[M_FAULTS_OOM_KILLS_INTERVAL]);
	assert_near(value[M_CPU_INTERRUPTS_PER_S], 0);
	assert_near(value[M_PRESSURE(PRESSURE_IO, 1, PSI_NOW)], 0);
	assert_int_equal(pair->model.alert_count, 0);
}

static void a_counter_that_comes_has_no_rate_yet(void **state)
{
	struct pair *pair = *state;

	pair->before.vmstat.pgmajfault = ABSENT;
	pair_update(pair);
	assert_unknown(pair->model.value[M_FAULTS_MAJOR_PER_S]);
}

static void pressure_is_a_share_of_the_interval(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;
	struct pressure_line *some = &pair->now.pressure[PRESSURE_MEMORY].some;

	pair_seconds(pair, 2);
	some->total_us += 248000;
	some->avg10_centi = 1240;
	some->avg60_centi = 400;
	some->avg300_centi = 110;
	pair->now.pressure[PRESSURE_IO].full.total_us +=
		2100000; /* read a little later than the clock */
	pair_update(pair);
	assert_near(value[M_PRESSURE(PRESSURE_MEMORY, 0, PSI_NOW)], 12.4);
	assert_near(value[M_PRESSURE(PRESSURE_MEMORY, 0, PSI_AVG10)], 12.4);
	assert_near(value[M_PRESSURE(PRESSURE_MEMORY, 0, PSI_AVG60)], 4);
	assert_near(value[M_PRESSURE(PRESSURE_MEMORY, 0, PSI_AVG300)], 1.1);
	assert_near(value[M_PRESSURE(PRESSURE_MEMORY, 0, PSI_TOTAL)], 5248000);
	assert_near(value[M_PRESSURE(PRESSURE_MEMORY, 1, PSI_NOW)], 0);
	assert_near(value[M_PRESSURE(PRESSURE_IO, 1, PSI_NOW)], 100);
}

static void faults_are_split(void **state)
{
	struct pair *pair = *state;

	pair->now.vmstat.pgfault += 12389;
	pair->now.vmstat.pgmajfault += 85;
	pair_update(pair);
	assert_near(pair->model.value[M_FAULTS_MINOR_PER_S], 12304);
	assert_near(pair->model.value[M_FAULTS_MAJOR_PER_S], 85);

	/* Summed over the CPUs at slightly different instants: never below 0. */
	pair->now.vmstat.pgfault = pair->before.vmstat.pgfault + 3;
	pair_again(pair);
	assert_near(pair->model.value[M_FAULTS_MINOR_PER_S], 0);
}

static void reclaim_is_added_up(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;
	struct vmstat *vm = &pair->now.vmstat;

	vm->pgscan_kswapd += 9800;
	vm->pgscan_direct += 1100;
	vm->pgscan_khugepaged += 100;
	vm->pgscan_direct_throttle += 77777; /* tasks, not pages */
	vm->pgscan_anon += 11000; /* the same pages again */
	vm->pgsteal_kswapd += 3300;
	vm->pgsteal_direct += 380;
	vm->pgsteal_khugepaged += 15;
	vm->pgsteal_proactive += 5;
	vm->workingset_refault_file += 301;
	vm->workingset_refault_anon += 69;
	vm->allocstall_dma += 1;
	vm->allocstall_normal += 2;
	vm->allocstall_movable += 3;
	pair_update(pair);
	assert_near(value[M_FAULTS_RECLAIM_PER_S], 3700);
	assert_near(value[M_FAULTS_STEAL_PCT], 100.0 * 3700 / 11000);
	assert_near(value[M_FAULTS_THRASH_PCT], 10);
	assert_near(value[M_CACHE_REFAULT_PER_S], 301);
	assert_near(value[M_CACHE_REFAULT_ANON_PER_S], 69);
	assert_near(value[M_FAULTS_DIRECT_STALLS_PER_S], 6);

	vm->workingset_refault_file += 10000;
	pair_again(pair);
	assert_near(value[M_FAULTS_THRASH_PCT], 100);
}

static void no_reclaim_has_no_shares(void **state)
{
	struct pair *pair = *state;

	pair->now.vmstat.workingset_refault_file += 5;
	pair_update(pair);
	assert_near(pair->model.value[M_FAULTS_RECLAIM_PER_S], 0);
	assert_unknown(pair->model.value[M_FAULTS_STEAL_PCT]);
	assert_unknown(pair->model.value[M_FAULTS_THRASH_PCT]);
}

/* 4.4: one refault row, one allocstall row, scans counted by zone and so unknown. */
static void old_kernels_name_rows_otherwise(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;
	struct vmstat *both[] = { &pair->before.vmstat, &pair->now.vmstat };

	for (int i = 0; i < 2; i++) {
		struct vmstat *vm = both[i];

		vm->workingset_refault_file = vm->workingset_refault_anon = ABSENT;
		vm->workingset_refault = i ? 1150 : 1000;
		vm->allocstall_dma = vm->allocstall_dma32 = ABSENT;
		vm->allocstall_normal = vm->allocstall_movable = ABSENT;
		vm->allocstall = i ? 24 : 20;
		vm->pgsteal_khugepaged = vm->pgsteal_proactive = ABSENT;
		vm->oom_kill = ABSENT;
	}
	pair->now.vmstat.pgsteal_kswapd += 300;
	pair_update(pair);
	assert_near(value[M_CACHE_REFAULT_PER_S], 150);
	assert_unknown(value[M_CACHE_REFAULT_ANON_PER_S]);
	assert_near(value[M_FAULTS_DIRECT_STALLS_PER_S], 4);
	assert_near(value[M_FAULTS_RECLAIM_PER_S], 300);
	assert_near(value[M_FAULTS_THRASH_PCT], 50);
	assert_unknown(value[M_FAULTS_OOM_KILLS]);
	assert_unknown(value[M_FAULTS_OOM_KILLS_INTERVAL]);

	for (int i = 0; i < 2; i++)
		both[i]->pgsteal_kswapd = both[i]->pgsteal_direct = both[i]->allocstall = ABSENT;
	pair_again(pair);
	assert_unknown(value[M_FAULTS_RECLAIM_PER_S]);
	assert_unknown(value[M_FAULTS_DIRECT_STALLS_PER_S]);
	assert_unknown(value[M_FAULTS_THRASH_PCT]);
}

static void swap_moves_pages(void **state)
{
	struct pair *pair = *state;

	pair->now.vmstat.pswpin += 3;
	pair->now.vmstat.pswpout += 12;
	pair->now.page_bytes = 65536;
	pair_update(pair);
	assert_near(pair->model.value[M_SWAP_IN_BYTES_PER_S], 3 * 65536);
	assert_near(pair->model.value[M_SWAP_OUT_BYTES_PER_S], 12 * 65536);
}

/* A count, not a rate: two kills are two, whatever the interval was. */
static void oom_kills_are_counted(void **state)
{
	struct pair *pair = *state;

	pair_seconds(pair, 4);
	pair->now.vmstat.oom_kill += 2;
	pair_update(pair);
	assert_near(pair->model.value[M_FAULTS_OOM_KILLS], 1000002);
	assert_near(pair->model.value[M_FAULTS_OOM_KILLS_INTERVAL], 2);

	pair->now.boot_ns += 60 * NS_PER_S;
	pair_again(pair);
	assert_int_equal(pair->model.interval_state, INTERVAL_SUSPEND);
	assert_near(pair->model.value[M_FAULTS_OOM_KILLS_INTERVAL], 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		pair_test(first_sample_has_no_rates),
		pair_test(time_that_goes_back_has_no_rates),
		pair_test(no_time_has_no_rates),
		pair_test(a_suspend_costs_one_interval),
		pair_test(what_counts_as_suspended),
		pair_test(rates_are_growth_over_time),
		pair_test(a_counter_that_goes_back_has_no_rate),
		pair_test(a_counter_that_comes_has_no_rate_yet),
		pair_test(pressure_is_a_share_of_the_interval),
		pair_test(faults_are_split),
		pair_test(reclaim_is_added_up),
		pair_test(no_reclaim_has_no_shares),
		pair_test(old_kernels_name_rows_otherwise),
		pair_test(swap_moves_pages),
		pair_test(oom_kills_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
