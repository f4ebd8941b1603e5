#include "base/pattern.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define SIGN '~'

int pattern_set(struct pattern *pattern, const char *text, char *why, size_t cap)
{
	size_t length = strlen(text);
	bool compiles = text[0] == SIGN && text[1];
	regex_t regex;
	int code;

	if (length >= sizeof(pattern->text)) {
		snprintf(why, cap, "too long");
		return -ENAMETOOLONG;
	}
	if (compiles) {
		code = regcomp(&regex, text + 1, REG_EXTENDED | REG_ICASE | REG_NOSUB);
		if (code) {
			regerror(code, &regex, why, cap);
			return -EINVAL;
		}
	}
	pattern_release(pattern);
	memcpy(pattern->text, text, length + 1);
	pattern->compiled = compiles;
	if (compiles)
		pattern->regex = regex;
	return 0;
}

bool pattern_matches(const struct pattern *pattern, const char *name)
{
	if (pattern->compiled)
		return !regexec(&pattern->regex, name, 0, NULL, 0);
	if (pattern->text[0] == SIGN)
		return true;
	return strcasestr(name, pattern->text) != NULL;
}

void pattern_release(struct pattern *pattern)
{
	if (pattern->compiled)
		regfree(&pattern->regex);
	pattern->compiled = false;
	pattern->text[0] = '\0';
}
