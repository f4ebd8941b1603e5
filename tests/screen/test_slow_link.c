/* What a refresh sends over a slow link: bytes of the real program, on a machine where all changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "screen/moving.h"
#include "ui/slow_link.h"

#define STEPS 25

static const char *const plain[] = { "-d", "0.05", NULL };
static const char *const slow[] = { "-d", "0.05", "--slow-link", NULL };
static const struct term_options wide = { .rows = 45, .cols = 160 };

struct bytes {
	uint64_t most, sum;
};

/* Of the refreshes of some steps from one on. */
static struct bytes measure(struct session *session, int from)
{
	struct bytes bytes = { 0, 0 };

	for (int step = from; step < from + STEPS; step++) {
		uint64_t before = term_bytes(session->term), sent;

		moving_step(session, step);
		sent = term_bytes(session->term) - before;
		bytes.sum += sent;
		if (sent > bytes.most)
			bytes.most = sent;
	}
	return bytes;
}

static struct bytes measure_with(const char *const *arguments, const char *keys, const char *text)
{
	struct session session;
	struct bytes bytes;

	session_settle(&session, "web3", &wide, arguments, "python3[1234] 81/s");
	if (*keys)
		session_press(&session, keys, text);
	moving_step(&session, 1);
	bytes = measure(&session, 2);
	session_quit(&session);
	session_close(&session);
	return bytes;
}

static void a_refresh_is_bounded(void **state)
{
	struct bytes all = measure_with(plain, "", ""), few = measure_with(slow, "", "");

	(void)state;
	/* The load is heavy enough to ask for more, and what is there is used. */
	assert_true(all.sum / STEPS > 2 * SLOW_LINK_BYTES);
	assert_in_range(few.most, SLOW_LINK_BYTES / 2, SLOW_LINK_BYTES);
	assert_in_range(few.sum / STEPS, SLOW_LINK_BYTES / 3, SLOW_LINK_BYTES);
}

/* One pane that has more than a refresh may send. */
static void a_zoomed_pane_is_bounded(void **state)
{
	struct bytes table = measure_with(slow, "z", "PPID");
	struct bytes graphs = measure_with(slow, "z\t\t\t\t\t\t\t\t", "nr_free_pages");

	(void)state;
	assert_in_range(table.most, 1, SLOW_LINK_BYTES);
	assert_in_range(graphs.most, SLOW_LINK_BYTES / 2, SLOW_LINK_BYTES);
}

static void a_key_begins_and_ends_it(void **state)
{
	struct session session;
	struct bytes few, all;

	(void)state;
	session_settle(&session, "web3", &wide, plain, "python3[1234] 81/s");
	session_press(&session, "L", "slow link");
	moving_step(&session, 1);
	few = measure(&session, 2);
	assert_true(few.most <= SLOW_LINK_BYTES);
	session_press_gone(&session, "L", "slow link");
	moving_step(&session, 2 + STEPS);
	all = measure(&session, 3 + STEPS);
	assert_true(all.sum > 2 * few.sum);
	session_quit(&session);
	session_close(&session);
}

/* What a key asks for is there at once, however much it is. */
static void a_key_shows_all_at_once(void **state)
{
	struct session session;
	uint64_t before;

	(void)state;
	session_settle(&session, "web3", &wide, slow, "python3[1234] 81/s");
	before = term_bytes(session.term);
	session_press(&session, "?", "Alerts, the most important");
	assert_true(term_bytes(session.term) - before > 2 * SLOW_LINK_BYTES);
	session_quit(&session);
	session_close(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_refresh_is_bounded),
		cmocka_unit_test(a_zoomed_pane_is_bounded),
		cmocka_unit_test(a_key_begins_and_ends_it),
		cmocka_unit_test(a_key_shows_all_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
