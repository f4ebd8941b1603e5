/*
 * app/cmdline_reader: a thread that reads PID/cmdline. Reading it takes the mmap lock of that process,
 * and on a sick machine waits for as long as the process does: neither keys nor samples may wait too.
 *
 * One batch is read at a time; until it is there the reader's batch belongs to the thread. The thread
 * starts with the first batch. Source: proc_pid_cmdline(5).
 */
#ifndef STALLTOP_APP_CMDLINE_READER_H
#define STALLTOP_APP_CMDLINE_READER_H

#include <pthread.h>
#include <stdbool.h>

#include "ui/cmdlines.h"

struct cmdline_reader {
	pthread_t thread;
	int procfd, want_fd, done_fd;
	struct cmdline batch[CMDLINES_WANTED];
	size_t count;
	bool opened, started, busy, stop;
};

/* 0 or -errno. done_fd becomes readable when a batch is there. */
int cmdline_reader_open(struct cmdline_reader *reader, const char *proc_root);

/* Hands what is wanted to the thread, unless it is at a batch. lines may be NULL. */
void cmdline_reader_ask(struct cmdline_reader *reader, struct cmdlines *lines);

/* Takes the batch in after done_fd became readable. */
void cmdline_reader_fetch(struct cmdline_reader *reader, struct cmdlines *lines);

/* Ends the thread and closes all; nothing to do if all zeros. False when it is at a batch: then nothing of it may be freed. */
bool cmdline_reader_stop(struct cmdline_reader *reader);

#endif
