/*
 * sample/replay_state: what the parts of the reader share. For sample/replay* alone.
 */
#ifndef STALLTOP_SAMPLE_REPLAY_STATE_H
#define STALLTOP_SAMPLE_REPLAY_STATE_H

#include "sample/db.h"
#include "sample/replay.h"

#define REPLAY_SOURCE_MAX 16
#define REPLAY_SOURCE_WHY_MAX 160

enum replay_statement {
	GET_SAMPLE,
	GET_KEYFRAME,
	GET_CPUS,
	GET_DISKS,
	GET_TASKS,
	GET_GONE,
	GET_CLOCK,
	GET_SESSION,
	GET_NEXT,
	REPLAY_STATEMENTS,
};

struct replay {
	struct feed feed;
	sqlite3 *db;
	sqlite3_stmt *statement[REPLAY_STATEMENTS];
	struct columns sample, cpu, disk, task; /* that the file has */
	uint64_t work; /* steps of SQLite's machine in this call */
	struct task_list base; /* the processes of the sample `base_at`, by pid and start time */
	int64_t base_at; /* 0: of none */
	int64_t broken_at,
		broken_keyframe; /* where processes could not be read on; 0: nowhere yet */
	struct task_list change, merged; /* scratch */
	int64_t at; /* taken last */
	int64_t next; /* to be taken */
	int64_t first; /* that was chosen; 0: none */
	int64_t limit; /* 0: none */
	int64_t begin; /* what comes before is FEED_BEFORE */
	bool moved; /* by a seek since the last take */
	int64_t session;
	uint64_t at_mono_ns, next_ns;
	uint64_t damaged;
	struct host host;
	struct users *users;
	char source[REPLAY_SOURCE_MAX], source_why[REPLAY_SOURCE_WHY_MAX];
};

#endif
