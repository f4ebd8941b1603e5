#include "app/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/recorder.h"
#include "app/stream.h"
#include "app/tui.h"

static int show(const struct options *options, struct feed *feed, struct recorder *recorder,
		struct model *model)
{
	if (options->output == OUTPUT_TUI)
		return tui_run(options, feed, recorder, model);
	if (options->sort_given)
		model_sort_by(model, options->sort);
	return stream_run(options, feed, recorder, model);
}

static void stop(struct recorder *recorder, int status)
{
	char text[128];
	bool stopped = recorder_stop(recorder);

	if (recorder_losses(recorder, text, sizeof(text)))
		fprintf(stderr, "stalltop: %s\n", text);
	if (stopped)
		return;
	/* The thread hangs in the kernel: leave everything that it uses to exit. */
	fprintf(stderr, "stalltop: the disk of the recording does not answer\n");
	fflush(NULL);
	_exit(status);
}

int session_run(const struct options *options, struct feed *feed, struct model *model)
{
	struct recorder recorder;
	char why[RECORD_WHY_MAX];
	int status;

	if (!options->record)
		return show(options, feed, NULL, model);
	if (recorder_start(&recorder, options, feed, why)) {
		fprintf(stderr, "stalltop: %s\n", why);
		return EXIT_FAILURE;
	}
	status = show(options, feed, &recorder, model);
	stop(&recorder, status);
	return status;
}
