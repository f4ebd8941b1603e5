/*
 * proc/uptime: /proc/uptime, proc_uptime(5): "3723.41 7321.92", seconds since boot (suspended time
 * included) and idle seconds summed over the CPUs.
 */
#ifndef STALLTOP_PROC_UPTIME_H
#define STALLTOP_PROC_UPTIME_H

#include <stddef.h>
#include <stdint.h>

struct uptime {
	uint64_t up_centi; /* hundredths of a second */
	uint64_t idle_centi;
};

/* 0, or -ENODATA when the first number is missing. */
int uptime_parse(struct uptime *up, const char *text, size_t len);

#endif
