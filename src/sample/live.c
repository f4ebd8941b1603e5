#include "sample/live.h"

#include <stddef.h>

static struct collector *of(const struct feed *feed)
{
	return ((const struct live *)((const char *)feed - offsetof(struct live, feed)))->collector;
}

static int take(struct feed *feed, struct sample *sample)
{
	return collector_take(of(feed), sample);
}

static int take_system(struct feed *feed, struct sample *sample)
{
	return collector_take_system(of(feed), sample);
}

static void want_threads(struct feed *feed, bool want)
{
	collector_want_threads(of(feed), want);
}

static const struct host *host(const struct feed *feed)
{
	return collector_host(of(feed));
}

static const struct users *users(const struct feed *feed)
{
	return collector_users(of(feed));
}

static const char *source(const struct feed *feed)
{
	return collector_source(of(feed));
}

static const char *source_why(const struct feed *feed)
{
	return collector_source_why(of(feed));
}

static const struct feed_ops ops = {
	.take = take,
	.take_system = take_system,
	.want_threads = want_threads,
	.host = host,
	.users = users,
	.source = source,
	.source_why = source_why,
};

struct feed *live_feed(struct live *live, struct collector *collector)
{
	*live = (struct live){ .feed = { .ops = &ops }, .collector = collector };
	return &live->feed;
}
