#include "bench/answer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

#define ANSWER_WAIT_NS (3 * NS_PER_S)
#define FRAME_WAIT_NS (5 * NS_PER_S)
#define SLOT_NS (NS_PER_S / SLOTS)
#define EDGE_ROW 2 /* of a zoomed pane */
#define FIRST_ROW 4
#define TITLE_END "arrows move"

/* What a proof compares with. */
struct before {
	long first; /* row of the list */
	long selected; /* pid; 0: none */
	char title[128];
};

/* The A of "A-B of N". */
static long first_row(struct term *term)
{
	const char *edge = term_row(term, EDGE_ROW);
	const char *of = strstr(edge, " of ");

	while (of && of > edge && of[-1] != ' ')
		of--;
	return of ? strtol(of, NULL, 10) : 0;
}

static long selected_pid(struct term *term)
{
	for (int row = FIRST_ROW; row < term_rows(term) - 2; row++) {
		struct term_cell cell = term_cell(term, row, 1);

		if (cell.reverse || !cell.bg.is_default)
			return strtol(term_row(term, row) + strlen("│"), NULL, 10);
	}
	return 0;
}

/* The box may lie over rows of a table, so only its own columns count. */
static void inspected(struct term *term, char *title, size_t cap)
{
	const char *line, *box;
	int row;

	*title = '\0';
	if (!term_find(term, TITLE_END, &row, NULL))
		return;
	line = term_row(term, row);
	box = strstr(line, "╭─");
	if (box)
		snprintf(title, cap, "%.*s", (int)strcspn(box, "]") + 1, box);
}

static void look(struct term *term, struct before *before)
{
	before->first = first_row(term);
	before->selected = selected_pid(term);
	inspected(term, before->title, sizeof(before->title));
}

static bool proved(struct term *term, const struct press *press, const struct before *before)
{
	char title[sizeof(before->title)];
	long now;

	switch (press->proof) {
	case PROOF_SHOWS:
		return term_shows(term, press->text);
	case PROOF_GONE:
		return !term_shows(term, press->text);
	case PROOF_SCROLLED:
		now = first_row(term);
		return now && now != before->first;
	case PROOF_SELECTED:
		now = selected_pid(term);
		return now && now != before->selected;
	case PROOF_INSPECTED:
		inspected(term, title, sizeof(title));
		return *title && strcmp(title, before->title);
	}
	return false;
}

static int complain(struct term *term, const struct press *press, const char *what, int err)
{
	fprintf(stderr, "key \"%s\" (%s): %s %s\n", press->keys, press->name ? press->name : "-",
		what, press->text ? press->text : "");
	term_print(term, stderr);
	return err;
}

int answer_time(struct term *term, const struct press *press, uint64_t *ns)
{
	struct before before;
	uint64_t began;

	look(term, &before);
	if (press->name && proved(term, press, &before))
		return complain(term, press,
				"before it is pressed the screen is as after:", -EINVAL);
	began = clock_ns(CLOCK_MONOTONIC);
	if (term_keys(term, press->keys))
		return complain(term, press, "the terminal takes no key", -EIO);
	do {
		int err = term_wait_quiet(term, ANSWER_QUIET_MS, 1000);

		if (err)
			return err;
		if (clock_ns(CLOCK_MONOTONIC) - began > ANSWER_WAIT_NS)
			return complain(term, press, "no answer", -ETIMEDOUT);
	} while (term_output_ns(term) < began || !proved(term, press, &before));
	*ns = term_output_ns(term) - began;
	return 0;
}

int answer_frames(struct term *term, unsigned frames)
{
	uint64_t seen = term_output_ns(term), began = clock_ns(CLOCK_MONOTONIC);

	while (frames) {
		int err = term_wait_quiet(term, ANSWER_QUIET_MS, 1000);

		if (err)
			return err;
		if (term_output_ns(term) != seen) {
			seen = term_output_ns(term);
			began = clock_ns(CLOCK_MONOTONIC);
			frames--;
		} else if (clock_ns(CLOCK_MONOTONIC) - began > FRAME_WAIT_NS) {
			fprintf(stderr, "no sample shows any more\n");
			return -ETIMEDOUT;
		}
	}
	return 0;
}

int pace_begin(struct pace *pace, struct term *term)
{
	int err = answer_frames(term, 3);

	*pace = (struct pace){ .tick_ns = term_output_ns(term), .slot = 1 };
	return err;
}

/* From well before the frame of a sample, while it is taken, to just after the frame. */
static int64_t near_ns(unsigned hit)
{
	static const int ms[] = { -64, -32, -16, -8, -4, -2, 1, 4 };

	return ms[hit % (sizeof(ms) / sizeof(*ms))] * (int64_t)NS_PER_MS;
}

/* A slot that falls on a sample comes near_ns() off it. */
static uint64_t moment(const struct pace *pace, uint64_t slot)
{
	uint64_t at = pace->tick_ns + slot * SLOT_NS;

	return slot % SLOTS ? at + (uint64_t)pace->samples_hit % 7 * NS_PER_MS
			    : at + (uint64_t)near_ns(pace->samples_hit);
}

/* The first whose moment is still to come. */
static uint64_t next_slot(const struct pace *pace)
{
	uint64_t now = clock_ns(CLOCK_MONOTONIC), slot = pace->slot;

	while (moment(pace, slot) <= now)
		slot++;
	return slot;
}

void pace_skip_to(struct pace *pace, unsigned slot)
{
	pace->slot = next_slot(pace);
	while (pace->slot % SLOTS != slot)
		pace->slot++;
}

bool pace_wait(struct pace *pace, struct term *term)
{
	uint64_t slot = next_slot(pace), at = moment(pace, slot), now;

	while ((now = clock_ns(CLOCK_MONOTONIC)) < at)
		if (term_idle(term, at - now > NS_PER_MS ? (int)((at - now) / NS_PER_MS) : 1))
			break;
	pace->slot = slot + 1;
	if (slot % SLOTS)
		return false;
	pace->samples_hit++;
	return true;
}
