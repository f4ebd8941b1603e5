/*
 * What the collector says of the fixture machines, against the values that tests/fixtures/README.md
 * states: their processes, CPUs and disks.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/value.h"
#include "sample/machine.h"

#define PAGE 4096
#define TICK_NS (10 * NS_PER_MS)

/* A process at instant 1 and its growth since instant 0, as the README's table has it. */
struct expected {
	uint32_t pid;
	const char *comm, *user;
	char state;
	uint32_t threads;
	uint64_t cpu_ms, rss_pages, read_bytes, write_bytes, minor, major, runq_ms, disk_ticks;
};

static void check_process(const struct machine *machine, const struct expected *expected)
{
	const struct task *now = machine_task(machine, expected->pid);
	const struct task *before = machine_task_before(machine, expected->pid);
	char buf[USER_NAME_MAX];

	assert_string_equal(now->comm, expected->comm);
	assert_string_equal(users_name(machine->current->users, now->uid, buf), expected->user);
	assert_int_equal(now->state, expected->state);
	assert_int_equal(now->threads, expected->threads);
	assert_int_equal(now->start_ns, before->start_ns);
	assert_int_equal(now->cpu_ns - before->cpu_ns, expected->cpu_ms * NS_PER_MS);
	assert_int_equal(now->rss_bytes, expected->rss_pages * PAGE);
	assert_int_equal(now->minor_faults - before->minor_faults, expected->minor);
	assert_int_equal(now->major_faults - before->major_faults, expected->major);
	assert_int_equal(now->run_delay_ns - before->run_delay_ns, expected->runq_ms * NS_PER_MS);
	assert_int_equal(now->disk_wait_ns - before->disk_wait_ns, expected->disk_ticks * TICK_NS);
	assert_int_equal(present(now->read_bytes), present(expected->read_bytes));
	assert_int_equal(present(now->write_bytes), present(expected->write_bytes));
	if (!present(expected->read_bytes))
		return;
	assert_int_equal(now->read_bytes - before->read_bytes, expected->read_bytes);
	assert_int_equal(now->write_bytes - before->write_bytes, expected->write_bytes);
}

static void web3(void **state)
{
	/* cpu of several threads is in ticks here: 41 of them, and none of firefox's 0.2 % */
	static const struct expected processes[] = {
		{ 1, "systemd", "root", 'S', 1, 3, 3072, 0, 0, 0, 0, 0, 0 },
		{ 88, "kswapd0", "root", 'R', 1, 122, 0, 0, 0, 0, 0, 33, 0 },
		{ 301, "jbd2/nvme0n1", "root", 'D', 1, 1, 0, 0, 2203648, 0, 0, 0, 9 },
		{ 412, "systemd-journal", "root", 'S', 1, 0, 8704, 0, 0, 0, 0, 0, 0 },
		{ 733, "firefox", "app", 'S', 3, 0, 104960, ABSENT, ABSENT, 9100, 0, 0, 0 },
		{ 911, "tmux: server", "app", 'S', 1, 20, 22528, 0, 0, 3, 0, 0, 0 },
		{ 1234, "python3", "app", 'D', 4, 410, 1599078, 12582912, 0, 301, 81, 2, 55 },
		{ 2201, "postgres", "postgres", 'S', 1, 61, 314573, 102400, 39845888, 40, 4, 1, 4 },
		{ 4120, "kworker/u4:2+flush-259:0", "root", 'D', 1, 0, 0, 0, 0, 0, 0, 0, 0 },
	};
	struct machine machine;

	(void)state;
	machine_open(&machine, "web3", 0);
	assert_null(task_list_find(&machine.current->tasks, 4410));
	machine_advance(&machine, 1);
	for (size_t i = 0; i < sizeof(processes) / sizeof(*processes); i++)
		check_process(&machine, &processes[i]);
	assert_int_equal(machine.current->tasks.count, 13);
	assert_int_equal(machine.current->tasks.threads, 18);
	assert_int_equal(machine.current->tasks.io_hidden, 0); /* not there, rather than hidden */
	assert_true(machine_task(&machine, 88)->flags & TASK_KTHREAD);
	assert_false(machine_task(&machine, 1234)->flags & TASK_KTHREAD);
	assert_int_equal(machine_task(&machine, 1100)->ppid, 911);
	assert_string_equal(machine_task(&machine, 4410)->comm, "cc1");
	machine_close(&machine);
}

