/*
 * Other machines, from their files to the verdict: the values that tests/fixtures/README.md works out
 * by the design's definitions, got through the collector and the model.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/pair.h"
#include "sample/collector.h"

/* One machine from one instant to another. */
struct machine {
	struct collector *collector[2];
	struct sample sample[2];
	struct model model;
};

static void take(struct machine *m, int which, const char *name, int instant)
{
	const char *fixtures = getenv("STALLTOP_FIXTURES");
	char proc[256], sys[256];
	struct collector_options options = { .proc_root = proc, .sys_root = sys };

	if (!fixtures)
		fixtures = "tests/fixtures";
	snprintf(proc, sizeof(proc), "%s/%s/%d/proc", fixtures, name, instant);
	snprintf(sys, sizeof(sys), "%s/%s/%d/sys", fixtures, name, instant);
	if (collector_open(&m->collector[which], &options))
		fail_msg("no %s", proc);
	assert_int_equal(sample_init(&m->sample[which]), 0);
	assert_int_equal(collector_take(m->collector[which], &m->sample[which]), 0);
}

static void open_machine(struct machine *m, const char *name, int first)
{
	memset(m, 0, sizeof(*m));
	take(m, 0, name, first);
	take(m, 1, name, first + 1);
	assert_int_equal(model_init(&m->model), 0);
	assert_int_equal(model_update(&m->model, NULL, &m->sample[0]), 0);
	assert_int_equal(model_update(&m->model, &m->sample[0], &m->sample[1]), 0);
	assert_int_equal(m->model.interval_state, INTERVAL_OK);
	assert_near(m->model.interval_s, 1);
}

static void close_machine(struct machine *m)
{
	model_release(&m->model);
	for (int i = 0; i < 2; i++) {
		sample_release(&m->sample[i]);
		collector_close(m->collector[i]);
	}
}

/* As the README rounds: to two decimals. */
#define assert_about(value, expected) check_about(value, expected, #value, __FILE__, __LINE__)
static void check_about(double value, double expected, const char *text, const char *file, int line)
{
	if ((isnan(value) && isnan(expected)) || fabs(value - expected) < 0.00501)
		return;
	print_error("%s is %.9g, not %.9g\n", text, value, expected);
	_fail(file, line);
}

#define PSI(kind, full) M_PRESSURE(PRESSURE_##kind, full, PSI_NOW)
#define MACHINES 17

static const struct {
	const char *name;
	int first;
} machines[MACHINES] = {
	{ "web3", 0 },	 { "quiet", 0 },     { "zram", 0 },   { "zfs", 0 },   { "noswap", 0 },
	{ "oom", 0 },	 { "holes", 0 },     { "holes", 1 },  { "guest", 0 }, { "steal", 0 },
	{ "cpu256", 0 }, { "container", 0 }, { "old310", 0 }, { "k44", 0 },   { "nofull", 0 },
	{ "reset", 0 },	 { "reset", 1 },
};

