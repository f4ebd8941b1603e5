#include "sample/replay.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/value.h"
#include "sample/replay_open.h"
#include "sample/replay_tasks.h"

#define FIELDS_FIRST 1 /* column of the first field, but for processes */
#define STEPS_OF_ONE 4096 /* more samples than hang on a page of the table */

static int read_cpus(struct replay *replay, int64_t id, struct sample *sample)
{
	sqlite3_stmt *rows = replay->statement[GET_CPUS];
	struct proc_stat *stat = &sample->stat;
	int err;

	sqlite3_bind_int64(rows, 1, id);
	while ((err = db_step(rows)) == 1) {
		if (stat->cpu_count == stat->cpu_cap &&
		    (sample_grow_cpus(sample, 2 * stat->cpu_cap) ||
		     stat->cpu_count == stat->cpu_cap)) {
			err = -EBADMSG;
			break;
		}
		memset(&stat->cpu[stat->cpu_count], 0xff, sizeof(stat->cpu[0]));
		db_read(rows, FIELDS_FIRST, &cpu_fields, &replay->cpu,
			&stat->cpu[stat->cpu_count++]);
	}
	sqlite3_reset(rows);
	return err;
}

static void read_text(sqlite3_stmt *row, int column, char *to, size_t cap)
{
	const char *text = (const char *)sqlite3_column_text(row, column);
	int len = sqlite3_column_bytes(row, column);

	text_clean(to, cap, text ? text : "", text && len > 0 ? (size_t)len : 0);
}

static int read_disks(struct replay *replay, int64_t id, struct sample *sample)
{
	sqlite3_stmt *rows = replay->statement[GET_DISKS];
	struct diskstats *disks = &sample->disks;
	int err;

	sqlite3_bind_int64(rows, 1, id);
	while ((err = db_step(rows)) == 1) {
		struct disk_stat *disk;

		if (disks->count == disks->cap &&
		    (sample_grow_disks(sample, 2 * disks->cap) || disks->count == disks->cap)) {
			err = -EBADMSG;
			break;
		}
		disk = &disks->disk[disks->count++];
		memset(disk, 0xff, sizeof(*disk));
		disk->major = disk->minor = 0;
		read_text(rows, 0, disk->name, sizeof(disk->name));
		db_read(rows, FIELDS_FIRST, &disk_fields, &replay->disk, disk);
	}
	sqlite3_reset(rows);
	return err;
}

static int read_session(struct replay *replay, int64_t session)
{
	sqlite3_stmt *row = replay->statement[GET_SESSION];
	struct host *host = &replay->host;
	int err;

	sqlite3_bind_int64(row, 1, session);
	err = db_step(row);
	if (err == 1) {
		read_text(row, 0, host->name, sizeof(host->name));
		read_text(row, 1, host->release, sizeof(host->release));
		read_text(row, 2, replay->source, sizeof(replay->source));
		read_text(row, 3, replay->source_why, sizeof(replay->source_why));
	}
	sqlite3_reset(row);
	return err < 0 ? err : 0;
}

/* The row of the sample itself; its lists come after. */
static int read_sample(struct replay *replay, int64_t id, struct sample *sample)
{
	sqlite3_stmt *row = replay->statement[GET_SAMPLE];
	int err;

	sqlite3_bind_int64(row, 1, id);
	err = db_step(row);
	if (err == 1)
		db_read(row, FIELDS_FIRST, &sample_fields, &replay->sample, sample);
	sqlite3_reset(row);
	return err == 1 ? 0 : err ? err : -EBADMSG;
}

/* Where to go on: the first sample from `from` on. 1 when there is one, 0, or -errno. */
static int look_up(struct replay *replay, int64_t from, int64_t *id, int64_t *keyframe,
		   int64_t *session)
{
	sqlite3_stmt *row = replay->statement[GET_KEYFRAME];
	int err;

	sqlite3_bind_int64(row, 1, from);
	err = db_step(row);
	if (err == 1) {
		*id = sqlite3_column_int64(row, 0);
		*keyframe = sqlite3_column_int64(row, 1);
		*session = sqlite3_column_int64(row, 2);
	}
	sqlite3_reset(row);
	return err;
}

