#include "tasks/bpf_probe.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <tasks.skel.h>

#include "base/clock.h"
#include "base/file.h"
#include "tasks/bpf_refusal.h"

#define RING_BYTES (4u << 20) /* 36,000 threads that died between two samples */

/* A CPU that runs a task has a tick at HZ >= 100; one without ticks is looked after once a second. */
#define TICK_NS (10 * NS_PER_MS)
#define FAR_TICK_NS (1100 * NS_PER_MS)

struct bpf_probe {
	struct tasks_bpf *skeleton;
	struct ring_buffer *ring;
	struct probe_self *self; /* one for each possible CPU */
	int cpus;
	bool waits;
	/* Of the running bpf_probe_exits(). */
	bpf_probe_take *take;
	void *take_to;
};

static bool has_far_ticks(const char *sys_root)
{
	char text[256] = "";
	int fd = open(sys_root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return false;
	file_read_at(fd, "devices/system/cpu/nohz_full", text, sizeof(text));
	close(fd);
	return text[0] >= '0' && text[0] <= '9';
}

static int configure(struct bpf_probe *probe, const struct bpf_probe_options *options, bool waits)
{
	struct tasks_bpf *skeleton = probe->skeleton;
	int err;

	skeleton->rodata->with_waits = waits;
	skeleton->rodata->profiling = options->profile;
	skeleton->rodata->cpus = (uint32_t)probe->cpus;
	skeleton->rodata->open_slice_max_ns = has_far_ticks(options->sys_root) ? FAR_TICK_NS
									       : TICK_NS;
	err = bpf_program__set_autoload(skeleton->progs.on_switch, waits);
	if (!err)
		err = bpf_program__set_autoload(skeleton->progs.on_migrate, waits);
	if (!err)
		err = bpf_map__set_autocreate(skeleton->maps.notes, waits);
	if (!err)
		err = bpf_map__set_max_entries(skeleton->maps.slots, (uint32_t)probe->cpus);
	if (!err)
		err = bpf_map__set_max_entries(skeleton->maps.exits, RING_BYTES);
	return err;
}

static int load(struct bpf_probe *probe, const struct bpf_probe_options *options, bool waits)
{
	int err;

	probe->skeleton = tasks_bpf__open();
	if (!probe->skeleton)
		return -errno;
	err = configure(probe, options, waits);
	if (!err)
		err = tasks_bpf__load(probe->skeleton);
	if (!err)
		err = tasks_bpf__attach(probe->skeleton);
	if (err) {
		tasks_bpf__destroy(probe->skeleton);
		probe->skeleton = NULL;
	}
	probe->waits = waits;
	return err;
}

static int take_one(void *context, void *data, size_t size)
{
	struct bpf_probe *probe = context;

	return size < sizeof(struct exit_record) ? 0 : probe->take(probe->take_to, data);
}

static int open_ring(struct bpf_probe *probe)
{
	int fd = bpf_map__fd(probe->skeleton->maps.exits);

	probe->ring = ring_buffer__new(fd, take_one, probe, NULL);
	return probe->ring ? 0 : -errno;
}

/*
 * Before 5.19 nothing can be asked of BPF without the capabilities where unprivileged BPF is off, so
 * they are given up for good only if the iterator opens without them.
 */
static void give_up_caps(const struct bpf_probe *probe)
{
	int fd;

	bpf_caps_drop(false);
	fd = bpf_probe_list(probe);
	if (fd < 0) {
		bpf_caps_take_back();
		return;
	}
	close(fd);
	bpf_caps_drop(true);
}

static int silence(enum libbpf_print_level level, const char *format, va_list args)
{
	(void)level;
	(void)format;
	(void)args;
	return 0;
}

static int open_all(struct bpf_probe *probe, const struct bpf_probe_options *options, char *why,
		    size_t cap)
{
	int err = bpf_refusal_before(options->sys_root, why, cap);

	if (err)
		return err;
	probe->cpus = libbpf_num_possible_cpus();
	if (probe->cpus < 1)
		err = probe->cpus ? probe->cpus : -ENODATA;
	if (!err) {
		probe->self = calloc((size_t)probe->cpus, sizeof(*probe->self));
		err = probe->self ? load(probe, options, options->waits) : -ENOMEM;
	}
	if (err && options->waits && err != -EPERM && err != -ENOMEM &&
	    !load(probe, options, false)) {
		snprintf(why, cap, "no time in D: this kernel has no task storage for tracing");
		err = 0;
	}
	if (!err)
		err = open_ring(probe);
	if (err)
		bpf_refusal_after(err, why, cap);
	else
		give_up_caps(probe);
	return err;
}

int bpf_probe_open(struct bpf_probe **probe, const struct bpf_probe_options *options, char *why,
		   size_t cap)
{
	struct bpf_probe *new = calloc(1, sizeof(*new));
	int err;

	why[0] = '\0';
	if (!new) {
		snprintf(why, cap, "no memory: there was none for the probe");
		return -ENOMEM;
	}
	libbpf_set_print(silence);
	err = open_all(new, options, why, cap);
	if (err) {
		bpf_probe_close(new);
		return err;
	}
	*probe = new;
	return 0;
}

void bpf_probe_close(struct bpf_probe *probe)
{
	if (!probe)
		return;
	ring_buffer__free(probe->ring);
	tasks_bpf__destroy(probe->skeleton);
	free(probe->self);
	free(probe);
}

bool bpf_probe_has_waits(const struct bpf_probe *probe)
{
	return probe->waits;
}

int bpf_probe_cpus(const struct bpf_probe *probe)
{
	return probe->cpus;
}

int bpf_probe_list(const struct bpf_probe *probe)
{
	int fd = bpf_iter_create(bpf_link__fd(probe->skeleton->links.list_tasks));

	return fd < 0 ? -errno : fd;
}

void bpf_probe_exact_from(struct bpf_probe *probe, uint64_t pages)
{
	probe->skeleton->bss->exact_from_pages = pages;
}

void bpf_probe_all_threads(struct bpf_probe *probe, bool all)
{
	probe->skeleton->bss->all_threads = all;
}

int bpf_probe_exits(struct bpf_probe *probe, bpf_probe_take *take, void *to)
{
	int done;

	probe->take = take;
	probe->take_to = to;
	done = ring_buffer__consume(probe->ring);
	return done < 0 ? done : 0;
}

int bpf_probe_self(const struct bpf_probe *probe, struct probe_self *self)
{
	int fd = bpf_map__fd(probe->skeleton->maps.self);
	uint32_t zero = 0;

	memset(self, 0, sizeof(*self));
	if (bpf_map_lookup_elem(fd, &zero, probe->self))
		return -errno;
	for (int cpu = 0; cpu < probe->cpus; cpu++) {
		const struct probe_self *one = &probe->self[cpu];

		self->lost += one->lost;
		self->timed += one->timed;
		self->timed_ns += one->timed_ns;
		for (int i = 0; i < PROFILE_BUCKETS; i++)
			self->bucket[i] += one->bucket[i];
	}
	return 0;
}
