/*
 * The collector on this machine and on copied ones: what it opens, its clocks, its errors.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/value.h"
#include "sample/machine.h"
#include "tasks/child.h"

static const char *const machines[] = {
	"web3",	     "quiet",	   "old310", "k44",    "nofull",  "holes",
	"cpu256",    "guest",	   "steal",  "noswap", "zram",	  "zfs",
	"container", "container1", "oom",    "reset",  "hostile",
};

static void check_tasks(const struct sample *sample)
{
	const struct task_list *list = &sample->tasks;

	assert_int_equal(sample->status[FILE_TASKS], 0);
	assert_true(list->count > 0);
	for (size_t i = 0; i < list->count; i++) {
		const struct task *task = &list->task[i];

		assert_true(!i || task->pid > task[-1].pid);
		assert_true(present(task->start_ns));
		assert_int_equal(task->at_ns, sample->mono_ns);
		for (const char *c = task->comm; *c; c++)
			assert_true((unsigned char)*c >= 0x20 && *c != 0x7f);
	}
}

static void every_machine_at_every_instant(void **state)
{
	size_t instants = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(machines) / sizeof(*machines); i++) {
		struct machine machine;
		int descriptors = open_descriptors();

		machine_open(&machine, machines[i], 0);
		assert_false(collector_host(machine.collector)->live);
		assert_string_equal(collector_source(machine.collector), "proc");
		for (int instant = 1; machine_has(machines[i], instant); instant++) {
			machine_advance(&machine, instant);
			assert_int_equal(machine.current->mono_ns,
					 machine.current->uptime.up_centi * 10000000);
			assert_int_equal(machine.current->boot_ns, machine.current->mono_ns);
			assert_int_equal(machine.current->mono_ns - machine.previous->mono_ns,
					 NS_PER_S);
			assert_int_equal(machine.current->sequence, instant + 1);
			assert_int_equal(machine.current->min_free_kbytes, 67584);
			check_tasks(machine.previous);
			check_tasks(machine.current);
			instants++;
		}
		machine_close(&machine);
		assert_int_equal(open_descriptors(), descriptors);
	}
	assert_true(instants >= sizeof(machines) / sizeof(*machines));
}

static void the_same_instant_again(void **state)
{
	struct machine machine;

	(void)state;
	machine_open(&machine, "web3", 0);
	assert_int_equal(machine_take(&machine), 0);
	assert_int_equal(machine.current->mono_ns, machine.previous->mono_ns);
	assert_int_equal(machine.current->sequence, 2);
	assert_int_equal(machine.current->tasks.count, machine.previous->tasks.count);
	machine_close(&machine);
}

static void names_of_the_host(void **state)
{
	struct machine machine;
	char buf[USER_NAME_MAX];

	(void)state;
	machine_open(&machine, "web3", 0);
	assert_string_equal(collector_host(machine.collector)->name, "web-3");
	assert_string_equal(collector_host(machine.collector)->release, "6.1.0-28-amd64");
	assert_string_equal(users_name(machine.current->users, 999, buf), "postgres");
	assert_ptr_equal(machine.current->users, collector_users(machine.collector));
	machine_close(&machine);
	machine_open(&machine, "hostile", 0);
	assert_null(strchr(collector_host(machine.collector)->name, '\033'));
	/* No etc/passwd there: this machine's own users are not put in its place. */
	assert_string_equal(users_name(machine.current->users, 0, buf), "0");
	machine_close(&machine);
}

static void settings_and_limits(void **state)
{
	struct machine machine;

	(void)state;
	machine_open(&machine, "web3", 0);
	assert_int_equal(machine.current->delayacct, 1);
	assert_false(present(machine.current->cgroup.memory_bytes));
	machine_put(&machine, "proc/sys/kernel/task_delayacct", "0\n", 2);
	assert_int_equal(machine_take(&machine), 0);
	assert_int_equal(machine.current->delayacct, 0);
	machine_close(&machine);
	machine_open(&machine, "k44", 0);
	assert_int_equal(machine.current->delayacct, ABSENT);
	machine_close(&machine);
	for (int i = 0; i < 2; i++) {
		const struct cgroup_limits *limits;

		machine_open(&machine, i ? "container1" : "container", 0);
		machine_advance(&machine, 1);
		limits = &machine.current->cgroup;
		assert_int_equal(limits->cpu_milli, 1500);
		assert_int_equal(limits->memory_bytes, 2147483648);
		assert_int_equal(limits->memory_used_bytes, 1610616832);
		assert_int_equal(machine.previous->cgroup.memory_used_bytes, 1610612736);
		machine_close(&machine);
	}
}

static void files_that_fail(void **state)
{
	struct machine machine;

	(void)state;
	machine_open(&machine, "web3", 0);
	machine_put(&machine, "proc/vmstat", NULL, 0);
	machine_put(&machine, "proc/loadavg", "", 0);
	assert_int_equal(machine_take(&machine), 0);
	assert_int_equal(machine.current->status[FILE_VMSTAT], -ENOENT);
	assert_int_equal(machine.current->vmstat.pgfault, ABSENT);
	assert_int_equal(machine.current->status[FILE_LOADAVG], -ENODATA);
	assert_int_equal(machine.current->status[FILE_ARCSTATS], -ENOENT);
	assert_int_equal(machine.current->status[FILE_MEMINFO], 0);
	machine_put(&machine, "proc/stat", NULL, 0);
	assert_int_equal(machine_take(&machine), -ENOENT);
	machine_put(&machine, "proc/uptime", "now\n", 4);
	assert_int_equal(machine_take(&machine), -ENODATA);
	machine_advance(&machine, 1); /* all is there again */
	assert_int_equal(machine.current->status[FILE_VMSTAT], 0);
	assert_int_equal(machine.current->delayacct, 1);
	machine_close(&machine);
}

