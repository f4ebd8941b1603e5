/* sys/thermal and sys/cpufreq: the CPU's sensors among others, and files that say what cannot be. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/value.h"
#include "support/parse_check.h"
#include "sys/cpufreq.h"
#include "sys/thermal.h"

struct root {
	char path[40];
	int fd;
};

static int setup(void **state)
{
	struct root *root = calloc(1, sizeof(*root));

	if (!root)
		return -1;
	snprintf(root->path, sizeof(root->path), "/tmp/stalltop-sensors-XXXXXX");
	if (!mkdtemp(root->path))
		return -1;
	root->fd = open(root->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*state = root;
	return root->fd < 0;
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static int teardown(void **state)
{
	struct root *root = *state;
	int rc = nftw(root->path, remove_entry, 8, FTW_DEPTH | FTW_PHYS);

	close(root->fd);
	free(root);
	return rc;
}

static void put(const struct root *root, const char *path, const char *text)
{
	char folder[256];
	int fd;

	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		snprintf(folder, sizeof(folder), "%.*s", (int)(slash - path), path);
		assert_true(!mkdirat(root->fd, folder, 0700) || errno == EEXIST);
	}
	fd = openat(root->fd, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

/* A hwmon device or thermal zone, whose two files have other names. */
static void put_sensor(const struct root *root, const char *device, const char *driver,
		       const char *temperature)
{
	bool zone = strstr(device, "zone");
	char path[96], name[40];

	snprintf(path, sizeof(path), "class/%s/%s", device, zone ? "type" : "name");
	snprintf(name, sizeof(name), "%s\n", driver);
	put(root, path, name);
	snprintf(path, sizeof(path), "class/%s/%s", device, zone ? "temp" : "temp1_input");
	put(root, path, temperature);
}

static void put_policy(const struct root *root, unsigned policy, const char *now, const char *max)
{
	char path[96];

	snprintf(path, sizeof(path), "devices/system/cpu/cpufreq/policy%u/scaling_cur_freq",
		 policy);
	put(root, path, now);
	snprintf(path, sizeof(path), "devices/system/cpu/cpufreq/policy%u/cpuinfo_max_freq",
		 policy);
	put(root, path, max);
}

static uint64_t temperature(int sysfd)
{
	struct thermal_reader reader;
	uint64_t first, again;

	thermal_reader_init(&reader, sysfd);
	first = thermal_reader_read(&reader, sysfd);
	again = thermal_reader_read(&reader, sysfd); /* from the open descriptors */
	thermal_reader_release(&reader);
	assert_int_equal(first, again);
	return first;
}

static uint64_t frequency(int sysfd, uint64_t *max_khz)
{
	struct cpufreq_reader reader;
	uint64_t first, again;

	cpufreq_reader_init(&reader, sysfd);
	first = cpufreq_reader_read(&reader, sysfd);
	again = cpufreq_reader_read(&reader, sysfd);
	*max_khz = reader.max_khz;
	cpufreq_reader_release(&reader);
	assert_int_equal(first, again);
	return first;
}

