#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/ring.h"

static void push(struct ring *ring, float first, float second)
{
	float *row = ring_push(ring);

	assert_true(isnan(row[0]) && isnan(row[1]));
	row[0] = first;
	row[1] = second;
}

static void newest_first(void **state)
{
	struct ring ring;

	(void)state;
	assert_int_equal(ring_init(&ring, 3, 2), 0);
	assert_true(isnan(ring_get(&ring, 0, 0)));
	for (int i = 1; i <= 7; i++) {
		push(&ring, (float)i, (float)-i);
		assert_int_equal(ring.count, i < 3 ? i : 3);
		for (size_t age = 0; age < ring.count; age++) {
			assert_true(ring_get(&ring, age, 0) == (float)i - (float)age);
			assert_true(ring_get(&ring, age, 1) == (float)age - (float)i);
		}
		assert_true(isnan(ring_get(&ring, ring.count, 0)));
	}
	assert_true(isnan(ring_get(&ring, SIZE_MAX, 0)));
	assert_true(isnan(ring_get(&ring, 0, 2)));
	ring_release(&ring);
	assert_null(ring.cell);
}

static void one_row(void **state)
{
	struct ring ring;

	(void)state;
	assert_int_equal(ring_init(&ring, 1, 2), 0);
	push(&ring, 1, 2);
	push(&ring, 3, 4);
	assert_true(ring_get(&ring, 0, 1) == 4);
	assert_true(isnan(ring_get(&ring, 1, 1)));
	ring_release(&ring);
}

static void sizes_that_cannot_be(void **state)
{
	struct ring ring;

	(void)state;
	assert_int_equal(ring_init(&ring, 0, 2), -EINVAL);
	assert_int_equal(ring_init(&ring, 2, 0), -EINVAL);
	assert_int_equal(ring_init(&ring, SIZE_MAX / 2, 3), -ENOMEM);
	assert_true(isnan(ring_get(&ring, 0, 0)));
	ring_release(&ring);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(newest_first),
		cmocka_unit_test(one_row),
		cmocka_unit_test(sizes_that_cannot_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
