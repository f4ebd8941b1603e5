/*
 * The parsers on the files of other machines: values that tests/fixtures/README.md and the files
 * themselves name, and what each machine does not have.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "base/value.h"
#include "proc/arcstats.h"
#include "proc/diskstats.h"
#include "proc/loadavg.h"
#include "proc/meminfo.h"
#include "proc/pid_io.h"
#include "proc/pid_schedstat.h"
#include "proc/pid_stat.h"
#include "proc/pid_status.h"
#include "proc/pressure.h"
#include "proc/stat.h"
#include "proc/uptime.h"
#include "proc/vmstat.h"
#include "support/parse_check.h"

#define CPUS 512
#define DISKS 32
#define ANY (ABSENT - 1) /* a value, whichever */

/* The files of one machine at one instant that are the machine's. */
struct machine {
	struct proc_stat stat;
	struct cpu_line cpu[CPUS];
	struct meminfo mem;
	struct vmstat vm;
	struct loadavg load;
	struct uptime up;
	struct diskstats disks;
	struct disk_stat disk[DISKS];
};

static char text[1 << 18];

static size_t read_at(const char *machine, const char *file)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/proc/%s", machine, file);
	return fixture_read(path, text, sizeof(text));
}

static void read_machine(struct machine *m, const char *name)
{
	m->stat = (struct proc_stat){ .cpu = m->cpu, .cpu_cap = CPUS };
	m->disks = (struct diskstats){ .disk = m->disk, .cap = DISKS };
	assert_int_equal(stat_parse(&m->stat, text, read_at(name, "stat")), 0);
	assert_int_equal(meminfo_parse(&m->mem, text, read_at(name, "meminfo")), 0);
	assert_int_equal(vmstat_parse(&m->vm, text, read_at(name, "vmstat")), 0);
	assert_int_equal(loadavg_parse(&m->load, text, read_at(name, "loadavg")), 0);
	assert_int_equal(uptime_parse(&m->up, text, read_at(name, "uptime")), 0);
	assert_int_equal(diskstats_parse(&m->disks, text, read_at(name, "diskstats")), 0);
}

/* Of a field, the value on each machine in the order of `machines`. */
struct expectation {
	const char *field;
	size_t offset;
	uint64_t value[6];
};

static const char *const machines[] = { "old310/0", "nofull/0",	 "holes/0",
					"cpu256/0", "hostile/0", "zfs/0" };

#define F(field) #field, offsetof(struct machine, field)

static const struct expectation expectations[] = {
	{ F(stat.total.user), { 207360906, 2074494, 1800669, 1228865400, 6584576, 7200894 } },
	{ F(stat.total.guest_nice), { 0, 0, 0, 0, 0, 0 } },
	{ F(stat.cpu_count), { 2, 2, 3, 256, 2, 2 } },
	{ F(stat.ctxt), { 15353280000, ANY, 88850000, ANY, 487466640, ANY } },
	{ F(stat.procs_running), { 1, ANY, 1, ANY, 1, ANY } },
	{ F(mem.memtotal_kb), { 8010404, 4028832, 16357784, 528280000, 16357784, 16777216 } },
	{ F(mem.memavailable_kb), { ABSENT, 1600000, 13086228, 400000000, 13086228, 5242880 } },
	{ F(mem.buffers_kb), { 180224, ANY, ANY, ANY, ABSENT, ANY } },
	{ F(mem.kreclaimable_kb), { ABSENT, ANY, ANY, ANY, 209716, ANY } },
	{ F(mem.dirty_kb), { 20480, ANY, ANY, ANY, ABSENT, ANY } },
	{ F(mem.directmap1g_kb), { 4194304, ANY, ANY, ANY, 12582912, ANY } },
	{ F(vm.oom_kill), { ABSENT, 0, 0, 0, 0, 0 } },
	{ F(vm.pgscan_kswapd), { ABSENT, ANY, ANY, ANY, 82233441, ANY } },
	{ F(vm.workingset_refault), { ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT } },
	{ F(vm.pgfree), { ANY, ANY, ANY, ANY, 6220114233, ANY } },
	{ F(vm.pgactivate), { ANY, ANY, ANY, ANY, 40112233, ANY } },
	{ F(load.load1_centi), { 120, 150, 90, 8510, 10, 40 } },
	{ F(load.threads), { 180, 220, 210, 5200, 201, 700 } },
	{ F(disk[0].reads), { 262962, 262962, 147975, 160188, 160188, 262962 } },
	{ F(disk[0].discards), { ABSENT, 154, 325, 396, 396, 154 } },
	{ F(disk[0].flush_ms), { ABSENT, 654, 1325, 2396, 2396, 654 } },
};

