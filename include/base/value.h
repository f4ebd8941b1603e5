/*
 * base/value: how "unknown" is written in raw data.
 *
 * Every raw number of a sample is a uint64_t. ABSENT stands for a value that the kernel does not
 * print, that permission hides or that could not be parsed; it is never shown as a number. Derived
 * figures are doubles, where NAN says the same.
 */
#ifndef STALLTOP_BASE_VALUE_H
#define STALLTOP_BASE_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#define ABSENT UINT64_MAX

static inline bool present(uint64_t value)
{
	return value != ABSENT;
}

/* The sum of two raw values; ABSENT when either is, or when the sum overflows. */
static inline uint64_t add_present(uint64_t a, uint64_t b)
{
	if (!present(a) || !present(b) || a > ABSENT - 1 - b)
		return ABSENT;
	return a + b;
}

#endif
