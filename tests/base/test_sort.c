/* base/sort against qsort(3), on elements of several sizes, and without the heap. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/sort.h"

#define MOST 300

struct wide {
	unsigned key;
	char rest[133]; /* more than is moved at once, and no multiple of it */
};

static int by_key(const void *a, const void *b)
{
	unsigned x, y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	return (x > y) - (x < y);
}

static unsigned next(unsigned *seed)
{
	*seed = *seed * 1103515245 + 12345;
	return *seed >> 16;
}

static void numbers_are_as_qsort_has_them(void **state)
{
	unsigned seed = 1, ours[MOST] = { 0 }, theirs[MOST];

	(void)state;
	for (size_t count = 0; count <= MOST; count++) {
		for (size_t i = 0; i < count; i++)
			ours[i] = next(&seed) % (unsigned)(count + 1);
		memcpy(theirs, ours, sizeof(ours));
		sort_in_place(ours, count, sizeof(*ours), by_key);
		qsort(theirs, count, sizeof(*theirs), by_key);
		assert_memory_equal(ours, theirs, count * sizeof(*ours));
	}
}

static void elements_stay_whole(void **state)
{
	static struct wide wide[MOST];
	unsigned seed = 7;

	(void)state;
	for (size_t i = 0; i < MOST; i++) {
		wide[i].key = next(&seed) % 1000;
		memset(wide[i].rest, (int)(wide[i].key % 251), sizeof(wide[i].rest));
	}
	sort_in_place(wide, MOST, sizeof(*wide), by_key);
	for (size_t i = 0; i < MOST; i++) {
		if (i)
			assert_true(wide[i - 1].key <= wide[i].key);
		for (size_t k = 0; k < sizeof(wide[i].rest); k++)
			assert_int_equal((unsigned char)wide[i].rest[k], wide[i].key % 251);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_as_qsort_has_them),
		cmocka_unit_test(elements_stay_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
