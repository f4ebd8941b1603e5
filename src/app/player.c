#include "app/player.h"

#include <stddef.h>

#include "base/clock.h"

#define MINUTE_NS (60 * NS_PER_S)
#define ON_THE_WAY 120 /* samples: so many are taken rather than jumped over */
#define TREND 400 /* samples that graphs get at a jump */
#define TREND_LEAST 200 /* with fewer left of those they had, they get them anew */
#define MEMORY 64 /* samples that alerts and means get */
#define WORK_CELLS (PLAYBACK_CELLS / 16)

static struct player *of(const struct feed *feed)
{
	return (struct player *)((char *)(uintptr_t)feed - offsetof(struct player, feed));
}

static int look_around(struct player *player)
{
	struct replay_span *span = &player->span;
	int err = replay_span(player->replay, span);

	/* It grows while it is recorded. */
	if (!err && span->last != player->overview_last) {
		player->overview_last = span->last;
		player->cells = 0;
	}
	return err;
}

static int64_t clamp(const struct replay_span *span, int64_t id)
{
	return id < span->first ? span->first : id > span->last ? span->last : id;
}

static int find(struct player *player, uint64_t real_ns, int64_t *id)
{
	int err = replay_find(player->replay, real_ns, id);

	if (!err && !*id)
		*id = player->span.last;
	return err;
}

/* By the wall clock, and by a sample at least. */
static int find_minutes(struct player *player, int minutes, int64_t *id)
{
	int64_t at = replay_at(player->replay);
	uint64_t now = player->at_real_ns, by = (uint64_t)(minutes < 0 ? -minutes : minutes);
	int err;

	by *= MINUTE_NS;
	err = find(player, minutes > 0 ? now + by : now > by ? now - by : 0, id);
	if (minutes < 0 && *id >= at)
		*id = at - 1;
	if (minutes > 0 && *id <= at)
		*id = at + 1;
	return err;
}

static int find_target(struct player *player, int64_t *id)
{
	const struct player_move *move = &player->move;
	int err = look_around(player);

	*id = move->from == FROM_FIRST	? player->span.first
	      : move->from == FROM_LAST ? player->span.last
					: replay_at(player->replay);
	if (!err && move->from == FROM_TIME)
		err = find(player, move->real_ns, id);
	if (!err && move->minutes)
		err = find_minutes(player, move->minutes, id);
	*id = clamp(&player->span, *id + move->samples);
	return err;
}

/* Whether what the graphs have still is enough for an earlier sample. */
static bool keeps_trend(const struct player *player, int64_t at, int64_t to)
{
	return to < at && (int64_t)player->trend - (at - to) > MEMORY + TREND_LEAST;
}

static int move(struct player *player)
{
	int64_t at = replay_at(player->replay), to;
	int err = find_target(player, &to);
	bool keeps = keeps_trend(player, at, to);

	if (err)
		return err;
	if (at && to == at)
		return PLAYER_NOTHING;
	player->target = to;
	if (at && to > at && to - at <= ON_THE_WAY)
		return FEED_SAMPLE;
	player->begins = true;
	replay_seek(player->replay,
		    replay_before(player->replay, to, keeps ? 1 : TREND, keeps ? MEMORY : TREND));
	return FEED_SAMPLE;
}

static int work(struct player *player)
{
	size_t to = player->cells + WORK_CELLS;
	int err = replay_overview(player->replay, &player->span, player->cell, PLAYBACK_CELLS,
				  player->cells, to);

	/* What cannot be read is not tried for ever. */
	player->cells = to;
	return err ? err : PLAYER_WORKED;
}

static int take(struct feed *feed, struct sample *sample)
{
	struct player *player = of(feed);
	enum player_wish wish = player->wish;
	int result = FEED_SAMPLE;

	player->begins = false;
	if (wish == PLAYER_WORK)
		return work(player);
	if (wish == PLAYER_MOVE)
		result = move(player);
	if (result != FEED_SAMPLE)
		return result;
	result = replay_take(player->replay, sample);
	if (result >= 0 && result != FEED_END)
		player->at_real_ns = sample->real_ns;
	return result;
}

static const struct host *host(const struct feed *feed)
{
	return feed_host(replay_feed(of(feed)->replay));
}

static const struct users *users(const struct feed *feed)
{
	return feed_users(replay_feed(of(feed)->replay));
}

static const char *source(const struct feed *feed)
{
	return feed_source(replay_feed(of(feed)->replay));
}

static const char *source_why(const struct feed *feed)
{
	return feed_source_why(replay_feed(of(feed)->replay));
}

static uint64_t next_ns(struct feed *feed)
{
	return replay_next_ns(of(feed)->replay);
}

static const struct feed_ops ops = {
	.take = take,
	.host = host,
	.users = users,
	.source = source,
	.source_why = source_why,
	.next_ns = next_ns,
};

struct feed *player_init(struct player *player, struct replay *replay)
{
	*player = (struct player){
		.feed = { .ops = &ops },
		.replay = replay,
		.cells = PLAYBACK_CELLS,
	};
	/* The first move looks again, and says what is wrong. */
	look_around(player);
	return &player->feed;
}

struct player *player_of(struct feed *feed)
{
	return feed->ops == &ops ? of(feed) : NULL;
}

bool player_arrived(const struct player *player)
{
	return replay_at(player->replay) >= player->target;
}
