/*
 * sys/thermal: the temperature of the CPU, from sys/class/hwmon/hwmonN/{name,temp1_input} of a driver that
 * is known to be a CPU's, else from sys/class/thermal/thermal_zoneN/{type,temp}. Kernel
 * Documentation/hwmon/sysfs-interface.rst and Documentation/ABI/testing/sysfs-class-thermal.
 *
 * Other sensors are left alone: to ask a disk's or a wireless card's wakes it, and may hang. Which files
 * there are is looked at once; of several (sockets) the warmest counts.
 */
#ifndef STALLTOP_SYS_THERMAL_H
#define STALLTOP_SYS_THERMAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/file.h"

#define THERMAL_FILES 8

struct thermal_reader {
	struct kept_file file[THERMAL_FILES];
	char path[THERMAL_FILES][64];
	size_t count;
};

/*
 * The text of a file in thousandths of a degree Celsius. ABSENT when it is no number or none that a
 * running CPU has: sensors that are not connected say 0, below it, or some limit.
 */
uint64_t thermal_parse(const char *text, size_t len);

/* Finds the files. The reader points into itself: it stays where it is until its release. */
void thermal_reader_init(struct thermal_reader *reader, int sysfd);
/* Thousandths of a degree Celsius, or ABSENT. */
uint64_t thermal_reader_read(struct thermal_reader *reader, int sysfd);
void thermal_reader_release(struct thermal_reader *reader);

#endif
