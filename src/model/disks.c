#include "model/disks.h"

#include <errno.h>
#include <stdlib.h>

/* What one disk did in the interval, unrounded. */
struct activity {
	double read_bytes, write_bytes, reads, writes, wait_ms, io_ms, weighted_ms;
};

static struct activity activity_unknown(void)
{
	return (struct activity){ NAN, NAN, NAN, NAN, NAN, NAN, NAN };
}

static struct activity activity_between(const struct disk_stat *before, const struct disk_stat *now)
{
	return (struct activity){
		.read_bytes = growth(before->sectors_read, now->sectors_read) * SECTOR_BYTES,
		.write_bytes = growth(before->sectors_written, now->sectors_written) * SECTOR_BYTES,
		.reads = growth(before->reads, now->reads),
		.writes = growth(before->writes, now->writes),
		.wait_ms = growth(before->read_ms, now->read_ms) +
			   growth(before->write_ms, now->write_ms),
		.io_ms = growth(before->io_ms, now->io_ms),
		.weighted_ms = growth(before->weighted_ms, now->weighted_ms),
	};
}

static void activity_add(struct activity *sum, const struct activity *one)
{
	sum->read_bytes = sum_known(sum->read_bytes, one->read_bytes);
	sum->write_bytes = sum_known(sum->write_bytes, one->write_bytes);
	sum->reads = sum_known(sum->reads, one->reads);
	sum->writes = sum_known(sum->writes, one->writes);
	sum->wait_ms = sum_known(sum->wait_ms, one->wait_ms);
}

static double mean_wait_ms(const struct activity *a)
{
	double requests = a->reads + a->writes;

	return requests > 0 ? a->wait_ms / requests : NAN;
}

/* The disk of that name, searched from *hint on, where it is unless disks came or went. */
static const struct disk_stat *find_disk(const struct diskstats *disks, const char *name,
					 size_t *hint)
{
	for (size_t i = 0; i < disks->count; i++) {
		size_t at = (*hint + i) % disks->count;

		if (!strcmp(disks->disk[at].name, name)) {
			*hint = at + 1;
			return &disks->disk[at];
		}
	}
	return NULL;
}

static int reserve(struct model *model, size_t count)
{
	struct disk_view *disk;

	if (count <= model->disk_cap)
		return 0;
	disk = reallocarray(model->disk, count, sizeof(*disk));
	if (!disk)
		return -ENOMEM;
	model->disk = disk;
	model->disk_cap = count;
	return 0;
}

int disks_update(struct model *model, const struct interval *interval)
{
	const struct diskstats *now = &interval->current->disks;
	struct activity sum = activity_unknown();
	double s = interval->seconds, busiest = NAN;
	double *value = model->value;
	size_t hint = 0;
	int err = reserve(model, now->count);

	model->disk_count = now->count < model->disk_cap ? now->count : model->disk_cap;
	for (size_t i = 0; i < model->disk_count; i++) {
		const struct disk_stat *disk = &now->disk[i];
		const struct disk_stat *before =
			interval->state == INTERVAL_OK
				? find_disk(&interval->previous->disks, disk->name, &hint)
				: NULL;
		struct activity a = before ? activity_between(before, disk) : activity_unknown();
		double util = a.io_ms / (10 * s);

		if (util > 100)
			util = 100;
		model->disk[i] = (struct disk_view){
			.disk = disk,
			.read_bytes_per_s = (float)(a.read_bytes / s),
			.write_bytes_per_s = (float)(a.write_bytes / s),
			.reads_per_s = (float)(a.reads / s),
			.writes_per_s = (float)(a.writes / s),
			.util_pct = (float)util,
			.await_ms = (float)mean_wait_ms(&a),
			.queue = (float)(a.weighted_ms / (1000 * s)),
		};
		activity_add(&sum, &a);
		busiest = fmax(busiest, util); /* of two, the one that is no NAN */
	}
	value[M_DISK_READ_BYTES_PER_S] = sum.read_bytes / s;
	value[M_DISK_WRITE_BYTES_PER_S] = sum.write_bytes / s;
	value[M_DISK_READS_PER_S] = sum.reads / s;
	value[M_DISK_WRITES_PER_S] = sum.writes / s;
	value[M_DISK_BUSIEST_PCT] = busiest;
	value[M_DISK_WAIT_MS] = mean_wait_ms(&sum);
	return err;
}

void disks_retarget(struct model *model, const struct diskstats *disks)
{
	size_t kept = 0, hint = 0;

	for (size_t i = 0; i < model->disk_count; i++) {
		const struct disk_stat *disk = find_disk(disks, model->disk[i].disk->name, &hint);

		if (!disk)
			continue;
		model->disk[kept] = model->disk[i];
		model->disk[kept++].disk = disk;
	}
	model->disk_count = kept;
}
