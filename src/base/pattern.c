#include "base/pattern.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define SIGN '~'
#define ATOMS_MAX 200 /* of an expression with each repetition written out */
#define NESTED_MAX 2 /* repetitions in each other; bounds hold none */

/* The ']' that ends a bracket expression, in which nothing else is special. */
static const char *end_of_brackets(const char *at)
{
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

/* How often the C library writes out what a sign repeats; 0: no sign of a repetition. */
static unsigned copies(const char *at)
{
	unsigned most = 1, number = 0;

	if (*at == '+')
		return 2;
	if (*at != '{')
		return *at == '*' || *at == '?';
	for (at++; *at == ',' || (*at >= '0' && *at <= '9'); at++) {
		number = *at == ',' ? 0 : number * 10 + (unsigned)(*at - '0');
		if (number > ATOMS_MAX)
			return number;
		if (number > most)
			most = number;
	}
	return most;
}

/* Of an expression or a part of it. */
struct cost {
	unsigned size, nested;
};

static void add_cost(struct cost *sum, struct cost part)
{
	sum->size += part.size;
	if (sum->nested < part.nested)
		sum->nested = part.nested;
}

/*
 * What is wrong with an expression that would take minutes and gigabytes, to compile since the C library
 * writes out repetitions, those of "+" too, or to match since it tries back-references by all ways;
 * NULL: nothing. What it will refuse itself does not matter here.
 */
static const char *excess(const char *text)
{
	struct cost group[PATTERN_MAX] = { 0 }, last = { 0 };
	size_t depth = 0;

	for (; *text; text++) {
		unsigned times = copies(text);

		if (*text == '\\' && text[1] >= '1' && text[1] <= '9')
			return "no back-references";
		if (times) {
			last.size *= times;
			last.nested += *text == '{' && last.nested ? NESTED_MAX : 1;
		} else {
			add_cost(&group[depth], last);
			last = (struct cost){ 1, 0 };
		}
		if (*text == '(') {
			last.size = 0;
			group[++depth] = (struct cost){ 0 };
		} else if (*text == ')' && depth) {
			last = group[depth--];
			last.size++;
		} else if (*text == '[') {
			text = end_of_brackets(text);
		} else if (*text == '\\' || *text == '{') {
			text += *text == '{' ? strcspn(text, "}") : 1;
		}
		if (last.size + group[depth].size > ATOMS_MAX || last.nested > NESTED_MAX)
			return "too many repetitions";
		if (!*text)
			break;
	}
	return NULL;
}

int pattern_set(struct pattern *pattern, const char *text, char *why, size_t cap)
{
	size_t length = strlen(text);
	bool compiles = text[0] == SIGN && text[1];
	const char *refused;
	regex_t regex;
	int code;

	if (length >= sizeof(pattern->text)) {
		snprintf(why, cap, "too long");
		return -ENAMETOOLONG;
	}
	refused = compiles ? excess(text + 1) : NULL;
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