/* In the order of `machines`. */
static const struct {
	enum metric_id id;
	double value[MACHINES];
} expected[] = {
	{ M_CPU_BUSY_PCT,
	  { 35, 1.5, 70, 15, 8, 1.5, 95.0 / 3, 42.5, 85, 82, 39, 30, 36.5, 31, 51, 25.64, 25 } },
	{ M_CPU_STEAL_PCT, { 0, 0, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0 } },
	{ M_CPU_CONTEXT_SWITCHES_PER_S,
	  { 5431, 300, 9000, 700, 250, 300, 900, 900, 30000, 1000, 210000, 12000, 2100, 4000, 1500,
	    NAN, 600 } },
	{ M_CPU_FORKS_PER_S, { 3, 0, 0, 0, 0, 0, 1, 1, 1, 0, 40, 9, 2, 5, 1, NAN, 2 } },
	{ M_CPU_LOAD1,
	  { 2.42, 0.1, 7, 0.4, 0.05, 0.1, 0.9, 0.9, 6.9, 1.9, 85.1, 2.4, 1.2, 1.1, 1.5, 0.1,
	    0.1 } },
	{ M_FAULTS_MINOR_PER_S,
	  { 12304, 120, 9000, 300, 60, 120, 500, 500, 2000, 900, 900000, 6000, 4000, 8000, 3000,
	    NAN, 1000 } },
	{ M_FAULTS_MAJOR_PER_S, { 85, 0, 1800, 0, 1, 0, 0, 0, 0, 0, 3, 0, 12, 20, 5, NAN, 4 } },
	{ M_CACHE_REFAULT_PER_S, { 301, 0, 400, 0, 0, 0, 0, 0, 0, 0, 0, 0, NAN, 150, 20, NAN, 0 } },
	{ M_FAULTS_RECLAIM_PER_S,
	  { 3706, 0, 4000, 0, 0, 0, 0, 0, 0, 0, 0, 0, NAN, NAN, 0, NAN, 0 } },
	{ M_FAULTS_STEAL_PCT,
	  { 34, NAN, 40, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN } },
	{ M_FAULTS_OOM_KILLS_INTERVAL, { 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, NAN, NAN, 0, 0, 0 } },
	{ M_SWAP_OUT_BYTES_PER_S,
	  { 12 * 4096, 0, 3400 * 4096, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NAN, 0 } },
	{ M_DISK_PAGED_IN_BYTES_PER_S,
	  { 12390 * 1024, 0, 8600 * 1024, 4096 * 1024, 64 * 1024, 0, 0, 0, 512 * 1024, 0,
	    200000 * 1024, 512 * 1024, 2048 * 1024, 4096 * 1024, 1024 * 1024, 256 * 1024,
	    256 * 1024 } },
	{ M_MEMORY_AVAILABLE_PCT,
	  { 12, 80, 6.21, 31.25 + 46.875, 60.25, 80, 80, 80, 30.38, 72.32, 75.72, 69.86, 45.71,
	    43.99, 39.71, 80, 80 } },
	{ M_CACHE_DIRTY_PCT,
	  { 0.75, 0.01, 0, 0.01, 0.03, 0.01, 0.01, 0.01, 0.01, 0.03, 0.17, 0.01, 0.26, 0.25, 0.2,
	    0.01, 0.01 } },
	{ PSI(CPU, 0), { 3.1, 0, 22, 0, 0, 0, 0, 0, NAN, 0, 0, 0, NAN, NAN, 45, 0, 0 } },
	{ PSI(CPU, 1), { 0, 0, 0, 0, 0, 0, 0, 0, NAN, 0, 0, 0, NAN, NAN, NAN, 0, 0 } },
	{ PSI(MEMORY, 0), { 12.4, 0, 55, 0, 0, 0, 0, 0, NAN, 0, 0, 0, NAN, NAN, 0.4, 0, 0 } },
	{ PSI(MEMORY, 1), { 8.2, 0, 32, 0, 0, 0, 0, 0, NAN, 0, 0, 0, NAN, NAN, 0.2, 0, 0 } },
	{ PSI(IO, 0), { 14.5, 0, 5, 0, 0, 0, 0, 0, NAN, 0, 0, 0, NAN, NAN, 5, 0, 0 } },
	{ M_DISK_READ_BYTES_PER_S,
	  { 12687360, 0, 204800, 4194304, 65536, 0, 0, 0, 524288, 0, 29491200 * 8.0, 524288,
	    2097152, 4194304, 524288 * 2, NAN, 163840 } },
	{ M_DISK_BUSIEST_PCT,
	  { 41, 0.2, 3, 5, 0.4, 0.2, 0.8, 0.8, 6, 0.4, 9, 6, 30, 20, 10, NAN, 10 } },
};

static void numbers_of_all_machines(void **state)
{
	(void)state;
	for (int i = 0; i < MACHINES; i++) {
		struct machine m;

		open_machine(&m, machines[i].name, machines[i].first);
		for (size_t row = 0; row < sizeof(expected) / sizeof(expected[0]); row++) {
			char what[96];

			snprintf(what, sizeof(what), "%s from %d: %s", machines[i].name,
				 machines[i].first, metrics[expected[row].id].name);
			check_about(m.model.value[expected[row].id], expected[row].value[i], what,
				    __FILE__, __LINE__);
		}
		close_machine(&m);
	}
}

