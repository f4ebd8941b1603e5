#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/value.h"
#include "proc/diskstats.h"
#include "support/parse_check.h"

#define DISKS 4

static const char good[] =
	" 254 0 vda 5714 3211 857610 2084 885 3403 317560 733 3 1060 2998 3641 72 81200 175 102 4\n"
	"   8       1 sda1 1 2 3 4 5 6 7 8 9 10 11\n"
	" 259       0 nvme0n1 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15\n";

static void parse(struct diskstats *disks, struct disk_stat *disk, const char *text, size_t len)
{
	*disks = (struct diskstats){ .disk = disk, .cap = DISKS };
	assert_int_equal(diskstats_parse(disks, text, len), 0);
}

static void every_column(void **state)
{
	struct disk_stat disk[DISKS];
	struct diskstats disks;

	(void)state;
	parse(&disks, disk, TEXT(good));
	assert_int_equal(disks.count, 3);
	assert_int_equal(disks.seen, 3);
	assert_string_equal(disk[0].name, "vda");
	assert_int_equal(disk[0].major, 254);
	assert_int_equal(disk[0].minor, 0);
	assert_int_equal(disk[0].reads, 5714);
	assert_int_equal(disk[0].reads_merged, 3211);
	assert_int_equal(disk[0].sectors_read, 857610);
	assert_int_equal(disk[0].read_ms, 2084);
	assert_int_equal(disk[0].writes, 885);
	assert_int_equal(disk[0].writes_merged, 3403);
	assert_int_equal(disk[0].sectors_written, 317560);
	assert_int_equal(disk[0].write_ms, 733);
	assert_int_equal(disk[0].in_flight, 3);
	assert_int_equal(disk[0].io_ms, 1060);
	assert_int_equal(disk[0].weighted_ms, 2998);
	assert_int_equal(disk[0].discards, 3641);
	assert_int_equal(disk[0].discards_merged, 72);
	assert_int_equal(disk[0].sectors_discarded, 81200);
	assert_int_equal(disk[0].discard_ms, 175);
	assert_int_equal(disk[0].flushes, 102);
	assert_int_equal(disk[0].flush_ms, 4);
}

static void older_kernels(void **state)
{
	struct disk_stat disk[DISKS];
	struct diskstats disks;

	(void)state;
	parse(&disks, disk, TEXT(good));
	assert_string_equal(disk[1].name, "sda1");
	assert_int_equal(disk[1].minor, 1);
	assert_int_equal(disk[1].weighted_ms, 11);
	assert_int_equal(disk[1].discards, ABSENT);
	assert_int_equal(disk[1].flush_ms, ABSENT);
	assert_string_equal(disk[2].name, "nvme0n1");
	assert_int_equal(disk[2].discard_ms, 15);
	assert_int_equal(disk[2].flushes, ABSENT);
}

static void lines_that_do_not_fit(void **state)
{
	struct disk_stat disk[DISKS];
	struct diskstats disks;

	(void)state;
	parse(&disks, disk, TEXT(""));
	assert_int_equal(disks.seen, 0);
	parse(&disks, disk,
	      TEXT("\n8\n8 0\n8 0 sda\n8 1 sda1 1 2 3 4\n"
		   "x 0 sda 1 2 3 4 5 6 7 8 9 10 11\n"
		   "8 -1 sda 1 2 3 4 5 6 7 8 9 10 11\n"
		   "8 4294967296 sda 1 2 3 4 5 6 7 8 9 10 11\n"
		   "8 0 sda 1 2 3 4 5 6 7 8 9 10\n"
		   "8 16 sdb 1 -2 3x 18446744073709551616 5 6 7 8 -1 10 11"));
	assert_int_equal(disks.seen, 1);
	assert_int_equal(disks.count, 1);
	assert_string_equal(disk[0].name, "sdb");
	assert_int_equal(disk[0].reads, 1);
	assert_int_equal(disk[0].reads_merged, ABSENT);
	assert_int_equal(disk[0].sectors_read, ABSENT);
	assert_int_equal(disk[0].read_ms, ABSENT);
	assert_int_equal(disk[0].writes, 5);
	assert_int_equal(disk[0].in_flight, ABSENT);
}

static void hostile_names(void **state)
{
	struct disk_stat disk[DISKS];
	struct diskstats disks;

	(void)state;
	parse(&disks, disk,
	      TEXT("8 0 \x1b[2J 1 2 3 4 5 6 7 8 9 10 11\n"
		   "8 0 abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrst 1 2 3 4 5 6 7 8 9 10 11\n"));
	assert_int_equal(disks.count, 2);
	assert_string_equal(disk[0].name, "\xef\xbf\xbd[2J");
	assert_string_equal(disk[1].name, "abcdefghijklmnopqrstuvwxyzabcde");
}

static void more_disks_than_room(void **state)
{
	struct disk_stat disk[2] = { { .major = 77 }, { .major = 77 } };
	struct diskstats disks = { .disk = disk, .cap = 1 };

	(void)state;
	diskstats_parse(&disks, TEXT(good));
	assert_int_equal(disks.count, 1);
	assert_int_equal(disks.seen, 3);
	assert_int_equal(disk[1].major, 77);
	disks = (struct diskstats){ .cap = 0 };
	diskstats_parse(&disks, TEXT(good));
	assert_int_equal(disks.count, 0);
	assert_int_equal(disks.seen, 3);
}

static void check(const char *text, size_t len)
{
	struct disk_stat disk[DISKS];
	struct diskstats disks;

	parse(&disks, disk, text, len);
	assert_true(disks.count == (disks.seen < DISKS ? disks.seen : DISKS));
	for (size_t i = 0; i < disks.count; i++)
		assert_in_range(strlen(disk[i].name), 1, DISK_NAME_MAX - 1);
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
		cmocka_unit_test(every_column),		 cmocka_unit_test(older_kernels),
		cmocka_unit_test(lines_that_do_not_fit), cmocka_unit_test(hostile_names),
		cmocka_unit_test(more_disks_than_room),	 cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
