/*
 * What is available and what is used: kernels without MemAvailable, the ARC of ZFS, tmpfs.
 */
#include <errno.h>
#include <string.h>

#include "model/pair.h"

#define KB 1024.0

static void used_is_what_is_not_available(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;

	pair_update(pair);
	assert_near(value[M_MEMORY_TOTAL], MEMORY_KB * KB);
	assert_near(value[M_MEMORY_AVAILABLE], MEMORY_KB / 4 * 3 * KB);
	assert_near(value[M_MEMORY_AVAILABLE_PCT], 75);
	assert_near(value[M_MEMORY_USED], MEMORY_KB / 4 * KB);
	assert_unknown(value[M_MEMORY_ARC]);
	assert_unknown(value[M_MEMORY_ARC_EVICTABLE]);
	assert_unknown(value[M_MEMORY_LIMIT]);
}

static void available_is_at_most_total(void **state)
{
	struct pair *pair = *state;

	pair->now.meminfo.memavailable_kb = MEMORY_KB + 1;
	pair_update(pair);
	assert_near(pair->model.value[M_MEMORY_AVAILABLE_PCT], 100);
	assert_near(pair->model.value[M_MEMORY_USED], 0);
}

/* As procps 3.3.10: low is 5/4 of min_free_kbytes, half of each cache stays if half is less. */
static void old_kernels_are_estimated(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;
	struct meminfo *mem = &pair->now.meminfo;

	mem->memavailable_kb = ABSENT;
	mem->memfree_kb = 402120;
	mem->active_file_kb = 1500000;
	mem->inactive_file_kb = 1200000;
	mem->sreclaimable_kb = 100000;
	pair->now.min_free_kbytes = 67584; /* low: 84480 */
	pair_update(pair);
	assert_near(value[M_MEMORY_AVAILABLE],
		    (402120 - 84480 + 2700000 - 84480 + 100000 - 50000) * KB);
	assert_near(value[M_MEMORY_USED] + value[M_MEMORY_AVAILABLE], MEMORY_KB * KB);

	pair->now.min_free_kbytes = ABSENT;
	pair_again(pair);
	assert_near(value[M_MEMORY_AVAILABLE], (402120 + 2700000 + 100000) * KB);

	pair->now.min_free_kbytes = 67584;
	mem->active_file_kb = mem->inactive_file_kb = mem->sreclaimable_kb = ABSENT;
	mem->memfree_kb = 80000; /* below the watermark */
	pair_again(pair);
	assert_near(value[M_MEMORY_AVAILABLE], 0);
	assert_near(value[M_MEMORY_USED], MEMORY_KB * KB);

	mem->memfree_kb = ABSENT;
	pair_again(pair);
	assert_unknown(value[M_MEMORY_AVAILABLE]);
	assert_unknown(value[M_MEMORY_AVAILABLE_PCT]);
	assert_unknown(value[M_MEMORY_USED]);
}

static void set_arc(struct sample *sample, uint64_t size, uint64_t c_min)
{
	sample->status[FILE_ARCSTATS] = 0;
	sample->arc.size = size;
	sample->arc.c_min = c_min;
}

static void the_arc_can_go_down_to_c_min(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;
	const uint64_t gib = 1u << 30;

	pair->now.meminfo.memavailable_kb = MEMORY_KB / 4;
	set_arc(&pair->now, 4 * gib, gib / 2);
	pair_update(pair);
	assert_near(value[M_MEMORY_ARC], 4.0 * (double)gib);
	assert_near(value[M_MEMORY_ARC_EVICTABLE], 3.5 * (double)gib);
	assert_near(value[M_MEMORY_AVAILABLE], 5.5 * (double)gib);
	assert_near(value[M_MEMORY_USED], 2.5 * (double)gib);

	set_arc(&pair->now, gib / 4, gib / 2);
	pair_again(pair);
	assert_near(value[M_MEMORY_ARC_EVICTABLE], 0);
	assert_near(value[M_MEMORY_USED], 6.0 * (double)gib);

	set_arc(&pair->now, 40 * gib, gib / 2);
	pair_again(pair);
	assert_near(value[M_MEMORY_USED], 0);
	assert_near(value[M_MEMORY_AVAILABLE_PCT], 100);

	set_arc(&pair->now, 4 * gib, ABSENT);
	pair_again(pair);
	assert_unknown(value[M_MEMORY_ARC_EVICTABLE]);
	assert_near(value[M_MEMORY_USED], 6.0 * (double)gib);
}

static void tmpfs_is_no_page_cache(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;
	struct meminfo *mem = &pair->now.meminfo;

	mem->cached_kb = 5000;
	mem->buffers_kb = 200;
	mem->shmem_kb = 1000;
	pair_update(pair);
	assert_near(value[M_CACHE_SIZE], 4200 * KB);
	assert_near(value[M_MEMORY_CACHED], 5000 * KB);

	mem->shmem_kb = 6000;
	pair_again(pair);
	assert_near(value[M_CACHE_SIZE], 0);

	mem->shmem_kb = ABSENT;
	pair_again(pair);
	assert_unknown(value[M_CACHE_SIZE]);
}

static void swap_and_dirty(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;
	struct meminfo *mem = &pair->now.meminfo;

	mem->swaptotal_kb = 2048;
	mem->swapfree_kb = 1536;
	mem->dirty_kb = MEMORY_KB / 200;
	pair_update(pair);
	assert_near(value[M_MEMORY_SWAP_TOTAL], 2048 * KB);
	assert_near(value[M_MEMORY_SWAP_USED], 512 * KB);
	assert_near(value[M_CACHE_DIRTY], MEMORY_KB / 200 * KB);
	assert_near(value[M_CACHE_DIRTY_PCT], 100.0 * (MEMORY_KB / 200) / MEMORY_KB);

	mem->swapfree_kb = 4096;
	mem->dirty_kb = ABSENT;
	pair_again(pair);
	assert_near(value[M_MEMORY_SWAP_USED], 0);
	assert_unknown(value[M_CACHE_DIRTY_PCT]);
}

static void a_machine_without_meminfo(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;

	memset(&pair->now.meminfo, 0xff, sizeof(pair->now.meminfo));
	pair->now.status[FILE_MEMINFO] = -ENOENT;
	pair_update(pair);
	for (int id = M_MEMORY_TOTAL; id <= M_CACHE_WRITEBACK; id++)
		assert_unknown(value[id]);
	assert_int_equal(pair->model.alert_count, 0);
}

static void the_own_cgroup_s_limits(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;

	pair->now.cgroup = (struct cgroup_limits){ 1500, 2u << 30, 1610616832 };
	pair_update(pair);
	assert_near(value[M_CPU_LIMIT_CORES], 1.5);
	assert_near(value[M_MEMORY_LIMIT], 2.0 * (1 << 30));
	assert_near(value[M_MEMORY_LIMIT_USED], 1610616832);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		pair_test(used_is_what_is_not_available), pair_test(available_is_at_most_total),
		pair_test(old_kernels_are_estimated),	  pair_test(the_arc_can_go_down_to_c_min),
		pair_test(tmpfs_is_no_page_cache),	  pair_test(swap_and_dirty),
		pair_test(a_machine_without_meminfo),	  pair_test(the_own_cgroup_s_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
