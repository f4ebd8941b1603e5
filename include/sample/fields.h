/*
 * sample/fields: every raw value of a sample as a row of a const table: the columns of a recording.
 *
 * The tables give the columns their names, and say where each value lies and which kernel file it is
 * from. The name ends in the unit where there is one. Names are a contract with who asks a recording
 * in SQL: rows are added, none is renamed.
 */
#ifndef STALLTOP_SAMPLE_FIELDS_H
#define STALLTOP_SAMPLE_FIELDS_H

#include <stddef.h>
#include <stdint.h>

#include "sample/sample.h"

/* The type in C. */
enum field_type {
	FIELD_U64, /* may be ABSENT */
	FIELD_U32,
	FIELD_INT,
	FIELD_I8,
	FIELD_U8,
	FIELD_CHAR, /* a letter; text in SQL */
	FIELD_BOOL,
	FIELD_SIZE,
};

struct field {
	const char *name;
	size_t offset;
	enum field_type type;
	const char *source; /* kernel file and row */
};

/* The columns of one table of a recording. */
struct fields {
	const char *table;
	const struct field *field;
	size_t count;
};

extern const struct fields sample_fields; /* in struct sample */
extern const struct fields cpu_fields; /* in struct cpu_line */
extern const struct fields disk_fields; /* in struct disk_stat, but for the name */
extern const struct fields task_fields; /* in struct task, but for identity, name and clocks */

#define FIELDS_MAX 400 /* rows of the longest table, and room */

/*
 * The value as SQL keeps it: a 64-bit integer with the same bits. ABSENT is -1 here, and NULL in a
 * recording.
 */
int64_t field_get(const struct field *field, const void *base);
/* What the type cannot hold, from a file that is not to be trusted, is cut to it. */
void field_set(const struct field *field, void *base, int64_t value);

/* The unit by the end of the name: "bytes", "kB", "count" ... */
const char *field_unit(const struct field *field);

/* The row of the value at this offset, or NULL. */
const struct field *field_at(const struct fields *fields, size_t offset);

#endif