static void values(void **state)
{
	static struct machine m;

	(void)state;
	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++) {
		read_machine(&m, machines[i]);
		for (size_t k = 0; k < sizeof(expectations) / sizeof(expectations[0]); k++) {
			const struct expectation *e = &expectations[k];
			uint64_t got = *(const uint64_t *)((const char *)&m + e->offset);
			uint64_t expected = e->value[i];

			if (expected == ANY ? got == ABSENT : got != expected)
				fail_msg("%s %s: %llu", machines[i], e->field,
					 (unsigned long long)got);
		}
	}
}

/* Every 1.00 s passes between two instants, by uptime. */
static void instants(void **state)
{
	static const char *const names[] = {
		"old310", "nofull", "holes", "cpu256", "hostile", "zfs"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct uptime up[2];

		for (int instant = 0; instant < 2; instant++) {
			char name[32];

			snprintf(name, sizeof(name), "%s/%d", names[i], instant);
			assert_int_equal(uptime_parse(&up[instant], text, read_at(name, "uptime")),
					 0);
		}
		assert_int_equal(up[1].up_centi - up[0].up_centi, 100);
	}
}

static void holes_in_cpu_ids(void **state)
{
	static const struct {
		const char *name;
		size_t count;
		uint32_t id[4];
	} cases[] = {
		{ "holes/0", 3, { 0, 2, 5 } },
		{ "holes/1", 4, { 0, 2, 5, 6 } },
		{ "holes/2", 2, { 0, 2 } },
	};
	static struct machine m;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		read_machine(&m, cases[i].name);
		assert_int_equal(m.stat.cpu_count, cases[i].count);
		for (size_t k = 0; k < cases[i].count; k++)
			assert_int_equal(m.cpu[k].id, cases[i].id[k]);
	}
}

static void many_cpus(void **state)
{
	static struct machine m;

	(void)state;
	read_machine(&m, "cpu256/0");
	for (uint32_t i = 0; i < 256; i++)
		assert_int_equal(m.cpu[i].id, i);
	assert_int_equal(m.cpu[255].times.user, 4800229);
}

static void one_bad_field_of_stat(void **state)
{
	static struct machine m;

	(void)state;
	read_machine(&m, "hostile/0");
	assert_int_equal(m.cpu[0].times.user, 3292251);
	assert_int_equal(m.cpu[0].times.idle, ABSENT);
	assert_int_equal(m.cpu[0].times.iowait, 411480);
	assert_int_equal(m.cpu[1].times.user, ABSENT);
	assert_int_equal(m.cpu[1].times.nice, 55348);
}

static void pressure_without_full(void **state)
{
	struct pressure p;

	(void)state;
	assert_int_equal(pressure_parse(&p, text, read_at("nofull/0", "pressure/cpu")), 0);
	assert_int_equal(p.some.avg10_centi, 3960);
	assert_int_equal(p.some.total_us, 8640767114);
	assert_int_equal(p.full.avg10_centi, ABSENT);
	assert_int_equal(p.full.total_us, ABSENT);
	assert_int_equal(pressure_parse(&p, text, read_at("nofull/0", "pressure/memory")), 0);
	assert_int_equal(p.full.avg10_centi, 18);
	assert_int_equal(pressure_parse(&p, text, read_at("web3/0", "pressure/irq")), 0);
	assert_int_equal(p.some.total_us, ABSENT);
	assert_int_not_equal(p.full.total_us, ABSENT);
}

static void arc_of_zfs(void **state)
{
	struct arcstats arc;

	(void)state;
	assert_int_equal(arcstats_parse(&arc, text, read_at("zfs/1", "spl/kstat/zfs/arcstats")), 0);
	assert_int_equal(arc.size, 8ull << 30);
	assert_int_equal(arc.c_min, 512ull << 20);
	assert_int_not_equal(arc.hits, ABSENT);
	assert_int_equal(arcstats_parse(&arc, text, read_at("zfs/2", "spl/kstat/zfs/arcstats")), 0);
	assert_int_equal(arc.size, 300ull << 20);
}

static void disks_of_web3(void **state)
{
	static const char *const names[] = { "nvme0n1", "nvme0n1p1", "sda", "sda1", "dm-0" };
	static struct machine before, now;

	(void)state;
	read_machine(&before, "web3/0");
	read_machine(&now, "web3/1");
	assert_int_equal(now.disks.count, 5);
	for (size_t i = 0; i < 5; i++)
		assert_string_equal(now.disk[i].name, names[i]);
	assert_int_equal((now.disk[0].sectors_read - before.disk[0].sectors_read) * SECTOR_BYTES,
			 12687360);
	assert_int_equal(now.disk[0].io_ms - before.disk[0].io_ms, 410);
}

#define R "\xef\xbf\xbd"

