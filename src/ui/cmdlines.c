#include "ui/cmdlines.h"

#include <stdio.h>
#include <string.h>

static bool is_of(const struct cmdline *line, const struct task *task)
{
	return line->pid == task->pid && line->start_ns == task->start_ns &&
	       !strcmp(line->comm, task->comm);
}

static void want(struct cmdlines *lines, const struct task *task)
{
	struct cmdline *wanted = &lines->wanted[lines->wanted_count];

	for (size_t i = 0; i < lines->wanted_count; i++)
		if (is_of(&lines->wanted[i], task))
			return;
	if (lines->wanted_count == CMDLINES_WANTED)
		return;
	wanted->pid = task->pid;
	wanted->start_ns = task->start_ns;
	memcpy(wanted->comm, task->comm, sizeof(wanted->comm));
	lines->wanted_count++;
}

const char *cmdlines_text(struct cmdlines *lines, const struct task *task)
{
	/* Threads of the kernel have none. */
	if (task->flags & TASK_KTHREAD)
		return task->comm;
	for (size_t i = 0; i < CMDLINES_MAX && lines->line[i].pid; i++) {
		struct cmdline *line = &lines->line[i];

		if (!is_of(line, task))
			continue;
		line->used = ++lines->clock;
		return *line->text ? line->text : task->comm;
	}
	want(lines, task);
	return task->comm;
}

void cmdlines_put(struct cmdlines *lines, const struct cmdline *line)
{
	struct cmdline *to = &lines->line[0];

	for (size_t i = 0; i < CMDLINES_MAX; i++) {
		struct cmdline *at = &lines->line[i];

		if (!at->pid || (at->pid == line->pid && at->start_ns == line->start_ns)) {
			to = at;
			break;
		}
		if (at->used < to->used)
			to = at;
	}
	*to = *line;
	to->used = ++lines->clock;
}
