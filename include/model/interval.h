/*
 * model/interval: the time between two samples, and what grew in it. What went back, or is unknown
 * at either end, did not grow by a known amount: NAN.
 */
#ifndef STALLTOP_MODEL_INTERVAL_H
#define STALLTOP_MODEL_INTERVAL_H

#include <math.h>
#include <string.h>

#include "base/value.h"
#include "model/model.h"

/* What a person may choose for the time between two samples, in seconds. */
#define DELAY_MIN_S 0.05
#define DELAY_MAX_S 3600.0

struct interval {
	const struct sample *previous; /* NULL: none */
	const struct sample *current;
	enum interval_state state;
	double seconds; /* NAN unless INTERVAL_OK */
};

/* previous may be NULL. */
struct interval interval_between(const struct sample *previous, const struct sample *current);

/* Offset of a uint64_t in struct sample. */
#define RAW(field) offsetof(struct sample, field)

static inline uint64_t raw_at(const struct sample *sample, size_t offset)
{
	uint64_t value;

	if (!sample)
		return ABSENT;
	memcpy(&value, (const char *)sample + offset, sizeof(value));
	return value;
}

static inline double growth(uint64_t before, uint64_t now)
{
	if (!present(before) || !present(now) || now < before)
		return NAN;
	return (double)(now - before);
}

static inline double grown(const struct interval *interval, size_t offset)
{
	return growth(raw_at(interval->previous, offset), raw_at(interval->current, offset));
}

/* Growth a second; NAN where there is no interval. */
static inline double rate(const struct interval *interval, size_t offset)
{
	return grown(interval, offset) / interval->seconds;
}

static inline double known(uint64_t raw)
{
	return present(raw) ? (double)raw : NAN;
}

/* The sum of those that are known; NAN when neither is. */
static inline double sum_known(double a, double b)
{
	if (isnan(a))
		return b;
	return isnan(b) ? a : a + b;
}

#endif
