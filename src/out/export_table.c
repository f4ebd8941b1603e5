#include "out/export_table.h"

#include "model/interval.h"

#define GAUGE(id) \
	{ \
		.metric = id, .raw = METRIC_NO_RAW \
	}
#define NAMED(id, name_, decimals_) \
	{ \
		.metric = id, .name = name_, .raw = METRIC_NO_RAW, .decimals = decimals_ \
	}
#define STATE(id, state) \
	{ \
		.metric = id, .name = "processes", .label = "state", .value = state, \
		.help = "processes by state, as in ps(1) (/proc/PID/stat state)", \
		.raw = METRIC_NO_RAW \
	}
#define COUNTER(id, name_, field, scale_) \
	{ \
		.metric = id, .name = name_, .raw = RAW(field), .scale = scale_ \
	}
#define LABELLED(id, name_, label_, value_, field, scale_, help_) \
	{ \
		.metric = id, .name = name_, .label = label_, .value = value_, .help = help_, \
		.raw = RAW(field), .scale = scale_ \
	}

#define SCANNED(id, who) \
	LABELLED(id, "reclaim_scanned_pages_total", "by", #who, vmstat.pgscan_##who, SCALE_ONE, \
		 "pages looked at by reclaim (/proc/vmstat pgscan_*)")
#define STOLEN(id, who) \
	LABELLED(id, "reclaim_stolen_pages_total", "by", #who, vmstat.pgsteal_##who, SCALE_ONE, \
		 "pages taken back by reclaim (/proc/vmstat pgsteal_*)")
#define STALLS(zone, field) \
	LABELLED(M_FAULTS_DIRECT_STALLS_PER_S, "direct_reclaim_stalls_total", "zone", zone, \
		 vmstat.field, SCALE_ONE, \
		 "times that a task had to reclaim memory itself (/proc/vmstat allocstall*)")
#define REFAULTS(id, type, field) \
	LABELLED(id, "workingset_refaults_total", "type", type, vmstat.field, SCALE_ONE, \
		 "pages that were taken back and wanted again (/proc/vmstat workingset_refault*)")
