#include "tasks/bpf_kept.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

int kept_reserve(struct kept_list *list, size_t n)
{
	struct kept *grown;

	if (n <= list->cap)
		return 0;
	n += n / 4;
	grown = reallocarray(list->kept, n, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	list->kept = grown;
	list->cap = n;
	return 0;
}

static bool is_before(uint32_t pid_a, uint64_t start_a, uint32_t pid_b, uint64_t start_b)
{
	return pid_a < pid_b || (pid_a == pid_b && start_a < start_b);
}

const struct kept *kept_find(const struct kept_list *list, size_t *at, uint32_t pid,
			     uint64_t start_ns)
{
	const struct kept *kept;

	while (*at < list->count &&
	       is_before(list->kept[*at].pid, list->kept[*at].start_ns, pid, start_ns))
		++*at;
	if (*at == list->count)
		return NULL;
	kept = &list->kept[*at];
	return kept->pid == pid && kept->start_ns == start_ns ? kept : NULL;
}
