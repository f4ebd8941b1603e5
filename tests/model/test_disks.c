/*
 * Disks: joined by name, summed without those that are new or went back.
 */
#include <stdio.h>

#include "model/pair.h"

/* What web-3's nvme0n1 does in two seconds. */
static void work(struct disk_stat *disk)
{
	disk->reads += 200;
	disk->sectors_read += 2 * 24780;
	disk->read_ms += 160;
	disk->writes += 600;
	disk->sectors_written += 2 * 82330;
	disk->write_ms += 560;
	disk->io_ms += 820;
	disk->weighted_ms += 3000;
}

static void rates_of_a_disk(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;
	const struct disk_view *view;

	sample_add_disk(&pair->before, "nvme0n1");
	work(sample_add_disk(&pair->now, "nvme0n1"));
	pair_seconds(pair, 2);
	pair_update(pair);
	assert_int_equal(pair->model.disk_count, 1);
	view = &pair->model.disk[0];
	assert_ptr_equal(view->disk, &pair->now.disks.disk[0]);
	assert_near(view->read_bytes_per_s, 12687360);
	assert_near(view->write_bytes_per_s, 42152960);
	assert_near(view->reads_per_s, 100);
	assert_near(view->writes_per_s, 300);
	assert_near(view->util_pct, 41);
	assert_near(view->await_ms, 0.9f);
	assert_near(view->queue, 1.5);
	assert_near(value[M_DISK_READ_BYTES_PER_S], 12687360);
	assert_near(value[M_DISK_WRITES_PER_S], 300);
	assert_near(value[M_DISK_BUSIEST_PCT], 41);
	assert_near(value[M_DISK_WAIT_MS], 0.9);
}

static void sums_and_the_busiest(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;
	struct disk_stat *disk;

	sample_add_disk(&pair->before, "sda");
	sample_add_disk(&pair->before, "sdb");
	disk = sample_add_disk(&pair->now, "sda");
	disk->reads = 10;
	disk->read_ms = 50;
	disk->sectors_read = 100;
	disk->io_ms = 300;
	disk = sample_add_disk(&pair->now, "sdb");
	disk->writes = 30;
	disk->write_ms = 30;
	disk->sectors_written = 8;
	disk->io_ms = 1100; /* no disk is busy for more than the interval */
	pair_update(pair);
	assert_near(value[M_DISK_READ_BYTES_PER_S], 51200);
	assert_near(value[M_DISK_WRITE_BYTES_PER_S], 4096);
	assert_near(value[M_DISK_READS_PER_S], 10);
	assert_near(value[M_DISK_WRITES_PER_S], 30);
	assert_near(value[M_DISK_BUSIEST_PCT], 100);
	assert_near(value[M_DISK_WAIT_MS], 2);
	assert_near(pair->model.disk[0].util_pct, 30);
	assert_near(pair->model.disk[0].await_ms, 5);
}

static void a_new_disk_adds_nothing(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;

	sample_add_disk(&pair->before, "sdb");
	sample_add_disk(&pair->before, "sdz"); /* taken away */
	work(sample_add_disk(&pair->now, "sda"));
	sample_add_disk(&pair->now, "sdb")->reads = 3;
	pair_update(pair);
	assert_int_equal(pair->model.disk_count, 2);
	assert_unknown(pair->model.disk[0].read_bytes_per_s);
	assert_unknown(pair->model.disk[0].util_pct);
	assert_near(pair->model.disk[1].reads_per_s, 3);
	assert_near(value[M_DISK_READS_PER_S], 3);
	assert_near(value[M_DISK_READ_BYTES_PER_S], 0);
	assert_near(value[M_DISK_BUSIEST_PCT], 0);

	pair->before.disks.count = 0;
	pair_again(pair);
	assert_unknown(value[M_DISK_READS_PER_S]);
	assert_unknown(value[M_DISK_BUSIEST_PCT]);
}

static void no_disk_is_unknown(void **state)
{
	struct pair *pair = *state;

	pair_update(pair);
	for (int id = M_DISK_READ_BYTES_PER_S; id <= M_DISK_WAIT_MS; id++)
		if (id != M_DISK_PAGED_IN_BYTES_PER_S && id != M_DISK_PAGED_OUT_BYTES_PER_S)
			assert_unknown(pair->model.value[id]);
}

static void an_idle_disk_has_no_wait(void **state)
{
	struct pair *pair = *state;

	sample_add_disk(&pair->before, "sda");
	sample_add_disk(&pair->now, "sda");
	pair_update(pair);
	assert_near(pair->model.disk[0].util_pct, 0);
	assert_near(pair->model.disk[0].queue, 0);
	assert_unknown(pair->model.disk[0].await_ms);
	assert_near(pair->model.value[M_DISK_READS_PER_S], 0);
	assert_unknown(pair->model.value[M_DISK_WAIT_MS]);
}

static void a_counter_that_goes_back_loses_itself(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;
	struct disk_stat *disk;

	sample_add_disk(&pair->before, "sda");
	sample_add_disk(&pair->before, "sdb")->sectors_read = 1000;
	disk = sample_add_disk(&pair->now, "sda");
	disk->sectors_read = 2;
	disk = sample_add_disk(&pair->now, "sdb");
	disk->sectors_read = 999;
	disk->sectors_written = 4;
	pair_update(pair);
	assert_unknown(pair->model.disk[1].read_bytes_per_s);
	assert_near(pair->model.disk[1].write_bytes_per_s, 2048);
	assert_near(value[M_DISK_READ_BYTES_PER_S], 1024);
	assert_near(value[M_DISK_WRITE_BYTES_PER_S], 2048);
}

static void many_disks_make_room(void **state)
{
	struct pair *pair = *state;
	char name[16];

	assert_int_equal(sample_grow_disks(&pair->before, 100), 0);
	assert_int_equal(sample_grow_disks(&pair->now, 100), 0);
	for (int i = 0; i < 100; i++) { /* in the other order: found by name */
		snprintf(name, sizeof(name), "disk%d", 99 - i);
		sample_add_disk(&pair->before, name);
		snprintf(name, sizeof(name), "disk%d", i);
		sample_add_disk(&pair->now, name)->reads = (uint64_t)i;
	}
	pair_update(pair);
	assert_int_equal(pair->model.disk_count, 100);
	for (int i = 0; i < 100; i++)
		assert_near(pair->model.disk[i].reads_per_s, i);
	assert_near(pair->model.value[M_DISK_READS_PER_S], 4950);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		pair_test(rates_of_a_disk),
		pair_test(sums_and_the_busiest),
		pair_test(a_new_disk_adds_nothing),
		pair_test(no_disk_is_unknown),
		pair_test(an_idle_disk_has_no_wait),
		pair_test(a_counter_that_goes_back_loses_itself),
		pair_test(many_disks_make_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
