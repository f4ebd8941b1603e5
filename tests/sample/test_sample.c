#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/value.h"
#include "sample/sample.h"

/* Under the address sanitizer too, what cannot be had is NULL. */
const char *__asan_default_options(void);

const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

static void begins_unknown(void **state)
{
	struct sample sample;

	(void)state;
	assert_int_equal(sample_init(&sample), 0);
	assert_int_equal(sample.sequence, 0);
	assert_int_equal(sample.mono_ns, 0);
	assert_int_equal(sample.stat.total.user, ABSENT);
	assert_int_equal(sample.stat.ctxt, ABSENT);
	assert_int_equal(sample.meminfo.memtotal_kb, ABSENT);
	assert_int_equal(sample.vmstat.pgfault, ABSENT);
	assert_int_equal(sample.loadavg.load1_centi, ABSENT);
	assert_int_equal(sample.uptime.up_centi, ABSENT);
	assert_int_equal(sample.pressure[PRESSURE_IRQ].full.total_us, ABSENT);
	assert_int_equal(sample.arc.size, ABSENT);
	assert_int_equal(sample.cgroup.memory_bytes, ABSENT);
	assert_int_equal(sample.delayacct, ABSENT);
	assert_int_equal(sample.min_free_kbytes, ABSENT);
	assert_int_equal(sample.self.rss_bytes, ABSENT);
	assert_int_equal(sample.stat.cpu_count, 0);
	assert_int_equal(sample.disks.count, 0);
	assert_int_equal(sample.tasks.count, 0);
	assert_false(sample.tasks.hidepid);
	assert_null(sample.users);
	for (int i = 0; i < FILE_COUNT; i++)
		assert_int_equal(sample.status[i], 0);
	sample_release(&sample);
	sample_release(&sample);
}

/* A sample with two of everything. */
static void fill(struct sample *sample)
{
	assert_int_equal(task_list_reserve(&sample->tasks, 2), 0);
	sample->sequence = 3;
	sample->vmstat.pgfault = 77;
	sample->status[FILE_PRESSURE_IRQ] = -ENOENT;
	sample->stat.cpu_count = sample->disks.count = sample->tasks.count = 2;
	for (uint32_t i = 0; i < 2; i++) {
		sample->stat.cpu[i] = (struct cpu_line){ .id = i * 5 };
		sample->disks.disk[i] = (struct disk_stat){ .name = "sda", .reads = i };
		sample->tasks.task[i] = (struct task){ .pid = i + 1, .comm = "one" };
	}
}

static void clear_keeps_the_arrays(void **state)
{
	struct sample sample;
	struct task *task;
	struct cpu_line *cpu;
	size_t cap;

	(void)state;
	assert_int_equal(sample_init(&sample), 0);
	fill(&sample);
	task = sample.tasks.task;
	cpu = sample.stat.cpu;
	cap = sample.disks.cap;
	sample_clear(&sample);
	assert_ptr_equal(sample.tasks.task, task);
	assert_ptr_equal(sample.stat.cpu, cpu);
	assert_int_equal(sample.disks.cap, cap);
	assert_int_equal(sample.tasks.count + sample.disks.count + sample.stat.cpu_count, 0);
	assert_int_equal(sample.vmstat.pgfault, ABSENT);
	assert_int_equal(sample.status[FILE_PRESSURE_IRQ], 0);
	sample_release(&sample);
}

static void grows(void **state)
{
	struct sample sample;
	size_t cpus, disks;

	(void)state;
	assert_int_equal(sample_init(&sample), 0);
	fill(&sample);
	cpus = sample.stat.cpu_cap;
	disks = sample.disks.cap;
	assert_int_equal(sample_grow_cpus(&sample, 1), 0);
	assert_int_equal(sample_grow_disks(&sample, 1), 0);
	assert_int_equal(sample.stat.cpu_cap, cpus);
	assert_int_equal(sample.disks.cap, disks);
	assert_int_equal(sample_grow_cpus(&sample, 4096), 0);
	assert_int_equal(sample_grow_disks(&sample, 500), 0);
	assert_int_equal(sample.stat.cpu_cap, 4096);
	assert_int_equal(sample.disks.cap, 500);
	assert_int_equal(sample.stat.cpu[1].id, 5);
	assert_string_equal(sample.disks.disk[1].name, "sda");
	/* No kernel has so many: a file that says so gets no memory for them. */
	assert_int_equal(sample_grow_cpus(&sample, SIZE_MAX), 0);
	assert_int_equal(sample_grow_disks(&sample, SIZE_MAX), 0);
	assert_int_equal(sample.stat.cpu_cap, 65536);
	assert_int_equal(sample.disks.cap, 65536);
	assert_int_equal(sample.stat.cpu[1].id, 5);
	sample_release(&sample);
}

static void copy_is_deep(void **state)
{
	struct sample from, to;

	(void)state;
	assert_int_equal(sample_init(&from), 0);
	assert_int_equal(sample_init(&to), 0);
	fill(&from);
	assert_int_equal(sample_grow_cpus(&from, 700), 0);
	assert_int_equal(sample_grow_disks(&from, 300), 0);
	assert_int_equal(task_list_reserve(&from.tasks, 3000), 0);
	from.stat.cpu_count = 700;
	from.disks.count = 300;
	from.tasks.count = 3000;
	memset(from.stat.cpu + 2, 0, 698 * sizeof(*from.stat.cpu));
	memset(from.disks.disk + 2, 0, 298 * sizeof(*from.disks.disk));
	memset(from.tasks.task + 2, 0, 2998 * sizeof(*from.tasks.task));
	from.tasks.task[2999].pid = 2999;
	assert_int_equal(sample_copy(&to, &from), 0);
	from.stat.cpu[1].id = 99;
	from.disks.disk[1].reads = 99;
	from.tasks.task[1].pid = 99;
	assert_int_equal(to.stat.cpu_count, 700);
	assert_int_equal(to.disks.count, 300);
	assert_int_equal(to.tasks.count, 3000);
	assert_int_equal(to.stat.cpu[1].id, 5);
	assert_int_equal(to.disks.disk[1].reads, 1);
	assert_int_equal(to.tasks.task[1].pid, 2);
	assert_int_equal(to.tasks.task[2999].pid, 2999);
	assert_int_equal(to.sequence, 3);
	assert_int_equal(to.vmstat.pgfault, 77);
	assert_int_equal(to.status[FILE_PRESSURE_IRQ], -ENOENT);
	assert_true(to.stat.cpu_cap >= 700 && to.disks.cap >= 300 && to.tasks.cap >= 3000);

	/* A smaller one into a larger. */
	from.stat.cpu_count = from.disks.count = from.tasks.count = 0;
	assert_int_equal(sample_copy(&to, &from), 0);
	assert_int_equal(to.stat.cpu_count + to.disks.count + to.tasks.count, 0);
	assert_true(to.tasks.cap >= 3000);
	sample_release(&from);
	sample_release(&to);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(begins_unknown),
		cmocka_unit_test(clear_keeps_the_arrays),
		cmocka_unit_test(grows),
		cmocka_unit_test(copy_is_deep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
