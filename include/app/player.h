/*
 * app/player: a recording as the dashboard goes about in it. It is a feed: the sampler's thread takes from
 * it, so that no key waits for the disk.
 *
 * Before each take the owner says what it wants, and after it looks at what came; in between the player is
 * the thread's. A sample that shows well needs others before it, for alerts, means and graphs: a move
 * gives those first, and arrives at its target.
 */
#ifndef STALLTOP_APP_PLAYER_H
#define STALLTOP_APP_PLAYER_H

#include "sample/replay.h"
#include "ui/playback.h"

#define PLAYER_NOTHING (FEED_END + 1) /* no sample: there is nowhere to go */
#define PLAYER_WORKED (FEED_END + 2) /* no sample: a piece of the overview is done */

enum player_wish {
	PLAYER_NEXT, /* the next sample, on the way of a move too */
	PLAYER_MOVE, /* the first of those of a move */
	PLAYER_WORK, /* on the overview */
};

/* Where a move goes: from one place, by so many minutes, and by so many samples. */
struct player_move {
	enum { FROM_HERE, FROM_FIRST, FROM_LAST, FROM_TIME } from;
	uint64_t real_ns; /* of FROM_TIME */
	int minutes, samples; /* negative: back. Minutes are from here */
};

struct player {
	struct feed feed;
	struct replay *replay; /* not owned */
	/* Wanted. */
	enum player_wish wish;
	struct player_move move;
	size_t trend; /* samples up to this one that the graphs have */
	/* What came. */
	int64_t target; /* id that the last move goes to */
	bool begins; /* the sample is the first after a jump: what was taken in before is of elsewhere */
	struct replay_span span;
	struct replay_cell cell[PLAYBACK_CELLS];
	size_t cells; /* that are done */
	/* The thread's. */
	uint64_t at_real_ns;
	int64_t overview_last; /* id of the last sample when the overview was begun */
};

/* Fills player, which must stay where it is, and returns its feed. A move comes first. */
struct feed *player_init(struct player *player, struct replay *replay);

/* The player whose feed this is; NULL: it is another feed. */
struct player *player_of(struct feed *feed);

/* Whether the sample that was taken last is where the last move went, or beyond. */
bool player_arrived(const struct player *player);

#endif
