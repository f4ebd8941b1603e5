/*
 * app/stream_out: what a model says, as the stream that was asked for, on standard output. Where the
 * samples come from is no concern of it.
 */
#ifndef STALLTOP_APP_STREAM_OUT_H
#define STALLTOP_APP_STREAM_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "app/options.h"
#include "model/model.h"
#include "out/rows.h"

struct stream_out {
	const struct options *options;
	const struct model *model;
	const char *source; /* the name of the task source */
	double delay_s; /* between samples, as it is now: told in the tooltip of a bar */
	bool terminal; /* standard output is one */
	struct row_stream rows;
	char *buf; /* owned: the line, and behind it messages for standard error */
	size_t cap, len, messages_len;
};

/* options, model and source are borrowed until the release. 0 or -ENOMEM. */
int stream_out_init(struct stream_out *out, const struct options *options,
		    const struct model *model, const char *source);
void stream_out_release(struct stream_out *out);

/* Makes the line of the model's sample ready. 1, 0 when this stream has none for a first sample, or -errno. */
int stream_out_format(struct stream_out *out);

/* Writes what was made ready. 0 or -errno: -EPIPE when the reader has gone. May wait for the reader. */
int stream_out_send(const struct stream_out *out);

#endif
