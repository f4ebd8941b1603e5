/*
 * sample/record: writes samples into a recording, an SQLite database (sqlite.org) in WAL mode.
 *
 * What is kept is raw, as a sample has it, never a rate; each column of each table is a row of
 * sample/fields. One transaction is one sample, so that a crash loses the last one at most, and others
 * may read meanwhile. Tables:
 *
 *   sample          one row a sample: all but its lists
 *   cpu disk task   rows of a sample, id = sample << ROW_BITS | place
 *   process         pid, start time and name, once each
 *   gone            processes of the sample before that are not in this one
 *   task_clock      when each process was read: sample/task_clock
 *   session         a run of the recorder: host, kernel, source of processes
 *   user            names of uids
 *   metric field    what the names mean
 *
 * A process has a row in the samples in which anything of it changed, and in each keyframe: a sample
 * with all of them, from which on those that follow can be read. Views (rates, cpu_rates, ...) give
 * rates to people with sqlite3(1).
 *
 * Nothing is allocated for a sample but by SQLite, and when a list is longer than ever.
 */
#ifndef STALLTOP_SAMPLE_RECORD_H
#define STALLTOP_SAMPLE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sample/feed.h"

#define RECORD_WHY_MAX 320
#define RECORD_KEYFRAME_EVERY 60 /* samples */

/* What the layers above know of a figure: for table metric and view rates. */
struct record_metric {
	const char *name, *unit, *kind, *help, *source, *formula;
	size_t raw; /* offset in struct sample of the value that it is made of */
	bool gauge, rate; /* it is that value, or its growth a second, times scale; else neither */
	bool share; /* no more than 100 */
	double scale;
};

struct record_options {
	const char *version; /* of the program */
	const struct feed *feed; /* of whose samples: for host, users and source */
	const struct record_metric *metric;
	size_t metric_count;
	uint64_t keep_ns,
		keep_bytes; /* what is older or more goes, keyframe by keyframe; 0: nothing */
};

/* What the model said of a sample: for whoever looks through a recording for trouble. */
struct record_note {
	int level; /* 0 quiet, 1 warning, 2 critical */
	const char *verdict; /* one line, or NULL */
};

struct record;

/*
 * Opens the recording, or makes one with mode 0600; an old one of the same user gets a new session.
 * 0 or -errno, with one line in why (RECORD_WHY_MAX bytes): no regular file, a symbolic link, another
 * user's, no recording, one of a newer stalltop, another writer.
 */
int record_open(struct record **record, const char *path, const struct record_options *options,
		char *why);

/*
 * Adds a sample. 0 or -errno; then the recording is as before, and the next sample may succeed.
 * options->feed's users are read.
 */
int record_put(struct record *record, const struct sample *sample, const struct record_note *note);

void record_close(struct record *record);

#endif