/* Waits are in java's threads, not in its leader. */
static void zram(void **state)
{
	static const struct expected java = { 900, "java", "app", 'S',	3,   500, 614400,
					      0,   0,	   8000,  1750, 150, 30 };
	static const struct expected kswapd = { 88, "kswapd0", "root", 'S', 1, 300, 0,
						0,  0,	       0,      0,   0, 0 };
	struct machine machine;

	(void)state;
	machine_open(&machine, "zram", 0);
	machine_advance(&machine, 1);
	check_process(&machine, &java);
	check_process(&machine, &kswapd);
	machine_close(&machine);
}

static void disk_wait_is_known_where_accounted(void **state)
{
	struct machine machine;

	(void)state;
	/* A switch that is off: never 0. */
	machine_open(&machine, "quiet", 0);
	assert_false(present(machine_task(&machine, 1)->disk_wait_ns));
	machine_close(&machine);
	machine_open(&machine, "cpu256", 0);
	machine_advance(&machine, 1);
	assert_int_equal(machine_task(&machine, 5000)->threads, 12);
	assert_false(present(machine_task(&machine, 5000)->disk_wait_ns));
	machine_close(&machine);
	/* No switch, but some process shows a wait: all are known, the first pid too. */
	machine_open(&machine, "k44", 0);
	assert_true(present(machine_task(&machine, 1)->disk_wait_ns));
	machine_advance(&machine, 1);
	assert_int_equal(machine_task(&machine, 1500)->disk_wait_ns -
				 machine_task_before(&machine, 1500)->disk_wait_ns,
			 6 * TICK_NS);
	machine_close(&machine);
}

static void put_stat(const struct machine *machine, uint32_t pid, unsigned ticks, unsigned threads,
		     unsigned block_ticks)
{
	char path[32], text[512];
	int len = snprintf(text, sizeof(text),
			   "%u (sh) S 1 1 1 0 -1 0 1 0 2 0 %u 0 0 0 20 0 %u 0 100 4096 5 0 0 0 0 0 "
			   "0 0 0 0 0 0 0 0 17 0 0 0 %u 0 0\n",
			   pid, ticks, threads, block_ticks);

	snprintf(path, sizeof(path), "proc/%u/stat", pid);
	machine_put(machine, path, text, (size_t)len);
}

/* Without a switch, waits of 0 everywhere say nothing until one process shows another. */
static void nobody_waited_yet(void **state)
{
	struct machine machine;

	(void)state;
	machine_open(&machine, "k44", 0);
	/* Every process of k44 that has waited makes room for one that has not. */
	for (size_t i = 0; i < machine.current->tasks.count; i++)
		put_stat(&machine, machine.current->tasks.task[i].pid, 7, 1, 0);
	machine_reopen(&machine);
	assert_true(present(machine_task(&machine, 1)->cpu_ns));
	assert_false(present(machine_task(&machine, 1)->disk_wait_ns));
	put_stat(&machine, 1500, 7, 1, 3);
	assert_int_equal(machine_take(&machine), 0);
	assert_int_equal(machine_task(&machine, 1500)->disk_wait_ns, 3 * TICK_NS);
	assert_int_equal(machine_task(&machine, 1)->disk_wait_ns, 0);
	put_stat(&machine, 1500, 7, 1, 0);
	assert_int_equal(machine_take(&machine), 0);
	assert_int_equal(machine_task(&machine, 1)->disk_wait_ns, 0); /* it is known by now */
	machine_close(&machine);
}

/* The CPU time of a process at its next reading. */
static uint64_t cpu_ms(struct machine *machine, const char *schedstat, unsigned ticks,
		       unsigned threads)
{
	put_stat(machine, 1500, ticks, threads, 0);
	machine_put(machine, "proc/1500/schedstat", schedstat, schedstat ? strlen(schedstat) : 0);
	assert_int_equal(machine_take(machine), 0);
	return machine_task(machine, 1500)->cpu_ns / NS_PER_MS;
}

