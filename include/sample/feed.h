/*
 * sample/feed: where samples come from, this machine or a recording of one, behind one interface.
 *
 * A feed is used from one thread at a time, but for host and users, which any thread may read.
 */
#ifndef STALLTOP_SAMPLE_FEED_H
#define STALLTOP_SAMPLE_FEED_H

#include <errno.h>
#include <stdbool.h>

#include "sample/sample.h"

/* What does not change while the machine is up. */
struct host {
	char name[65]; /* hostname, cleaned */
	char release[65]; /* kernel release, cleaned */
	bool live; /* the processes are those of this machine, now */
};

/* What a take gave, when it gave no -errno. */
enum feed_result {
	FEED_SAMPLE,
	FEED_ANEW, /* a sample that no interval joins to the one before: others were at work meanwhile */
	FEED_BEFORE, /* a sample of before those asked for: the next one's interval begins at it */
	FEED_END, /* no sample, and there will be none */
};

struct feed;

struct feed_ops {
	/* enum feed_result, or -errno. The first sample of all may be either. */
	int (*take)(struct feed *feed, struct sample *sample);
	/* A sample of the system without its processes, beside those of take. NULL: of a recording. */
	int (*take_system)(struct feed *feed, struct sample *sample);
	/* From any thread: whether samples shall have their threads. NULL: they never have. */
	void (*want_threads)(struct feed *feed, bool want);
	/* Valid until the feed is closed; they may tell of another machine after FEED_ANEW. */
	const struct host *(*host)(const struct feed *feed);
	const struct users *(*users)(const struct feed *feed);
	/* The name of the task source ("bpf", "proc"), and why it is not BPF, or ""; of the last sample. */
	const char *(*source)(const struct feed *feed);
	const char *(*source_why)(const struct feed *feed);
	/* Time from the last sample to the next, ABSENT at the end. NULL: samples are taken at will. */
	uint64_t (*next_ns)(struct feed *feed);
};

struct feed {
	const struct feed_ops *ops;
};

static inline int feed_take(struct feed *feed, struct sample *sample)
{
	return feed->ops->take(feed, sample);
}

/* 0 or -errno: -ENOTSUP for a recording. */
static inline int feed_take_system(struct feed *feed, struct sample *sample)
{
	return feed->ops->take_system ? feed->ops->take_system(feed, sample) : -ENOTSUP;
}

static inline void feed_want_threads(struct feed *feed, bool want)
{
	if (feed->ops->want_threads)
		feed->ops->want_threads(feed, want);
}

static inline const struct host *feed_host(const struct feed *feed)
{
	return feed->ops->host(feed);
}

static inline const struct users *feed_users(const struct feed *feed)
{
	return feed->ops->users(feed);
}

static inline const char *feed_source(const struct feed *feed)
{
	return feed->ops->source(feed);
}

static inline const char *feed_source_why(const struct feed *feed)
{
	return feed->ops->source_why(feed);
}

/* Whether the samples are of the past, at a pace of their own. */
static inline bool feed_is_recorded(const struct feed *feed)
{
	return feed->ops->next_ns;
}

#endif