static int read_all(struct replay *replay, int64_t id, int64_t keyframe, struct sample *sample)
{
	int err;

	sample_clear(sample);
	err = read_sample(replay, id, sample);
	if (!err)
		err = read_cpus(replay, id, sample);
	if (!err)
		err = read_disks(replay, id, sample);
	if (!err)
		err = replay_tasks(replay, id, keyframe, sample);
	sample->users = replay->users;
	return err;
}

static int take_at(struct replay *replay, struct sample *sample, int64_t id, int64_t keyframe,
		   int64_t session)
{
	bool anew = replay->moved || !replay->at || session != replay->session;
	int err = read_all(replay, id, keyframe, sample);

	if (!err && session != replay->session)
		err = read_session(replay, session);
	if (err)
		return err;
	replay->session = session;
	replay->at = id;
	replay->at_mono_ns = sample->mono_ns;
	replay->next = id + 1;
	replay->moved = false;
	if (id < replay->begin)
		return FEED_BEFORE;
	return anew ? FEED_ANEW : FEED_SAMPLE;
}

/*
 * Where to try next after a sample that cannot be read. Where not even its id can be found, each id is
 * tried, and after so many ever fewer: those of a damaged file may lie as far apart as numbers go.
 */
static int64_t beyond(int64_t tried, const struct replay_span *span, int64_t found, int64_t *step)
{
	if (found) {
		*step = 0;
		return found + 1;
	}
	if (*step >= STEPS_OF_ONE)
		tried += *step - STEPS_OF_ONE;
	*step += *step < STEPS_OF_ONE ? 1 : *step;
	return (tried > span->first ? tried : span->first) + 1;
}

/*
 * A sample that cannot be read is left out, and with it those that hang on the same keyframe: each is
 * tried, until one can be read again. -EBADMSG when that has no end.
 */
static int take_next(struct replay *replay, struct sample *sample)
{
	struct replay_span span = { 0 };
	int64_t id, keyframe, session, step = 0;

	for (;;) {
		int found = look_up(replay, replay->next, &id, &keyframe, &session), err = found;

		if (!found || (found == 1 && replay->limit && id > replay->limit))
			return FEED_END;
		if (found == 1)
			err = take_at(replay, sample, id, keyframe, session);
		if (err != -EBADMSG)
			return err;
		if (!span.last && replay_span(replay, &span))
			return -EBADMSG;
		if (replay->next > span.last)
			return FEED_END;
		replay->next = beyond(replay->next, &span, found == 1 ? id : 0, &step);
		replay->damaged++;
		replay->moved = true;
		replay->work = 0;
	}
}

/* How long until the next, so that whoever paces it need not wait for a disk to be told. */
static uint64_t look_ahead(struct replay *replay)
{
	sqlite3_stmt *row = replay->statement[GET_NEXT];
	uint64_t next = ABSENT;

	if (replay->limit && replay->at >= replay->limit)
		return ABSENT;
	sqlite3_bind_int64(row, 1, replay->at);
	if (db_step(row) == 1) {
		uint64_t mono_ns = (uint64_t)sqlite3_column_int64(row, 0);
		bool same = sqlite3_column_int64(row, 1) == replay->session;

		next = same && mono_ns > replay->at_mono_ns ? mono_ns - replay->at_mono_ns : 0;
	}
	sqlite3_reset(row);
	return next;
}

int replay_take(struct replay *replay, struct sample *sample)
{
	int err;

	replay->work = 0;
	/* One instant of a file that others may write to. */
	err = db_exec(replay->db, "BEGIN");
	if (!err)
		err = take_next(replay, sample);
	if (err >= 0 && err != FEED_END)
		replay->next_ns = look_ahead(replay);
	if (!sqlite3_get_autocommit(replay->db))
		db_exec(replay->db, "COMMIT");
	return err;
}

void replay_seek(struct replay *replay, int64_t id)
{
	replay->moved = replay->moved || id != replay->next;
	replay->next = id;
	replay->begin = 0;
}

