/*
 * out/exposition: a writer of Prometheus' text format, version 0.0.4, on a buffer that the caller owns.
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 *
 *   # HELP stalltop_load1 tasks that ran, waited for a CPU ... (/proc/loadavg)
 *   # TYPE stalltop_load1 gauge
 *   stalltop_load1 0.42
 *
 * Every series of a family stands together below its head, which is written with the first of them: a
 * family of which nothing is known is not in the text at all. It allocates nothing and knows no locale.
 * When the buffer is too small the writer goes on counting, as base/json does.
 */
#ifndef STALLTOP_OUT_EXPOSITION_H
#define STALLTOP_OUT_EXPOSITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EXPOSITION_PREFIX "stalltop_"

struct family {
	const char *name; /* what stands behind the prefix; dots become underscores */
	const char *help;
	const char *source; /* stands behind the help in brackets; NULL: none */
	bool counter; /* else a gauge */
};

struct label {
	const char *name;
	const char *value; /* UTF-8; backslash, quote and newline are escaped */
};

struct exposition {
	char *buf;
	size_t cap;
	size_t need; /* bytes of the whole text so far, written or not */
	const struct family *family;
	bool began; /* the head of the family is written */
};

void exposition_init(struct exposition *x, char *buf, size_t cap);

/* The family of the series that follow; it stays the caller's, unchanged, until the next one. */
void exposition_family(struct exposition *x, const struct family *family);

/* One series: value / 10^decimals. Nothing when the value is ABSENT. */
void exposition_put(struct exposition *x, const struct label *label, size_t labels, uint64_t value,
		    int decimals);

/* The length of the text, or -ENOSPC. */
long exposition_finish(const struct exposition *x);

#endif
