#include "sample/record_open.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sample/record_schema.h"

#define CACHE_KB "512"
#define CHECKPOINT_PAGES "500" /* 2 MB of WAL */
#define BUSY_MS 1000 /* a reader that is at a checkpoint */

_Static_assert(RECORD_WHY_MAX >= DB_WHY_MAX, "db_refuse()");

/*
 * SQLite is asked to follow no symbolic link at all, and somebody's home may lie behind one: the folder
 * is resolved here, the file itself is not.
 */
static int resolve(struct record *record, const char *path, char *why)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	char folder[PATH_MAX], real[PATH_MAX];
	int len = snprintf(folder, sizeof(folder), "%.*s", slash ? (int)(slash - path + 1) : 1,
			   slash ? path : ".");

	if (!*name || !strcmp(name, ".") || !strcmp(name, ".."))
		return db_refuse(why, -EISDIR, "'%s' is no name of a file", path);
	if ((size_t)len >= sizeof(folder) || !realpath(folder, real))
		return db_refuse(why, -errno, "%s: %s", folder, strerror(errno));
	len = snprintf(record->path, sizeof(record->path), "%s/%s", strcmp(real, "/") ? real : "",
		       name);
	if ((size_t)len >= sizeof(record->path) - sizeof("-journal"))
		return db_refuse(why, -ENAMETOOLONG, "%s: %s", path, strerror(ENAMETOOLONG));
	return 0;
}

/* Whether what lies there is a plain file that only this user can have put there. */
static int check_file(const char *path, const struct stat *st, char *why)
{
	if (S_ISLNK(st->st_mode))
		return db_refuse(why, -ELOOP, "%s is a symbolic link", path);
	if (!S_ISREG(st->st_mode))
		return db_refuse(why, -EINVAL, "%s is no regular file", path);
	if (st->st_uid != geteuid())
		return db_refuse(why, -EPERM, "%s belongs to another user", path);
	if (st->st_nlink > 1)
		return db_refuse(why, -EMLINK, "%s has another name too (a hard link)", path);
	return 0;
}

/* The files that SQLite keeps beside its own. */
static int check_companions(const struct record *record, char *why)
{
	static const char *const tails[] = { "-wal", "-shm", "-journal" };
	char path[PATH_MAX + 16];
	struct stat st;
	int err = 0;

	for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]) && !err; i++) {
		snprintf(path, sizeof(path), "%s%s", record->path, tails[i]);
		if (!lstat(path, &st))
			err = check_file(path, &st, why);
	}
	return err;
}

/* Opens or makes the file, and takes the lock. SQLite opens it again, by name. */
static int take_file(struct record *record, char *why)
{
	const int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
	struct stat st;
	int err;

	record->fd = open(record->path, flags | O_CREAT | O_EXCL, 0600);
	if (record->fd < 0 && errno == EEXIST)
		record->fd = open(record->path, flags);
	else if (record->fd >= 0)
		fchmod(record->fd, 0600); /* whatever the umask */
	if (record->fd < 0 && errno == ELOOP)
		return db_refuse(why, -ELOOP, "%s is a symbolic link", record->path);
	if (record->fd < 0 || fstat(record->fd, &st))
		return db_refuse(why, -errno, "%s: %s", record->path, strerror(errno));
	err = check_file(record->path, &st, why);
	if (!err)
		err = check_companions(record, why);
	if (!err && flock(record->fd, LOCK_EX | LOCK_NB))
		err = db_refuse(why, -EBUSY, "%s: another stalltop is recording into it",
				record->path);
	return err;
}

static int open_db(struct record *record, char *why)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
	int result = sqlite3_open_v2(record->path, &record->db, flags, NULL);

	if (result)
		return db_refuse(why, db_error(record->db, result), "%s: %s", record->path,
				 sqlite3_errmsg(record->db));
	sqlite3_busy_timeout(record->db, BUSY_MS);
	sqlite3_db_config(record->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(record->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(record->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	return 0;
}

/* 1: a new file, 0: a recording that can be added to, or -errno. */
static int check_recording(struct record *record, char *why)
{
	int64_t application, schema, objects;
	int err = db_integer(record->db, "PRAGMA application_id", 0, &application);

	if (!err)
		err = db_integer(record->db, "PRAGMA user_version", 0, &schema);
	if (!err)
		err = db_integer(record->db, "SELECT count(*) FROM sqlite_schema", 0, &objects);
	if (err == -EBADMSG)
		return db_refuse(why, err, "%s is damaged, or no recording", record->path);
	if (err)
		return db_refuse(why, err, "%s: %s", record->path, strerror(-err));
	if (!application && !objects)
		return 1;
	if (application != RECORD_APPLICATION)
		return db_refuse(why, -EEXIST, "%s is no recording of stalltop", record->path);
	if (schema > RECORD_SCHEMA)
		return db_refuse(why, -ENOTSUP, "%s was made by a newer stalltop", record->path);
	return 0;
}

static int put_session(struct record *record, const struct record_options *options)
{
	const struct host *host = feed_host(options->feed);
	sqlite3_stmt *put = NULL;
	int err = db_prepare(record->db, &put,
			     "INSERT INTO session (host, release, source, source_why, version, "
			     "first_process) VALUES (?, ?, ?, ?, ?, ?)");

	if (err)
		return err;
	sqlite3_bind_text(put, 1, host->name, -1, SQLITE_STATIC);
	sqlite3_bind_text(put, 2, host->release, -1, SQLITE_STATIC);
	sqlite3_bind_text(put, 3, feed_source(options->feed), -1, SQLITE_STATIC);
	sqlite3_bind_text(put, 4, feed_source_why(options->feed), -1, SQLITE_STATIC);
	sqlite3_bind_text(put, 5, options->version, -1, SQLITE_STATIC);
	sqlite3_bind_int64(put, 6, record->next_process);
	err = db_run(put);
	sqlite3_finalize(put);
	record->session = sqlite3_last_insert_rowid(record->db);
	return err;
}

static int fill(struct record *record, const struct record_options *options, bool fresh)
{
	sqlite3 *db = record->db;
	int err = fresh ? record_schema_begin(db) : 0;

	if (!err)
		err = db_exec(db, "BEGIN IMMEDIATE");
	if (!err)
		err = record_schema(db, options);
	if (!err)
		err = db_integer(db, "SELECT max(id) + 1 FROM sample", 1, &record->next_sample);
	if (!err)
		err = db_integer(db, "SELECT max(id) + 1 FROM process", 1, &record->next_process);
	if (!err)
		err = put_session(record, options);
	if (!err)
		err = db_exec(db, "COMMIT");
	if (err)
		db_exec(db, "ROLLBACK");
	return err;
}

int record_open_file(struct record *record, const char *path, const struct record_options *options,
		     char *why)
{
	int err = resolve(record, path, why), fresh;

	if (!err)
		err = take_file(record, why);
	if (!err)
		err = open_db(record, why);
	if (err)
		return err;
	fresh = check_recording(record, why);
	if (fresh < 0)
		return fresh;
	err = db_exec(record->db, "PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;"
				  "PRAGMA cache_size = -" CACHE_KB ";"
				  "PRAGMA wal_autocheckpoint = " CHECKPOINT_PAGES ";");
	if (!err)
		err = fill(record, options, fresh);
	/* From here on; what came before was as durable as can be. */
	if (!err)
		err = db_exec(record->db, "PRAGMA journal_mode = WAL");
	return err ? db_refuse(why, err, "%s: %s", record->path, strerror(-err)) : 0;
}
