#include "sample/sample.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/value.h"

#define CPUS_AT_FIRST 64
#define DISKS_AT_FIRST 32
#define CPUS_MAX 65536 /* lines beyond are of no kernel, but of a file that wants our memory */
#define DISKS_MAX 65536

int sample_init(struct sample *sample)
{
	memset(sample, 0, sizeof(*sample));
	sample->stat.cpu = calloc(CPUS_AT_FIRST, sizeof(*sample->stat.cpu));
	sample->disks.disk = calloc(DISKS_AT_FIRST, sizeof(*sample->disks.disk));
	if (!sample->stat.cpu || !sample->disks.disk || task_list_reserve(&sample->tasks, 1)) {
		sample_release(sample);
		return -ENOMEM;
	}
	sample->stat.cpu_cap = CPUS_AT_FIRST;
	sample->disks.cap = DISKS_AT_FIRST;
	sample_clear(sample);
	return 0;
}

void sample_release(struct sample *sample)
{
	free(sample->stat.cpu);
	free(sample->disks.disk);
	task_list_release(&sample->tasks);
	task_list_release(&sample->threads);
	memset(sample, 0, sizeof(*sample));
}

/*
 * ABSENT is all bits set, so the parts that hold only raw values are cleared by memset; what is an
 * array or a count is kept or zeroed.
 */
void sample_clear(struct sample *sample)
{
	struct proc_stat stat = sample->stat;
	struct diskstats disks = sample->disks;
	struct task_list tasks = sample->tasks, threads = sample->threads;

	memset(sample, 0xff, sizeof(*sample));
	sample->sequence = sample->mono_ns = sample->boot_ns = sample->real_ns = 0;
	memset(sample->status, 0, sizeof(sample->status));
	sample->stat.cpu = stat.cpu;
	sample->stat.cpu_cap = stat.cpu_cap;
	sample->stat.cpu_count = sample->stat.cpu_seen = 0;
	sample->disks = (struct diskstats){ .disk = disks.disk, .cap = disks.cap };
	sample->tasks = (struct task_list){
		.task = tasks.task,
		.cap = tasks.cap,
		.lost = ABSENT,
		.probe_runs = ABSENT,
		.probe_ns = ABSENT,
	};
	sample->threads = (struct task_list){ .task = threads.task, .cap = threads.cap };
	sample->page_bytes = 4096;
	sample->users = NULL;
}

static int grow(void **array, size_t *cap, size_t need, size_t most, size_t item)
{
	void *grown;

	if (need > most)
		need = most;
	if (need <= *cap)
		return 0;
	grown = reallocarray(*array, need, item);
	if (!grown)
		return -ENOMEM;
	*array = grown;
	*cap = need;
	return 0;
}

int sample_grow_cpus(struct sample *sample, size_t need)
{
	void *array = sample->stat.cpu;
	int err = grow(&array, &sample->stat.cpu_cap, need, CPUS_MAX, sizeof(*sample->stat.cpu));

	sample->stat.cpu = array;
	return err;
}

int sample_grow_disks(struct sample *sample, size_t need)
{
	void *array = sample->disks.disk;
	int err = grow(&array, &sample->disks.cap, need, DISKS_MAX, sizeof(*sample->disks.disk));

	sample->disks.disk = array;
	return err;
}

int sample_copy(struct sample *to, const struct sample *from)
{
	struct sample kept = *to;

	if (sample_grow_cpus(&kept, from->stat.cpu_count) ||
	    sample_grow_disks(&kept, from->disks.count) ||
	    task_list_reserve(&kept.tasks, from->tasks.count) ||
	    task_list_reserve(&kept.threads, from->threads.count)) {
		*to = kept; /* what did grow has moved */
		return -ENOMEM;
	}
	*to = *from;
	to->stat.cpu = kept.stat.cpu;
	to->stat.cpu_cap = kept.stat.cpu_cap;
	to->disks.disk = kept.disks.disk;
	to->disks.cap = kept.disks.cap;
	to->tasks.task = kept.tasks.task;
	to->tasks.cap = kept.tasks.cap;
	memcpy(to->stat.cpu, from->stat.cpu, from->stat.cpu_count * sizeof(*to->stat.cpu));
	memcpy(to->disks.disk, from->disks.disk, from->disks.count * sizeof(*to->disks.disk));
	memcpy(to->tasks.task, from->tasks.task, from->tasks.count * sizeof(*to->tasks.task));
	to->threads.task = kept.threads.task;
	to->threads.cap = kept.threads.cap;
	if (from->threads.count)
		memcpy(to->threads.task, from->threads.task,
		       from->threads.count * sizeof(*to->threads.task));
	return 0;
}
