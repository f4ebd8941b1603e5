#include "base/sort.h"

#include <string.h>

struct heap {
	char *base;
	size_t size; /* bytes of an element */
	int (*compare)(const void *a, const void *b);
};

static char *at(const struct heap *heap, size_t i)
{
	return heap->base + i * heap->size;
}

static void swap(const struct heap *heap, size_t i, size_t k)
{
	char part[64], *a = at(heap, i), *b = at(heap, k);

	for (size_t left = heap->size, n; left; left -= n, a += n, b += n) {
		n = left < sizeof(part) ? left : sizeof(part);
		memcpy(part, a, n);
		memcpy(a, b, n);
		memcpy(b, part, n);
	}
}

static void sift(const struct heap *heap, size_t i, size_t count)
{
	for (size_t child; (child = 2 * i + 1) < count; i = child) {
		if (child + 1 < count && heap->compare(at(heap, child), at(heap, child + 1)) < 0)
			child++;
		if (heap->compare(at(heap, i), at(heap, child)) >= 0)
			return;
		swap(heap, i, child);
	}
}

void sort_in_place(void *base, size_t count, size_t size,
		   int (*compare)(const void *a, const void *b))
{
	const struct heap heap = { base, size, compare };

	for (size_t i = count / 2; i-- > 0;)
		sift(&heap, i, count);
	for (size_t end = count; end-- > 1;) {
		swap(&heap, 0, end);
		sift(&heap, 0, end);
	}
}