#define PRESSURE(kind, resource, line, full, who) \
	LABELLED(M_PRESSURE(kind, full, PSI_TOTAL), "pressure_" #line "_seconds_total", \
		 "resource", resource, pressure[kind].line.total_us, SCALE_US, \
		 "time in which " who \
		 " stood still for want of the resource (/proc/pressure/* " #line " total)")
#define SAMPLE(id, part) \
	{ \
		.metric = id, .name = "sample_duration_seconds", .label = "part", .value = part, \
		.help = "time that reading the sample took (clock_gettime(2))", \
		.raw = METRIC_NO_RAW, .scale = SCALE_US, .decimals = 9 \
	}

const struct export_row export_rows[] = {
	COUNTER(M_CPU_CONTEXT_SWITCHES_PER_S, "context_switches_total", stat.ctxt, SCALE_ONE),
	COUNTER(M_CPU_INTERRUPTS_PER_S, "interrupts_total", stat.intr, SCALE_ONE),
	COUNTER(M_CPU_FORKS_PER_S, "forks_total", stat.processes, SCALE_ONE),
	NAMED(M_CPU_RUNNABLE, "runnable_tasks", 0),
	NAMED(M_CPU_BLOCKED, "blocked_tasks", 0),
	NAMED(M_CPU_LOAD1, "load1", 2),
	NAMED(M_CPU_LOAD5, "load5", 2),
	NAMED(M_CPU_LOAD15, "load15", 2),
	NAMED(M_CPU_COUNT, "cpus", 0),
	NAMED(M_CPU_LIMIT_CORES, "cgroup_cpu_limit_cores", 3),

	GAUGE(M_MEMORY_TOTAL),
	GAUGE(M_MEMORY_FREE),
	GAUGE(M_MEMORY_AVAILABLE),
	GAUGE(M_MEMORY_USED),
	GAUGE(M_MEMORY_BUFFERS),
	GAUGE(M_MEMORY_CACHED),
	GAUGE(M_MEMORY_SHMEM),
	GAUGE(M_MEMORY_SLAB),
	GAUGE(M_MEMORY_SRECLAIMABLE),
	GAUGE(M_MEMORY_ANON),
	GAUGE(M_MEMORY_MAPPED),
	GAUGE(M_MEMORY_ACTIVE),
	GAUGE(M_MEMORY_INACTIVE),
	GAUGE(M_MEMORY_UNEVICTABLE),
	GAUGE(M_MEMORY_PAGE_TABLES),
	GAUGE(M_MEMORY_KERNEL_STACK),
	GAUGE(M_MEMORY_COMMITTED),
	GAUGE(M_MEMORY_COMMIT_LIMIT),
	NAMED(M_MEMORY_HUGEPAGES_TOTAL, "memory_hugepages", 0),
	GAUGE(M_MEMORY_HUGEPAGES_FREE),
	GAUGE(M_MEMORY_SWAP_TOTAL),
	GAUGE(M_MEMORY_SWAP_USED),
	GAUGE(M_MEMORY_SWAP_CACHED),
	GAUGE(M_MEMORY_ZSWAP),
	GAUGE(M_MEMORY_ARC),
	GAUGE(M_MEMORY_ARC_EVICTABLE),
	NAMED(M_MEMORY_LIMIT, "cgroup_memory_limit_bytes", 0),
	NAMED(M_MEMORY_LIMIT_USED, "cgroup_memory_used_bytes", 0),

	GAUGE(M_CACHE_SIZE),
	GAUGE(M_CACHE_ACTIVE_FILE),
	GAUGE(M_CACHE_INACTIVE_FILE),
	GAUGE(M_CACHE_DIRTY),
	GAUGE(M_CACHE_WRITEBACK),
	REFAULTS(M_CACHE_REFAULT_PER_S, "file", workingset_refault_file),
	REFAULTS(M_CACHE_REFAULT_PER_S, "all", workingset_refault), /* before 5.9 */
	REFAULTS(M_CACHE_REFAULT_ANON_PER_S, "anon", workingset_refault_anon),

	{ .metric = M_FAULTS_MINOR_PER_S,
	  .name = "page_faults_total",
	  .help = "page faults, minor and major: less stalltop_major_page_faults_total they are "
		  "the minor ones (/proc/vmstat pgfault)",
	  .raw = RAW(vmstat.pgfault) },
	COUNTER(M_FAULTS_MAJOR_PER_S, "major_page_faults_total", vmstat.pgmajfault, SCALE_ONE),
	SCANNED(M_FAULTS_KSWAPD_SCAN_PER_S, kswapd),
	SCANNED(M_FAULTS_DIRECT_SCAN_PER_S, direct),
	SCANNED(M_FAULTS_STEAL_PCT, khugepaged),
	SCANNED(M_FAULTS_STEAL_PCT, proactive),
	STOLEN(M_FAULTS_KSWAPD_STEAL_PER_S, kswapd),
	STOLEN(M_FAULTS_DIRECT_STEAL_PER_S, direct),
	STOLEN(M_FAULTS_RECLAIM_PER_S, khugepaged),
	STOLEN(M_FAULTS_RECLAIM_PER_S, proactive),
	STALLS("all", allocstall), /* before 4.10, in place of those by zone */
	STALLS("dma", allocstall_dma),
	STALLS("dma32", allocstall_dma32),
	STALLS("normal", allocstall_normal),
	STALLS("movable", allocstall_movable),
	COUNTER(M_FAULTS_COMPACT_STALLS_PER_S, "compaction_stalls_total", vmstat.compact_stall,
		SCALE_ONE),
	COUNTER(M_FAULTS_THP_FAULT_PER_S, "thp_fault_allocations_total", vmstat.thp_fault_alloc,
		SCALE_ONE),
	COUNTER(M_FAULTS_OOM_KILLS, "oom_kills_total", vmstat.oom_kill, SCALE_ONE),

	COUNTER(M_SWAP_IN_BYTES_PER_S, "swap_in_bytes_total", vmstat.pswpin, SCALE_PAGES),
	COUNTER(M_SWAP_OUT_BYTES_PER_S, "swap_out_bytes_total", vmstat.pswpout, SCALE_PAGES),

	PRESSURE(PRESSURE_CPU, "cpu", some, 0, "some task"),
	PRESSURE(PRESSURE_MEMORY, "memory", some, 0, "some task"),
	PRESSURE(PRESSURE_IO, "io", some, 0, "some task"),
	PRESSURE(PRESSURE_IRQ, "irq", some, 0, "some task"),
	PRESSURE(PRESSURE_CPU, "cpu", full, 1, "every task"),
	PRESSURE(PRESSURE_MEMORY, "memory", full, 1, "every task"),
	PRESSURE(PRESSURE_IO, "io", full, 1, "every task"),
	PRESSURE(PRESSURE_IRQ, "irq", full, 1, "every task"),

	COUNTER(M_DISK_PAGED_IN_BYTES_PER_S, "paged_in_bytes_total", vmstat.pgpgin, SCALE_KIB),
	COUNTER(M_DISK_PAGED_OUT_BYTES_PER_S, "paged_out_bytes_total", vmstat.pgpgout, SCALE_KIB),

	STATE(M_TASKS_RUNNING, "running"),
	STATE(M_TASKS_SLEEPING, "sleeping"),
	STATE(M_TASKS_BLOCKED, "blocked"),
	STATE(M_TASKS_STOPPED, "stopped"),
	STATE(M_TASKS_ZOMBIE, "zombie"),
	NAMED(M_TASKS_KERNEL, "kernel_threads", 0),
	NAMED(M_TASKS_THREADS, "threads", 0),
	NAMED(M_TASKS_IO_VISIBLE, "processes_io_visible", 0),

	SAMPLE(M_SELF_SYSTEM_US, "system"),
	SAMPLE(M_SELF_TASKS_US, "tasks"),
	COUNTER(M_SELF_CPU_PCT, "self_cpu_seconds_total", self.cpu_ns, SCALE_NS),
	NAMED(M_SENSORS_CPU_CELSIUS, "cpu_temperature_celsius", 1),
	NAMED(M_SENSORS_CPU_HZ, "cpu_frequency_hertz", 0),
	NAMED(M_SENSORS_CPU_MAX_HZ, "cpu_frequency_max_hertz", 0),
	NAMED(M_SELF_RSS, "self_resident_memory_bytes", 0),
	{ .metric = M_SELF_PROBE_NS,
	  .name = "probe_timed_seconds_total",
	  .help = "time of the BPF program at those context switches at which it was timed, one "
		  "in 256 (bpf/tasks.bpf.c)",
	  .raw = RAW(tasks.probe_ns),
	  .scale = SCALE_NS },
	{ .metric = M_SELF_PROBE_NS,
	  .name = "probe_timed_switches_total",
	  .help = "context switches at which the BPF program was timed (bpf/tasks.bpf.c)",
	  .raw = RAW(tasks.probe_runs) },
	{ .metric = M_SELF_PROBE_NS,
	  .name = "probe_switch_seconds",
	  .help = "time of the BPF program at a context switch, mean of the last interval "
		  "(bpf/tasks.bpf.c)",
	  .raw = METRIC_NO_RAW,
	  .scale = SCALE_NS,
	  .decimals = 12 },
	COUNTER(M_SELF_PROBE_LOST, "probe_drops_total", tasks.lost, SCALE_ONE),
};

const size_t export_row_count = sizeof(export_rows) / sizeof(*export_rows);

#define EACH_CPU "stalltop_cpu_seconds_total of each CPU"
#define EACH_DISK(name) "stalltop_disk_" name " of each disk"
#define AVERAGES(kind, line, full) \
	[M_PRESSURE(kind, full, PSI_NOW)] = "rate(stalltop_pressure_" #line "_seconds_total)", \
				[M_PRESSURE(kind, full, PSI_AVG10)] = \
					"an average: rate(stalltop_pressure_" #line \
					"_seconds_total)", \
				[M_PRESSURE(kind, full, PSI_AVG60)] = \
					"an average: rate(stalltop_pressure_" #line \
					"_seconds_total)", \
				[M_PRESSURE(kind, full, PSI_AVG300)] = \
					"an average: rate(stalltop_pressure_" #line \
					"_seconds_total)"
#define PRESSURE_AVERAGES(kind) AVERAGES(kind, some, 0), AVERAGES(kind, full, 1)
#define UNLISTED "of one interval, with no counter behind it"

const char *const export_left_out[METRIC_COUNT] = {
	[M_CPU_BUSY_PCT] = EACH_CPU,
	[M_CPU_CORES_USED] = EACH_CPU,
	[M_CPU_USER_PCT] = EACH_CPU,
	[M_CPU_NICE_PCT] = EACH_CPU,
	[M_CPU_SYSTEM_PCT] = EACH_CPU,
	[M_CPU_IDLE_PCT] = EACH_CPU,
	[M_CPU_IOWAIT_PCT] = EACH_CPU,
	[M_CPU_IRQ_PCT] = EACH_CPU,
	[M_CPU_SOFTIRQ_PCT] = EACH_CPU,
	[M_CPU_STEAL_PCT] = EACH_CPU,
	[M_CPU_GUEST_PCT] = "stalltop_cpu_guest_seconds_total of each CPU",
	[M_CPU_LOAD1_PER_CPU] = "stalltop_load1 / stalltop_cpus",
	[M_MEMORY_AVAILABLE_PCT] = "stalltop_memory_available_bytes / stalltop_memory_total_bytes",
	[M_CACHE_DIRTY_PCT] = "stalltop_page_cache_dirty_bytes / stalltop_memory_total_bytes",
	[M_FAULTS_THRASH_PCT] =
		"rate(stalltop_workingset_refaults_total) / rate(stalltop_reclaim_stolen_pages_total)",
	[M_FAULTS_OOM_KILLS_INTERVAL] = "increase(stalltop_oom_kills_total)",
	PRESSURE_AVERAGES(PRESSURE_CPU),
	PRESSURE_AVERAGES(PRESSURE_MEMORY),
	PRESSURE_AVERAGES(PRESSURE_IO),
	PRESSURE_AVERAGES(PRESSURE_IRQ),
	[M_DISK_READ_BYTES_PER_S] = EACH_DISK("read_bytes_total"),
	[M_DISK_WRITE_BYTES_PER_S] = EACH_DISK("written_bytes_total"),
	[M_DISK_READS_PER_S] = EACH_DISK("reads_completed_total"),
	[M_DISK_WRITES_PER_S] = EACH_DISK("writes_completed_total"),
	[M_DISK_BUSIEST_PCT] = EACH_DISK("io_time_seconds_total"),
	[M_DISK_WAIT_MS] = EACH_DISK("read_time_seconds_total"),
	[M_TASKS_TOTAL] = "sum(stalltop_processes)",
	[M_TASKS_UNLISTED_CPU_PCT] = UNLISTED,
	[M_TASKS_UNLISTED_MINOR_PER_S] = UNLISTED,
	[M_TASKS_UNLISTED_MAJOR_PER_S] = UNLISTED,
	[M_SELF_SAMPLE_US] = "sum(stalltop_sample_duration_seconds)",
};
