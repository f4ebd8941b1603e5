#include "screen/moving.h"

#include <ctype.h>
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TEXT_CAP 32768

/* How much the n-th number of a file has grown: it grows at every step, and never alike. */
static unsigned long grown(unsigned seed, unsigned n, int step)
{
	unsigned long sum = 0;

	for (int i = 1; i <= step; i++)
		sum += (seed * 31 + n * 17 + (unsigned)i * 29 + n * (unsigned)i * 7) % 97;
	return sum;
}

static void read_fixture(const struct session *session, const char *path, char *text)
{
	const char *fixtures = getenv("STALLTOP_FIXTURES");
	char from[512];
	size_t length;
	FILE *file;

	snprintf(from, sizeof(from), "%s/%s/1/%s", fixtures ? fixtures : "tests/fixtures",
		 session->tree.machine, path);
	file = fopen(from, "r");
	assert_non_null(file);
	length = fread(text, 1, TEXT_CAP - 1, file);
	fclose(file);
	text[length] = '\0';
}

/* Lets the numbers of a file grow that stand behind a blank or a '=', from `first` to `last`. */
static void grow(struct session *session, const char *path, unsigned seed, int step, unsigned first,
		 unsigned last)
{
	static char text[TEXT_CAP], out[TEXT_CAP];
	const char *at = text;
	size_t used = 0;
	unsigned n = 0;

	read_fixture(session, path, text);
	while (*at && used + 64 < sizeof(out)) {
		bool begins = at > text && strchr(" \t=", at[-1]) && isdigit((unsigned char)*at);
		char *end;
		unsigned long value;

		if (!begins) {
			out[used++] = *at++;
			continue;
		}
		value = strtoul(at, &end, 10);
		n++;
		if (*end != '.' && n >= first && n <= last)
			value += grown(seed, n, step);
		used += (size_t)snprintf(out + used, sizeof(out) - used, "%lu", value);
		at = end;
	}
	out[used] = '\0';
	session_put(session, path, out);
}

/* minflt, majflt, utime and stime of proc_pid_stat(5): of its numbers the 7th to the 12th. */
static void grow_processes(struct session *session, int step)
{
	char path[512];
	struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof(path), "%s/proc", session->tree.root);
	dir = opendir(path);
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		unsigned pid = (unsigned)strtoul(entry->d_name, NULL, 10);

		if (!pid)
			continue;
		snprintf(path, sizeof(path), "proc/%u/stat", pid);
		grow(session, path, pid, step, 7, 12);
	}
	closedir(dir);
}

void moving_step(struct session *session, int step)
{
	static const char *const files[] = {
		"proc/stat",	     "proc/vmstat",	     "proc/meminfo",
		"proc/pressure/cpu", "proc/pressure/memory", "proc/pressure/io"
	};
	char load[16], shown[32];

	for (unsigned i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		grow(session, files[i], i + 1, step, 1, 1000);
	grow_processes(session, step);
	snprintf(load, sizeof(load), "%d.17", step);
	session_tick_load(session, load);
	snprintf(shown, sizeof(shown), "load %s", load);
	session_wait(session, shown);
}
