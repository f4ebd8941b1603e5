/*
 * A strict reader of JSON (RFC 8259) for tests: one object and a newline, nothing else. It says what
 * it saw: each value with its path ("cpu.per_cpu[].busy_pct") and its type.
 */
#ifndef TESTS_OUT_JSON_CHECK_H
#define TESTS_OUT_JSON_CHECK_H

#include <stddef.h>

/* type: object, array, string, number, boolean or null; raw: the value as it stands, with quotes. */
typedef void json_seen(void *context, const char *path, const char *type, const char *raw,
		       size_t len);

/* NULL when the text is good, or what is wrong with it. seen may be NULL. */
const char *json_check(const char *text, size_t len, json_seen *seen, void *context);

#endif