static void texts(void **state)
{
	static const struct {
		const char *text;
		uint64_t milli_c, khz;
	} cases[] = {
		{ "62000\n", 62000, 62000 },
		{ "62000", 62000, 62000 },
		{ "1\n", 1, 1 },
		{ "150000\n", 150000, 150000 },
		{ "150001\n", ABSENT, 150001 },
		{ "100000000\n", ABSENT, 100000000 },
		{ "100000001\n", ABSENT, ABSENT },
		{ "0\n", ABSENT, ABSENT },
		{ "-273000\n", ABSENT, ABSENT },
		{ "<unknown>\n", ABSENT, ABSENT },
		{ "\n62000\n", ABSENT, ABSENT },
		{ "", ABSENT, ABSENT },
		{ "18446744073709551615\n", ABSENT, ABSENT },
		{ "99999999999999999999999\n", ABSENT, ABSENT },
		{ "62,5\n", ABSENT, ABSENT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(thermal_parse(cases[i].text, strlen(cases[i].text)),
				 cases[i].milli_c);
		assert_int_equal(cpufreq_parse(cases[i].text, strlen(cases[i].text)), cases[i].khz);
	}
}

static void check_any(const char *text, size_t len)
{
	uint64_t milli_c = thermal_parse(text, len), khz = cpufreq_parse(text, len);

	assert_true(!present(milli_c) || (milli_c > 0 && milli_c <= 150000));
	assert_true(!present(khz) || (khz > 0 && khz <= 100000000));
}

static void any_text_is_taken(void **state)
{
	(void)state;
	parse_prefixes(check_any, TEXT("3400000\n\0x"));
	parse_mutations(check_any, TEXT("3400000\n"), 20000);
}

static void a_machine_without_sensors(void **state)
{
	const struct root *root = *state;
	uint64_t max;

	assert_int_equal(temperature(root->fd), ABSENT);
	assert_int_equal(frequency(root->fd, &max), ABSENT);
	assert_int_equal(max, ABSENT);
	assert_int_equal(temperature(-1), ABSENT);
	assert_int_equal(frequency(-1, &max), ABSENT);
	assert_int_equal(max, ABSENT);
}

/* A disk's, a card's and a board's sensor are hotter, and not asked. */
static void the_cpu_is_chosen(void **state)
{
	const struct root *root = *state;

	put_sensor(root, "hwmon/hwmon0", "drivetemp", "90000\n");
	put_sensor(root, "hwmon/hwmon1", "nvme", "80000\n");
	put_sensor(root, "thermal/thermal_zone0", "iwlwifi_1", "95000\n");
	assert_int_equal(temperature(root->fd), ABSENT);
	put_sensor(root, "thermal/thermal_zone1", "acpitz", "27800\n");
	assert_int_equal(temperature(root->fd), 27800);
	put_sensor(root, "thermal/thermal_zone4", "x86_pkg_temp", "69000\n");
	assert_int_equal(temperature(root->fd), 69000);
	put_sensor(root, "hwmon/hwmon5", "coretemp", "62000\n");
	assert_int_equal(temperature(root->fd), 62000);
	put_sensor(root, "hwmon/hwmon7", "coretemp", "71000\n"); /* the other socket */
	assert_int_equal(temperature(root->fd), 71000);
}

static void sensors_that_lie_are_left_out(void **state)
{
	const struct root *root = *state;

	put_sensor(root, "hwmon/hwmon0", "coretemp", "-1000\n");
	put_sensor(root, "thermal/thermal_zone0", "cpu-thermal", "48000\n");
	assert_int_equal(temperature(root->fd), 48000);
	/* An old one has no package: its first core is temp2. */
	put(root, "class/hwmon/hwmon0/temp2_input", "55000\n");
	assert_int_equal(temperature(root->fd), 55000);
	put_sensor(root, "hwmon/hwmon0", "\033]0;coretemp\a", "55000\n");
	assert_int_equal(temperature(root->fd), 48000);
}

static void a_sensor_that_goes_is_unknown(void **state)
{
	const struct root *root = *state;
	struct thermal_reader reader;

	put_sensor(root, "hwmon/hwmon0", "k10temp", "62000\n");
	thermal_reader_init(&reader, root->fd);
	assert_int_equal(thermal_reader_read(&reader, root->fd), 62000);
	put_sensor(root, "hwmon/hwmon0", "k10temp", "");
	assert_int_equal(thermal_reader_read(&reader, root->fd), ABSENT);
	put_sensor(root, "hwmon/hwmon0", "k10temp", "63000\n");
	assert_int_equal(thermal_reader_read(&reader, root->fd), 63000);
	thermal_reader_release(&reader);
}

static void the_clock_is_a_mean(void **state)
{
	const struct root *root = *state;
	uint64_t max;

	put_policy(root, 0, "3000000\n", "4200000\n");
	put_policy(root, 5, "1000000\n", "2800000\n");
	put_policy(root, 7, "<unknown>\n", "");
	assert_int_equal(frequency(root->fd, &max), 2000000);
	assert_int_equal(max, 4200000);
}

/* Of 256 policies a few are read, from all over the machine. */
static void many_policies_are_sampled(void **state)
{
	const struct root *root = *state;
	struct cpufreq_reader reader;
	uint64_t max, khz;
	char now[16];

	for (unsigned policy = 0; policy < 256; policy++) {
		snprintf(now, sizeof(now), "%u\n", 1000000 + 1000 * policy);
		put_policy(root, policy, now, "2000000\n");
	}
	khz = frequency(root->fd, &max);
	assert_in_range(khz, 1000000 + 1000 * 96, 1000000 + 1000 * 160);
	assert_int_equal(max, 2000000);
	cpufreq_reader_init(&reader, root->fd);
	assert_int_equal(reader.count, CPUFREQ_FILES);
	cpufreq_reader_release(&reader);
}

#define ON_A_TREE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts),
		cmocka_unit_test(any_text_is_taken),
		ON_A_TREE(a_machine_without_sensors),
		ON_A_TREE(the_cpu_is_chosen),
		ON_A_TREE(sensors_that_lie_are_left_out),
		ON_A_TREE(a_sensor_that_goes_is_unknown),
		ON_A_TREE(the_clock_is_a_mean),
		ON_A_TREE(many_policies_are_sampled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
