/* Benchmark support: numbers of the command line. Both return false for what is none, or out of bounds. */
#ifndef TESTS_BENCH_NUMBERS_H
#define TESTS_BENCH_NUMBERS_H

#include <stdbool.h>

#define STEPS_MAX 8

/* How many processes, step after step. */
struct steps {
	long of[STEPS_MAX];
	int count;
};

/* Up to its end or a comma. */
bool number_take(const char *text, long min, long max, long *value);

/* "70,2000": replaces what steps held. */
bool steps_take(struct steps *steps, const char *text);

#endif
