/*
 * Test support: the parts of src/share that are made from the program's own tables: the options, keys,
 * columns and alerts of the man page, and what the shells complete.
 *
 * A part stands between a line that ends in "begin NAME" and one that ends in "end NAME".
 */
#ifndef TESTS_APP_SHARE_TEXT_H
#define TESTS_APP_SHARE_TEXT_H

#include <stdio.h>

struct share_part {
	const char *file; /* below src/share */
	const char *name;
	void (*put)(FILE *out);
};

extern const struct share_part share_parts[];
extern const size_t share_part_count;

#endif
