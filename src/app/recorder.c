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

static bool waits_to_retry(const struct recorder *recorder, uint64_t now)
{
	return atomic_load(&recorder->error) && now > recorder->failed_ns &&
	       now - recorder->failed_ns < RETRY_NS;
}

static void write_slot(struct recorder *recorder, const struct recorder_slot *slot)
{
	struct record_note note = { .level = slot->level,
				    .verdict = slot->level ? slot->verdict : NULL };
	int err;

	if (waits_to_retry(recorder, slot->sample.mono_ns)) {
		atomic_fetch_add(&recorder->lost, 1);
		return;
	}
	err = record_put(recorder->record, &slot->sample, &note);
	if (err) {
		atomic_fetch_add(&recorder->lost, 1);
		recorder->failed_ns = slot->sample.mono_ns;
	}
	atomic_store(&recorder->error, err);
}

/* The sample whose turn comes first, or the first slot that is free. NULL: there is none. */
static struct recorder_slot *find_slot(struct recorder *recorder, bool is_free)
{
	struct recorder_slot *found = NULL;

	pthread_mutex_lock(&recorder->lock);
	for (int i = 0; i < RECORDER_SLOTS; i++) {
		struct recorder_slot *slot = &recorder->slot[i];

		if (is_free != !slot->turn)
			continue;
		if (!found || slot->turn < found->turn)
			found = slot;
	}
	pthread_mutex_unlock(&recorder->lock);
	return found;
}

static void give_slot(struct recorder *recorder, struct recorder_slot *slot, uint64_t turn)
{
	pthread_mutex_lock(&recorder->lock);
	slot->turn = turn;
	pthread_mutex_unlock(&recorder->lock);
}

static void *run(void *argument)
{
	struct recorder *recorder = argument;
	struct recorder_slot *slot;

	do {
		event_wait(recorder->want_fd);
		while ((slot = find_slot(recorder, false))) {
			write_slot(recorder, slot);
			give_slot(recorder, slot, 0);
		}
	} while (!atomic_load(&recorder->stop));
	record_close(recorder->record);
	event_signal(recorder->end_fd);
	return NULL;
}

static void release(struct recorder *recorder)
{
	for (int i = 0; i < RECORDER_SLOTS; i++)
		sample_release(&recorder->slot[i].sample);
	pthread_mutex_destroy(&recorder->lock);
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
	pthread_mutex_init(&recorder->lock, NULL);
	err = open_record(recorder, options, feed, why);
	if (err)
		return err;
	recorder->want_fd = eventfd(0, EFD_CLOEXEC);
	recorder->end_fd = eventfd(0, EFD_CLOEXEC);
	err = recorder->want_fd < 0 || recorder->end_fd < 0 ? -errno : 0;
	for (int i = 0; i < RECORDER_SLOTS && !err; i++)
		err = sample_init(&recorder->slot[i].sample);
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

static void put_note(struct recorder_slot *slot, const struct verdict *verdict)
{
	slot->level = (int)verdict->level;
	snprintf(slot->verdict, sizeof(slot->verdict), "%s%s%s%s%s", verdict->headline,
		 verdict->evidence[0] ? ": " : "", verdict->evidence,
		 verdict->blame[0] ? " - " : "", verdict->blame);
}

void recorder_put(struct recorder *recorder, const struct model *model)
{
	struct recorder_slot *slot;

	if (!recorder)
		return;
	slot = find_slot(recorder, true);
	if (!slot || sample_copy(&slot->sample, model->current)) {
		recorder->dropped++;
		return;
	}
	put_note(slot, &model->verdict);
	give_slot(recorder, slot, ++recorder->turn);
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
