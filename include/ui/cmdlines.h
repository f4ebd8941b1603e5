/*
 * ui/cmdlines: command lines of the rows that show. What is not known yet is noted as wanted; the app
 * reads it beside the loop, and puts it here.
 */
#ifndef STALLTOP_UI_CMDLINES_H
#define STALLTOP_UI_CMDLINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tasks/task.h"

#define CMDLINES_MAX 256 /* kept; the one that was not looked at for longest gives way */
#define CMDLINES_WANTED 64 /* at once */
#define CMDLINE_MAX 256

/* An exec changes the line and mostly the name, so the name is of the identity too. */
struct cmdline {
	uint32_t pid; /* 0: free */
	uint64_t start_ns;
	uint64_t used;
	char comm[TASK_COMM_MAX];
	char text[CMDLINE_MAX]; /* cleaned; "": it has none */
};

struct cmdlines {
	struct cmdline line[CMDLINES_MAX];
	struct cmdline wanted[CMDLINES_WANTED]; /* text not filled */
	size_t wanted_count;
	uint64_t clock;
};

/* What shows for a process: its command line, or its name while that is not known or empty. */
const char *cmdlines_text(struct cmdlines *lines, const struct task *task);

void cmdlines_put(struct cmdlines *lines, const struct cmdline *line);

#endif
