#include "sample/record.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sample/record_open.h"
#include "sample/record_prune.h"
#include "sample/record_tasks.h"

#define SAMPLE_FIRST 6 /* parameters before the fields: id, session, keyframe, level, verdict */
#define CPU_FIRST 2
#define DISK_FIRST 3
#define SQL_BYTES 16384

/* The tables that have the columns of a struct, and what stands before those. */
static const struct {
	enum record_statement statement;
	const struct fields *fields;
	const char *first;
	int parameters;
} inserts[] = {
	{ PUT_SAMPLE, &sample_fields, "id, session, keyframe, level, verdict", SAMPLE_FIRST - 1 },
	{ PUT_CPU, &cpu_fields, "id", CPU_FIRST - 1 },
	{ PUT_DISK, &disk_fields, "id, name", DISK_FIRST - 1 },
	{ PUT_TASK, &task_fields, "id, before, process", 3 },
};

static const char *const others[RECORD_STATEMENTS] = {
	[PUT_PROCESS] = "INSERT INTO process (id, pid, start_ns, comm) VALUES (?, ?, ?, ?)",
	[PUT_GONE] = "INSERT INTO gone (id, process) VALUES (?, ?)",
	[PUT_CLOCK] = "INSERT INTO task_clock (sample, packed) VALUES (?, ?)",
	[PUT_USER] = "INSERT OR REPLACE INTO user (uid, name) VALUES (?, ?)",
	[BEGIN] = "BEGIN IMMEDIATE",
	[COMMIT] = "COMMIT",
	[ROLLBACK] = "ROLLBACK",
};

static int prepare_insert(struct record *record, size_t i, struct sql *sql)
{
	const struct fields *fields = inserts[i].fields;

	sql->len = 0;
	sql_add(sql, "INSERT INTO %s (%s", fields->table, inserts[i].first);
	for (size_t k = 0; k < fields->count; k++)
		sql_add(sql, ", %s", fields->field[k].name);
	sql_add(sql, ") VALUES (?");
	for (size_t k = 1; k < fields->count + (size_t)inserts[i].parameters; k++)
		sql_add(sql, ", ?");
	sql_add(sql, ")");
	if (sql->cut)
		return -EOVERFLOW;
	return db_prepare(record->db, &record->statement[inserts[i].statement], sql->buf);
}

static int prepare(struct record *record)
{
	struct sql sql = { .buf = malloc(SQL_BYTES), .cap = SQL_BYTES };
	int err = sql.buf ? 0 : -ENOMEM;

	for (size_t i = 0; i < sizeof(inserts) / sizeof(inserts[0]) && !err; i++)
		err = prepare_insert(record, i, &sql);
	for (int i = 0; i < RECORD_STATEMENTS && !err; i++)
		if (others[i])
			err = db_prepare(record->db, &record->statement[i], others[i]);
	free(sql.buf);
	return err ? err : record_prune_open(record);
}

int record_open(struct record **record, const char *path, const struct record_options *options,
		char *why)
{
	struct record *new = calloc(1, sizeof(*new));
	int err;

	why[0] = '\0';
	if (!new) {
		snprintf(why, RECORD_WHY_MAX, "%s", strerror(ENOMEM));
		return -ENOMEM;
	}
	new->fd = -1;
	new->feed = options->feed;
	new->keep_ns = options->keep_ns;
	new->keep_bytes = options->keep_bytes;
	err = record_open_file(new, path, options, why);
	if (!err) {
		err = prepare(new);
		if (err)
			snprintf(why, RECORD_WHY_MAX, "%s", strerror(-err));
	}
	if (err) {
		record_close(new);
		return err;
	}
	*record = new;
	return 0;
}

void record_close(struct record *record)
{
	if (!record)
		return;
	for (int i = 0; i < RECORD_STATEMENTS; i++)
		sqlite3_finalize(record->statement[i]);
	for (int i = 0; i < PRUNE_STATEMENTS; i++)
		sqlite3_finalize(record->prune[i]);
	sqlite3_close(record->db);
	/* Only now: closing a descriptor of the file gives up every lock that SQLite has on it. */
	if (record->fd >= 0)
		close(record->fd);
	record_tasks_release(record);
	free(record);
}

static int put_row(struct record *record, const struct sample *sample,
		   const struct record_note *note, int64_t id, int64_t keyframe)
{
	sqlite3_stmt *put = record->statement[PUT_SAMPLE];

	sqlite3_bind_int64(put, 1, id);
	sqlite3_bind_int64(put, 2, record->session);
	sqlite3_bind_int64(put, 3, keyframe);
	sqlite3_bind_int64(put, 4, note->level);
	sqlite3_bind_text(put, 5, note->verdict, -1, SQLITE_STATIC); /* NULL binds NULL */
	db_bind(put, SAMPLE_FIRST, &sample_fields, sample);
	return db_run(put);
}

static int put_cpus(struct record *record, const struct sample *sample, int64_t id)
{
	sqlite3_stmt *put = record->statement[PUT_CPU];
	int err = 0;

	for (size_t i = 0; i < sample->stat.cpu_count && !err; i++) {
		sqlite3_bind_int64(put, 1, (id << ROW_BITS) + (int64_t)i);
		db_bind(put, CPU_FIRST, &cpu_fields, &sample->stat.cpu[i]);
		err = db_run(put);
	}
	return err;
}

static int put_disks(struct record *record, const struct sample *sample, int64_t id)
{
	sqlite3_stmt *put = record->statement[PUT_DISK];
	int err = 0;

	for (size_t i = 0; i < sample->disks.count && !err; i++) {
		const struct disk_stat *disk = &sample->disks.disk[i];

		sqlite3_bind_int64(put, 1, (id << ROW_BITS) + (int64_t)i);
		sqlite3_bind_text(put, 2, disk->name, -1, SQLITE_STATIC);
		db_bind(put, DISK_FIRST, &disk_fields, disk);
		err = db_run(put);
	}
	return err;
}

/* All of a sample, within its transaction. */
static int put_all(struct record *record, const struct sample *sample,
		   const struct record_note *note, int64_t id, int64_t keyframe)
{
	int err = put_row(record, sample, note, id, keyframe);

	if (!err)
		err = put_cpus(record, sample, id);
	if (!err)
		err = put_disks(record, sample, id);
	if (!err)
		err = record_tasks(record, sample, id, id == keyframe);
	if (!err)
		err = record_prune(record, id, sample->real_ns);
	return err ? err : db_run(record->statement[COMMIT]);
}

int record_put(struct record *record, const struct sample *sample, const struct record_note *note)
{
	int64_t id = record->next_sample, next_process = record->next_process;
	int64_t keyframe = record->keyframe;
	size_t users = record->user_count;
	int err;

	if (sample->tasks.count >= ROWS_MAX)
		return -E2BIG;
	if (!keyframe || id - keyframe >= RECORD_KEYFRAME_EVERY ||
	    record_prune_wants_keyframe(record, id))
		keyframe = id;
	err = db_run(record->statement[BEGIN]);
	if (!err)
		err = put_all(record, sample, note, id, keyframe);
	if (err) {
		/* SQLite may have rolled back by itself: then there is nothing to roll back. */
		if (!sqlite3_get_autocommit(record->db))
			db_run(record->statement[ROLLBACK]);
		record->next_process = next_process;
		record->user_count = users;
		return err;
	}
	record_tasks_keep(record);
	record->next_sample = id + 1;
	record->keyframe = keyframe;
	/* What cannot be given back now can be later. */
	record_prune_shrink(record);
	return 0;
}
