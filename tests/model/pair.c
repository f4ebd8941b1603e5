#include "model/pair.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct cpu_times idle_cpu = { .user = 1000, .system = 500, .idle = 50000 };

static void fill(struct sample *sample)
{
	assert_int_equal(sample_init(sample), 0);
	sample->mono_ns = BEFORE_NS;
	sample->boot_ns = BEFORE_NS + SLEPT_NS;
	sample->status[FILE_ARCSTATS] = -ENOENT;
	for (size_t i = 0; i < meminfo_row_count; i++)
		memset((char *)&sample->meminfo + meminfo_rows[i].offset, 0, sizeof(uint64_t));
	sample->meminfo.memtotal_kb = MEMORY_KB;
	sample->meminfo.memfree_kb = MEMORY_KB / 2;
	sample->meminfo.memavailable_kb = MEMORY_KB / 4 * 3;
	for (size_t i = 0; i < vmstat_row_count; i++) {
		const uint64_t count = 1000000;

		memcpy((char *)&sample->vmstat + vmstat_rows[i].offset, &count, sizeof(count));
	}
	sample->vmstat.allocstall = sample->vmstat.workingset_refault = ABSENT;
	for (int kind = 0; kind < PRESSURE_KINDS; kind++)
		sample->pressure[kind].some = sample->pressure[kind].full =
			(struct pressure_line){ 0, 0, 0, 5000000 };
	sample->loadavg.load1_centi = sample->loadavg.load5_centi = 10;
	sample->loadavg.load15_centi = 10;
	sample->stat.total = idle_cpu;
	sample->stat.intr = sample->stat.ctxt = sample->stat.processes = 1000000;
	sample->stat.procs_running = 1;
	sample->stat.procs_blocked = 0;
	sample->stat.cpu_count = sample->stat.cpu_seen = 2;
	for (uint32_t id = 0; id < 2; id++)
		sample->stat.cpu[id] = (struct cpu_line){ id, idle_cpu };
	sample->self = (struct self_stat){ 0 };
	sample->tasks.threads = 0;
}

int pair_setup(void **state)
{
	struct pair *pair = calloc(1, sizeof(*pair));

	assert_non_null(pair);
	fill(&pair->before);
	fill(&pair->now);
	pair->before.sequence = 1;
	pair->now.sequence = 2;
	pair_seconds(pair, 1);
	assert_int_equal(model_init(&pair->model), 0);
	*state = pair;
	return 0;
}

int pair_teardown(void **state)
{
	struct pair *pair = *state;

	model_release(&pair->model);
	sample_release(&pair->before);
	sample_release(&pair->now);
	free(pair);
	return 0;
}

void pair_update(struct pair *pair)
{
	assert_int_equal(model_update(&pair->model, NULL, &pair->before), 0);
	assert_int_equal(model_update(&pair->model, &pair->before, &pair->now), 0);
}

void pair_again(struct pair *pair)
{
	model_release(&pair->model);
	assert_int_equal(model_init(&pair->model), 0);
	pair_update(pair);
}

void pair_seconds(struct pair *pair, double seconds)
{
	uint64_t ticks = (uint64_t)(seconds * 100 + 0.5);
	struct sample *now = &pair->now;

	now->mono_ns = BEFORE_NS + (uint64_t)(seconds * NS_PER_S + 0.5);
	now->boot_ns = now->mono_ns + SLEPT_NS;
	now->stat.total.idle = idle_cpu.idle + 2 * ticks;
	for (int i = 0; i < 2; i++)
		now->stat.cpu[i].times.idle = idle_cpu.idle + ticks;
	for (size_t i = 0; i < now->tasks.count; i++)
		now->tasks.task[i].at_ns = now->tasks.task[i].run_delay_at_ns = now->mono_ns;
}

struct task *sample_add_task(struct sample *sample, uint32_t pid, uint64_t start_ns)
{
	struct task_list *list = &sample->tasks;
	struct task *task;

	assert_int_equal(task_list_reserve(list, list->count + 1), 0);
	task = &list->task[list->count++];
	*task = (struct task){ .pid = pid,
			       .ppid = 1,
			       .threads = 1,
			       .state = 'S',
			       .start_ns = start_ns,
			       .at_ns = sample->mono_ns,
			       .run_delay_at_ns = sample->mono_ns };
	snprintf(task->comm, sizeof(task->comm), "task%u", pid);
	list->threads++;
	return task;
}

struct task *pair_add_task(struct pair *pair, uint32_t pid, const char *comm)
{
	struct task *task = sample_add_task(&pair->before, pid, pid * NS_PER_MS);

	snprintf(task->comm, sizeof(task->comm), "%s", comm);
	task = sample_add_task(&pair->now, pid, pid * NS_PER_MS);
	snprintf(task->comm, sizeof(task->comm), "%s", comm);
	return task;
}

struct disk_stat *sample_add_disk(struct sample *sample, const char *name)
{
	struct disk_stat *disk = &sample->disks.disk[sample->disks.count++];

	assert_true(sample->disks.count <= sample->disks.cap);
	*disk = (struct disk_stat){ 0 };
	snprintf(disk->name, sizeof(disk->name), "%s", name);
	return disk;
}

const struct task_view *view_of_pid(const struct model *model, uint32_t pid)
{
	for (size_t i = 0; i < model->task_count; i++)
		if (model->task[i].task->pid == pid)
			return &model->task[i];
	fail_msg("no process %u", pid);
	return NULL;
}

void check_near(double value, double expected, const char *text, const char *file, int line)
{
	if (fabs(value - expected) <= 1e-6 * fmax(1, fabs(expected)))
		return;
	print_error("%s is %.9g, not %.9g\n", text, value, expected);
	_fail(file, line);
}
