#include "app/recorder.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "app/thread.h"
#include "base/clock.h"

#define RETRY_NS (2 * NS_PER_S) /* a full disk is not asked again with every sample */
#define STOP_MS 3000

static const char *const kind_names[] = {
	[METRIC_GAUGE] = "gauge",
	[METRIC_COUNTER] = "counter",
	[METRIC_RATE] = "rate",
	[METRIC_RATIO] = "ratio",
};

/* The metric table, in the words of the layer that may not know it. */
static void describe(struct record_metric *to)
{
	for (size_t i = 0; i < METRIC_COUNT; i++) {
		const struct metric *m = &metrics[i];

		to[i] = (struct record_metric){
			.name = m->name,
			.unit = m->unit,
			.kind = kind_names[m->kind],
			.help = m->help,
			.source = m->source,
			.formula = m->formula,
			.raw = m->raw,
			.gauge = m->rule == RULE_GAUGE,
			.rate = m->rule == RULE_RATE,
			.share = m->kind == METRIC_RATIO,
			.scale = m->scale,
		};
	}
}

static bool waits_to_retry(const struct recorder *recorder)
{
	uint64_t now = recorder->slot.mono_ns;

	return atomic_load(&recorder->error) && now > recorder->failed_ns &&
	       now - recorder->failed_ns < RETRY_NS;
}

static void write_slot(struct recorder *recorder)
{
	struct record_note note = { .level = recorder->level,
				    .verdict = recorder->level ? recorder->verdict : NULL };
	int err;

	if (waits_to_retry(recorder)) {
		atomic_fetch_add(&recorder->lost, 1);
		return;
	}
	err = record_put(recorder->record, &recorder->slot, &note);
	if (err) {
		atomic_fetch_add(&recorder->lost, 1);
		recorder->failed_ns = recorder->slot.mono_ns;
	}
	atomic_store(&recorder->error, err);
}

static void *run(void *argument)
{
	struct recorder *recorder = argument;

	for (;;) {
		event_wait(recorder->want_fd);
		if (atomic_load(&recorder->busy))
			write_slot(recorder);
		if (atomic_load(&recorder->stop))
			break;
		atomic_store(&recorder->busy, false);
	}
	record_close(recorder->record);
	event_signal(recorder->end_fd);
	return NULL;
}

static void release(struct recorder *recorder)
{
	sample_release(&recorder->slot);
	if (recorder->want_fd >= 0)
		close(recorder->want_fd);
	if (recorder->end_fd >= 0)
		close(recorder->end_fd);
}

static int open_record(struct recorder *recorder, const struct options *options,
		       const struct feed *feed, char *why)
{
	struct record_metric metric[METRIC_COUNT];
	struct record_options how = {
		.version = STALLTOP_VERSION,
		.feed = feed,
		.metric = metric,
		.metric_count = METRIC_COUNT,
		.keep_ns = options->keep_ns,
		.keep_bytes = options->keep_bytes,
	};

	describe(metric);
	return record_open(&recorder->record, options->record, &how, why);
}

int recorder_start(struct recorder *recorder, const struct options *options,
		   const struct feed *feed, char *why)
{
	int err;

	*recorder = (struct recorder){ .want_fd = -1, .end_fd = -1 };
	err = open_record(recorder, options, feed, why);
	if (err)
		return err;
	recorder->want_fd = eventfd(0, EFD_CLOEXEC);
	recorder->end_fd = eventfd(0, EFD_CLOEXEC);
	err = recorder->want_fd < 0 || recorder->end_fd < 0 ? -errno : 0;
	if (!err)
		err = sample_init(&recorder->slot);
	if (!err)
		err = thread_start(&recorder->thread, run, recorder);
	if (err) {
		snprintf(why, RECORD_WHY_MAX, "%s", strerror(-err));
		record_close(recorder->record);
		release(recorder);
	}
	recorder->running = !err;
	return err;
}

static void put_note(struct recorder *recorder, const struct verdict *verdict)
{
	recorder->level = verdict->level;
	snprintf(recorder->verdict, sizeof(recorder->verdict), "%s%s%s%s%s", verdict->headline,
		 verdict->evidence[0] ? ": " : "", verdict->evidence,
		 verdict->blame[0] ? " - " : "", verdict->blame);
}

void recorder_put(struct recorder *recorder, const struct model *model)
{
	if (!recorder)
		return;
	if (atomic_load(&recorder->busy) || sample_copy(&recorder->slot, model->current)) {
		recorder->dropped++;
		return;
	}
	put_note(recorder, &model->verdict);
	atomic_store(&recorder->busy, true);
	event_signal(recorder->want_fd);
}

const char *recorder_news(struct recorder *recorder, char *buf, size_t cap)
{
	int error = recorder ? atomic_load(&recorder->error) : 0;

	if (!recorder)
		return NULL;
	if (error != recorder->told) {
		recorder->told = error;
		if (error)
			snprintf(buf, cap, "not recorded: %s", strerror(-error));
		else
			snprintf(buf, cap, "recording goes on; %lu samples were not recorded",
				 atomic_load(&recorder->lost));
		return buf;
	}
	/* Again when they have doubled: a disk that is always slow is no news. */
	if (recorder->dropped == recorder->told_dropped ||
	    recorder->dropped < 2 * recorder->told_dropped)
		return NULL;
	recorder->told_dropped = recorder->dropped;
	snprintf(buf, cap, "not recorded: %lu samples, the disk was too slow", recorder->dropped);
	return buf;
}

const char *recorder_losses(const struct recorder *recorder, char *buf, size_t cap)
{
	unsigned long lost = recorder->dropped + atomic_load(&recorder->lost);

	if (!lost)
		return NULL;
	snprintf(buf, cap, "%lu samples were not recorded", lost);
	return buf;
}

bool recorder_stop(struct recorder *recorder)
{
	struct pollfd end = { .fd = recorder->end_fd, .events = POLLIN };
	int ended;

	if (!recorder->running)
		return true;
	atomic_store(&recorder->stop, true);
	event_signal(recorder->want_fd);
	do
		ended = poll(&end, 1, STOP_MS);
	while (ended < 0 && errno == EINTR);
	if (ended != 1)
		return false;
	pthread_join(recorder->thread, NULL);
	release(recorder);
	recorder->running = false;
	return true;
}
