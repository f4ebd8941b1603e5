#include "app/profile.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"

#define BUCKETS_MAX 64
#define BAR 40

static void wait_for(double seconds)
{
	uint64_t until = clock_ns(CLOCK_MONOTONIC) + (uint64_t)(seconds * 1e9);
	struct timespec at = { .tv_sec = (time_t)(until / NS_PER_S),
			       .tv_nsec = (long)(until % NS_PER_S) };

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) == EINTR)
		;
}

static void print(const uint64_t *bucket, int count, double seconds)
{
	static const char bar[] = "########################################";
	uint64_t sum = 0, most = 1;
	int first = count, last = -1;

	for (int i = 0; i < count; i++) {
		sum += bucket[i];
		most = bucket[i] > most ? bucket[i] : most;
		if (!bucket[i])
			continue;
		first = i < first ? i : first;
		last = i;
	}
	printf("%llu context switches in %.1f s, nanoseconds in the BPF program, a clock read of "
	       "each included\n",
	       (unsigned long long)sum, seconds);
	for (int i = first; i <= last; i++)
		printf("%9llu to %9llu %10llu %5.1f%% %.*s\n", 1ull << i, (2ull << i) - 1,
		       (unsigned long long)bucket[i], 100 * (double)bucket[i] / (double)sum,
		       (int)(bucket[i] * BAR / most), bar);
}

int profile_run(const struct options *options, struct collector *collector)
{
	uint64_t before[BUCKETS_MAX], bucket[BUCKETS_MAX];
	int count = collector_profile(collector, before, BUCKETS_MAX);

	if (count > 0) {
		wait_for(options->profile_s);
		count = collector_profile(collector, bucket, BUCKETS_MAX);
	}
	if (count <= 0) {
		fprintf(stderr, "stalltop: %s\n", count ? strerror(-count) : "nothing to profile");
		return EXIT_FAILURE;
	}
	for (int i = 0; i < count; i++)
		bucket[i] -= before[i];
	print(bucket, count, options->profile_s);
	return EXIT_SUCCESS;
}
