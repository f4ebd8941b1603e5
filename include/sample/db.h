/*
 * sample/db: what recorder and reader share of SQLite (sqlite.org/c3ref): errors as -errno, statements,
 * and rows of a table of sample/fields.
 */
#ifndef STALLTOP_SAMPLE_DB_H
#define STALLTOP_SAMPLE_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sample/fields.h"

/*
 * The layout of a recording. application_id says that a file is one, user_version which layout it has:
 * tables, columns and rows are added without a new one, and who reads leaves out what it does not know.
 */
#define RECORD_APPLICATION 0x73746f70 /* "stop" */
#define RECORD_SCHEMA 1

/* Rows that belong to a sample have id = sample << ROW_BITS | n. */
#define ROW_BITS 22
#define ROWS_MAX (1 << ROW_BITS)

#define DB_WHY_MAX 320

/* Writes one line for the person, made harmless, into why (DB_WHY_MAX bytes). Returns err. */
int db_refuse(char *why, int err, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* -errno of a result of SQLite; 0 for SQLITE_OK, ROW and DONE. -EBADMSG: the file is damaged or none. */
int db_error(sqlite3 *db, int result);

int db_exec(sqlite3 *db, const char *sql); /* 0 or -errno */
int db_prepare(sqlite3 *db, sqlite3_stmt **statement, const char *sql);
/* Runs a statement that gives no row, and makes it ready for the next time. 0 or -errno. */
int db_run(sqlite3_stmt *statement);
/* Takes the next row: 1, 0 at the end, or -errno. */
int db_step(sqlite3_stmt *statement);
/* The integer that the text asks for, or what `none` says when there is no row. 0 or -errno. */
int db_integer(sqlite3 *db, const char *sql, int64_t none, int64_t *value);

/* SQL that grows; cut is set when it did not fit. */
struct sql {
	char *buf;
	size_t cap, len;
	bool cut;
};
void sql_add(struct sql *sql, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Which of the fields a file has, in the order in which they are selected. */
struct columns {
	size_t count;
	uint16_t field[FIELDS_MAX];
};
int db_columns(sqlite3 *db, const struct fields *fields, struct columns *columns);
/* ", alias.name" for each. */
void sql_add_columns(struct sql *sql, const struct fields *fields, const struct columns *columns,
		     const char *alias);

/* All the fields as parameters from `first` on. */
void db_bind(sqlite3_stmt *statement, int first, const struct fields *fields, const void *base);
/* The columns of the row from `first` on; a NULL is ABSENT, or left as it was where none can be. */
void db_read(sqlite3_stmt *statement, int first, const struct fields *fields,
	     const struct columns *columns, void *base);

#endif
