#include "sys/block.h"

#include <dirent.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static const char *skip_digits(const char *s)
{
	while (is_digit(*s))
		s++;
	return s;
}

/* Devices whose I/O is another device's or no disk's: the prefix, then a number. */
static bool is_stacked_name(const char *name)
{
	static const char *const prefixes[] = { "loop", "ram", "zram", "sr", "fd",
						"dm-",	"md",  "md_d", "zd", "drbd" };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		size_t len = strlen(prefixes[i]);

		if (!strncmp(name, prefixes[i], len) && is_digit(name[len]))
			return true;
	}
	return false;
}

/* nvme0c0n1: one path of a disk that has its own line, nvme0n1. */
static bool is_nvme_path(const char *name)
{
	const char *s;

	if (strncmp(name, "nvme", 4) || !is_digit(name[4]))
		return false;
	s = skip_digits(name + 4);
	return *s == 'c' && is_digit(s[1]);
}

/* sda1, vdb12, nvme0n1p2, mmcblk0p1. */
static bool is_partition_name(const char *name)
{
	static const char *const lettered[] = { "sd", "hd", "vd", "xvd" };
	const char *number = name + strlen(name);

	while (number > name && is_digit(number[-1]))
		number--;
	if (!*number || number == name)
		return false;
	for (size_t i = 0; i < sizeof(lettered) / sizeof(lettered[0]); i++)
		if (!strncmp(name, lettered[i], strlen(lettered[i])))
			return true;
	return number - name >= 2 && number[-1] == 'p' && is_digit(number[-2]);
}

static bool has_slaves(int sysfd, const char *disk)
{
	char path[96];
	struct dirent *entry;
	bool found = false;
	DIR *dir;
	int fd;

	snprintf(path, sizeof(path), "%s/slaves", disk);
	fd = openat(sysfd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return false;
	dir = fdopendir(fd);
	if (!dir) {
		close(fd);
		return false;
	}
	while (!found && (entry = readdir(dir)))
		found = entry->d_name[0] != '.';
	closedir(dir);
	return found;
}

bool block_is_disk(int sysfd, const char *name)
{
	char path[64] = "block/";
	size_t at = strlen(path);
	struct stat st;

	if (!*name || *name == '.' || strlen(name) >= sizeof(path) - at)
		return false;
	if (is_stacked_name(name) || is_nvme_path(name))
		return false;
	if (sysfd < 0 || faccessat(sysfd, "block", R_OK | X_OK, 0))
		return !is_partition_name(name);
	/* sysfs writes cciss!c0d0 for cciss/c0d0. */
	for (; *name; name++)
		path[at++] = *name == '/' ? '!' : *name;
	path[at] = '\0';
	return !fstatat(sysfd, path, &st, 0) && !has_slaves(sysfd, path);
}
