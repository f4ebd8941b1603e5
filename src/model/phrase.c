#include "model/phrase.h"

#include <stdio.h>
#include <string.h>

void phrase_append_text(char *dst, size_t cap, const char *pattern, const char *text)
{
	const char *place = strstr(pattern, "%s");
	size_t used = strlen(dst);
	int before = (int)(place ? (size_t)(place - pattern) : strlen(pattern));

	snprintf(dst + used, cap - used, "%.*s%s%s", before, pattern, place ? text : "",
		 place ? place + 2 : "");
}

void phrase_append(char *dst, size_t cap, const char *pattern, const char *unit, double value,
		   enum byte_units units)
{
	char number[32];

	if (!strcmp(unit, "load"))
		snprintf(number, sizeof(number), "%.2f", value);
	else if (!strcmp(unit, "percent"))
		text_fixed1(number, sizeof(number), value);
	else if (!strncmp(unit, "bytes", 5))
		text_bytes_in(number, sizeof(number), value, units);
	else if (value < 10)
		text_count(number, sizeof(number), value);
	else
		text_grouped(number, sizeof(number), value);
	phrase_append_text(dst, cap, pattern, number);
}
