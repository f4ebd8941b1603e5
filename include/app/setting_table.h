/*
 * app/setting_table: every setting as one const table: the parser of the file, what it says of a bad
 * value, and the file that is written are made from it. A row is a setting, or a family of them with
 * a member each for every table, alert, colour or action.
 */
#ifndef STALLTOP_APP_SETTING_TABLE_H
#define STALLTOP_APP_SETTING_TABLE_H

#include <stddef.h>

#include "app/settings.h"

#define VALUE_MAX 192 /* of a value as text, with the NUL */

struct family {
	size_t count;
	const char *(*member)(size_t member); /* its name; NULL: there is none */
	const char *(*about)(size_t member); /* a comment of its own; NULL: none has one */
	/* Whether it was set, where its text does not tell; NULL: it does. */
	bool (*is_set)(const struct settings *settings, size_t member);
};

struct setting {
	const char *section;
	const char *name; /* NULL: the family has them */
	const char *help; /* a line or two */
	const char *allowed; /* "yes or no" */
	/*
	 * 0; -EINVAL when the value is not allowed; -EEXIST when it is, and another line has taken what
	 * it asks for. Then nothing has changed.
	 */
	int (*set)(struct settings *settings, size_t member, const char *value);
	/* The value as text that set() takes. */
	void (*get)(const struct settings *settings, size_t member, char *dst, size_t cap);
	const struct family *family; /* NULL: one setting */
};

extern const struct setting setting_rows[];
extern const size_t setting_row_count;

/* NULL: no setting of this name in the section, or no such section. */
const struct setting *setting_find(const char *section, const char *name, size_t *member);
bool setting_has_section(const char *section);

/* How many members a row may have. */
size_t setting_members(const struct setting *row);

/* The name of a row's member; NULL: there is none. A row that is no family has one. */
const char *setting_name(const struct setting *row, size_t member);

#endif