/* A file longer than what is read at first is read whole. */
static void long_files(void **state)
{
	const size_t len = 300000;
	char *text = malloc(len + 64);
	struct machine machine;

	(void)state;
	assert_non_null(text);
	memset(text, 'x', len);
	for (size_t i = 99; i < len; i += 100)
		text[i] = '\n';
	strncpy(text + len, "pgfault 123\npgmajfault 45\n", 64);
	machine_open(&machine, "web3", 0);
	machine_put(&machine, "proc/vmstat", text, len + strlen("pgfault 123\npgmajfault 45\n"));
	assert_int_equal(machine_take(&machine), 0);
	assert_int_equal(machine.current->vmstat.pgfault, 123);
	assert_int_equal(machine.current->vmstat.pgmajfault, 45);
	machine_close(&machine);
	free(text);
}

static void no_processes(void **state)
{
	char dir[] = "/tmp/stalltop-empty-XXXXXX", path[64];
	struct collector_options options = { .proc_root = dir, .sys_root = "/nowhere" };
	struct collector *collector;
	struct sample sample;
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(dir));
	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, i ? "uptime" : "stat");
		file = fopen(path, "we");
		assert_non_null(file);
		fputs(i ? "5.00 1.00\n" : "cpu 1 2 3 4\n", file);
		fclose(file);
	}
	assert_int_equal(sample_init(&sample), 0);
	assert_int_equal(collector_open(&collector, &options), 0);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(collector_take(collector, &sample), 0);
		assert_int_equal(sample.tasks.count, 0);
		assert_int_equal(sample.status[FILE_TASKS], 0);
		assert_int_equal(sample.stat.total.user, 1);
		assert_int_equal(sample.disks.count, 0);
	}
	collector_close(collector);
	sample_release(&sample);
	unlink(path);
	snprintf(path, sizeof(path), "%s/stat", dir);
	unlink(path);
	assert_int_equal(rmdir(dir), 0);
}

static void roots_that_are_none(void **state)
{
	static const struct {
		const char *proc_root;
		int err;
	} cases[] = {
		{ "/nowhere", -ENOENT },
		{ "/proc/stat", -ENOTDIR },
		{ "", -ENOENT },
		{ "/dev", -ENODATA },
	};
	int descriptors = open_descriptors();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct collector_options options = { .proc_root = cases[i].proc_root,
						     .sys_root = "/sys" };
		struct collector *collector = NULL;

		assert_int_equal(collector_open(&collector, &options), cases[i].err);
		assert_null(collector);
	}
	assert_int_equal(open_descriptors(), descriptors);
	collector_close(NULL);
}

static void this_machine(void **state)
{
	struct collector_options options = { .proc_root = "/proc", .sys_root = "/sys" };
	int descriptors = open_descriptors();
	struct collector *collector;
	struct sample sample[2];
	char name[65];

	(void)state;
	assert_int_equal(collector_open(&collector, &options), 0);
	assert_true(collector_host(collector)->live);
	assert_int_equal(gethostname(name, sizeof(name)), 0);
	assert_string_equal(collector_host(collector)->name, name);
	for (int i = 0; i < 2; i++) {
		const struct task *own;
		uint64_t before = clock_ns(CLOCK_MONOTONIC);

		assert_int_equal(sample_init(&sample[i]), 0);
		assert_int_equal(collector_take(collector, &sample[i]), 0);
		assert_in_range(sample[i].mono_ns, before, clock_ns(CLOCK_MONOTONIC));
		assert_in_range(sample[i].boot_ns, sample[i].mono_ns, clock_ns(CLOCK_BOOTTIME));
		assert_int_equal(sample[i].status[FILE_TASKS], 0);
		assert_int_equal(sample[i].status[FILE_MEMINFO], 0);
		assert_int_equal(sample[i].stat.cpu_count, sysconf(_SC_NPROCESSORS_ONLN));
		own = task_list_find(&sample[i].tasks, (uint32_t)getpid());
		assert_non_null(own);
		assert_in_range(own->at_ns, sample[i].mono_ns, clock_ns(CLOCK_MONOTONIC));
		assert_int_equal(own->uid, geteuid());
		assert_true(present(sample[i].self.rss_bytes) && sample[i].self.rss_bytes > 0);
	}
	assert_true(sample[1].self.cpu_ns > sample[0].self.cpu_ns);
	assert_true(sample[1].mono_ns > sample[0].mono_ns);
	collector_close(collector);
	sample_release(&sample[0]);
	sample_release(&sample[1]);
	assert_int_equal(open_descriptors(), descriptors);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_machine_at_every_instant),
		cmocka_unit_test(the_same_instant_again),
		cmocka_unit_test(names_of_the_host),
		cmocka_unit_test(settings_and_limits),
		cmocka_unit_test(files_that_fail),
		cmocka_unit_test(long_files),
		cmocka_unit_test(no_processes),
		cmocka_unit_test(roots_that_are_none),
		cmocka_unit_test(this_machine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
