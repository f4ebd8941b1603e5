#include "sample/replay_span.h"

#include <errno.h>
#include <string.h>

#include "sample/replay_state.h"

#define BEFORE_MAX 1500
#define BEFORE_NS 61000000000 /* what the model remembers longest, and the sample before */
#define STRING(text) #text
#define EXPANDED(text) STRING(text)

/* An id, and its time where the statement selects it; 0 when there is none. */
static int ask(struct replay *replay, const char *sql, const int64_t *bound, int count, int64_t *id,
	       uint64_t *real_ns)
{
	sqlite3_stmt *row = NULL;
	int err = db_prepare(replay->db, &row, sql);

	*id = 0;
	if (!err) {
		for (int i = 0; i < count; i++)
			sqlite3_bind_int64(row, i + 1, bound[i]);
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

/* What was chosen of it. */
static int narrow(struct replay *replay, struct replay_span *span)
{
	int64_t id;
	int err = 0;

	if (replay->first > span->first) {
		span->first = replay->first;
		err = ask(replay,
			  "SELECT id, real_ns FROM sample WHERE id >= ?1 ORDER BY id LIMIT 1",
			  &span->first, 1, &id, &span->first_real_ns);
	}
	if (!err && replay->limit && replay->limit < span->last) {
		span->last = replay->limit;
		err = ask(replay,
			  "SELECT id, real_ns FROM sample WHERE id <= ?1 ORDER BY id DESC LIMIT 1",
			  &span->last, 1, &id, &span->last_real_ns);
	}
	return err;
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
		  NULL, 0, &span->first, &span->first_real_ns);
	if (err || !span->first)
		return err;
	err = ask(replay,
		  "SELECT id, real_ns FROM sample WHERE id < 1 << 40 ORDER BY id DESC LIMIT 1",
		  NULL, 0, &span->last, &span->last_real_ns);
	if (err == -EBADMSG)
		err = walk_to_last(replay, span);
	return err ? err : narrow(replay, span);
}

int64_t replay_before(struct replay *replay, int64_t id, unsigned least, unsigned most)
{
	int64_t from = 0;

	replay->work = 0;
	/* By ids first, so that it reads a bounded part of the file. */
	ask(replay,
	    "SELECT min(b.id), 0 FROM sample a JOIN sample b ON b.id BETWEEN a.id - ?3 AND a.id "
	    "AND b.session = a.session WHERE a.id = ?1 AND b.id >= ?4 AND "
	    "(b.id >= a.id - ?2 OR b.mono_ns >= a.mono_ns - " EXPANDED(
		    BEFORE_NS) ") "
			       "AND EXISTS (SELECT 1 FROM sample k WHERE k.id = b.keyframe)",
	    (const int64_t[]){ id, least, most, 1 }, 4, &from, NULL);
	return from > 0 ? from : id;
}

void replay_begin(struct replay *replay, int64_t id)
{
	replay_seek(replay, replay_before(replay, id, 1, BEFORE_MAX));
	replay->begin = id;
}

int replay_find(struct replay *replay, uint64_t real_ns, int64_t *id)
{
	struct replay_span span;
	int err = replay_span(replay, &span);

	*id = 0;
	if (err)
		return err;
	err = ask(replay, "SELECT min(id), 0 FROM sample WHERE real_ns >= ?1 AND id >= ?2",
		  (const int64_t[]){ real_ns > INT64_MAX ? INT64_MAX : (int64_t)real_ns,
				     span.first },
		  2, id, NULL);
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
		   (const int64_t[]){ id, level }, 2, found, NULL);
}

static void fill(struct replay_cell *cell, int64_t level)
{
	cell->samples++;
	if (level > cell->level && level <= 2)
		cell->level = (uint8_t)level;
}

/* By the index of times alone. */
int replay_overview(struct replay *replay, const struct replay_span *span, struct replay_cell *cell,
		    size_t count, size_t from, size_t to)
{
	double width = (double)(span->last_real_ns - span->first_real_ns) / (double)count;
	sqlite3_stmt *rows = NULL;
	int err;

	replay->work = 0;
	memset(cell + from, 0, (to - from) * sizeof(*cell));
	err = db_prepare(replay->db, &rows,
			 "SELECT real_ns, level FROM sample WHERE real_ns BETWEEN ?1 AND ?2");
	if (err)
		return err;
	sqlite3_bind_int64(rows, 1, (int64_t)span->first_real_ns + (int64_t)(width * (double)from));
	sqlite3_bind_int64(rows, 2,
			   to == count
				   ? (int64_t)span->last_real_ns
				   : (int64_t)span->first_real_ns + (int64_t)(width * (double)to));
	while ((err = db_step(rows)) == 1) {
		uint64_t since = (uint64_t)sqlite3_column_int64(rows, 0) - span->first_real_ns;
		double place = width > 0 ? (double)since / width : 0;
		size_t at = place < (double)count ? (size_t)place : count - 1;

		if (at >= from && at < to)
			fill(&cell[at], sqlite3_column_int64(rows, 1));
	}
	sqlite3_finalize(rows);
	return err;
}
