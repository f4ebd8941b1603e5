#include "base/pattern.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define SIGN '~'
#define REPEATS_MAX 64 /* of all bounds multiplied; the longest name has 15 characters */

/* Behind a bracket expression, in which nothing else is special; at its '[' or anywhere for others. */
static const char *skip_brackets(const char *at)
{
	if (*at != '[')
		return at;
	at += at[1] == '^' ? 2 : 1;
	if (*at == ']')
		at++;
	while (*at && *at != ']') {
		char kind = *at == '[' ? at[1] : '\0';
		const char end[3] = { kind, ']' };
		const char *inner = kind && strchr(":.=", kind) ? strstr(at + 2, end) : NULL;

		at = inner ? inner + 2 : at + 1;
	}
	return at;
}

/* The larger number of "{2,5}"; 1 at least. */
static unsigned bound_at(const char *at)
{
	unsigned most = 1, number = 0;

	for (at++; *at == ',' || (*at >= '0' && *at <= '9'); at++) {
		number = *at == ',' ? 0 : number * 10 + (unsigned)(*at - '0');
		if (number > REPEATS_MAX)
			return number;
		if (number > most)
			most = number;
	}
	return most;
}

/*
 * What is wrong with an expression that would take gigabytes to compile, for the C library writes out
 * each repetition, or minutes to match, for it tries back-references by all ways; NULL: nothing.
 */
static const char *excess(const char *text)
{
	unsigned repeats = 1;

	for (; *text; text++) {
		text = skip_brackets(text);
		if (!*text)
			break;
		if (*text == '\\') {
			if (text[1] >= '1' && text[1] <= '9')
				return "no back-references";
			text += text[1] != '\0';
		} else if (*text == '{') {
			repeats *= bound_at(text);
			if (repeats > REPEATS_MAX)
				return "too many repetitions";
		}
	}
	return NULL;
}

int pattern_set(struct pattern *pattern, const char *text, char *why, size_t cap)
{
	size_t length = strlen(text);
	bool compiles = text[0] == SIGN && text[1];
	const char *refused = compiles ? excess(text + 1) : NULL;
	regex_t regex;
	int code;

	if (length >= sizeof(pattern->text)) {
		snprintf(why, cap, "too long");
		return -ENAMETOOLONG;
	}
	if (refused) {
		snprintf(why, cap, "%s", refused);
		return -EINVAL;
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
