/*
 * base/scan: a cursor over kernel text. It never reads past the end, needs no NUL, allocates
 * nothing and knows no locale. A field that is not a plain unsigned decimal (negative, empty,
 * beyond 2^64-2) reads as ABSENT and is stepped over, so that one bad field loses only itself.
 *
 * What runs once per field of every file of every process is inline.
 */
#ifndef STALLTOP_BASE_SCAN_H
#define STALLTOP_BASE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/value.h"

struct scan {
	const char *at;
	const char *end;
};

static inline struct scan scan_text(const char *text, size_t len)
{
	return (struct scan){ text, text + len };
}

static inline bool scan_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static inline bool scan_is_digit(char c)
{
	return (unsigned char)(c - '0') < 10;
}

static inline size_t scan_left(const struct scan *s)
{
	return (size_t)(s->end - s->at);
}

/* Takes the next line, without its newline, into *line; false when the text is at its end. */
static inline bool scan_line(struct scan *text, struct scan *line)
{
	const char *newline;

	if (text->at == text->end)
		return false;
	newline = memchr(text->at, '\n', scan_left(text));
	line->at = text->at;
	line->end = newline ? newline : text->end;
	text->at = newline ? newline + 1 : text->end;
	return true;
}

/* Skips blanks (space, tab). True when something is left. */
static inline bool scan_blank(struct scan *s)
{
	while (s->at < s->end && scan_is_blank(*s->at))
		s->at++;
	return s->at < s->end;
}

/* Takes the next word (to a blank or the end) into *word; false when there is none. */
static inline bool scan_word(struct scan *s, struct scan *word)
{
	bool found = scan_blank(s);

	word->at = s->at;
	while (s->at < s->end && !scan_is_blank(*s->at))
		s->at++;
	word->end = s->at;
	return found;
}

/* Takes the next word as an unsigned decimal. False, with ABSENT in *value, when there is none. */
static inline bool scan_u64(struct scan *s, uint64_t *value)
{
	uint64_t number = 0;
	const char *first;
	bool overflow = false;

	*value = ABSENT;
	if (!scan_blank(s))
		return false;
	for (first = s->at; s->at < s->end && scan_is_digit(*s->at); s->at++) {
		overflow |= __builtin_mul_overflow(number, 10u, &number);
		overflow |= __builtin_add_overflow(number, (uint64_t)(*s->at - '0'), &number);
	}
	if (s->at == first || (s->at < s->end && !scan_is_blank(*s->at))) {
		struct scan rest;

		scan_word(s, &rest);
		return true;
	}
	if (!overflow)
		*value = number;
	return true;
}

/* Steps over count words. */
static inline void scan_skip(struct scan *s, unsigned count)
{
	struct scan word;

	while (count-- && scan_word(s, &word))
		;
}

/* True when the scanned text is exactly, or begins with, this string. */
static inline bool scan_is(struct scan s, const char *text)
{
	size_t len = strlen(text);

	return scan_left(&s) == len && !memcmp(s.at, text, len);
}

static inline bool scan_starts(struct scan s, const char *prefix)
{
	size_t len = strlen(prefix);

	return scan_left(&s) >= len && !memcmp(s.at, prefix, len);
}

/*
 * Takes the next word as a signed decimal; false when there is none or it is no number (*value is
 * unchanged then).
 */
bool scan_s64(struct scan *s, int64_t *value);

/*
 * Takes the next word as a decimal with a fraction ("12.34"), in hundredths, cut, not rounded.
 * False when there is no word; ABSENT as for scan_u64().
 */
bool scan_hundredths(struct scan *s, uint64_t *value);

#endif
