#include "bench/numbers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define PIDS_MAX 4000000 /* a little below what proc(5) gives pid_max at most */

bool number_take(const char *text, long min, long max, long *value)
{
	char *end;

	errno = 0;
	*value = strtol(text, &end, 10);
	return end != text && (!*end || *end == ',') && !errno && *value >= min && *value <= max;
}

bool steps_take(struct steps *steps, const char *text)
{
	steps->count = 0;
	for (; text; text = strchr(text, ',') ? strchr(text, ',') + 1 : NULL)
		if (steps->count == STEPS_MAX ||
		    !number_take(text, 0, PIDS_MAX, &steps->of[steps->count++]))
			return false;
	return true;
}
