#include "sample/machine.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int machine_take(struct machine *machine)
{
	struct sample *next = machine->previous;

	machine->previous = machine->current;
	machine->current = next;
	return collector_take(machine->collector, next);
}

static void open_collector(struct machine *machine)
{
	char proc[256], sys[256];
	struct collector_options options = { .proc_root = proc, .sys_root = sys };

	snprintf(proc, sizeof(proc), "%s/proc", machine->tree.root);
	snprintf(sys, sizeof(sys), "%s/sys", machine->tree.root);
	assert_int_equal(collector_open(&machine->collector, &options), 0);
	assert_int_equal(machine_take(machine), 0);
}

void machine_open(struct machine *machine, const char *name, int instant)
{
	assert_int_equal(tree_create(&machine->tree, name, instant), 0);
	assert_int_equal(sample_init(&machine->samples[0]), 0);
	assert_int_equal(sample_init(&machine->samples[1]), 0);
	machine->previous = &machine->samples[0];
	machine->current = &machine->samples[1];
	open_collector(machine);
}

void machine_reopen(struct machine *machine)
{
	collector_close(machine->collector);
	open_collector(machine);
}

void machine_advance(struct machine *machine, int instant)
{
	assert_int_equal(tree_advance(&machine->tree, instant), 0);
	assert_int_equal(machine_take(machine), 0);
}

void machine_close(struct machine *machine)
{
	collector_close(machine->collector);
	sample_release(&machine->samples[0]);
	sample_release(&machine->samples[1]);
	tree_remove(&machine->tree);
}

bool machine_has(const char *name, int instant)
{
	const char *fixtures = getenv("STALLTOP_FIXTURES");
	char path[512];

	snprintf(path, sizeof(path), "%s/%s/%d", fixtures ? fixtures : "tests/fixtures", name,
		 instant);
	return !access(path, F_OK);
}

void machine_put(const struct machine *machine, const char *path, const char *text, size_t len)
{
	char full[512];
	int fd;

	snprintf(full, sizeof(full), "%s/%s", machine->tree.root, path);
	unlink(full);
	if (!text)
		return;
	fd = open(full, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, len), len);
	close(fd);
}

static const struct task *find(const struct sample *sample, uint32_t pid)
{
	const struct task *task = task_list_find(&sample->tasks, pid);

	assert_non_null(task);
	return task;
}

const struct task *machine_task(const struct machine *machine, uint32_t pid)
{
	return find(machine->current, pid);
}

const struct task *machine_task_before(const struct machine *machine, uint32_t pid)
{
	return find(machine->previous, pid);
}
