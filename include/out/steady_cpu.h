/*
 * out/steady_cpu: CPU times that never go back, for readers that take a step back for a new beginning.
 *
 * The kernel's idle and iowait of a CPU may go back a little (proc_stat(5)), and a server that sees a
 * counter fall adds all of it anew: days of iowait in one scrape. So the highest value seen is held,
 * except after a large step: then the CPU was taken away and came again.
 */
#ifndef STALLTOP_OUT_STEADY_CPU_H
#define STALLTOP_OUT_STEADY_CPU_H

#include <stdbool.h>

#include "proc/stat.h"

#define STEADY_BACK_TICKS 300 /* from here on a fall is a new beginning */

struct steady_line {
	struct cpu_line line;
	bool online; /* in the last update */
};

/* All zeros at first. Owns its array, which only grows. */
struct steady_cpu {
	struct steady_line *cpu; /* by when each was first seen */
	size_t count, cap;
};

/* Takes in the CPUs of a sample. 0, or -ENOMEM: those without room are left out. */
int steady_cpu_update(struct steady_cpu *steady, const struct proc_stat *stat);
void steady_cpu_release(struct steady_cpu *steady);

#endif