/* schedstat's time is exact but the leader's; stat's has all threads, in ticks. It never goes back. */
static void cpu_time_of_a_tree(void **state)
{
	struct machine machine;

	(void)state;
	machine_open(&machine, "k44", 0);
	put_stat(&machine, 1500, 7, 1, 0);
	machine_put(&machine, "proc/1500/schedstat", "0 0 0\n", 6);
	machine_reopen(&machine);
	assert_int_equal(machine_task(&machine, 1500)->cpu_ns, 70 * NS_PER_MS);
	assert_false(present(machine_task(&machine, 1500)->run_delay_ns));
	assert_int_equal(cpu_ms(&machine, "75000000 0 5\n", 7, 1), 75);
	assert_int_equal(cpu_ms(&machine, "79000000 0 5\n", 7, 1), 79);
	/* Two ticks more than the leader has: a thread came and went. */
	assert_int_equal(cpu_ms(&machine, "80000000 0 5\n", 10, 1), 100);
	/* Each instant of a tree speaks for itself. */
	assert_int_equal(cpu_ms(&machine, "119000000 0 5\n", 11, 1), 119);
	/* The leader's place went to a thread that had run less. */
	machine_reopen(&machine);
	assert_int_equal(cpu_ms(&machine, "119000000 0 5\n", 11, 1), 119);
	assert_int_equal(cpu_ms(&machine, "112000000 0 5\n", 11, 1), 119);
	/* Several threads: ticks, once they have caught up with what was said before. */
	machine_reopen(&machine);
	assert_int_equal(cpu_ms(&machine, "119000000 0 5\n", 11, 1), 119);
	assert_int_equal(cpu_ms(&machine, "119500000 0 5\n", 11, 2), 119);
	assert_int_equal(cpu_ms(&machine, "119900000 0 5\n", 13, 2), 130);
	assert_int_equal(cpu_ms(&machine, NULL, 13, 1), 130);
	assert_int_equal(cpu_ms(&machine, "1000000 0 5\n", 14, 1), 140);
	machine_close(&machine);
}

static void without_schedstat(void **state)
{
	struct machine machine;

	(void)state;
	machine_open(&machine, "old310", 0);
	machine_advance(&machine, 1);
	assert_false(present(machine_task(&machine, 1500)->run_delay_ns));
	assert_int_equal(machine_task(&machine, 1500)->cpu_ns -
				 machine_task_before(&machine, 1500)->cpu_ns,
			 25 * TICK_NS);
	assert_int_equal(machine.current->status[FILE_PRESSURE_MEMORY], -ENOENT);
	assert_false(present(machine.current->meminfo.memavailable_kb));
	machine_close(&machine);
}

static void pid_goes_to_another(void **state)
{
	const struct task *old, *new;
	struct machine machine;

	(void)state;
	machine_open(&machine, "reset", 0);
	machine_advance(&machine, 1);
	old = machine_task_before(&machine, 500);
	new = machine_task(&machine, 500);
	assert_string_equal(old->comm, "longlived");
	assert_string_equal(new->comm, "newborn");
	assert_true(new->start_ns > old->start_ns);
	assert_int_equal(new->cpu_ns, 20 * NS_PER_MS);
	assert_int_equal(new->read_bytes, 8192);
	assert_int_equal(new->minor_faults, 70);
	assert_int_equal(new->run_delay_ns, 0);
	assert_int_equal(new->uid, 1000);
	machine_close(&machine);
	machine_open(&machine, "oom", 0);
	assert_string_equal(machine_task(&machine, 3131)->comm, "memhog");
	machine_advance(&machine, 1);
	assert_null(task_list_find(&machine.current->tasks, 3131));
	machine_close(&machine);
}

/* status is read for the eight with the largest RSS; of one that is no more among them, nothing is said. */
static void anonymous_memory_of_the_largest(void **state)
{
	struct machine machine;

	(void)state;
	machine_open(&machine, "web3", 0);
	assert_int_equal(machine_task(&machine, 1100)->anon_bytes, 2048 * 1024);
	machine_advance(&machine, 1); /* cc1 came */
	assert_false(present(machine_task(&machine, 1100)->anon_bytes));
	assert_false(present(machine_task(&machine, 1100)->swap_bytes));
	assert_int_equal(machine_task(&machine, 1234)->anon_bytes, 6186600ull * 1024);
	assert_int_equal(machine_task(&machine, 4410)->anon_bytes, 71680 * 1024);
	assert_false(present(machine_task(&machine, 88)->anon_bytes)); /* has no memory */
	machine_close(&machine);
}

