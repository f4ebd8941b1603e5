/*
 * model/reaped: takes the I/O of children out of the parents that waited for them.
 *
 * When a process waits for a child, the kernel adds all that the child ever read and wrote to the
 * parent's own counters (wait_task_zombie() in kernel/exit.c). Left as it is, a shell would seem to
 * write at one blow what its child wrote in an hour.
 */
#ifndef STALLTOP_MODEL_REAPED_H
#define STALLTOP_MODEL_REAPED_H

#include "model/interval.h"
#include "model/model.h"

/* Corrects the I/O rates of all[], which are those of the interval and ascend by pid. */
void reaped_update(struct model *model, const struct interval *interval);

#endif
