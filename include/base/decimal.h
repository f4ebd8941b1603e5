/*
 * base/decimal: a number as a person types it.
 */
#ifndef STALLTOP_BASE_DECIMAL_H
#define STALLTOP_BASE_DECIMAL_H

#include <stdbool.h>

/*
 * A decimal number without sign, "1.5", ".5" or "1e3", as the C locale writes it: stalltop keeps
 * LC_NUMERIC at "C". False when the text is anything else, or not finite; *value may be changed then.
 */
bool decimal_parse(const char *text, double *value);

#endif
