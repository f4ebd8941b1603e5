/* The filter before libvterm: the same bytes come out wherever the reads cut them. */
#include "term_filter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

struct collected {
	char bytes[512];
	size_t len;
};

static void collect(void *arg, const char *bytes, size_t len)
{
	struct collected *c = arg;

	assert_true(len <= sizeof(c->bytes) - c->len);
	memcpy(c->bytes + c->len, bytes, len);
	c->len += len;
}

static void filter_knows_no_boundaries(void **state)
{
	static const char in[] =
		"a\033[2b\033[?1;22;333h\033[1;2H\033]0;t[?1;2h\033\\\033(0q\033[1b\033(B"
		"\342\226\210\033[2b\033[?1;\0302h\033[?1\n;2l\033[12\033[?5;6l"
		"\033P1;2b\033\\\033[99b\033[?h";
	static const char out[] =
		"aaa\033[?1h\033[?22h\033[?333h\033[1;2H\033]0;t[?1;2h\033\\\033(0qq"
		"\033(B\342\226\210\342\226\210\342\226\2102h\n\033[?1l\033[?2l"
		"\033[?5l\033[?6l\033P1;2b\033\\hhhh\033[?h";

	(void)state;
	for (size_t cut = 0; cut < sizeof(in); cut++) {
		struct collected c = { .len = 0 };
		struct term_filter filter;

		term_filter_init(&filter, 4, collect, &c);
		term_filter_write(&filter, in, cut);
		term_filter_write(&filter, in + cut, sizeof(in) - 1 - cut);
		assert_int_equal(c.len, sizeof(out) - 1);
		assert_memory_equal(c.bytes, out, sizeof(out) - 1);
	}
}

static void filter_passes_a_long_sequence(void **state)
{
	struct collected c = { .len = 0 };
	struct term_filter filter;
	char in[300];

	(void)state;
	memset(in, '1', sizeof(in));
	memcpy(in, "\033[", 2);
	memcpy(in + sizeof(in) - 2, "mX", 2);
	term_filter_init(&filter, 4, collect, &c);
	term_filter_write(&filter, in, sizeof(in));
	term_filter_write(&filter, "\033[2b", 4);
	assert_int_equal(c.len, sizeof(in) + 2);
	assert_memory_equal(c.bytes, in, sizeof(in));
	assert_memory_equal(c.bytes + sizeof(in), "XX", 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(filter_knows_no_boundaries),
		cmocka_unit_test(filter_passes_a_long_sequence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
