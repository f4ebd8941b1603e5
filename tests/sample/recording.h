/*
 * Test support: a recording in a folder of its own, of samples that a test makes or a fixture has.
 */
#ifndef STALLTOP_TESTS_SAMPLE_RECORDING_H
#define STALLTOP_TESTS_SAMPLE_RECORDING_H

#include "sample/record.h"
#include "sample/replay.h"

struct recording {
	char folder[64];
	char path[96];
	struct feed feed; /* of a host named "test" with one user, 1000 */
	struct host host;
	struct users *users;
	const char *source;
	struct record_options options;
	struct record *record; /* NULL: closed */
	char why[RECORD_WHY_MAX];
};

/* Makes the folder; nothing is opened. */
void recording_init(struct recording *recording);
/* Opens it for writing, or fails the test. */
void recording_open(struct recording *recording);
void recording_close(struct recording *recording);
/* Closes and removes the folder. */
void recording_remove(struct recording *recording);

/* Adds a sample, or fails the test. */
void recording_put(struct recording *recording, const struct sample *sample);

/*
 * A sample with two CPUs, a disk and ten processes at a second of the machine's time: pid 10 to 19; each
 * runs in every third second, 15 ends at second 5, where 99 begins; at second 7 pid 12 has another name.
 */
void recording_sample(struct sample *sample, unsigned second);

/* Opens it for reading, or fails the test. */
struct replay *recording_replay(struct recording *recording);

/* Runs SQL on the file by sqlite3(1). Fails the test when that says anything. */
void recording_sql(const struct recording *recording, const char *sql);

/* Fails the test unless the two say the same, field by field. */
void assert_same_sample(const struct sample *a, const struct sample *b);

#endif
