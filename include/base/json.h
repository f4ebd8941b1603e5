/*
 * base/json: a JSON writer (RFC 8259) on a fixed buffer that the caller owns.
 *
 * It puts the commas itself, allocates nothing and knows no locale. When the buffer is too small
 * the writer goes on counting: `need` says how large it must be, nothing is written behind
 * `cap`.
 */
#ifndef STALLTOP_BASE_JSON_H
#define STALLTOP_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json {
	char *buf;
	size_t cap;
	size_t need; /* bytes of the whole text so far, written or not */
	bool comma; /* a value stands before: the next one needs a comma */
};

void json_init(struct json *j, char *buf, size_t cap);

/* Every key is NULL for an element of an array. Brackets are '{' '}' or '[' ']'. */
void json_open(struct json *j, const char *key, char bracket);
void json_close(struct json *j, char bracket);

/* A byte that is not UTF-8 becomes U+FFFD. */
void json_string(struct json *j, const char *key, const char *utf8);
/* A number with at most `decimals` decimals, trailing zeros cut; NAN and infinities are null. */
void json_double(struct json *j, const char *key, double value, int decimals);
/* ABSENT is null. */
void json_u64(struct json *j, const char *key, uint64_t value);
void json_bool(struct json *j, const char *key, bool value);
void json_null(struct json *j, const char *key);

/* Ends the text with a newline, and a NUL where there is room. Its length, or -ENOSPC. */
long json_finish(struct json *j);

#endif
