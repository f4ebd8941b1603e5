/*
 * base/sort: sorting in place, as qsort(3) does, but never with memory from the heap: glibc's takes
 * some for more than about a kilobyte, which a steady refresh must not. A heap sort: n log n at worst,
 * equal elements in any order.
 */
#ifndef STALLTOP_BASE_SORT_H
#define STALLTOP_BASE_SORT_H

#include <stddef.h>

void sort_in_place(void *base, size_t count, size_t size,
		   int (*compare)(const void *a, const void *b));

#endif
