/*
 * model/metric: the one table of metrics. A metric is a row: name, unit, kind, help, source, formula,
 * where it lies. JSON, alert rules, trends, --list-metrics and the inspector all read this table, and
 * the recording and the exporter will. Adding a metric is adding its id and its row, and filling it.
 *
 * The name is the path in the JSON object: "pressure.memory.some.now_pct". Rows of one section stand
 * together, and so do rows of one object inside it.
 */
#ifndef STALLTOP_MODEL_METRIC_H
#define STALLTOP_MODEL_METRIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum metric_id {
	/* cpu */
	M_CPU_BUSY_PCT,
	M_CPU_CORES_USED,
	M_CPU_USER_PCT,
	M_CPU_NICE_PCT,
	M_CPU_SYSTEM_PCT,
	M_CPU_IDLE_PCT,
	M_CPU_IOWAIT_PCT,
	M_CPU_IRQ_PCT,
	M_CPU_SOFTIRQ_PCT,
	M_CPU_STEAL_PCT,
	M_CPU_GUEST_PCT,
	M_CPU_CONTEXT_SWITCHES_PER_S,
	M_CPU_INTERRUPTS_PER_S,
	M_CPU_FORKS_PER_S,
	M_CPU_RUNNABLE,
	M_CPU_BLOCKED,
	M_CPU_LOAD1,
	M_CPU_LOAD5,
	M_CPU_LOAD15,
	M_CPU_LOAD1_PER_CPU,
	M_CPU_COUNT,
	M_CPU_LIMIT_CORES,
	/* memory */
	M_MEMORY_TOTAL,
	M_MEMORY_FREE,
	M_MEMORY_AVAILABLE,
	M_MEMORY_AVAILABLE_PCT,
	M_MEMORY_USED,
	M_MEMORY_BUFFERS,
	M_MEMORY_CACHED,
	M_MEMORY_SHMEM,
	M_MEMORY_SLAB,
	M_MEMORY_SRECLAIMABLE,
	M_MEMORY_ANON,
	M_MEMORY_MAPPED,
	M_MEMORY_ACTIVE,
	M_MEMORY_INACTIVE,
	M_MEMORY_UNEVICTABLE,
	M_MEMORY_PAGE_TABLES,
	M_MEMORY_KERNEL_STACK,
	M_MEMORY_COMMITTED,
	M_MEMORY_COMMIT_LIMIT,
	M_MEMORY_HUGEPAGES_TOTAL,
	M_MEMORY_HUGEPAGES_FREE,
	M_MEMORY_SWAP_TOTAL,
	M_MEMORY_SWAP_USED,
	M_MEMORY_SWAP_CACHED,
	M_MEMORY_ZSWAP,
	M_MEMORY_ARC,
	M_MEMORY_ARC_EVICTABLE,
	M_MEMORY_LIMIT,
	M_MEMORY_LIMIT_USED,
	/* page_cache */
	M_CACHE_SIZE,
	M_CACHE_ACTIVE_FILE,
	M_CACHE_INACTIVE_FILE,
	M_CACHE_DIRTY,
	M_CACHE_DIRTY_PCT,
	M_CACHE_WRITEBACK,
	M_CACHE_REFAULT_PER_S,
	M_CACHE_REFAULT_ANON_PER_S,
	/* faults */
	M_FAULTS_MINOR_PER_S,
	M_FAULTS_MAJOR_PER_S,
	M_FAULTS_KSWAPD_SCAN_PER_S,
	M_FAULTS_DIRECT_SCAN_PER_S,
	M_FAULTS_KSWAPD_STEAL_PER_S,
	M_FAULTS_DIRECT_STEAL_PER_S,
	M_FAULTS_RECLAIM_PER_S,
	M_FAULTS_STEAL_PCT,
	M_FAULTS_THRASH_PCT,
	M_FAULTS_DIRECT_STALLS_PER_S,
	M_FAULTS_COMPACT_STALLS_PER_S,
	M_FAULTS_THP_FAULT_PER_S,
	M_FAULTS_OOM_KILLS,
	M_FAULTS_OOM_KILLS_INTERVAL,
	/* swap */
	M_SWAP_IN_BYTES_PER_S,
	M_SWAP_OUT_BYTES_PER_S,
	/* pressure: for each kind some and full, and for each of those five values, in this order */
	M_PRESSURE_FIRST,
	M_PRESSURE_LAST = M_PRESSURE_FIRST + 4 * 2 * 5 - 1,
	/* disk */
	M_DISK_READ_BYTES_PER_S,
	M_DISK_WRITE_BYTES_PER_S,
	M_DISK_READS_PER_S,
	M_DISK_WRITES_PER_S,
	M_DISK_PAGED_IN_BYTES_PER_S,
	M_DISK_PAGED_OUT_BYTES_PER_S,
	M_DISK_BUSIEST_PCT,
	M_DISK_WAIT_MS,
	/* tasks */
	M_TASKS_TOTAL,
	M_TASKS_RUNNING,
	M_TASKS_SLEEPING,
	M_TASKS_BLOCKED,
	M_TASKS_STOPPED,
	M_TASKS_ZOMBIE,
	M_TASKS_KERNEL,
	M_TASKS_THREADS,
	M_TASKS_IO_VISIBLE,
	M_TASKS_UNLISTED_CPU_PCT,
	M_TASKS_UNLISTED_MINOR_PER_S,
	M_TASKS_UNLISTED_MAJOR_PER_S,
	/* sensors */
	M_SENSORS_CPU_CELSIUS,
	M_SENSORS_CPU_HZ,
	M_SENSORS_CPU_MAX_HZ,
	/* self */
	M_SELF_SAMPLE_US,
	M_SELF_SYSTEM_US,
	M_SELF_TASKS_US,
	M_SELF_CPU_PCT,
	M_SELF_RSS,
	M_SELF_PROBE_NS,
	M_SELF_PROBE_LOST,
	METRIC_COUNT
};

