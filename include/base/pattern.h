/*
 * base/pattern: what a person types to choose names: a part of the name, in either case; or, behind
 * '~', an extended POSIX regular expression (regex(7)), in either case too. Those that would hold up
 * the program are refused: with a back-reference, of more than 200 characters when each repetition is
 * written out, with three repetitions in each other, or with a bound ("{3}") on what has one.
 *
 * The caller owns the struct, all zero at first; a compiled expression lies on the heap until
 * pattern_release(), and the C library may use the heap for each match of one.
 */
#ifndef STALLTOP_BASE_PATTERN_H
#define STALLTOP_BASE_PATTERN_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

#define PATTERN_MAX 64

struct pattern {
	char text[PATTERN_MAX]; /* as typed; "": everything matches */
	bool compiled; /* regex is set */
	regex_t regex;
};

/*
 * Takes a text. 0; or -EINVAL, with what is wrong with the expression in why, or -ENAMETOOLONG: then
 * the pattern stays what it was.
 */
int pattern_set(struct pattern *pattern, const char *text, char *why, size_t cap);

bool pattern_matches(const struct pattern *pattern, const char *name);
void pattern_release(struct pattern *pattern);

#endif
