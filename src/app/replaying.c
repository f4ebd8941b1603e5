#include "app/replaying.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/when.h"

/* Begins at the first sample from the given time on. 1: there is none, 0, or -errno. */
static int choose_begin(struct replay *replay, const struct replay_span *span, const char *begin,
			uint64_t *begin_ns)
{
	int64_t id;
	int err;

	*begin_ns = span->first_real_ns;
	if (!begin)
		return 0;
	err = when_parse(begin, span->first_real_ns, span->last_real_ns, begin_ns);
	if (!err)
		err = replay_find(replay, *begin_ns, &id);
	if (err)
		return err;
	replay_begin(replay, id, 1);
	return !id;
}

static int choose_end(struct replay *replay, const struct replay_span *span, const char *end,
		      uint64_t begin_ns)
{
	uint64_t end_ns;
	int64_t after;
	int err;

	if (!end)
		return 0;
	err = when_parse(end, begin_ns, span->last_real_ns, &end_ns);
	if (!err)
		err = replay_find(replay, end_ns + 1, &after);
	if (err)
		return err;
	if (after)
		replay_limit(replay, after - 1);
	return end_ns < begin_ns || after == span->first;
}

static int choose(struct replay *replay, const struct options *options)
{
	struct replay_span span;
	uint64_t begin_ns;
	int err = replay_span(replay, &span);

	if (!err)
		err = choose_begin(replay, &span, options->begin, &begin_ns);
	return err ? err : choose_end(replay, &span, options->end, begin_ns);
}

int replaying_open(struct replay **replay, const struct options *options, char *why)
{
	int err = replay_open(replay, options->replay, why);

	if (err)
		return err;
	err = choose(*replay, options);
	if (!err)
		return 0;
	if (err > 0)
		snprintf(why, REPLAY_WHY_MAX, "the recording has no sample in that time");
	else
		snprintf(why, REPLAY_WHY_MAX, "%.200s: %s", options->replay, strerror(-err));
	replay_close(*replay);
	return err > 0 ? -ENODATA : err;
}
