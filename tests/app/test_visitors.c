/* Who may stay how long, and who gives way. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/visitors.h"
#include "base/clock.h"

#define LIFE (5 * NS_PER_S)
#define PATIENCE (3 * NS_PER_S)
#define GRACE (NS_PER_S / 4)

struct hall {
	struct visitors visitors;
	int end[VISITORS_MAX][2]; /* theirs and ours */
	unsigned count;
};

static struct visitor *enter(struct hall *hall, uint64_t now_ns)
{
	int *end = hall->end[hall->count++];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, end), 0);
	return visitors_enter(&hall->visitors, end, end[1], now_ns);
}

/* Whether the other side sees the end. */
static bool is_cut(const struct hall *hall, unsigned i)
{
	struct pollfd end = { .fd = hall->end[i][0], .events = POLLIN };

	return poll(&end, 1, 0) == 1 && end.revents & POLLHUP;
}

static void leave(struct hall *hall)
{
	for (unsigned i = 0; i < hall->count; i++) {
		close(hall->end[i][0]);
		close(hall->end[i][1]);
	}
}

static void the_oldest_gives_way(void **state)
{
	struct hall hall = { 0 };
	struct visitor *first = enter(&hall, 100);
	uint64_t later;

	(void)state;
	for (unsigned i = 1; i < VISITORS; i++)
		assert_non_null(enter(&hall, 100 + i));
	/* As many as there may be stay. */
	assert_true(visitors_deadline(&hall.visitors) == 100 + LIFE);
	assert_null(visitors_end_late(&hall.visitors, 100 + GRACE));
	assert_false(is_cut(&hall, 0));
	/* One more: the oldest has had its time, unless it has sent a request. */
	first->asked = true;
	later = 200 + GRACE;
	enter(&hall, later);
	assert_true(visitors_deadline(&hall.visitors) == 101 + GRACE);
	assert_null(visitors_end_late(&hall.visitors, later));
	assert_false(is_cut(&hall, 0));
	assert_true(is_cut(&hall, 1));
	assert_false(is_cut(&hall, 2));
	leave(&hall);
}

/* Nobody is cut off who has just come, or there would be no time to ask. */
static void a_crowd_has_time_to_ask(void **state)
{
	struct hall hall = { 0 };

	(void)state;
	for (unsigned i = 0; i < VISITORS_MAX; i++)
		assert_non_null(enter(&hall, 100));
	assert_null(visitors_end_late(&hall.visitors, 100 + GRACE - 1));
	for (unsigned i = 0; i < VISITORS_MAX; i++)
		assert_false(is_cut(&hall, i));
	assert_null(visitors_end_late(&hall.visitors, 100 + GRACE));
	for (unsigned i = 0; i < VISITORS_MAX; i++)
		assert_int_equal(is_cut(&hall, i), i < VISITORS_MAX - VISITORS);
	leave(&hall);
}

static void a_place_is_free_after_leaving(void **state)
{
	struct hall hall = { 0 };
	struct visitor *visitor[VISITORS_MAX];

	(void)state;
	for (unsigned i = 0; i < VISITORS_MAX; i++) {
		visitor[i] = enter(&hall, i);
		assert_non_null(visitor[i]);
	}
	assert_null(visitors_enter(&hall.visitors, &hall, -1, 1000));
	visitor_leave(visitor[5]);
	assert_ptr_equal(visitors_enter(&hall.visitors, &hall, -1, 1000), visitor[5]);
	leave(&hall);
}

static void nobody_stays_for_ever(void **state)
{
	struct hall hall = { 0 };
	struct visitor *waiting;

	(void)state;
	assert_true(visitors_deadline(&hall.visitors) == UINT64_MAX);
	enter(&hall, 1000);
	waiting = enter(&hall, 2000);
	waiting->waiting = true;
	assert_true(visitors_deadline(&hall.visitors) == 2000 + PATIENCE);
	assert_null(visitors_end_late(&hall.visitors, 2000 + PATIENCE - 1));
	assert_ptr_equal(visitors_end_late(&hall.visitors, 2000 + PATIENCE), waiting);
	assert_ptr_equal(visitors_waiting(&hall.visitors), waiting);
	waiting->waiting = false;
	assert_null(visitors_waiting(&hall.visitors));
	assert_true(visitors_deadline(&hall.visitors) == 1000 + LIFE);
	assert_null(visitors_end_late(&hall.visitors, 1000 + LIFE));
	assert_true(is_cut(&hall, 0));
	assert_false(is_cut(&hall, 1));
	assert_null(visitors_end_late(&hall.visitors, 2000 + LIFE));
	assert_true(is_cut(&hall, 1));
	assert_true(visitors_deadline(&hall.visitors) == UINT64_MAX);
	leave(&hall);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_oldest_gives_way),
		cmocka_unit_test(a_crowd_has_time_to_ask),
		cmocka_unit_test(a_place_is_free_after_leaving),
		cmocka_unit_test(nobody_stays_for_ever),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
