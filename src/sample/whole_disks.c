#include "sample/whole_disks.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sys/block.h"

struct disk_known {
	char name[DISK_NAME_MAX];
	bool is_whole;
};

static int reserve(struct whole_disks *whole, size_t count)
{
	struct disk_known *grown;

	if (count <= whole->count)
		return 0;
	grown = reallocarray(whole->known, count, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	memset(grown + whole->count, 0, (count - whole->count) * sizeof(*grown));
	whole->known = grown;
	whole->count = count;
	return 0;
}

int whole_disks_keep(struct whole_disks *whole, int sysfd, struct diskstats *disks)
{
	size_t listed = disks->count, kept = 0;
	int err = reserve(whole, listed);

	disks->count = 0;
	if (err)
		return err;
	for (size_t i = 0; i < listed; i++) {
		struct disk_known *known = &whole->known[i];

		if (strcmp(known->name, disks->disk[i].name)) {
			memcpy(known->name, disks->disk[i].name, sizeof(known->name));
			known->is_whole = block_is_disk(sysfd, known->name);
		}
		if (known->is_whole)
			disks->disk[kept++] = disks->disk[i];
	}
	disks->count = kept;
	return 0;
}

void whole_disks_release(struct whole_disks *whole)
{
	free(whole->known);
	*whole = (struct whole_disks){ 0 };
}
