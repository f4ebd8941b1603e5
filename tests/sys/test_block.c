#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/parse_check.h"
#include "sys/block.h"

/* What is a disk on a machine that has a sys/block. */
static void by_sysfs(void **state)
{
	static const struct {
		const char *sys, *name;
		bool is_disk;
	} cases[] = {
		{ "web3/0/sys", "nvme0n1", true },
		{ "web3/0/sys", "sda", true },
		{ "web3/0/sys", "nvme0n1p1", false },
		{ "web3/0/sys", "sda1", false },
		{ "web3/0/sys", "dm-0", false },
		{ "nofull/0/sys", "sda", true },
		{ "nofull/0/sys", "sdb", true },
		{ "nofull/0/sys", "md0", false },
		{ "nofull/0/sys", "loop0", false },
		{ "zram/0/sys", "zram0", false },
		{ "zram/0/sys", "sda", true },
		{ "old310/0/sys", "sda", true },
		{ "old310/0/sys", "sr0", false },
		{ "old310/0/sys", "sdz", false },
		{ "old310/0/sys", "../block/sda", false },
		{ "old310/0/sys", ".", false },
		{ "old310/0/sys", "", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int sysfd = fixture_open(cases[i].sys);

		if (block_is_disk(sysfd, cases[i].name) != cases[i].is_disk)
			fail_msg("%s of %s", cases[i].name, cases[i].sys);
		close(sysfd);
	}
}

/* Stacked on other devices, whatever its name: bcache, dm and whoever comes. */
static void by_slaves(void **state)
{
	char root[] = "/tmp/stalltop-block-XXXXXX";
	static const char *const folders[] = {
		"block",	   "block/new0",	"block/new0/slaves",
		"block/new1",	   "block/new1/slaves", "block/new1/slaves/sda",
		"block/cciss!c0d0"
	};
	const size_t count = sizeof(folders) / sizeof(folders[0]);
	int sysfd;

	(void)state;
	assert_non_null(mkdtemp(root));
	sysfd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(sysfd >= 0);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(mkdirat(sysfd, folders[i], 0700), 0);
	assert_true(block_is_disk(sysfd, "new0"));
	assert_false(block_is_disk(sysfd, "new1"));
	assert_true(block_is_disk(sysfd, "cciss/c0d0"));
	assert_false(block_is_disk(sysfd, "cciss/c0d1"));
	for (size_t i = count; i--;)
		assert_int_equal(unlinkat(sysfd, folders[i], AT_REMOVEDIR), 0);
	close(sysfd);
	assert_int_equal(rmdir(root), 0);
}

struct name {
	const char *name;
	bool is_disk;
};

static const struct name names[] = {
	{ "sda", true },	{ "sdaa", true },	{ "vdb", true },
	{ "xvda", true },	{ "hda", true },	{ "nvme0n1", true },
	{ "nvme10n2", true },	{ "mmcblk0", true },	{ "nbd0", true },
	{ "pmem0", true },	{ "dasda", true },	{ "cciss/c0d0", true },
	{ "sda1", false },	{ "vdb12", false },	{ "xvda1", false },
	{ "hda5", false },	{ "nvme0n1p1", false }, { "nvme0n1p12", false },
	{ "mmcblk0p2", false }, { "nbd0p1", false },	{ "cciss/c0d0p1", false },
	{ "loop0", false },	{ "ram0", false },	{ "zram0", false },
	{ "sr0", false },	{ "fd0", false },	{ "dm-3", false },
	{ "md127", false },	{ "md_d0", false },	{ "zd16", false },
	{ "drbd0", false },	{ "nvme0c0n1", false }, { "nvme1c12n3", false },
	{ "", false },
};

static void by_name(void **state)
{
	/* A container's /sys may be there without a block folder. */
	int sysfd = fixture_open("container/0/sys");

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (block_is_disk(-1, names[i].name) != names[i].is_disk)
			fail_msg("%s", names[i].name);
		if (block_is_disk(sysfd, names[i].name) != names[i].is_disk)
			fail_msg("%s beside a /sys without block", names[i].name);
	}
	close(sysfd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_sysfs),
		cmocka_unit_test(by_slaves),
		cmocka_unit_test(by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
