#include "base/decimal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool decimal_parse(const char *text, double *value)
{
	char *end;

	/* Neither a sign, nor what strtod(3) takes besides: blanks, hexadecimal, "inf". */
	if ((*text < '0' || *text > '9') && *text != '.')
		return false;
	if (strspn(text, "0123456789.eE+-") != strlen(text))
		return false;
	*value = strtod(text, &end);
	return end != text && !*end && isfinite(*value);
}
