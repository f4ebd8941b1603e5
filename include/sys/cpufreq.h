/*
 * sys/cpufreq: how fast the CPUs run, from sys/devices/system/cpu/cpufreq/policyN/{scaling_cur_freq,
 * cpuinfo_max_freq}. Kernel Documentation/admin-guide/pm/cpufreq.rst.
 *
 * Some kernels ask the CPUs themselves when the file is read, and wake them. So of many policies a few are
 * read, chosen once and spread evenly: their mean stands for all.
 */
#ifndef STALLTOP_SYS_CPUFREQ_H
#define STALLTOP_SYS_CPUFREQ_H

#include <stddef.h>
#include <stdint.h>

#include "base/file.h"

#define CPUFREQ_FILES 8

struct cpufreq_reader {
	struct kept_file file[CPUFREQ_FILES];
	char path[CPUFREQ_FILES][80];
	size_t count;
	uint64_t max_khz; /* the most that any of them can do; ABSENT when not known */
};

/* The text of a file in kHz. ABSENT for "<unknown>", 0, and what is beyond 100 GHz. */
uint64_t cpufreq_parse(const char *text, size_t len);

/* Finds the files. The reader points into itself: it stays where it is until its release. */
void cpufreq_reader_init(struct cpufreq_reader *reader, int sysfd);
/* The mean of those that tell, in kHz, or ABSENT. */
uint64_t cpufreq_reader_read(struct cpufreq_reader *reader, int sysfd);
void cpufreq_reader_release(struct cpufreq_reader *reader);

#endif
