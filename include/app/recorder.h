/*
 * app/recorder: a thread that writes samples into a recording, so that a disk that hangs holds up
 * neither keys nor samples.
 *
 * It is handed copies of samples. While the few that it has room for wait to be written, those that come
 * are left out and counted. A write that fails costs its sample, is told once, and is tried again.
 */
#ifndef STALLTOP_APP_RECORDER_H
#define STALLTOP_APP_RECORDER_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/options.h"
#include "model/model.h"
#include "sample/record.h"

#define RECORDER_SLOTS 4 /* a disk that flushes takes a while; all but the first are seldom used */

/* A sample that waits to be written, or is being. */
struct recorder_slot {
	uint64_t turn; /* in the order of samples; 0: the slot is free */
	struct sample sample;
	int level;
	char verdict[512];
};

struct recorder {
	struct record *record;
	pthread_t thread;
	pthread_mutex_t lock; /* of the turns; never held while anything is written */
	struct recorder_slot slot[RECORDER_SLOTS];
	uint64_t turn; /* of the newest */
	int want_fd, end_fd; /* eventfd(2) */
	bool running;
	atomic_bool stop;
	atomic_int error; /* -errno of the last write, 0 */
	atomic_ulong lost; /* samples that could not be written */
	unsigned long dropped; /* came while no slot was free */
	uint64_t failed_ns; /* mono_ns of the sample that failed last; the thread's */
	int told; /* the error that was told */
	unsigned long told_dropped; /* how many there were when it was told */
};

/* Opens options->record and starts the thread. 0 or -errno with one line in why (RECORD_WHY_MAX). */
int recorder_start(struct recorder *recorder, const struct options *options,
		   const struct feed *feed, char *why);

/* Hands over the sample that the model has taken in. NULL: nothing is recorded. */
void recorder_put(struct recorder *recorder, const struct model *model);

/* One line about what has not been told yet: it fails, it goes on, it cannot keep up. NULL: nothing. */
const char *recorder_news(struct recorder *recorder, char *buf, size_t cap);

/* All that was not recorded, as one line; NULL: nothing. */
const char *recorder_losses(const struct recorder *recorder, char *buf, size_t cap);

/*
 * Writes what it has been handed and closes. False when the disk does not let it for seconds: then
 * nothing of it may be freed.
 */
bool recorder_stop(struct recorder *recorder);

#endif
