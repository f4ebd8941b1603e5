#include "sys/thermal.h"

#include <stdio.h>
#include <string.h>

#include "base/scan.h"
#include "base/value.h"

#define DEVICES 64 /* hwmonN and thermal_zoneN below this number are looked at */
#define MILLI_C_MAX 150000u

/* What tells a CPU's sensor, the best first: all devices of the first that is there are read. */
static const struct {
	const char *device; /* its folder below class/, with a number behind */
	const char *name; /* the file that holds its name */
	const char *driver; /* what that begins with */
	const char *temperature[2]; /* the first of these files that can be read */
} kinds[] = {
	{ "hwmon/hwmon", "name", "coretemp", { "temp1_input", "temp2_input" } },
	{ "hwmon/hwmon", "name", "k10temp", { "temp1_input", NULL } },
	{ "hwmon/hwmon", "name", "zenpower", { "temp1_input", NULL } },
	{ "hwmon/hwmon", "name", "k8temp", { "temp1_input", NULL } },
	{ "hwmon/hwmon", "name", "via_cputemp", { "temp1_input", NULL } },
	{ "hwmon/hwmon", "name", "cpu", { "temp1_input", NULL } },
	{ "thermal/thermal_zone", "type", "x86_pkg_temp", { "temp", NULL } },
	{ "thermal/thermal_zone", "type", "cpu", { "temp", NULL } },
	{ "thermal/thermal_zone", "type", "soc", { "temp", NULL } },
	{ "thermal/thermal_zone", "type", "acpitz", { "temp", NULL } },
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

uint64_t thermal_parse(const char *text, size_t len)
{
	struct scan scan = scan_text(text, len), line;
	uint64_t milli_c;

	if (!scan_line(&scan, &line) || !scan_u64(&line, &milli_c))
		return ABSENT;
	return milli_c > 0 && milli_c <= MILLI_C_MAX ? milli_c : ABSENT;
}

static bool is_driver(int sysfd, size_t kind, unsigned device)
{
	char path[64], text[64];
	ssize_t len;

	snprintf(path, sizeof(path), "class/%s%u/%s", kinds[kind].device, device, kinds[kind].name);
	len = file_read_at(sysfd, path, text, sizeof(text));
	return len > 0 && scan_starts(scan_text(text, (size_t)len), kinds[kind].driver);
}

/* Takes the file when it can be read and holds a temperature. */
static bool take(struct thermal_reader *reader, int sysfd, size_t kind, unsigned device,
		 const char *name)
{
	char *path = reader->path[reader->count], text[64];
	ssize_t len;

	snprintf(path, sizeof(reader->path[0]), "class/%s%u/%s", kinds[kind].device, device, name);
	len = file_read_at(sysfd, path, text, sizeof(text));
	if (len <= 0 || !present(thermal_parse(text, (size_t)len)))
		return false;
	reader->file[reader->count++] = (struct kept_file){ .path = path, .fd = -1 };
	return true;
}

void thermal_reader_init(struct thermal_reader *reader, int sysfd)
{
	reader->count = 0;
	for (size_t kind = 0; sysfd >= 0 && kind < KINDS && !reader->count; kind++)
		for (unsigned device = 0; device < DEVICES && reader->count < THERMAL_FILES;
		     device++)
			if (is_driver(sysfd, kind, device) &&
			    !take(reader, sysfd, kind, device, kinds[kind].temperature[0]) &&
			    kinds[kind].temperature[1])
				take(reader, sysfd, kind, device, kinds[kind].temperature[1]);
}

uint64_t thermal_reader_read(struct thermal_reader *reader, int sysfd)
{
	uint64_t warmest = ABSENT;

	for (size_t i = 0; i < reader->count; i++) {
		char text[64];
		ssize_t len = kept_file_read(&reader->file[i], sysfd, text, sizeof(text));
		uint64_t milli_c = thermal_parse(text, len > 0 ? (size_t)len : 0);

		if (present(milli_c) && (!present(warmest) || milli_c > warmest))
			warmest = milli_c;
	}
	return warmest;
}

void thermal_reader_release(struct thermal_reader *reader)
{
	for (size_t i = 0; i < reader->count; i++)
		kept_file_close(&reader->file[i]);
	reader->count = 0;
}