enum pressure_value { PSI_NOW, PSI_AVG10, PSI_AVG60, PSI_AVG300, PSI_TOTAL, PSI_VALUES };

/* The metric of a pressure file: kind is enum pressure_kind, full is 0 (some) or 1. */
#define M_PRESSURE(kind, full, value) \
	((enum metric_id)(M_PRESSURE_FIRST + ((int)(kind)*2 + (full)) * PSI_VALUES + (value)))

enum metric_kind {
	METRIC_GAUGE, /* a value now */
	METRIC_COUNTER, /* counts up since boot */
	METRIC_RATE, /* growth of a counter a second */
	METRIC_RATIO, /* a quotient, most a share in per cent */
};

/* How model_update() fills a metric. */
enum metric_rule {
	RULE_GAUGE, /* raw * scale */
	RULE_RATE, /* growth of raw over the interval * scale */
	RULE_COMPUTED, /* by code in the model: the formula says how */
};

#define METRIC_NO_RAW SIZE_MAX

struct metric {
	const char *name;
	const char *unit; /* "bytes", "percent", "1/s", "bytes/s", "microseconds", "count" ... */
	const char *help; /* one line for a person */
	const char *source; /* "/proc/vmstat pgmajfault" */
	const char *formula; /* "growth a second", in the kernel's names */
	enum metric_kind kind;
	enum metric_rule rule;
	uint8_t file; /* enum sample_file: whose status gives the reason when it is absent */
	uint8_t decimals; /* in JSON */
	bool interval; /* needs two samples */
	/*
	 * Offset in struct sample of the uint64_t behind it, or METRIC_NO_RAW. With RULE_COMPUTED it
	 * only serves to tell why the metric is unknown.
	 */
	size_t raw;
	double scale;
	const char
		*unknown; /* why it can be NAN though its file and raw value are there, or NULL */
};

extern const struct metric metrics[METRIC_COUNT];

/* The id of a name, or -1. */
int metric_find(const char *name);

#endif
