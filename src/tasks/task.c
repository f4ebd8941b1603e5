#include "tasks/task.h"

#include <errno.h>
#include <stdlib.h>

#define LIST_AT_FIRST 256

int task_list_reserve(struct task_list *list, size_t n)
{
	size_t cap = list->cap + list->cap / 2;
	struct task *grown;

	if (n <= list->cap)
		return 0;
	if (cap < LIST_AT_FIRST)
		cap = LIST_AT_FIRST;
	if (cap < n)
		cap = n;
	grown = reallocarray(list->task, cap, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	list->task = grown;
	list->cap = cap;
	return 0;
}

void task_list_release(struct task_list *list)
{
	free(list->task);
	*list = (struct task_list){ 0 };
}

const struct task *task_list_find(const struct task_list *list, uint32_t pid)
{
	size_t low = 0, high = list->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (list->task[middle].pid < pid)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < list->count && list->task[low].pid == pid)
		return &list->task[low];
	return NULL;
}
