/*
 * sample/record_state: what the parts of the recorder share. For sample/record* alone.
 */
#ifndef STALLTOP_SAMPLE_RECORD_STATE_H
#define STALLTOP_SAMPLE_RECORD_STATE_H

#include <limits.h>

#include "sample/db.h"
#include "sample/record.h"

enum record_statement {
	PUT_SAMPLE,
	PUT_CPU,
	PUT_DISK,
	PUT_TASK,
	PUT_PROCESS,
	PUT_GONE,
	PUT_CLOCK,
	PUT_USER,
	BEGIN,
	COMMIT,
	ROLLBACK,
	RECORD_STATEMENTS,
};

/* The deletions that one sample takes, in their order, and two questions. */
enum { PRUNE_DELETES = 8, PRUNE_OLDEST = PRUNE_DELETES, PRUNE_USED, PRUNE_STATEMENTS };

/* Where a process of a list stands in the recording. */
struct task_place {
	int64_t process; /* id of its row in process */
	int64_t row; /* id of its last row in task */
};

/* The processes of the last sample that was committed. */
struct task_kept {
	struct task *task;
	struct task_place *place;
	size_t count, cap;
};

#define RECORD_USERS 1024 /* uids whose names are written; more keep their numbers */

struct record {
	sqlite3 *db;
	int fd; /* holds the lock that keeps a second writer out */
	char path[PATH_MAX];
	const struct feed *feed;
	sqlite3_stmt *statement[RECORD_STATEMENTS];
	sqlite3_stmt *prune[PRUNE_STATEMENTS]; /* NULL: everything is kept */
	int64_t session;
	int64_t next_sample; /* id of the next one */
	int64_t next_process;
	int64_t keyframe; /* the last one; 0: none in this session */
	struct task_kept before, now;
	uint8_t *clock;
	size_t clock_cap;
	uint32_t user[RECORD_USERS];
	size_t user_count;
	uint64_t keep_ns, keep_bytes;
	bool wants_keyframe; /* it is too large, and all of it hangs on the last one */
};

#endif
