#include "sample/record_schema.h"

#include <errno.h>
#include <stdlib.h>

#include "sample/db.h"
#include "sample/record_views.h"

#define SQL_BYTES (128 * 1024)
#define STRING(text) #text
#define EXPANDED(text) STRING(text)

/* Tables whose columns are not those of a struct. */
static const char other_tables[] =
	"CREATE TABLE IF NOT EXISTS process (id INTEGER PRIMARY KEY, pid INTEGER, "
	"start_ns INTEGER, comm TEXT);"
	"CREATE TABLE IF NOT EXISTS gone (id INTEGER PRIMARY KEY, process INTEGER);"
	"CREATE TABLE IF NOT EXISTS task_clock (sample INTEGER PRIMARY KEY, packed BLOB);"
	"CREATE TABLE IF NOT EXISTS session (id INTEGER PRIMARY KEY, host TEXT, release TEXT, "
	"cpus INTEGER, page_bytes INTEGER, btime INTEGER, source TEXT, source_why TEXT, "
	"version TEXT, first_process INTEGER);"
	"CREATE TABLE IF NOT EXISTS user (uid INTEGER PRIMARY KEY, name TEXT);"
	"CREATE TABLE IF NOT EXISTS metric (name TEXT PRIMARY KEY, unit TEXT, kind TEXT, help TEXT, "
	"source TEXT, formula TEXT);"
	"CREATE TABLE IF NOT EXISTS field (tbl TEXT, name TEXT, unit TEXT, source TEXT, "
	"PRIMARY KEY (tbl, name));";

/* The same, before the columns of the struct. */
static const struct {
	const struct fields *fields;
	const char *first;
} tables[] = {
	{ &sample_fields, "id INTEGER PRIMARY KEY, session INTEGER, keyframe INTEGER, "
			  "level INTEGER, verdict TEXT" },
	{ &cpu_fields, "id INTEGER PRIMARY KEY" },
	{ &disk_fields, "id INTEGER PRIMARY KEY, name TEXT" },
	{ &task_fields, "id INTEGER PRIMARY KEY, before INTEGER, process INTEGER" },
};

int record_schema_begin(sqlite3 *db)
{
	int err = db_exec(db, "PRAGMA auto_vacuum = INCREMENTAL;");

	return err ? err
		   : db_exec(db, "PRAGMA application_id = " EXPANDED(
					 RECORD_APPLICATION) ";"
							     "PRAGMA user_version = " EXPANDED(
								     RECORD_SCHEMA) ";");
}

static int run(sqlite3 *db, struct sql *sql)
{
	return sql->cut ? -EOVERFLOW : db_exec(db, sql->buf);
}

static bool has(const struct columns *columns, size_t field)
{
	for (size_t i = 0; i < columns->count; i++)
		if (columns->field[i] == field)
			return true;
	return false;
}

/* A type would cost a look at each value, and ABSENT has none. */
static int make_table(sqlite3 *db, struct sql *sql, const struct fields *fields, const char *first)
{
	struct columns columns;
	int err;

	sql->len = 0;
	sql_add(sql, "CREATE TABLE IF NOT EXISTS %s (%s", fields->table, first);
	for (size_t i = 0; i < fields->count; i++)
		sql_add(sql, ", %s", fields->field[i].name);
	sql_add(sql, ")");
	err = run(db, sql);
	if (!err)
		err = db_columns(db, fields, &columns);
	for (size_t i = 0; i < fields->count && !err; i++) {
		if (has(&columns, i))
			continue;
		sql->len = 0;
		sql_add(sql, "ALTER TABLE %s ADD COLUMN %s", fields->table, fields->field[i].name);
		err = run(db, sql);
	}
	return err;
}

/* Binds the texts and runs. */
static int put_texts(sqlite3_stmt *statement, const char *const *text, int count)
{
	for (int i = 0; i < count; i++)
		sqlite3_bind_text(statement, i + 1, text[i], -1, SQLITE_STATIC);
	return db_run(statement);
}

static int describe_fields(sqlite3 *db)
{
	sqlite3_stmt *statement = NULL;
	int err = db_prepare(db, &statement, "INSERT OR REPLACE INTO field VALUES (?, ?, ?, ?)");

	for (size_t t = 0; t < sizeof(tables) / sizeof(tables[0]); t++) {
		const struct fields *fields = tables[t].fields;

		for (size_t i = 0; i < fields->count && !err; i++) {
			const struct field *field = &fields->field[i];
			const char *const text[] = { fields->table, field->name, field_unit(field),
						     field->source };

			err = put_texts(statement, text, 4);
		}
	}
	sqlite3_finalize(statement);
	return err;
}

static int describe_metrics(sqlite3 *db, const struct record_options *options)
{
	sqlite3_stmt *statement = NULL;
	int err = db_prepare(db, &statement,
			     "INSERT OR REPLACE INTO metric VALUES (?, ?, ?, ?, ?, ?)");

	for (size_t i = 0; i < options->metric_count && !err; i++) {
		const struct record_metric *m = &options->metric[i];
		const char *const text[] = { m->name, m->unit,	 m->kind,
					     m->help, m->source, m->formula };

		err = put_texts(statement, text, 6);
	}
	sqlite3_finalize(statement);
	return err;
}

int record_schema(sqlite3 *db, const struct record_options *options)
{
	struct sql sql = { .buf = malloc(SQL_BYTES), .cap = SQL_BYTES };
	int err = sql.buf ? db_exec(db, other_tables) : -ENOMEM;

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]) && !err; i++)
		err = make_table(db, &sql, tables[i].fields, tables[i].first);
	/* Who looks for a time or for trouble reads this alone. */
	if (!err)
		err = db_exec(db, "CREATE INDEX IF NOT EXISTS sample_time "
				  "ON sample (real_ns, level)");
	if (!err)
		err = describe_fields(db);
	if (!err)
		err = describe_metrics(db, options);
	if (!err)
		err = record_views(db, options, &sql);
	free(sql.buf);
	return err;
}
