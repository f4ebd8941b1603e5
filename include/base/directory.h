/*
 * base/directory: names that are numbers, as /proc and /proc/PID/task hold them.
 */
#ifndef STALLTOP_BASE_DIRECTORY_H
#define STALLTOP_BASE_DIRECTORY_H

#include <stddef.h>
#include <stdint.h>

struct number_list {
	uint32_t *number; /* ascending, each once */
	size_t count, cap;
};

/*
 * Lists the entries of an open directory that are numbers from 1 to 2^32-1 without leading zeros, from
 * its beginning. 0, or -errno and the list is empty.
 */
int directory_numbers(int fd, struct number_list *list);
void number_list_release(struct number_list *list);

#endif
