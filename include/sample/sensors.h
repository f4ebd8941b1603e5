/*
 * sample/sensors: what sensors say of the CPUs, raw. Virtual machines have none.
 */
#ifndef STALLTOP_SAMPLE_SENSORS_H
#define STALLTOP_SAMPLE_SENSORS_H

#include <stdbool.h>
#include <stdint.h>

#include "sys/cpufreq.h"
#include "sys/thermal.h"

struct sensors {
	uint64_t cpu_milli_c; /* thousandths of a degree Celsius */
	uint64_t cpu_khz, cpu_max_khz;
};

/* All zeros before its first read. Stays where it is until its release. */
struct sensors_reader {
	bool ready;
	struct thermal_reader thermal;
	struct cpufreq_reader cpufreq;
};

/* Finds the files when it is not ready, and reads them. What fails is ABSENT. */
void sensors_read(struct sensors_reader *reader, int sysfd, struct sensors *sensors);
void sensors_reader_release(struct sensors_reader *reader);

#endif
