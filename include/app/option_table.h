/*
 * app/option_table: every option as one const table, and what each does with its argument.
 */
#ifndef STALLTOP_APP_OPTION_TABLE_H
#define STALLTOP_APP_OPTION_TABLE_H

#include <stddef.h>

#include "app/options.h"

#define OPTION_ROWS_MAX 96

/* What is filled while the command line is read, and where to say what is wrong with it. */
struct parse {
	struct options *options;
	char *why;
	size_t cap;
};

struct option_row {
	char letter; /* 0: long only */
	const char *name;
	const char *argument; /* NULL: takes none */
	const char *help;
	int (*take)(struct parse *parse, const char *value); /* 0, or -EINVAL by option_wrong() */
};

extern const struct option_row option_rows[];
extern const size_t option_row_count;

/* One line about what is wrong, made harmless, into parse->why. Always -EINVAL. */
int option_wrong(struct parse *parse, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The two that stand without a name too. */
int option_delay(struct parse *parse, const char *value);
int option_count(struct parse *parse, const char *value);

#endif
