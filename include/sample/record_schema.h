/*
 * sample/record_schema: tables and views of a recording, made from the tables of sample/fields.
 */
#ifndef STALLTOP_SAMPLE_RECORD_SCHEMA_H
#define STALLTOP_SAMPLE_RECORD_SCHEMA_H

#include <sqlite3.h>

#include "sample/record.h"

/* Before the first table of a new file: they cannot be changed afterwards. 0 or -errno. */
int record_schema_begin(sqlite3 *db);

/*
 * Makes what is missing, columns that an older stalltop did not know included, and writes what the
 * names mean. Within a transaction of the caller. 0 or -errno.
 */
int record_schema(sqlite3 *db, const struct record_options *options);

#endif
