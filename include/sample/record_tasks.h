/*
 * sample/record_tasks: what changed of the processes since the sample before. Part of sample/record.
 */
#ifndef STALLTOP_SAMPLE_RECORD_TASKS_H
#define STALLTOP_SAMPLE_RECORD_TASKS_H

#include "sample/record_state.h"

/*
 * Writes the rows of a sample's processes: of all with a keyframe, else of those that changed.
 * record->now is what `before` becomes when the transaction is committed. 0 or -errno.
 */
int record_tasks(struct record *record, const struct sample *sample, int64_t id, bool keyframe);

/* The transaction is there: the next sample is compared with this one. */
void record_tasks_keep(struct record *record);

void record_tasks_release(struct record *record);

#endif
