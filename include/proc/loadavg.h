/*
 * proc/loadavg: /proc/loadavg, proc_loadavg(5): "0.42 0.51 0.40 2/390 12345".
 */
#ifndef STALLTOP_PROC_LOADAVG_H
#define STALLTOP_PROC_LOADAVG_H

#include <stddef.h>
#include <stdint.h>

struct loadavg {
	uint64_t load1_centi, load5_centi, load15_centi; /* hundredths */
	uint64_t runnable; /* scheduling entities that run or wait for a CPU */
	uint64_t threads; /* scheduling entities that exist, of all pid namespaces */
	uint64_t last_pid;
};

/* 0, or -ENODATA when the first number is missing. */
int loadavg_parse(struct loadavg *load, const char *text, size_t len);

#endif
