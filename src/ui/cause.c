#include "ui/cause.h"

#include <stdio.h>
#include <string.h>

#define CAUSE_MOST 24 /* columns */

char *cause_text(char *dst, size_t cap, const char *why)
{
	const char *end = strstr(why, ": ");
	size_t length = end ? (size_t)(end - why) : 0;

	dst[0] = '\0';
	if (length && length <= CAUSE_MOST && length + 3 <= cap)
		snprintf(dst, cap, ": %.*s", (int)length, why);
	return dst;
}
