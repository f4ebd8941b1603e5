/*
 * tasks/bpf_exits: the threads that died since the last sample, and what becomes of their counters.
 *
 * A thread whose process lives on is in the process' own sums already; only its waits, which the kernel
 * forgets, are added. Where the process is gone too, its threads' last counters make a row for the
 * interval in which it ended. One that died after its process was read waits for the next sample.
 */
#ifndef STALLTOP_TASKS_BPF_EXITS_H
#define STALLTOP_TASKS_BPF_EXITS_H

#include <stddef.h>
#include <stdint.h>

#include "bpf/task_record.h"

/* Ends in order of process, start and time. The array only grows. Begins as zeros. */
struct exits {
	struct exit_record *record;
	size_t count, cap;
};

/* Room for n ends. 0 or -ENOMEM. */
int exits_reserve(struct exits *exits, size_t n);

/* As a bpf_probe_take: to is a struct exits. 0 or -ENOMEM. */
int exits_take(void *to, const struct exit_record *record);
void exits_sort(struct exits *exits);
void exits_release(struct exits *exits);

/* How many from `first` on are of the same process as that. */
size_t exits_of_process(const struct exits *exits, size_t first);

#endif
