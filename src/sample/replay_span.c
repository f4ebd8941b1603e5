#include "sample/replay_span.h"

#include <errno.h>
#include <string.h>

#include "sample/replay_state.h"

#define BEFORE_MAX 1500
#define BEFORE_NS 61000000000 /* what the model remembers longest, and the sample before */
#define STRING(text) #text
#define EXPANDED(text) STRING(text)

/* An id, and its time where the statement selects it; 0 when there is none. */
static int ask(struct replay *replay, const char *sql, int64_t bound, int64_t second, int64_t *id,
	       uint64_t *real_ns)
{
	sqlite3_stmt *row = NULL;
	int err = db_prepare(replay->db, &row, sql);

	*id = 0;
	if (!err) {
		sqlite3_bind_int64(row, 1, bound);
		sqlite3_bind_int64(row, 2, second);
		err = db_step(row);
	}
	if (err == 1) {
		*id = sqlite3_column_int64(row, 0);
		if (real_ns)
			*real_ns = (uint64_t)sqlite3_column_int64(row, 1);
	}
	sqlite3_finalize(row);
	return err < 0 ? err : 0;
}

/* What SQLite would find from the end is damaged: as far as one comes from the front. */
static int walk_to_last(struct replay *replay, struct replay_span *span)
{
	sqlite3_stmt *rows = NULL;
	int err =
		db_prepare(replay->db, &rows,
			   "SELECT id, real_ns FROM sample NOT INDEXED WHERE id >= ?1 ORDER BY id");

	if (err)
		return err;
	sqlite3_bind_int64(rows, 1, span->first);
	while (db_step(rows) == 1) {
		span->last = sqlite3_column_int64(rows, 0);
		span->last_real_ns = (uint64_t)sqlite3_column_int64(rows, 1);
	}
	sqlite3_finalize(rows);
	return span->last ? 0 : -EBADMSG;
}

int replay_span(struct replay *replay, struct replay_span *span)
{
	int err;

	replay->work = 0;
	*span = (struct replay_span){ 0 };
	/* What a pruned recording has left of its first keyframe cannot be read. */
	err = ask(replay,
		  "SELECT id, real_ns FROM sample WHERE id > 0 AND id < 1 << 40 "
		  "AND id = keyframe ORDER BY id LIMIT 1",
		  0, 0, &span->first, &span->first_real_ns);
	if (err || !span->first)
		return err;
	err = ask(replay,
		  "SELECT id, real_ns FROM sample WHERE id < 1 << 40 ORDER BY id DESC LIMIT 1", 0,
		  0, &span->last, &span->last_real_ns);
	return err == -EBADMSG ? walk_to_last(replay, span) : err;
}

void replay_begin(struct replay *replay, int64_t id, unsigned trend)
{
	int64_t from = 0;

	replay->work = 0;
	replay->begin = id;
	/* By ids first, so that it reads a bounded part of the file. */
	ask(replay,
	    "SELECT min(b.id), 0 FROM sample a JOIN sample b ON b.id BETWEEN a.id - " EXPANDED(
		    BEFORE_MAX) " AND a.id AND b.session = a.session WHERE a.id = ?1 AND "
				"(b.id >= a.id - ?2 OR b.mono_ns >= a.mono_ns - " EXPANDED(
					BEFORE_NS) ") AND EXISTS (SELECT 1 FROM sample k "
						   "WHERE k.id = b.keyframe)",
	    id, trend > 1 ? trend : 1, &from, NULL);
	replay_seek(replay, from > 0 ? from : id);
}

int replay_find(struct replay *replay, uint64_t real_ns, int64_t *id)
{
	struct replay_span span;
	int err = replay_span(replay, &span);

	*id = 0;
	if (err)
		return err;
	err = ask(replay, "SELECT min(id), 0 FROM sample WHERE real_ns >= ?1 AND id >= ?2",
		  real_ns > INT64_MAX ? INT64_MAX : (int64_t)real_ns, span.first, id, NULL);
	return err;
}

int replay_next_trouble(struct replay *replay, int64_t id, int level, bool back, int64_t *found)
{
	replay->work = 0;
	return ask(replay,
		   back ? "SELECT id, 0 FROM sample WHERE id < ?1 AND id > 0 AND level >= ?2 "
			  "ORDER BY id DESC LIMIT 1"
			: "SELECT id, 0 FROM sample WHERE id > ?1 AND id < 1 << 40 AND level >= ?2 "
			  "ORDER BY id LIMIT 1",
		   id, level, found, NULL);
}

/* By the index of times alone. */
int replay_overview(struct replay *replay, struct replay_cell *cell, size_t count)
{
	struct replay_span span;
	sqlite3_stmt *rows = NULL;
	int err = replay_span(replay, &span);
	double width;

	memset(cell, 0, count * sizeof(*cell));
	if (err || !count)
		return err;
	err = db_prepare(replay->db, &rows,
			 "SELECT real_ns, level FROM sample WHERE real_ns BETWEEN ?1 AND ?2");
	if (err)
		return err;
	sqlite3_bind_int64(rows, 1, (int64_t)span.first_real_ns);
	sqlite3_bind_int64(rows, 2, (int64_t)span.last_real_ns);
	width = (double)(span.last_real_ns - span.first_real_ns) / (double)count;
	while ((err = db_step(rows)) == 1) {
		uint64_t since = (uint64_t)sqlite3_column_int64(rows, 0) - span.first_real_ns;
		int64_t level = sqlite3_column_int64(rows, 1);
		double place = width > 0 ? (double)since / width : 0;
		size_t at = place < (double)count ? (size_t)place : count - 1;

		cell[at].samples++;
		if (level > cell[at].level && level <= 2)
			cell[at].level = (uint8_t)level;
	}
	sqlite3_finalize(rows);
	return err;
}
