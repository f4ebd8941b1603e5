/*
 * app/option_recording: the options of recording and replay. Rows of app/option_table.
 */
#ifndef STALLTOP_APP_OPTION_RECORDING_H
#define STALLTOP_APP_OPTION_RECORDING_H

#include "app/option_table.h"

int option_record(struct parse *parse, const char *value);
int option_record_keep(struct parse *parse, const char *value);
int option_replay(struct parse *parse, const char *value);
int option_begin(struct parse *parse, const char *value);
int option_end(struct parse *parse, const char *value);

/* After the last option: what cannot be together. 0, or -EINVAL by option_wrong(). */
int option_check_recording(struct parse *parse);

#endif
