/*
 * proc/pressure: /proc/pressure/{cpu,memory,io,irq}, kernel Documentation/accounting/psi.rst.
 *
 *   some avg10=0.18 avg60=1.00 avg300=0.39 total=1660609
 *   full avg10=0.00 avg60=0.00 avg300=0.00 total=0
 *
 * Averages are in hundredths of a per cent, total in microseconds since boot. A line that this
 * kernel does not print (cpu full before 5.13, irq some) is ABSENT throughout.
 */
#ifndef STALLTOP_PROC_PRESSURE_H
#define STALLTOP_PROC_PRESSURE_H

#include <stddef.h>
#include <stdint.h>

struct pressure_line {
	uint64_t avg10_centi, avg60_centi, avg300_centi;
	uint64_t total_us;
};

struct pressure {
	struct pressure_line some, full;
};

/* Parses the text. 0, or -ENODATA when it holds neither line. */
int pressure_parse(struct pressure *p, const char *text, size_t len);

#endif
