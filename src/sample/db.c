#include "sample/db.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/value.h"

static const struct {
	int result, error;
} errors[] = {
	{ SQLITE_OK, 0 },
	{ SQLITE_ROW, 0 },
	{ SQLITE_DONE, 0 },
	{ SQLITE_FULL, ENOSPC },
	{ SQLITE_NOMEM, ENOMEM },
	{ SQLITE_CORRUPT, EBADMSG },
	{ SQLITE_NOTADB, EBADMSG },
	{ SQLITE_TOOBIG, EBADMSG },
	{ SQLITE_INTERRUPT, EBADMSG }, /* by our own limit of work */
	{ SQLITE_ERROR, EBADMSG }, /* a table or column that is missing, or no table */
	{ SQLITE_BUSY, EBUSY },
	{ SQLITE_LOCKED, EBUSY },
	{ SQLITE_READONLY, EROFS },
	{ SQLITE_PERM, EACCES },
	{ SQLITE_CANTOPEN, EACCES },
};

int db_refuse(char *why, int err, const char *format, ...)
{
	char text[DB_WHY_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	text_clean(why, DB_WHY_MAX, text, strlen(text));
	return err;
}

int db_error(sqlite3 *db, int result)
{
	int system = db ? sqlite3_system_errno(db) : 0;

	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (errors[i].result == (result & 0xff))
			return -errors[i].error;
	return (result & 0xff) == SQLITE_IOERR && system > 0 ? -system : -EIO;
}

int db_exec(sqlite3 *db, const char *sql)
{
	return db_error(db, sqlite3_exec(db, sql, NULL, NULL, NULL));
}

int db_prepare(sqlite3 *db, sqlite3_stmt **statement, const char *sql)
{
	return db_error(db, sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, statement,
					       NULL));
}

int db_run(sqlite3_stmt *statement)
{
	int result = sqlite3_step(statement);
	int err = db_error(sqlite3_db_handle(statement), result);

	sqlite3_reset(statement);
	return err;
}

int db_step(sqlite3_stmt *statement)
{
	int result = sqlite3_step(statement);

	return result == SQLITE_ROW ? 1 : db_error(sqlite3_db_handle(statement), result);
}

int db_integer(sqlite3 *db, const char *sql, int64_t none, int64_t *value)
{
	sqlite3_stmt *statement = NULL;
	int err = db_prepare(db, &statement, sql);

	*value = none;
	if (!err)
		err = db_step(statement);
	if (err == 1 && sqlite3_column_type(statement, 0) == SQLITE_INTEGER)
		*value = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return err < 0 ? err : 0;
}

void sql_add(struct sql *sql, const char *format, ...)
{
	size_t left = sql->cap - sql->len;
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(sql->buf + sql->len, left, format, args);
	va_end(args);
	if (len < 0 || (size_t)len >= left)
		sql->cut = true;
	else
		sql->len += (size_t)len;
}

static int find_field(const struct fields *fields, const char *name)
{
	for (size_t i = 0; i < fields->count; i++)
		if (!strcmp(fields->field[i].name, name))
			return (int)i;
	return -1;
}

int db_columns(sqlite3 *db, const struct fields *fields, struct columns *columns)
{
	sqlite3_stmt *statement = NULL;
	int err = db_prepare(db, &statement, "SELECT name FROM pragma_table_info(?)");

	columns->count = 0;
	if (err)
		return err;
	sqlite3_bind_text(statement, 1, fields->table, -1, SQLITE_STATIC);
	while ((err = db_step(statement)) == 1) {
		const char *name = (const char *)sqlite3_column_text(statement, 0);
		int at = name ? find_field(fields, name) : -1;

		if (at >= 0 && columns->count < FIELDS_MAX)
			columns->field[columns->count++] = (uint16_t)at;
	}
	sqlite3_finalize(statement);
	return err;
}

void sql_add_columns(struct sql *sql, const struct fields *fields, const struct columns *columns,
		     const char *alias)
{
	for (size_t i = 0; i < columns->count; i++)
		sql_add(sql, ", %s.%s", alias, fields->field[columns->field[i]].name);
}

void db_bind(sqlite3_stmt *statement, int first, const struct fields *fields, const void *base)
{
	for (size_t i = 0; i < fields->count; i++) {
		const struct field *field = &fields->field[i];
		int64_t value = field_get(field, base);
		int at = first + (int)i;

		if (field->type == FIELD_U64 && !present((uint64_t)value)) {
			sqlite3_bind_null(statement, at);
		} else if (field->type == FIELD_CHAR && value) {
			const char *text = (const char *)base + field->offset;

			sqlite3_bind_text(statement, at, text, 1, SQLITE_STATIC);
		} else {
			sqlite3_bind_int64(statement, at, value);
		}
	}
}

void db_read(sqlite3_stmt *statement, int first, const struct fields *fields,
	     const struct columns *columns, void *base)
{
	for (size_t i = 0; i < columns->count; i++) {
		const struct field *field = &fields->field[columns->field[i]];
		int at = first + (int)i, type = sqlite3_column_type(statement, at);

		if (type == SQLITE_NULL) {
			if (field->type == FIELD_U64)
				field_set(field, base, -1);
		} else if (field->type == FIELD_CHAR && type == SQLITE_TEXT) {
			field_set(field, base, *sqlite3_column_text(statement, at));
		} else {
			field_set(field, base, sqlite3_column_int64(statement, at));
		}
	}
}