static void hostile(void **state)
{
	static const struct {
		uint32_t pid;
		const char *comm;
	} names[] = {
		{ 101, "\uFFFD[2J" }, { 102, "two\uFFFDlines" },
		{ 103, "x) R 1 (y" }, { 105, "<&>" },
		{ 124, "(" },	      { 125, ")" },
		{ 126, "" },
	};
	static const uint32_t nobody[] = { 113, 114, 115, 121 };
	struct machine machine;
	char buf[USER_NAME_MAX];

	(void)state;
	machine_open(&machine, "hostile", 0);
	machine_advance(&machine, 1);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		assert_string_equal(machine_task(&machine, names[i].pid)->comm, names[i].comm);
	for (size_t i = 0; i < sizeof(nobody) / sizeof(*nobody); i++)
		assert_null(task_list_find(&machine.current->tasks, nobody[i]));
	assert_int_equal(machine_task(&machine, 119)->minor_faults, ABSENT);
	assert_int_equal(machine_task(&machine, 119)->cpu_ns, ABSENT);
	assert_int_equal(machine_task(&machine, 119)->rss_bytes, ABSENT);
	assert_int_equal(machine_task(&machine, 119)->read_bytes, ABSENT);
	assert_true(present(machine_task(&machine, 119)->write_bytes));
	assert_true(present(machine_task(&machine, 120)->rss_bytes));
	assert_string_equal(
		users_name(machine.current->users, machine_task(&machine, 122)->uid, buf), "-");
	assert_int_equal(machine.current->stat.cpu[0].times.idle, ABSENT);
	assert_int_equal(machine.current->meminfo.buffers_kb, ABSENT);
	assert_true(present(machine.current->vmstat.pgfault));
	machine_close(&machine);
}

static void check_cpus(const struct sample *sample, const uint32_t *ids, size_t count)
{
	assert_int_equal(sample->stat.cpu_count, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(sample->stat.cpu[i].id, ids ? ids[i] : i);
}

static void cpus_with_holes(void **state)
{
	static const uint32_t ids[] = { 0, 2, 5, 6 };
	struct machine machine;

	(void)state;
	machine_open(&machine, "holes", 0);
	check_cpus(machine.current, ids, 3);
	machine_advance(&machine, 1);
	check_cpus(machine.current, ids, 4);
	machine_advance(&machine, 2);
	check_cpus(machine.current, ids, 2);
	machine_close(&machine);
	machine_open(&machine, "cpu256", 0); /* more than there is room for at first */
	check_cpus(machine.current, NULL, 256);
	machine_advance(&machine, 1);
	check_cpus(machine.current, NULL, 256);
	assert_int_equal(machine.current->stat.ctxt - machine.previous->stat.ctxt, 210000);
	machine_close(&machine);
}

static void whole_disks_alone(void **state)
{
	static const struct {
		const char *machine, *disks;
	} cases[] = {
		{ "web3", "nvme0n1 sda " },
		{ "zram", "sda " },
		{ "nofull", "sda sdb " },
		{ "old310", "sda " },
		{ "steal", "vda " },
		{ "container", "sda " },
		{ "container1", "sda " },
		{ "cpu256", "nvme0n1 nvme1n1 nvme2n1 nvme3n1 nvme4n1 nvme5n1 nvme6n1 nvme7n1 " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct machine machine;
		char names[512] = "";

		machine_open(&machine, cases[i].machine, 0);
		machine_advance(&machine, 1);
		for (size_t d = 0; d < machine.current->disks.count; d++) {
			strncat(names, machine.current->disks.disk[d].name, 40);
			strncat(names, " ", 2);
		}
		assert_string_equal(names, cases[i].disks);
		machine_close(&machine);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(web3),
		cmocka_unit_test(zram),
		cmocka_unit_test(disk_wait_is_known_where_accounted),
		cmocka_unit_test(nobody_waited_yet),
		cmocka_unit_test(cpu_time_of_a_tree),
		cmocka_unit_test(without_schedstat),
		cmocka_unit_test(pid_goes_to_another),
		cmocka_unit_test(anonymous_memory_of_the_largest),
		cmocka_unit_test(hostile),
		cmocka_unit_test(cpus_with_holes),
		cmocka_unit_test(whole_disks_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