/* The processes of "hostile" that are some, and their names once clean. */
static void hostile_processes(void **state)
{
	static const struct {
		uint64_t pid;
		const char *name;
	} cases[] = {
		{ 101, R "[2J" },
		{ 102, "two" R "lines" },
		{ 103, "x) R 1 (y" },
		{ 104, "\"q'\\" },
		{ 105, "<&>" },
		{ 106, "c1" R "31m" },
		{ 107, "raw" R "31m" },
		{ 108, "bad" R R R "(" },
		{ 109, "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e" },
		{ 110, "a" R "gpj.exe" },
		{ 111, "\xf0\x9f\x91\xa9" R "\xf0\x9f\x92\xbb" },
		{ 112, "               " },
		{ 116, "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9" R },
		{ 117, "fields44" },
		{ 118, "tab" R "here" R },
		{ 119, "huge" },
		{ 120, "nonewline" },
		{ 123, "%s%n%d" },
		{ 124, "(" },
		{ 125, ")" },
		{ 126, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char path[32], name[TASK_NAME_MAX];
		struct pid_stat stat;

		snprintf(path, sizeof(path), "%u/stat", (unsigned)cases[i].pid);
		assert_int_equal(pid_stat_parse(&stat, text, read_at("hostile/0", path)), 0);
		assert_int_equal(stat.pid, cases[i].pid);
		assert_int_equal(stat.state, 'S');
		assert_int_equal(stat.ppid, 1);
		assert_int_not_equal(stat.blkio_ticks, ABSENT);
		text_clean(name, sizeof(name), stat.comm, stat.comm_len);
		assert_string_equal(name, cases[i].name);
	}
}

static void hostile_numbers(void **state)
{
	struct pid_status status;
	struct pid_stat stat;
	struct pid_io io;

	(void)state;
	assert_int_equal(pid_stat_parse(&stat, text, read_at("hostile/0", "113/stat")), -ENODATA);
	assert_int_equal(pid_stat_parse(&stat, text, read_at("hostile/0", "114/stat")), -EINVAL);
	assert_int_equal(pid_stat_parse(&stat, text, read_at("hostile/0", "115/stat")), -EINVAL);
	assert_int_equal(pid_stat_parse(&stat, text, read_at("hostile/0", "119/stat")), 0);
	assert_int_equal(stat.minflt, ABSENT);
	assert_int_equal(stat.utime, ABSENT);
	assert_int_equal(stat.rss, ABSENT);
	assert_int_equal(stat.starttime, 938);
	pid_io_parse(&io, text, read_at("hostile/0", "119/io"));
	assert_int_equal(io.read_bytes, ABSENT);
	assert_int_equal(pid_status_parse(&status, text, read_at("hostile/0", "122/status")),
			 -ENODATA);
}

/* python3 of web3, as the README has it. */
static void a_process(void **state)
{
	struct pid_schedstat sched[2];
	struct pid_stat stat[2];
	struct pid_io io[2];
	struct pid_status status;

	(void)state;
	for (int i = 0; i < 2; i++) {
		const char *instant = i ? "web3/1" : "web3/0";

		assert_int_equal(pid_stat_parse(&stat[i], text, read_at(instant, "1234/stat")), 0);
		assert_int_equal(pid_io_parse(&io[i], text, read_at(instant, "1234/io")), 0);
		assert_int_equal(pid_schedstat_parse(&sched[i], text,
						     read_at(instant, "1234/schedstat")),
				 0);
	}
	assert_int_equal(pid_status_parse(&status, text, read_at("web3/1", "1234/status")), 0);
	assert_int_equal(stat[1].state, 'D');
	assert_int_equal(stat[1].rss, 1599078);
	assert_int_equal(stat[1].minflt - stat[0].minflt, 301);
	assert_int_equal(stat[1].majflt - stat[0].majflt, 81);
	assert_int_equal(stat[1].utime + stat[1].stime - stat[0].utime - stat[0].stime, 41);
	assert_int_equal(io[1].read_bytes - io[0].read_bytes, 12582912);
	assert_int_equal(status.euid, 1000);
	assert_int_equal(status.rss_anon_kb, 6186600);
	assert_true(sched[1].run_ns > sched[0].run_ns);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values),
		cmocka_unit_test(instants),
		cmocka_unit_test(holes_in_cpu_ids),
		cmocka_unit_test(many_cpus),
		cmocka_unit_test(one_bad_field_of_stat),
		cmocka_unit_test(pressure_without_full),
		cmocka_unit_test(arc_of_zfs),
		cmocka_unit_test(disks_of_web3),
		cmocka_unit_test(hostile_processes),
		cmocka_unit_test(hostile_numbers),
		cmocka_unit_test(a_process),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
