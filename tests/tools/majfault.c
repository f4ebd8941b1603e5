/*
 * Major faults on purpose: maps a file and touches its pages, one byte each, until the time is over.
 * Under a memory limit smaller than the file, most touches must wait for storage.
 *
 *   majfault FILE SECONDS [random|sequential] [PAGES_PER_S]
 *
 * Either order is MADV_RANDOM, so that each fault reads one page. With a rate it touches so many
 * pages a second at most. Prints "ready" once the file is mapped, and at the end the major faults
 * that getrusage(2) has for it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

static int complain(const char *what)
{
	fprintf(stderr, "majfault: %s: %s\n", what, strerror(errno));
	return 1;
}

static void wait_until(uint64_t mono_ns)
{
	struct timespec at = { .tv_sec = (time_t)(mono_ns / NS_PER_S),
			       .tv_nsec = (long)(mono_ns % NS_PER_S) };

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) == EINTR)
		;
}

/* xorshift64 */
static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static void touch(const volatile unsigned char *map, size_t pages, size_t page_bytes,
		  double seconds, int in_order, double rate)
{
	uint64_t begin = clock_ns(CLOCK_MONOTONIC), now = begin;
	uint64_t end = begin + (uint64_t)(seconds * 1e9);
	/* Another order in each run: the pages of the last one may still be in memory. */
	uint64_t state = begin | 1;

	for (uint64_t n = 0; now < end; n++) {
		size_t page = (size_t)((in_order ? n : next_random(&state)) % pages);

		(void)map[page * page_bytes];
		now = clock_ns(CLOCK_MONOTONIC);
		if (rate > 0 && (double)(now - begin) * rate < (double)n * 1e9)
			wait_until(begin + (uint64_t)((double)n * 1e9 / rate));
	}
}

int main(int argc, char **argv)
{
	double seconds = argc > 2 ? strtod(argv[2], NULL) : 0;
	int in_order = argc > 3 && !strcmp(argv[3], "sequential");
	double rate = argc > 4 ? strtod(argv[4], NULL) : 0;
	size_t page_bytes = (size_t)sysconf(_SC_PAGESIZE);
	struct rusage usage;
	struct stat st;
	void *map;
	int fd;

	if (seconds <= 0) {
		fprintf(stderr, "usage: majfault FILE SECONDS [random|sequential] [PAGES_PER_S]\n");
		return 2;
	}
	fd = open(argv[1], O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st))
		return complain(argv[1]);
	if ((size_t)st.st_size < page_bytes) {
		errno = EINVAL;
		return complain(argv[1]);
	}
	map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED || madvise(map, (size_t)st.st_size, MADV_RANDOM))
		return complain("mmap");
	close(fd);
	puts("ready");
	fflush(stdout);
	touch(map, (size_t)st.st_size / page_bytes, page_bytes, seconds, in_order, rate);
	if (getrusage(RUSAGE_SELF, &usage))
		return complain("getrusage");
	printf("major %ld\n", usage.ru_majflt);
	return 0;
}
