#include "base/words.h"

#include <stdio.h>
#include <string.h>

#define GAPS " \t,"

bool words_next(const char **text, char word[WORD_MAX])
{
	const char *from = *text + strspn(*text, GAPS);
	size_t length = strcspn(from, GAPS);

	*text = from + length;
	snprintf(word, WORD_MAX, "%.*s", (int)(length < WORD_MAX ? length : WORD_MAX - 1), from);
	return length > 0;
}

void words_append(char *dst, size_t cap, const char *word)
{
	size_t used = strlen(dst);

	if (used < cap)
		snprintf(dst + used, cap - used, "%s%s", used ? " " : "", word);
}
