/*
 * sample/record_open: finds or makes the file of a recording, and refuses what is none of ours. Part of
 * sample/record.
 */
#ifndef STALLTOP_SAMPLE_RECORD_OPEN_H
#define STALLTOP_SAMPLE_RECORD_OPEN_H

#include "sample/record_state.h"

/*
 * Opens record->path and record->db, makes tables and the session. 0 or -errno with one line in why
 * (RECORD_WHY_MAX bytes); the caller closes.
 */
int record_open_file(struct record *record, const char *path, const struct record_options *options,
		     char *why);

#endif
