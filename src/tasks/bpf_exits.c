#include "tasks/bpf_exits.h"

#include <errno.h>
#include <stdlib.h>

#include "base/sort.h"

int exits_reserve(struct exits *exits, size_t n)
{
	struct exit_record *grown;

	if (n <= exits->cap)
		return 0;
	grown = reallocarray(exits->record, n, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	exits->record = grown;
	exits->cap = n;
	return 0;
}

int exits_take(void *to, const struct exit_record *record)
{
	struct exits *exits = to;

	if (exits->count == exits->cap && exits_reserve(exits, exits->cap * 2 + 256))
		return -ENOMEM;
	exits->record[exits->count++] = *record;
	return 0;
}

static int order(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int compare(const void *left, const void *right)
{
	const struct exit_record *a = left, *b = right;
	int by = order(a->thread.tgid, b->thread.tgid);

	if (!by)
		by = order(a->start_ns, b->start_ns);
	return by ? by : order(a->thread.at_ns, b->thread.at_ns);
}

void exits_sort(struct exits *exits)
{
	sort_in_place(exits->record, exits->count, sizeof(*exits->record), compare);
}

size_t exits_of_process(const struct exits *exits, size_t first)
{
	const struct exit_record *record = &exits->record[first];
	size_t next = first + 1;

	while (next < exits->count && exits->record[next].thread.tgid == record->thread.tgid &&
	       exits->record[next].start_ns == record->start_ns)
		next++;
	return next - first;
}

void exits_release(struct exits *exits)
{
	free(exits->record);
	*exits = (struct exits){ 0 };
}
