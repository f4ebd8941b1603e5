#include "base/directory.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/sort.h"

static bool parse(const char *name, uint32_t *number)
{
	uint64_t n = 0;

	if (*name < '1' || *name > '9')
		return false;
	for (; *name; name++) {
		if (*name < '0' || *name > '9')
			return false;
		n = n * 10 + (uint64_t)(*name - '0');
		if (n > UINT32_MAX)
			return false;
	}
	*number = (uint32_t)n;
	return true;
}

static int append(struct number_list *list, uint32_t number)
{
	if (list->count == list->cap) {
		size_t cap = list->cap ? list->cap * 2 : 256;
		uint32_t *grown = reallocarray(list->number, cap, sizeof(*grown));

		if (!grown)
			return -ENOMEM;
		list->number = grown;
		list->cap = cap;
	}
	list->number[list->count++] = number;
	return 0;
}

static int compare(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* procfs lists in ascending order; other file systems, which hold copied trees, do not. */
static void sort(struct number_list *list)
{
	for (size_t i = 1; i < list->count; i++)
		if (list->number[i - 1] > list->number[i]) {
			sort_in_place(list->number, list->count, sizeof(*list->number), compare);
			return;
		}
}

/* An entry that is renamed while the directory is read may be listed twice. */
static void drop_repeated(struct number_list *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++)
		if (!kept || list->number[i] != list->number[kept - 1])
			list->number[kept++] = list->number[i];
	list->count = kept;
}

static int append_entries(struct number_list *list, const char *entries, size_t len)
{
	uint32_t number;

	for (size_t at = 0; at < len;) {
		const struct dirent64 *entry = (const struct dirent64 *)(entries + at);
		int err = parse(entry->d_name, &number) ? append(list, number) : 0;

		if (err)
			return err;
		at += entry->d_reclen;
	}
	return 0;
}

static int read_entries(int fd, struct number_list *list)
{
	_Alignas(struct dirent64) char buf[8192];
	ssize_t len;
	int err = 0;

	if (lseek(fd, 0, SEEK_SET) < 0)
		return -errno;
	while (!err && (len = getdents64(fd, buf, sizeof(buf))) != 0)
		err = len < 0 ? -errno : append_entries(list, buf, (size_t)len);
	return err;
}

int directory_numbers(int fd, struct number_list *list)
{
	int err;

	list->count = 0;
	err = read_entries(fd, list);
	if (err) {
		list->count = 0;
		return err;
	}
	sort(list);
	drop_repeated(list);
	return 0;
}

void number_list_release(struct number_list *list)
{
	free(list->number);
	*list = (struct number_list){ 0 };
}
