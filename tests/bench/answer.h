/*
 * Benchmark support: how long the dashboard takes to answer a key, as the person at the terminal has
 * it: from the write of the key until the last byte of the frame that shows what the key does. A
 * frame of a sample that comes first is not taken for the answer; one that follows within
 * ANSWER_QUIET_MS counts with it.
 *
 * Times are nanoseconds of CLOCK_MONOTONIC. Errors are -errno and have been told on stderr.
 */
#ifndef TESTS_BENCH_ANSWER_H
#define TESTS_BENCH_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "support/term.h"

#define ANSWER_QUIET_MS 4 /* without output for so long: the frame is whole */

/* By what the screen has an answer. */
enum proof {
	PROOF_SHOWS, /* the text, which was not there before */
	PROOF_GONE, /* no longer */
	PROOF_SCROLLED, /* another first row in the upper edge of a list */
	PROOF_SELECTED, /* another selected row */
	PROOF_INSPECTED, /* another number in the title of the inspector */
};

struct press {
	const char *name; /* of the action; NULL: on the way to one, not timed */
	const char *keys;
	enum proof proof;
	const char *text; /* of PROOF_SHOWS and PROOF_GONE */
};

/*
 * When to press: SLOTS moments over each second, the first of them around a sample, whose frame was
 * seen at tick_ns, and a little elsewhere each time.
 */
#define SLOTS 10
struct pace {
	uint64_t tick_ns, slot;
	unsigned samples_hit;
};

/* Begins at the third of three frames that no key asked for. */
int pace_begin(struct pace *pace, struct term *term);
/* Reads output until the next moment. Whether it is one around a sample. */
bool pace_wait(struct pace *pace, struct term *term);
/* Leaves moments out until the next would be this one of its second. */
void pace_skip_to(struct pace *pace, unsigned slot);

/* Presses, and waits for the answer. -ETIMEDOUT: none came; -EINVAL: its proof stood there before. */
int answer_time(struct term *term, const struct press *press, uint64_t *ns);

/* Waits for so many frames that no key asked for. */
int answer_frames(struct term *term, unsigned frames);

#endif
