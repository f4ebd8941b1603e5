/*
 * model/model: what an interval says. A pure function of two samples: model_update() does no I/O and
 * asks no clock, so live use, tests and a recording run the same code.
 *
 * The model borrows the current sample: its task views point into it, and stay good until the next
 * model_update(). Unknown figures are NAN.
 */
#ifndef STALLTOP_MODEL_MODEL_H
#define STALLTOP_MODEL_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/pattern.h"
#include "base/ring.h"
#include "base/text.h"
#include "model/alert.h"
#include "model/metric.h"
#include "model/probe_cost.h"
#include "model/task_column.h"
#include "sample/sample.h"

#define HISTORY_ROWS 1000
#define TOP_ROWS 5
#define TOP_MAX 20 /* most rows that a top table keeps */

struct cpu_view {
	uint32_t cpu; /* the kernel's id */
	float busy_pct, user_pct, nice_pct, system_pct, idle_pct, iowait_pct, irq_pct, softirq_pct,
		steal_pct, guest_pct;
};

struct disk_view {
	const struct disk_stat *disk; /* of the current sample */
	float read_bytes_per_s, write_bytes_per_s, reads_per_s, writes_per_s;
	float util_pct; /* time with a request in flight */
	float await_ms; /* mean time of a request that ended in the interval */
	float queue; /* mean requests in flight */
};

/* Why there are no rates at this instant. */
enum interval_state {
	INTERVAL_OK,
	INTERVAL_FIRST, /* the first sample */
	INTERVAL_SUSPEND, /* the machine slept meanwhile */
	INTERVAL_ZERO, /* no time passed, or it went back */
};

/* What the rows of tables are. Where no threads are known, of the past as well, processes show. */
enum task_rows {
	ROWS_PROCESSES,
	ROWS_THREADS, /* in place of the processes */
	ROWS_BOTH, /* for a tree: threads stand below their processes */
};

/* Which processes the tables show. Metrics and the verdict are of all, whoever is shown. */
struct task_filter {
	bool by_uid;
	uint32_t uid;
	bool no_kernel; /* leaves the threads of the kernel out */
	uint32_t root_pid; /* that process and its descendants alone; 0: all */
	uint64_t root_start_ns; /* filled when it is first seen: another with its pid is not it */
	bool root_seen;
	const struct pattern *pattern; /* of the name; NULL: all. Not owned */
	enum task_rows rows; /* a thread shows when its process does, or its own name fits */
};

/* Why a metric is NAN. */
enum absence {
	ABSENCE_NONE, /* it is known */
	ABSENCE_FILE, /* its file could not be read: status of the sample */
	ABSENCE_INTERVAL, /* there is no interval: interval_state */
	ABSENCE_ROW, /* the kernel does not print it */
	ABSENCE_NEW, /* the sample before did not have it */
	ABSENCE_BACK, /* its counter went back */
	ABSENCE_OTHER, /* metrics[].unknown */
};

/* OOM kills not long ago, so that nobody misses one. */
struct oom_memory {
	double kills; /* 0: none in the last OOM_HOLD_S */
	uint64_t mono_ns; /* of the sample that showed the last one */
};
#define OOM_HOLD_S 60

/* What the person set; the same for every model of a run. */
struct model_settings {
	struct thresholds thresholds;
	enum byte_units units; /* of bytes in the verdict and on the screen */
};

struct sort_key;

struct model {
	const struct sample *current; /* NULL before the first update */
	enum interval_state interval_state;
	double interval_s; /* NAN unless INTERVAL_OK */
	bool totals; /* rates are sums over the interval: model/since */
	double value[METRIC_COUNT];
	uint8_t level[METRIC_COUNT]; /* enum level: colour of the number */
	uint8_t absence[METRIC_COUNT]; /* enum absence */
	struct cpu_view *cpu;
	size_t cpu_count, cpu_cap;
	struct disk_view *disk;
	size_t disk_count, disk_cap;
	struct task_view *all; /* every process, by pid */
	size_t all_count;
	struct task_view *thread; /* every thread, by tid, when the sample has them */
	size_t thread_count, thread_cap;
	struct task_view
		*task; /* those that the filter lets through: of one of these, or `filtered` */
	size_t task_count;
	struct task_view *filtered;
	struct sort_key *sort_key; /* scratch of model_sort(), two for each process */
	uint8_t *below; /* scratch of the filter by root: whether each of all[] descends from it */
	size_t task_cap; /* rows that each of the four has room for, threads among them */
	/* Indices into task[], best first, by the order of each table. */
	uint32_t top[TOP_KINDS][TOP_MAX];
	size_t top_count[TOP_KINDS];
	struct task_order top_order[TOP_KINDS]; /* in: set by the user; default from top_tables[] */
	bool waits_settled; /* the order of the waits table fits what is known */
	bool waits_fell_back; /* and is another than it would be, for that */
	struct task_filter filter; /* in */
	struct model_settings settings; /* in: defaults by model_init() */
	struct alert alert[ALERT_MAX]; /* worst first */
	size_t alert_count;
	struct oom_memory oom;
	struct probe_window probe;
	struct verdict verdict;
	struct ring history; /* METRIC_COUNT columns */
	uint64_t history_real_ns[HISTORY_ROWS]; /* wall time of each row, by ring index */
	uint64_t history_mono_ns[HISTORY_ROWS]; /* CLOCK_MONOTONIC of it */
};

int model_init(struct model *model); /* 0 or -ENOMEM */
void model_release(struct model *model);

/*
 * Takes in a sample. previous is NULL for the first, and for the first of another session. Returns 0,
 * or -ENOMEM when a table could not grow (the sample is taken in as far as there is room). A sample of the same instant as previous
 * (mono_ns equal) changes nothing but the pointers.
 */
int model_update(struct model *model, const struct sample *previous, const struct sample *current);

/* Whether the rows of the tables are threads, or threads too. */
bool model_shows_threads(const struct model *model);

/* Ranks the top tables again after top_order or filter changed, without a new sample. */
void model_rank(struct model *model);

/*
 * Orders every top table that shows this column by it, for -s; a table that does not show it keeps its
 * own order. Returns whether one does.
 */
bool model_sort_by(struct model *model, enum task_column_id column);

/*
 * Fills order[] with the indices of all task[], sorted. order has room for task_count. For a table
 * that scrolls through every process.
 */
void model_sort(const struct model *model, const struct task_order *order, uint32_t *index);

/*
 * Copies a model at rest, for a view that stands still while samples keep coming: *sample becomes a
 * deep copy of from->current, and *to shows the same as *from. Both are initialised by the caller.
 * 0; -EINVAL when `from` has no sample yet; -ENOMEM, then *to shows nothing.
 */
int model_copy(struct model *to, const struct model *from, struct sample *sample);

/* Why a metric is NAN now: "first sample", "/proc/pressure/irq: not there", ... Never NULL. */
const char *model_reason(const struct model *model, enum metric_id metric, char *buf, size_t cap);

#endif
