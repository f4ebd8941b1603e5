/*
 * model/metric_rows: the kinds of rows that metrics[] is made of. For src/model/metric.c alone.
 */
#ifndef STALLTOP_MODEL_METRIC_ROWS_H
#define STALLTOP_MODEL_METRIC_ROWS_H

#include "model/interval.h"
#include "model/metric.h"

#define GAUGE(path, unit_, file_, field, scale_, source_, formula_, help_) \
	{ \
		.name = path, .unit = unit_, .help = help_, .source = source_, \
		.formula = formula_, .kind = METRIC_GAUGE, .rule = RULE_GAUGE, .file = file_, \
		.decimals = (scale_) < 1 ? 2 : 0, .raw = RAW(field), .scale = scale_ \
	}
#define KB(path, field, row, help_) \
	GAUGE(path, "bytes", FILE_MEMINFO, meminfo.field, 1024, "/proc/meminfo " row, \
	      row " * 1024", help_)
#define RATE(path, unit_, file_, field, scale_, source_, formula_, help_) \
	{ \
		.name = path, .unit = unit_, .help = help_, .source = source_, \
		.formula = formula_, .kind = METRIC_RATE, .rule = RULE_RATE, .file = file_, \
		.decimals = 2, .interval = true, .raw = RAW(field), .scale = scale_ \
	}
#define VM_RATE(path, row, help_) \
	RATE(path, "1/s", FILE_VMSTAT, vmstat.row, 1, "/proc/vmstat " #row, \
	     "growth of " #row " a second", help_)
#define COMPUTED(path, unit_, kind_, file_, raw_, interval_, why, source_, formula_, help_) \
	{ \
		.name = path, .unit = unit_, .help = help_, .source = source_, \
		.formula = formula_, .kind = kind_, .rule = RULE_COMPUTED, .file = file_, \
		.decimals = kind_ == METRIC_GAUGE ? 0 : 2, .interval = interval_, .raw = raw_, \
		.scale = 1, .unknown = why \
	}
#define CPU_SHARE(path, raw_, source_, formula_, help_) \
	COMPUTED(path, "percent", METRIC_RATIO, FILE_STAT, raw_, true, "no CPU time passed", \
		 source_, formula_, help_)
#define CPU_FIELD(field, help_) \
	CPU_SHARE("cpu." #field "_pct", RAW(stat.total.field), "/proc/stat cpu " #field, \
		  "100 * growth of " #field " / growth of all fields", help_)
#define LOAD(minutes) \
	GAUGE("cpu.load" #minutes, "load", FILE_LOADAVG, loadavg.load##minutes##_centi, 0.01, \
	      "/proc/loadavg", "number for " #minutes " min", \
	      "tasks that ran, waited for a CPU or slept uninterruptibly, mean of " #minutes \
	      " min")
#define MEMORY(path, raw_, source_, formula_, help_) \
	COMPUTED(path, "bytes", METRIC_GAUGE, FILE_MEMINFO, raw_, false, NULL, source_, formula_, \
		 help_)
#define RECLAIM(path, unit_, kind_, row, why, source_, formula_, help_) \
	COMPUTED(path, unit_, kind_, FILE_VMSTAT, RAW(vmstat.row), true, why, \
		 "/proc/vmstat " source_, formula_, help_)
#define DISK(path, unit_, kind_, why, formula_, help_) \
	COMPUTED(path, unit_, kind_, FILE_DISKSTATS, METRIC_NO_RAW, true, why, "/proc/diskstats", \
		 formula_, help_)
#define DISK_RATE(path, unit_, formula_, help_) \
	DISK(path, unit_, METRIC_RATE, "no whole disk in both samples", formula_, help_)
#define TASKS(path, source_, formula_, help_) \
	COMPUTED(path, "count", METRIC_GAUGE, FILE_TASKS, METRIC_NO_RAW, false, NULL, source_, \
		 formula_, help_)
#define UNLISTED(path, unit_, kind_, formula_, help_) \
	COMPUTED(path, unit_, kind_, FILE_TASKS, METRIC_NO_RAW, true, NULL, \
		 "/proc/stat, /proc/vmstat, /proc/PID/stat", formula_, help_)
#define TASK_STATE(path, states, help_) \
	TASKS(path, "/proc/PID/stat state", "processes in state " states, help_)
#define SELF(path, raw_, formula_, help_) \
	{ \
		.name = path, .unit = "microseconds", .help = help_, .source = "clock_gettime(2)", \
		.formula = formula_, .kind = METRIC_GAUGE, \
		.rule = (raw_) == METRIC_NO_RAW ? RULE_COMPUTED : RULE_GAUGE, .file = FILE_COUNT, \
		.raw = raw_, .scale = 1e-3 \
	}

#define SENSOR(path, unit_, field, scale_, source_, formula_, help_) \
	{ \
		.name = path, .unit = unit_, .help = help_, .source = "/sys/" source_, \
		.formula = formula_, .kind = METRIC_GAUGE, .rule = RULE_GAUGE, .file = FILE_COUNT, \
		.decimals = (scale_) < 1 ? 1 : 0, .raw = RAW(sensors.field), .scale = scale_, \
		.unknown = "no such sensor in /sys" \
	}

#endif
