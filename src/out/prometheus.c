#include "out/prometheus.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/value.h"
#include "model/interval.h"
#include "model/memory.h"
#include "model/rates.h"
#include "out/export_table.h"
#include "out/exposition.h"
#include "out/prometheus_lists.h"

/* A raw counter times `factor` is in units of 10^-decimals. */
static const struct {
	uint32_t factor;
	int decimals;
} scales[] = {
	[SCALE_ONE] = { 1, 0 }, [SCALE_KIB] = { 1024, 0 }, [SCALE_PAGES] = { 0, 0 },
	[SCALE_US] = { 1, 6 },	[SCALE_NS] = { 1, 9 },
};

static bool is_of_tasks(size_t offset)
{
	return offset >= RAW(tasks) && offset < RAW(tasks) + sizeof(struct task_list);
}

/* Known by the model alone: a sample of the system has no processes. */
static bool is_of_model(enum metric_id id)
{
	return metrics[id].file == FILE_TASKS || id == M_SELF_TASKS_US || id == M_SELF_PROBE_NS;
}

/* The gauges of a sample that the model has not taken in. */
static void gauges_of(double *value, const struct prometheus_info *info)
{
	const struct interval interval = { .current = info->sample,
					   .state = INTERVAL_FIRST,
					   .seconds = NAN };
	struct model scratch = { .current = info->sample };

	rates_by_table(&scratch, &interval);
	memory_update(&scratch, info->sample);
	if (info->sample->stat.cpu_count)
		scratch.value[M_CPU_COUNT] = (double)info->sample->stat.cpu_count;
	for (int id = 0; id < METRIC_COUNT; id++)
		value[id] = is_of_model((enum metric_id)id) ? info->model->value[id]
							    : scratch.value[id];
}

static uint64_t scaled(uint64_t raw, uint64_t factor)
{
	if (!present(raw) || !present(factor) || (factor && raw > (ABSENT - 1) / factor))
		return ABSENT;
	return raw * factor;
}

static void put_counter(struct exposition *x, const struct prometheus_info *info,
			const struct export_row *row, const struct label *label, size_t labels)
{
	const struct sample *sample = is_of_tasks(row->raw) ? info->model->current : info->sample;
	uint64_t factor = row->scale == SCALE_PAGES ? sample->page_bytes
						    : scales[row->scale].factor;

	exposition_put(x, label, labels, scaled(raw_at(sample, row->raw), factor),
		       scales[row->scale].decimals);
}

static void put_gauge(struct exposition *x, double value, const struct export_row *row,
		      const struct label *label, size_t labels)
{
	double units = value * pow(10, row->decimals - scales[row->scale].decimals);

	/* Below 0 and above all that a machine has: no such gauge. */
	if (units >= 0 && units < 1e18)
		exposition_put(x, label, labels, (uint64_t)(units + 0.5), row->decimals);
}

static bool is_same_family(const struct export_row *a, const struct export_row *b)
{
	return a->name && b->name && !strcmp(a->name, b->name);
}

static struct family family_of(const struct export_row *row)
{
	const struct metric *metric = &metrics[row->metric];

	return (struct family){
		.name = row->name ? row->name : metric->name,
		.help = row->help ? row->help : metric->help,
		.source = row->help ? NULL : metric->source,
		.counter = row->raw != METRIC_NO_RAW,
	};
}

static void put_rows(struct exposition *x, const struct prometheus_info *info, const double *value)
{
	struct family family;

	for (size_t i = 0; i < export_row_count; i++) {
		const struct export_row *row = &export_rows[i];
		const struct label label = { row->label, row->value };
		size_t labels = row->label ? 1 : 0;

		if (!i || !is_same_family(row - 1, row)) {
			family = family_of(row);
			exposition_family(x, &family);
		}
		if (row->raw == METRIC_NO_RAW)
			put_gauge(x, value[row->metric], row, &label, labels);
		else
			put_counter(x, info, row, &label, labels);
	}
}

static void put_single(struct exposition *x, const struct family *family, uint64_t value,
		       int decimals)
{
	exposition_family(x, family);
	exposition_put(x, NULL, 0, value, decimals);
}

static void put_times(struct exposition *x, const struct prometheus_info *info)
{
	static const struct family times[] = {
		{ "sample_timestamp_seconds", "wall time of the system's figures", NULL, false },
		{ "tasks_timestamp_seconds",
		  "wall time of the figures of processes, and of the alerts", NULL, false },
		{ "boot_time_seconds", "when the machine was started, since the epoch",
		  "/proc/stat btime", false },
	};

	put_single(x, &times[0], info->sample->real_ns / NS_PER_MS, 3);
	put_single(x, &times[1], info->model->current->real_ns / NS_PER_MS, 3);
	put_single(x, &times[2], info->sample->stat.btime, 0);
}

static void put_build(struct exposition *x, const struct prometheus_info *info)
{
	static const struct family up = { "up", "1: a sample could be taken; 0: nothing is known",
					  NULL, false };
	static const struct family build = { "build_info",
					     "1, with the version and where processes come from",
					     NULL, false };
	const struct label labels[] = { { "version", info->version }, { "source", info->source } };

	put_single(x, &up, info->sample ? 1 : 0, 0);
	exposition_family(x, &build);
	exposition_put(x, labels, 2, 1, 0);
}

long prometheus_page(const struct prometheus_info *info, char *buf, size_t cap, size_t *need)
{
	static const struct family duration = {
		"scrape_duration_seconds",
		"time from the request to the last line of this page, "
		"with the wait for a sample",
		NULL, false
	};
	double value[METRIC_COUNT];
	struct exposition x;

	exposition_init(&x, buf, cap);
	put_build(&x, info);
	if (info->sample) {
		gauges_of(value, info);
		put_rows(&x, info, value);
		prometheus_cpus(&x, info);
		prometheus_disks(&x, info);
		prometheus_alerts(&x, info);
		if (info->processes)
			prometheus_processes(&x, info);
		put_times(&x, info);
	}
	put_single(&x, &duration, info->scrape_ns, 9);
	*need = x.need;
	return exposition_finish(&x);
}