void replay_first(struct replay *replay, int64_t id)
{
	replay->first = id;
}

void replay_limit(struct replay *replay, int64_t id)
{
	replay->limit = id;
}

int64_t replay_at(const struct replay *replay)
{
	return replay->at;
}

uint64_t replay_next_ns(struct replay *replay)
{
	return replay->next_ns;
}

uint64_t replay_damaged(const struct replay *replay)
{
	return replay->damaged;
}

/* --- as a feed */

static struct replay *of(const struct feed *feed)
{
	return (struct replay *)((char *)(uintptr_t)feed - offsetof(struct replay, feed));
}

static int feed_take_next(struct feed *feed, struct sample *sample)
{
	return replay_take(of(feed), sample);
}

static const struct host *host_of(const struct feed *feed)
{
	return &of(feed)->host;
}

static const struct users *users_of(const struct feed *feed)
{
	return of(feed)->users;
}

static const char *source_of(const struct feed *feed)
{
	return of(feed)->source;
}

static const char *source_why_of(const struct feed *feed)
{
	return of(feed)->source_why;
}

static uint64_t next_ns_of(struct feed *feed)
{
	return replay_next_ns(of(feed));
}

static const struct feed_ops ops = {
	.take = feed_take_next,
	.host = host_of,
	.users = users_of,
	.source = source_of,
	.source_why = source_why_of,
	.next_ns = next_ns_of,
};

struct feed *replay_feed(struct replay *replay)
{
	return &replay->feed;
}

/* --- opening */

static int read_users(struct replay *replay)
{
	sqlite3_stmt *rows = NULL;
	int err = users_new(&replay->users, ""); /* nobody of this machine is asked */

	if (!err)
		err = db_prepare(replay->db, &rows, "SELECT uid, name FROM user");
	while (!err && (err = db_step(rows)) == 1) {
		int64_t uid = sqlite3_column_int64(rows, 0);
		const char *name = (const char *)sqlite3_column_text(rows, 1);
		int len = sqlite3_column_bytes(rows, 1);

		err = 0;
		if (uid >= 0 && uid < USER_UNKNOWN && name && len > 0)
			users_add(replay->users, (uint32_t)uid, name, (size_t)len);
	}
	sqlite3_finalize(rows);
	return err == -EBADMSG ? 0 : err; /* numbers stand in for names */
}

/* Tells of the first session before a sample is taken. */
static int begin(struct replay *replay, const char *path, char *why)
{
	struct replay_span span;
	int64_t id, keyframe, session;
	int err = replay_span(replay, &span);

	if (!err && !span.first)
		snprintf(why, REPLAY_WHY_MAX, "%.200s is empty", path);
	else if (err)
		snprintf(why, REPLAY_WHY_MAX, "%.200s is damaged, or no recording", path);
	if (err || !span.first)
		return err ? err : -ENODATA;
	replay->next = span.first;
	if (look_up(replay, span.first, &id, &keyframe, &session) == 1)
		read_session(replay, session);
	return 0;
}

int replay_open(struct replay **replay, const char *path, char *why)
{
	struct replay *new = calloc(1, sizeof(*new));
	int err;

	why[0] = '\0';
	if (!new) {
		snprintf(why, REPLAY_WHY_MAX, "%s", strerror(ENOMEM));
		return -ENOMEM;
	}
	new->feed.ops = &ops;
	new->session = -1;
	err = replay_open_file(new, path, why);
	if (!err)
		err = read_users(new);
	if (!err)
		err = begin(new, path, why);
	if (err && !*why)
		snprintf(why, REPLAY_WHY_MAX, "%.200s: %s", path, strerror(-err));
	if (err) {
		replay_close(new);
		return err;
	}
	*replay = new;
	return 0;
}

void replay_close(struct replay *replay)
{
	if (!replay)
		return;
	for (int i = 0; i < REPLAY_STATEMENTS; i++)
		sqlite3_finalize(replay->statement[i]);
	sqlite3_close(replay->db);
	task_list_release(&replay->base);
	task_list_release(&replay->change);
	task_list_release(&replay->merged);
	users_free(replay->users);
	free(replay);
}
