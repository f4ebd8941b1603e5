#include "sample/replay_open.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SQL_BYTES 16384
#define LENGTH_MAX (32 << 20) /* of a text or blob */
#define WORK_EVERY 10000 /* steps of SQLite's machine between two looks */
#define WORK_MAX (1ull << 30) /* no sample takes as many: a file that wants our time */
#define BUSY_MS 1000
#define STRING(text) #text
#define EXPANDED(text) STRING(text)
_Static_assert(REPLAY_WHY_MAX >= DB_WHY_MAX, "db_refuse()");

#define ROWS_OF_SAMPLE \
	"BETWEEN ?1 << " EXPANDED(ROW_BITS) " AND ((?1 + 1) << " EXPANDED(ROW_BITS) ") - 1"

/* Tables whose columns this stalltop knows all by itself. */
static const struct {
	enum replay_statement statement;
	const char *sql;
} fixed[] = {
	{ GET_GONE, "SELECT p.pid, p.start_ns FROM gone g JOIN process p ON p.id = g.process "
		    "WHERE g.id " ROWS_OF_SAMPLE " ORDER BY g.id" },
	{ GET_CLOCK, "SELECT packed FROM task_clock WHERE sample = ?1" },
	{ GET_SESSION, "SELECT host, release, source, source_why FROM session WHERE id = ?1" },
	/* Of an id or the first after it; what lies beyond is no id of ours. */
	{ GET_KEYFRAME, "SELECT id, keyframe, session FROM sample WHERE id >= ?1 AND id > 0 "
			"AND id < 1 << 40 ORDER BY id LIMIT 1" },
	{ GET_NEXT, "SELECT mono_ns, session FROM sample WHERE id > ?1 ORDER BY id LIMIT 1" },
};

/* The others: what is selected before the columns of a struct, and from where. */
static const struct {
	enum replay_statement statement;
	const struct fields *fields;
	size_t columns; /* offset in struct replay */
	const char *first, *rest;
} selects[] = {
	{ GET_SAMPLE, &sample_fields, offsetof(struct replay, sample), "t.session",
	  "sample t WHERE t.id = ?1" },
	{ GET_CPUS, &cpu_fields, offsetof(struct replay, cpu), "t.id",
	  "cpu t WHERE t.id " ROWS_OF_SAMPLE " ORDER BY t.id" },
	{ GET_DISKS, &disk_fields, offsetof(struct replay, disk), "t.name",
	  "disk t WHERE t.id " ROWS_OF_SAMPLE " ORDER BY t.id" },
	{ GET_TASKS, &task_fields, offsetof(struct replay, task), "p.pid, p.start_ns, p.comm",
	  "task t LEFT JOIN process p ON p.id = t.process WHERE t.id " ROWS_OF_SAMPLE
	  " ORDER BY t.id" },
};

static int prepare(struct replay *replay)
{
	struct sql sql = { .buf = malloc(SQL_BYTES), .cap = SQL_BYTES };
	int err = sql.buf ? 0 : -ENOMEM;

	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]) && !err; i++)
		err = db_prepare(replay->db, &replay->statement[fixed[i].statement], fixed[i].sql);
	for (size_t i = 0; i < sizeof(selects) / sizeof(selects[0]) && !err; i++) {
		struct columns *columns = (struct columns *)((char *)replay + selects[i].columns);

		err = db_columns(replay->db, selects[i].fields, columns);
		if (err)
			break;
		sql.len = 0;
		sql_add(&sql, "SELECT %s", selects[i].first);
		sql_add_columns(&sql, selects[i].fields, columns, "t");
		sql_add(&sql, " FROM %s", selects[i].rest);
		err = sql.cut ? -EOVERFLOW
			      : db_prepare(replay->db, &replay->statement[selects[i].statement],
					   sql.buf);
	}
	free(sql.buf);
	return err;
}

static int limit_work(void *argument)
{
	struct replay *replay = argument;

	replay->work += WORK_EVERY;
	return replay->work > WORK_MAX;
}

