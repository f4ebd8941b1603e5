/*
 * tests/support/parse_check: texts that end where memory ends, every prefix of a good text, and
 * mutations of it. A parser that reads past the end of one dies by SIGSEGV, sanitizer or not.
 */
#ifndef STALLTOP_TESTS_PARSE_CHECK_H
#define STALLTOP_TESTS_PARSE_CHECK_H

#include <stddef.h>
#include <stdint.h>

/* Parses a text and asserts what must hold for any. */
typedef void (*parse_check_fn)(const char *text, size_t len);

/* Runs check on a copy of the text that is followed by an unreadable page. */
void parse_at_edge(parse_check_fn check, const char *text, size_t len);

/* Runs check on every prefix of text, the empty and the whole one included. */
void parse_prefixes(parse_check_fn check, const char *text, size_t len);

/* Runs check on `count` mutations of text: the same ones in every run. */
void parse_mutations(parse_check_fn check, const char *text, size_t len, unsigned count);

/* Reads a file below the fixtures, NUL at its end; its length. Fails the test without it. */
size_t fixture_read(const char *path, char *buf, size_t cap);

/* A descriptor of a folder below the fixtures. Fails the test when it is not there. */
int fixture_open(const char *path);

/* A literal, which may hold NULs, and its length. */
#define TEXT(s) (s), sizeof(s) - 1

#endif
