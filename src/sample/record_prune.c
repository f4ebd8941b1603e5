#include "sample/record_prune.h"

#define STRING(text) #text
#define EXPANDED(text) STRING(text)
#define LAST_ROW "((?1 + 1) << " EXPANDED(ROW_BITS) ") - 1"
#define FIRST_ROW "?1 << " EXPANDED(ROW_BITS)

#define SAMPLES_AT_ONCE 8 /* oldest ones that go with a new one */
#define FREE_PAGES 512 /* that may stay: they are filled again */
#define FREE_SHARE 32 /* or this part of what is kept, if that is less */
#define PAGE_BYTES 4096
#define KEYFRAME_LEAST 8 /* samples that hang on one, however little is kept */
#define SHRINK_PAGES "64" /* given back with a sample */

/* ?1: a sample; it and all before it go. A process that ended is of no sample after that. */
static const char *const deletes[] = {
	"DELETE FROM process WHERE id IN (SELECT process FROM gone "
	"WHERE id BETWEEN " FIRST_ROW " AND " LAST_ROW ")",
	"DELETE FROM process WHERE id IN (SELECT process FROM task "
	"WHERE id BETWEEN " FIRST_ROW " AND " LAST_ROW " AND flags & 4)",
	"DELETE FROM gone WHERE id <= " LAST_ROW,
	"DELETE FROM task WHERE id <= " LAST_ROW,
	"DELETE FROM cpu WHERE id <= " LAST_ROW,
	"DELETE FROM disk WHERE id <= " LAST_ROW,
	"DELETE FROM task_clock WHERE sample <= ?1",
	"DELETE FROM sample WHERE id <= ?1",
};

/* Sessions without a sample go, and with them the processes that outlived them. */
static const char session_sql[] =
	"DELETE FROM session WHERE id < (SELECT session FROM sample ORDER BY id LIMIT 1);"
	"DELETE FROM process WHERE id < (SELECT first_process FROM session ORDER BY id LIMIT 1);";

/* The oldest sample, its keyframe and session; of the next keyframe its time. */
static const char oldest_sql[] =
	"SELECT id, keyframe, session, (SELECT real_ns FROM sample n WHERE n.id > o.id "
	"AND n.id = n.keyframe ORDER BY n.id LIMIT 1) FROM sample o ORDER BY id LIMIT 1";

static const char used_sql[] =
	"SELECT (SELECT page_count FROM pragma_page_count) - "
	"(SELECT freelist_count FROM pragma_freelist_count), page_size FROM pragma_page_size";

int record_prune_open(struct record *record)
{
	int err = 0;

	if (!record->keep_ns && !record->keep_bytes)
		return 0;
	for (int i = 0; i < PRUNE_DELETES && !err; i++)
		err = db_prepare(record->db, &record->prune[i], deletes[i]);
	if (!err)
		err = db_prepare(record->db, &record->prune[PRUNE_OLDEST], oldest_sql);
	if (!err)
		err = db_prepare(record->db, &record->prune[PRUNE_USED], used_sql);
	return err;
}

/* Bytes in use, by what stands in the file; 0 when that cannot be told. */
static uint64_t used_bytes(struct record *record)
{
	sqlite3_stmt *used = record->prune[PRUNE_USED];
	uint64_t bytes = 0;

	if (db_step(used) == 1)
		bytes = (uint64_t)(sqlite3_column_int64(used, 0) * sqlite3_column_int64(used, 1));
	sqlite3_reset(used);
	return bytes;
}

static int delete_sample(struct record *record, int64_t id)
{
	int err = 0;

	for (int i = 0; i < PRUNE_DELETES && !err; i++) {
		sqlite3_bind_int64(record->prune[i], 1, id);
		err = db_run(record->prune[i]);
	}
	return err;
}

static bool is_too_large(struct record *record)
{
	return record->keep_bytes && used_bytes(record) > record->keep_bytes;
}

/* What of the oldest has to go: its id in *id, 0 when nothing has. */
static int find_oldest(struct record *record, uint64_t real_ns, int64_t *id, int64_t *session)
{
	sqlite3_stmt *oldest = record->prune[PRUNE_OLDEST];
	uint64_t keep_ns = record->keep_ns;
	int found = db_step(oldest);

	*id = 0;
	if (found == 1) {
		int64_t at = sqlite3_column_int64(oldest, 0);
		bool orphan = at != sqlite3_column_int64(oldest, 1);
		bool has_next = sqlite3_column_type(oldest, 3) != SQLITE_NULL;
		uint64_t next_ns = (uint64_t)sqlite3_column_int64(oldest, 3);
		bool old = keep_ns && next_ns < real_ns && real_ns - next_ns > keep_ns;

		*session = sqlite3_column_int64(oldest, 2);
		bool large = !orphan && is_too_large(record);

		if (orphan || (has_next && (old || large)))
			*id = at;
		/* What hangs on one keyframe goes as a whole: another has to come first. */
		record->wants_keyframe = large && !has_next;
	}
	sqlite3_reset(oldest);
	return found < 0 ? found : 0;
}

int record_prune(struct record *record, int64_t id, uint64_t real_ns)
{
	int64_t oldest, session, before = record->session;
	int err = 0;

	if (!record->prune[PRUNE_OLDEST])
		return 0;
	for (int i = 0; i < SAMPLES_AT_ONCE && !err; i++) {
		err = find_oldest(record, real_ns, &oldest, &session);
		if (err || !oldest || oldest >= id)
			break;
		before = session;
		err = delete_sample(record, oldest);
	}
	return !err && before != record->session ? db_exec(record->db, session_sql) : err;
}

bool record_prune_wants_keyframe(const struct record *record, int64_t id)
{
	return record->wants_keyframe && id - record->keyframe >= KEYFRAME_LEAST;
}

static int64_t free_pages(const struct record *record)
{
	uint64_t share = record->keep_bytes / FREE_SHARE / PAGE_BYTES;

	return record->keep_bytes && share < FREE_PAGES ? (int64_t)share : FREE_PAGES;
}

int record_prune_shrink(struct record *record)
{
	int64_t pages;
	int err;

	if (!record->prune[PRUNE_OLDEST])
		return 0;
	err = db_integer(record->db, "PRAGMA freelist_count", 0, &pages);
	if (err || pages <= free_pages(record))
		return err;
	return db_exec(record->db, "PRAGMA incremental_vacuum(" SHRINK_PAGES ")");
}
