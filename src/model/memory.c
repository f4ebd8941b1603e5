#include "model/memory.h"

#include "model/interval.h"

static double kb(uint64_t raw)
{
	return known(raw) * 1024;
}

static double or_zero(double value)
{
	return isnan(value) ? 0 : value;
}

/*
 * For kernels before 3.14, which print no MemAvailable: as procps 3.3.10 estimates it. low stands for
 * the sum of the zones' low watermarks.
 */
static double available_estimate(const struct sample *sample)
{
	const struct meminfo *mem = &sample->meminfo;
	double low = or_zero(kb(sample->min_free_kbytes)) * 5 / 4;
	double file = or_zero(kb(mem->active_file_kb)) + or_zero(kb(mem->inactive_file_kb));
	double slab = or_zero(kb(mem->sreclaimable_kb));

	return kb(mem->memfree_kb) - low + file - fmin(file / 2, low) + slab - fmin(slab / 2, low);
}

/* NAN stays NAN. */
static double clamp(double value, double high)
{
	if (value < 0)
		return 0;
	return value > high ? high : value;
}

void memory_update(struct model *model, const struct sample *sample)
{
	const struct meminfo *mem = &sample->meminfo;
	double *value = model->value;
	double total = value[M_MEMORY_TOTAL];
	double available = present(mem->memavailable_kb) ? kb(mem->memavailable_kb)
							 : available_estimate(sample);
	double evictable = clamp(known(sample->arc.size) - known(sample->arc.c_min), INFINITY);
	double dirty = value[M_CACHE_DIRTY];

	value[M_MEMORY_ARC_EVICTABLE] = evictable;
	available = clamp(clamp(available, total) + or_zero(evictable), total);
	value[M_MEMORY_AVAILABLE] = available;
	value[M_MEMORY_AVAILABLE_PCT] = total > 0 ? 100 * available / total : NAN;
	value[M_MEMORY_USED] = total - available;
	value[M_MEMORY_SWAP_USED] =
		clamp(value[M_MEMORY_SWAP_TOTAL] - kb(mem->swapfree_kb), INFINITY);
	value[M_CACHE_SIZE] = clamp(
		value[M_MEMORY_CACHED] + value[M_MEMORY_BUFFERS] - value[M_MEMORY_SHMEM], INFINITY);
	value[M_CACHE_DIRTY_PCT] = total > 0 ? 100 * dirty / total : NAN;
}
