/*
 * Test support: the /proc source on this machine's own /proc, or on any folder.
 */
#ifndef STALLTOP_TESTS_TASKS_RIG_H
#define STALLTOP_TESTS_TASKS_RIG_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/users.h"
#include "tasks/source.h"

struct rig {
	int procfd;
	struct users *users;
	struct task_source *source;
	struct task_list list;
	struct task_context context; /* forks and clocks are taken afresh unless held */
	bool hold;
};

void rig_open(struct rig *rig, const char *proc_root, bool live);
void rig_close(struct rig *rig);

/* Takes the list. */
void rig_take(struct rig *rig);
/* Takes the list and returns a copy of the process in it; the test fails when it is not there. */
struct task rig_task(struct rig *rig, pid_t pid);
bool rig_has(const struct rig *rig, pid_t pid); /* in the list last taken */

/* cmocka's setup and teardown of a rig on /proc. */
int rig_setup(void **state);
int rig_teardown(void **state);

#endif