static void the_drawings_machine(void **state)
{
	struct machine m;
	const struct model *model = &m.model;
	const struct task_view *python;

	(void)state;
	open_machine(&m, "web3", 0);
	assert_string_equal(model->verdict.headline, "HIGH IO LATENCY");
	assert_string_equal(model->verdict.evidence, "85 major faults/s");
	assert_string_equal(model->verdict.blame, "python3[1234] 81/s, 95% of them");
	python = view_of_pid(model, 1234);
	assert_about(python->cpu_pct, 41);
	assert_about(python->minor_per_s, 301);
	assert_about(python->major_per_s, 81);
	assert_about(python->read_bytes_per_s, 12582912);
	assert_about(python->runq_pct, 0.2);
	assert_about(python->disk_wait_pct, 55);
	assert_unknown(view_of_pid(model, 733)->read_bytes_per_s); /* firefox: not permitted */
	assert_int_equal(model->task[model->top[TOP_CPU][0]].task->pid, 1234);
	assert_int_equal(model->task[model->top[TOP_MEMORY][1]].task->pid, 2201);
	assert_int_equal(model->task[model->top[TOP_IO][0]].task->pid, 2201);
	assert_int_equal(model->task[model->top[TOP_FAULTS][1]].task->pid, 2201);
	assert_int_equal(model->task[model->top[TOP_WAITS][1]].task->pid, 301);
	assert_about(model->cpu[0].busy_pct, 58);
	assert_about(model->cpu[1].busy_pct, 12);
	close_machine(&m);
}

static void cpus_that_come_and_go(void **state)
{
	struct machine m;

	(void)state;
	open_machine(&m, "holes", 0);
	assert_int_equal(m.model.cpu_count, 4);
	assert_int_equal(m.model.cpu[2].cpu, 5);
	assert_about(m.model.cpu[2].busy_pct, 10);
	assert_int_equal(m.model.cpu[3].cpu, 6);
	assert_unknown(m.model.cpu[3].busy_pct);
	close_machine(&m);
	open_machine(&m, "holes", 1);
	assert_int_equal(m.model.cpu_count, 2);
	assert_about(m.model.cpu[1].busy_pct, 25);
	close_machine(&m);
}

static void a_reused_pid(void **state)
{
	struct machine m;
	const struct task_view *view;

	(void)state;
	open_machine(&m, "reset", 0);
	view = view_of_pid(&m.model, 500);
	assert_string_equal(view->task->comm, "newborn");
	assert_true(view->is_new);
	assert_about(view->cpu_pct, 2);
	assert_about(view->minor_per_s, 70);
	assert_about(view->read_bytes_per_s, 8192);
	close_machine(&m);
}

static void verdicts(void **state)
{
	static const struct {
		const char *machine, *headline, *evidence;
	} cases[] = {
		{ "quiet", "no stalls", "" },
		{ "oom", "OOM KILL", "1 process killed" },
		{ "zram", "MEMORY STALL", "memory full 32.0%: 1,800 major faults/s" },
		{ "noswap", "no stalls", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct machine m;

		open_machine(&m, cases[i].machine, 0);
		assert_string_equal(m.model.verdict.headline, cases[i].headline);
		assert_string_equal(m.model.verdict.evidence, cases[i].evidence);
		close_machine(&m);
	}
}

static void zfs_and_containers(void **state)
{
	struct machine m;

	(void)state;
	open_machine(&m, "zfs", 0);
	assert_about(m.model.value[M_MEMORY_USED], 3670016 * 1024.0);
	close_machine(&m);
	open_machine(&m, "zfs", 1);
	assert_about(m.model.value[M_MEMORY_USED], 11534336 * 1024.0);
	close_machine(&m);
	open_machine(&m, "container1", 0);
	assert_about(m.model.value[M_CPU_LIMIT_CORES], 1.5);
	assert_about(m.model.value[M_MEMORY_LIMIT], 2147483648.0);
	assert_about(m.model.value[M_MEMORY_LIMIT_USED], 1610616832);
	assert_about(m.model.value[M_CPU_COUNT], 8);
	close_machine(&m);
}

/* Hostile files lose what they hold, and nothing is a number that cannot be. */
static void a_hostile_machine(void **state)
{
	struct machine m;

	(void)state;
	open_machine(&m, "hostile", 0);
	for (int id = 0; id < METRIC_COUNT; id++) {
		double value = m.model.value[id];

		if (metrics[id].kind == METRIC_RATIO && !strcmp(metrics[id].unit, "percent"))
			assert_true(isnan(value) || (value >= 0 && value <= 100.001));
		assert_true(isnan(value) || (value >= 0 && value < 1e18));
	}
	for (size_t i = 0; i < m.model.task_count; i++)
		assert_false(m.model.task[i].cpu_pct > 3000);
	close_machine(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_of_all_machines),
		cmocka_unit_test(the_drawings_machine),
		cmocka_unit_test(cpus_that_come_and_go),
		cmocka_unit_test(a_reused_pid),
		cmocka_unit_test(verdicts),
		cmocka_unit_test(zfs_and_containers),
		cmocka_unit_test(a_hostile_machine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
