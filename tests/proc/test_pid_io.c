#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/value.h"
#include "proc/pid_io.h"
#include "support/parse_check.h"

static const char good[] = "rchar: 323934931\nwchar: 323929600\nsyscr: 632687\nsyscw: 632675\n"
			   "read_bytes: 4096\nwrite_bytes: 323932160\ncancelled_write_bytes: 12\n";

static void every_row(void **state)
{
	const struct pid_io expected = {
		323934931, 323929600, 632687, 632675, 4096, 323932160, 12
	};
	struct pid_io io;

	(void)state;
	assert_int_equal(pid_io_parse(&io, TEXT(good)), 0);
	assert_memory_equal(&io, &expected, sizeof(io));
}

static void missing_and_bad(void **state)
{
	struct pid_io io;

	(void)state;
	assert_int_equal(pid_io_parse(&io, TEXT("")), -ENODATA);
	assert_int_equal(pid_io_parse(&io, TEXT("rchar: 1\nwchar: 2\n")), -ENODATA);
	assert_int_equal(io.rchar, 1);
	assert_int_equal(io.syscr, ABSENT);
	assert_int_equal(pid_io_parse(&io, TEXT("write_bytes: 5")), 0);
	assert_int_equal(io.write_bytes, 5);
	assert_int_equal(io.read_bytes, ABSENT);
	/* cancelled_write_bytes ends like write_bytes. */
	assert_int_equal(pid_io_parse(&io, TEXT("cancelled_write_bytes: 7\n")), -ENODATA);
	assert_int_equal(io.cancelled_write_bytes, 7);
	assert_int_equal(pid_io_parse(&io,
				      TEXT("read_bytes: 18446744073709551616\nwrite_bytes: -1\n")),
			 -ENODATA);
	assert_int_equal(pid_io_parse(&io, TEXT("read_bytes 1\nwrite_bytes:\n\nread_bytes: 9\n")),
			 0);
	assert_int_equal(io.read_bytes, 9);
	assert_int_equal(io.write_bytes, ABSENT);
}

static void check(const char *text, size_t len)
{
	struct pid_io io;

	pid_io_parse(&io, text, len);
}

static void any_bytes(void **state)
{
	(void)state;
	parse_prefixes(check, TEXT(good));
	parse_mutations(check, TEXT(good), 20000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row),
		cmocka_unit_test(missing_and_bad),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
