/*
 * model/phrase: numbers inside short phrases. In a pattern one %s stands for the number; every other
 * character, '%' too, stands for itself.
 */
#ifndef STALLTOP_MODEL_PHRASE_H
#define STALLTOP_MODEL_PHRASE_H

#include <stddef.h>

#include "base/text.h"

/*
 * Appends the pattern to dst, which holds cap bytes and a string; cut when it does not fit. The
 * number is written by its unit as in the metric table: "percent" 12.4, "bytes" 6.1G, "load" 2.04, others 5,431.
 */
void phrase_append(char *dst, size_t cap, const char *pattern, const char *unit, double value,
		   enum byte_units units);

/* The same with a text in place of the number. */
void phrase_append_text(char *dst, size_t cap, const char *pattern, const char *text);

#endif
