#include "sys/cpufreq.h"

#include <stdio.h>
#include <unistd.h>

#include "base/scan.h"
#include "base/value.h"

#define FOLDER "devices/system/cpu/cpufreq"
#define POLICIES 1024 /* a policy has the number of its first CPU */
#define KHZ_MAX 100000000u

uint64_t cpufreq_parse(const char *text, size_t len)
{
	struct scan scan = scan_text(text, len), line;
	uint64_t khz;

	if (!scan_line(&scan, &line) || !scan_u64(&line, &khz))
		return ABSENT;
	return khz > 0 && khz <= KHZ_MAX ? khz : ABSENT;
}

static void policy_path(char *path, size_t cap, unsigned policy, const char *name)
{
	snprintf(path, cap, FOLDER "/policy%u/%s", policy, name);
}

static uint64_t read_max(int sysfd, unsigned policy)
{
	char path[80], text[64];
	ssize_t len;

	policy_path(path, sizeof(path), policy, "cpuinfo_max_freq");
	len = file_read_at(sysfd, path, text, sizeof(text));
	return cpufreq_parse(text, len > 0 ? (size_t)len : 0);
}

static void take(struct cpufreq_reader *reader, int sysfd, unsigned policy)
{
	char *path = reader->path[reader->count];
	uint64_t khz = read_max(sysfd, policy);

	policy_path(path, sizeof(reader->path[0]), policy, "scaling_cur_freq");
	reader->file[reader->count++] = (struct kept_file){ .path = path, .fd = -1 };
	if (present(khz) && (!present(reader->max_khz) || khz > reader->max_khz))
		reader->max_khz = khz;
}

void cpufreq_reader_init(struct cpufreq_reader *reader, int sysfd)
{
	uint16_t found[POLICIES];
	size_t count = 0, taken;

	reader->count = 0;
	reader->max_khz = ABSENT;
	if (sysfd < 0 || faccessat(sysfd, FOLDER, R_OK | X_OK, 0))
		return;
	for (unsigned policy = 0; policy < POLICIES; policy++) {
		char path[80];

		policy_path(path, sizeof(path), policy, "scaling_cur_freq");
		if (!faccessat(sysfd, path, R_OK, 0))
			found[count++] = (uint16_t)policy;
	}
	taken = count < CPUFREQ_FILES ? count : CPUFREQ_FILES;
	for (size_t i = 0; i < taken; i++)
		take(reader, sysfd, found[i * count / taken]);
}

uint64_t cpufreq_reader_read(struct cpufreq_reader *reader, int sysfd)
{
	uint64_t sum = 0, told = 0;

	for (size_t i = 0; i < reader->count; i++) {
		char text[64];
		ssize_t len = kept_file_read(&reader->file[i], sysfd, text, sizeof(text));
		uint64_t khz = cpufreq_parse(text, len > 0 ? (size_t)len : 0);

		if (!present(khz))
			continue;
		sum += khz;
		told++;
	}
	return told ? sum / told : ABSENT;
}

void cpufreq_reader_release(struct cpufreq_reader *reader)
{
	for (size_t i = 0; i < reader->count; i++)
		kept_file_close(&reader->file[i]);
	reader->count = 0;
}