/* Nothing in the file is run but the tables' own lookups. */
static void distrust(struct replay *replay)
{
	sqlite3 *db = replay->db;

	sqlite3_busy_timeout(db, BUSY_MS);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_limit(db, SQLITE_LIMIT_LENGTH, LENGTH_MAX);
	sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_progress_handler(db, WORK_EVERY, limit_work, replay);
	db_exec(db, "PRAGMA cell_size_check = ON; PRAGMA cache_size = -1024;");
}

/* As SQLite writes a path in a URI; what is left of it does not fit. */
static int uri_of(const char *path, char *uri, size_t cap)
{
	static const char tail[] = "?immutable=1";
	size_t len = (size_t)snprintf(uri, cap, "file:%s", *path == '/' ? "" : "./");

	for (; *path && len + sizeof(tail) + 3 < cap; path++) {
		if (strchr("?#%", *path))
			len += (size_t)snprintf(uri + len, cap - len, "%%%02X", *path);
		else
			uri[len++] = *path;
	}
	if (*path)
		return -ENAMETOOLONG;
	memcpy(uri + len, tail, sizeof(tail));
	return 0;
}

/* Whether SQLite can read the list of tables. */
static int probe(struct replay *replay)
{
	int64_t objects;

	return db_integer(replay->db, "SELECT count(*) FROM sqlite_schema", 0, &objects);
}

static int open_as(struct replay *replay, const char *name, int flags)
{
	int result;

	sqlite3_close(replay->db);
	replay->db = NULL;
	result = sqlite3_open_v2(name, &replay->db,
				 SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | flags, NULL);
	if (result)
		return db_error(replay->db, result);
	distrust(replay);
	return probe(replay);
}

static int open_db(struct replay *replay, const char *path)
{
	char uri[3 * PATH_MAX + 32];
	int err = open_as(replay, path, 0);

	/* Where nothing can be written there can be no shared memory: of a copy none is needed. */
	if ((err == -EACCES || err == -EROFS) && !uri_of(path, uri, sizeof(uri)))
		err = open_as(replay, uri, SQLITE_OPEN_URI);
	/* SQLite refuses a file that was cut off, unless it is to be mended. */
	if (err == -EBADMSG) {
		sqlite3_db_config(replay->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
		sqlite3_db_config(replay->db, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, NULL);
		err = probe(replay);
	}
	return err;
}

/* All our tables, and each a real one: no view and no virtual table that only has its name. */
static const char tables_sql[] =
	"SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name IN "
	"('sample', 'cpu', 'disk', 'task', 'process', 'gone', 'task_clock', 'session', 'user')";

static int check_recording(struct replay *replay, const char *path, char *why)
{
	int64_t application, schema, tables = 0;
	int err = db_integer(replay->db, "PRAGMA application_id", 0, &application);

	if (!err)
		err = db_integer(replay->db, "PRAGMA user_version", 0, &schema);
	if (err)
		return db_refuse(why, err, "%s is damaged, or no recording", path);
	if (application != RECORD_APPLICATION)
		return db_refuse(why, -EINVAL, "%s is no recording of stalltop", path);
	if (schema > RECORD_SCHEMA)
		return db_refuse(why, -ENOTSUP, "%s was made by a newer stalltop (layout %d)", path,
				 (int)schema);
	err = db_integer(replay->db, tables_sql, 0, &tables);
	if (err || tables != 9)
		return db_refuse(why, -EBADMSG, "%s is damaged: it has not all of its tables",
				 path);
	return 0;
}

int replay_open_file(struct replay *replay, const char *path, char *why)
{
	struct stat st;
	int err;

	if (!*path)
		return db_refuse(why, -EINVAL, "'' is no name of a file");
	if (stat(path, &st))
		return db_refuse(why, -errno, "%s: %s", path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return db_refuse(why, -EINVAL, "%s is no regular file", path);
	err = open_db(replay, path);
	if (err == -EBADMSG)
		return db_refuse(why, err, "%s is damaged, or no recording", path);
	if (err)
		return db_refuse(why, err, "%s: %s", path, strerror(-err));
	err = check_recording(replay, path, why);
	if (err)
		return err;
	err = prepare(replay);
	return err ? db_refuse(why, err, "%s is damaged: %s", path, sqlite3_errmsg(replay->db)) : 0;
}
