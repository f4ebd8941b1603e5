/*
 * A process with three further threads, of which one is busy until the time is over: "spinner" runs,
 * "sleeper-a" and "sleeper-b" wait.
 *
 *   threads SECONDS
 *
 * Prints "ready" once all three are there and named.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void *spin(void *unused)
{
	pthread_setname_np(pthread_self(), "spinner");
	for (volatile uint64_t n = 0;; n++)
		;
	return unused;
}

static void *wait_for_ever(void *name)
{
	pthread_setname_np(pthread_self(), name);
	for (;;)
		pause();
	return NULL;
}

int main(int argc, char **argv)
{
	static char a[] = "sleeper-a", b[] = "sleeper-b";
	unsigned seconds = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 60;
	pthread_t thread;

	if (pthread_create(&thread, NULL, spin, NULL) ||
	    pthread_create(&thread, NULL, wait_for_ever, a) ||
	    pthread_create(&thread, NULL, wait_for_ever, b)) {
		fprintf(stderr, "threads: no more of them can be had\n");
		return 1;
	}
	puts("ready");
	fflush(stdout);
	alarm(seconds);
	for (;;)
		pause();
}
