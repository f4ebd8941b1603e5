/*
 * proc/stat: /proc/stat, proc_stat(5), kernel fs/proc/stat.c. Times are in USER_HZ ticks since
 * boot.
 *
 *   cpu  1125 0 520 13769 74 0 9 4 0 0
 *   cpu0 313 0 169 7260 3 0 2 1 0 0
 *   intr 74040 0 ...
 *   ctxt 167379
 *   btime 1763710742
 *   processes 1907
 *   procs_running 2
 *   procs_blocked 0
 *
 * guest is inside user and guest_nice inside nice. Fields that an old kernel does not print are
 * ABSENT. iowait may go backwards, and after a CPU was taken away any total may.
 */
#ifndef STALLTOP_PROC_STAT_H
#define STALLTOP_PROC_STAT_H

#include <stddef.h>
#include <stdint.h>

struct cpu_times {
	uint64_t user, nice, system, idle, iowait, irq, softirq, steal, guest, guest_nice;
};

struct cpu_line {
	uint32_t id; /* as the kernel names it: ids may have holes */
	struct cpu_times times;
};

struct proc_stat {
	struct cpu_times total;
	uint64_t intr; /* interrupts since boot, all kinds */
	uint64_t ctxt; /* context switches since boot */
	uint64_t btime; /* boot time, seconds since the epoch */
	uint64_t processes; /* forks and clones since boot */
	uint64_t procs_running;
	uint64_t procs_blocked;
	struct cpu_line *cpu; /* owned by the caller, room for cpu_cap lines */
	size_t cpu_cap;
	size_t cpu_count; /* lines filled */
	size_t cpu_seen; /* lines in the text: above cpu_cap, grow and parse again */
};

/* Parses the text. 0, or -ENODATA when it holds no total cpu line. cpu and cpu_cap are inputs. */
int stat_parse(struct proc_stat *stat, const char *text, size_t len);

#endif
