#include "model/metric.h"

#include <string.h>

#include "model/interval.h"
#include "model/metric_rows.h"

/* Pressure: four files, two lines each, five values each. */
#define PSI_FILE_OF(kind) (uint8_t)(FILE_PRESSURE_CPU + (kind))
#define PSI_ROW(index, name_, full, line, value, tail, unit_, kind_, rule_, field, scale_, f, \
		help_) \
	[M_PRESSURE(index, full, value)] = { .name = "pressure." name_ "." #line "." tail, \
					     .unit = unit_, \
					     .help = help_, \
					     .source = "/proc/pressure/" name_ " " #line, \
					     .formula = f, \
					     .kind = kind_, \
					     .rule = rule_, \
					     .file = PSI_FILE_OF(index), \
					     .decimals = (scale_) < 1 ? 2 : 0, \
					     .interval = (rule_) == RULE_RATE, \
					     .raw = RAW(pressure[index].line.field), \
					     .scale = scale_ }
#define PSI_AVERAGE(index, name, full, line, s) \
	PSI_ROW(index, name, full, line, PSI_AVG##s, "avg" #s "_pct", "percent", METRIC_RATIO, \
		RULE_GAUGE, avg##s##_centi, 0.01, "avg" #s, \
		"share of the time that work stood still, mean of " #s " s")
#define PSI_LINE(index, name, full, line, who) \
	PSI_ROW(index, name, full, line, PSI_NOW, "now_pct", "percent", METRIC_RATIO, RULE_RATE, \
		total_us, 1e-4, "100 * growth of total / interval", \
		"share of the interval in which " who " stood still for want of " name), \
		PSI_AVERAGE(index, name, full, line, 10), \
		PSI_AVERAGE(index, name, full, line, 60), \
		PSI_AVERAGE(index, name, full, line, 300), \
		PSI_ROW(index, name, full, line, PSI_TOTAL, "total_us", "microseconds", \
			METRIC_COUNTER, RULE_GAUGE, total_us, 1, "total", \
			"time that " who " stood still since boot")
#define PSI_FILE(index, name) \
	PSI_LINE(index, name, 0, some, "some task"), PSI_LINE(index, name, 1, full, "every task")

#define NO_LIMIT "no limit by a cgroup"

const struct metric metrics[METRIC_COUNT] = {
	[M_CPU_BUSY_PCT] = CPU_SHARE("cpu.busy_pct", RAW(stat.total.idle), "/proc/stat cpu",
				     "100 - idle_pct - iowait_pct", "CPU time not idle"),
	[M_CPU_CORES_USED] = COMPUTED("cpu.cores_used", "CPUs", METRIC_RATIO, FILE_STAT,
				      RAW(stat.total.idle), true, "no CPU time passed",
				      "/proc/stat cpu", "busy_pct / 100 * count",
				      "CPUs' worth of work"),
	[M_CPU_USER_PCT] = CPU_FIELD(user, "in programs, guests of a hypervisor included"),
	[M_CPU_NICE_PCT] = CPU_FIELD(nice, "in programs at lowered priority"),
	[M_CPU_SYSTEM_PCT] = CPU_FIELD(system, "in the kernel"),
	[M_CPU_IDLE_PCT] = CPU_FIELD(idle, "idle, with no disk to wait for"),
	[M_CPU_IOWAIT_PCT] = CPU_FIELD(iowait, "idle while a task waits for a disk"),
	[M_CPU_IRQ_PCT] = CPU_FIELD(irq, "in interrupts"),
	[M_CPU_SOFTIRQ_PCT] = CPU_FIELD(softirq, "in soft interrupts"),
	[M_CPU_STEAL_PCT] = CPU_FIELD(steal, "taken by the hypervisor for others"),
	[M_CPU_GUEST_PCT] = CPU_SHARE("cpu.guest_pct", RAW(stat.total.guest),
				      "/proc/stat cpu guest guest_nice",
				      "100 * growth of guest + guest_nice / growth of all fields",
				      "in guests of this hypervisor; inside user and nice"),
	[M_CPU_CONTEXT_SWITCHES_PER_S] = RATE("cpu.context_switches_per_s", "1/s", FILE_STAT,
					      stat.ctxt, 1, "/proc/stat ctxt",
					      "growth of ctxt a second", "context switches"),
	[M_CPU_INTERRUPTS_PER_S] = RATE("cpu.interrupts_per_s", "1/s", FILE_STAT, stat.intr, 1,
					"/proc/stat intr", "growth of intr a second",
					"interrupts of all kinds"),
	[M_CPU_FORKS_PER_S] = RATE("cpu.forks_per_s", "1/s", FILE_STAT, stat.processes, 1,
				   "/proc/stat processes", "growth of processes a second",
				   "processes and threads started"),
	[M_CPU_RUNNABLE] = GAUGE("cpu.runnable", "tasks", FILE_STAT, stat.procs_running, 1,
				 "/proc/stat procs_running", "procs_running",
				 "tasks that run or wait for a CPU"),
	[M_CPU_BLOCKED] = GAUGE("cpu.blocked", "tasks", FILE_STAT, stat.procs_blocked, 1,
				"/proc/stat procs_blocked", "procs_blocked",
				"tasks that wait for a disk"),
	[M_CPU_LOAD1] = LOAD(1),
	[M_CPU_LOAD5] = LOAD(5),
	[M_CPU_LOAD15] = LOAD(15),
	[M_CPU_LOAD1_PER_CPU] = COMPUTED("cpu.load1_per_cpu", "load", METRIC_RATIO, FILE_LOADAVG,
					 RAW(loadavg.load1_centi), false,
					 "no CPU line in /proc/stat", "/proc/loadavg /proc/stat",
					 "load1 / count", "load of 1 min for each CPU"),
	[M_CPU_COUNT] = COMPUTED("cpu.count", "CPUs", METRIC_GAUGE, FILE_STAT, METRIC_NO_RAW, false,
				 "no CPU line", "/proc/stat cpuN", "lines cpuN", "CPUs online"),
	[M_CPU_LIMIT_CORES] = { .name = "cpu.limit_cores",
				.unit = "CPUs",
				.help = "CPUs' worth of time that the own cgroup may use",
				.source = "/sys/fs/cgroup cpu.max",
				.formula = "quota / period",
				.kind = METRIC_GAUGE,
				.rule = RULE_GAUGE,
				.file = FILE_COUNT,
				.decimals = 3,
				.raw = RAW(cgroup.cpu_milli),
				.scale = 1e-3,
				.unknown = NO_LIMIT },

	[M_MEMORY_TOTAL] =
		KB("memory.total_bytes", memtotal_kb, "MemTotal", "memory of the machine"),
	[M_MEMORY_FREE] = KB("memory.free_bytes", memfree_kb, "MemFree", "memory without any use"),
	[M_MEMORY_AVAILABLE] =
		MEMORY("memory.available_bytes", RAW(meminfo.memavailable_kb),
		       "/proc/meminfo MemAvailable",
		       "MemAvailable (before 3.14: MemFree - low + half or more of Active(file), "
		       "Inactive(file) and SReclaimable) + arc_evictable, at most MemTotal",
		       "memory that programs can have without swapping"),
	[M_MEMORY_AVAILABLE_PCT] = COMPUTED(
		"memory.available_pct", "percent", METRIC_RATIO, FILE_MEMINFO,
		RAW(meminfo.memavailable_kb), false, NULL, "/proc/meminfo MemAvailable MemTotal",
		"100 * available / MemTotal", "the same as a share of all memory"),
	[M_MEMORY_USED] = MEMORY("memory.used_bytes", RAW(meminfo.memavailable_kb),
				 "/proc/meminfo MemTotal MemAvailable", "MemTotal - available",
				 "memory that cannot be had without swapping"),
	[M_MEMORY_BUFFERS] =
		KB("memory.buffers_bytes", buffers_kb, "Buffers", "page cache of block devices"),
	[M_MEMORY_CACHED] = KB("memory.cached_bytes", cached_kb, "Cached",
			       "page cache of files, shared memory included"),
	[M_MEMORY_SHMEM] = KB("memory.shmem_bytes", shmem_kb, "Shmem",
			      "shared memory and tmpfs: only swap can take it back"),
	[M_MEMORY_SLAB] = KB("memory.slab_bytes", slab_kb, "Slab", "small objects of the kernel"),
	[M_MEMORY_SRECLAIMABLE] = KB("memory.sreclaimable_bytes", sreclaimable_kb, "SReclaimable",
				     "part of slab that can be taken back"),
	[M_MEMORY_ANON] = KB("memory.anon_bytes", anonpages_kb, "AnonPages",
			     "memory of programs that no file backs"),
	[M_MEMORY_MAPPED] =
		KB("memory.mapped_bytes", mapped_kb, "Mapped", "files mapped by programs"),
	[M_MEMORY_ACTIVE] = KB("memory.active_bytes", active_kb, "Active", "used not long ago"),
	[M_MEMORY_INACTIVE] =
		KB("memory.inactive_bytes", inactive_kb, "Inactive", "first to be taken back"),
	[M_MEMORY_UNEVICTABLE] = KB("memory.unevictable_bytes", unevictable_kb, "Unevictable",
				    "locked or otherwise not to be taken back"),
	[M_MEMORY_PAGE_TABLES] = KB("memory.page_tables_bytes", pagetables_kb, "PageTables",
				    "page tables of programs"),
	[M_MEMORY_KERNEL_STACK] = KB("memory.kernel_stack_bytes", kernelstack_kb, "KernelStack",
				     "kernel stacks of tasks"),
	[M_MEMORY_COMMITTED] = KB("memory.committed_bytes", committed_as_kb, "Committed_AS",
				  "memory that programs may ask for without a further call"),
	[M_MEMORY_COMMIT_LIMIT] = KB("memory.commit_limit_bytes", commitlimit_kb, "CommitLimit",
				     "most that can be committed with vm.overcommit_memory=2"),
	[M_MEMORY_HUGEPAGES_TOTAL] =
		GAUGE("memory.hugepages_total", "pages", FILE_MEMINFO, meminfo.hugepages_total, 1,
		      "/proc/meminfo HugePages_Total", "HugePages_Total", "huge pages set aside"),
	[M_MEMORY_HUGEPAGES_FREE] = GAUGE("memory.hugepages_free", "pages", FILE_MEMINFO,
					  meminfo.hugepages_free, 1, "/proc/meminfo HugePages_Free",
					  "HugePages_Free", "huge pages set aside and not in use"),
	[M_MEMORY_SWAP_TOTAL] =
		KB("memory.swap_total_bytes", swaptotal_kb, "SwapTotal", "swap space"),
	[M_MEMORY_SWAP_USED] = MEMORY("memory.swap_used_bytes", RAW(meminfo.swapfree_kb),
				      "/proc/meminfo SwapTotal SwapFree", "SwapTotal - SwapFree",
				      "swap space in use"),
	[M_MEMORY_SWAP_CACHED] = KB("memory.swap_cached_bytes", swapcached_kb, "SwapCached",
				    "in memory again and still in swap"),
	[M_MEMORY_ZSWAP] =
		KB("memory.zswap_bytes", zswap_kb, "Zswap", "memory that compressed swap takes"),
	[M_MEMORY_ARC] = GAUGE("memory.arc_bytes", "bytes", FILE_ARCSTATS, arc.size, 1,
			       "/proc/spl/kstat/zfs/arcstats size", "size", "cache of ZFS"),
	[M_MEMORY_ARC_EVICTABLE] =
		COMPUTED("memory.arc_evictable_bytes", "bytes", METRIC_GAUGE, FILE_ARCSTATS,
			 RAW(arc.c_min), false, NULL, "/proc/spl/kstat/zfs/arcstats size c_min",
			 "size - c_min, at least 0", "part of it that can be taken back"),
	[M_MEMORY_LIMIT] = { .name = "memory.limit_bytes",
			     .unit = "bytes",
			     .help = "memory that the own cgroup may use",
			     .source = "/sys/fs/cgroup memory.max",
			     .formula = "memory.max",
			     .kind = METRIC_GAUGE,
			     .rule = RULE_GAUGE,
			     .file = FILE_COUNT,
			     .raw = RAW(cgroup.memory_bytes),
			     .scale = 1,
			     .unknown = NO_LIMIT },
	[M_MEMORY_LIMIT_USED] = { .name = "memory.limit_used_bytes",
				  .unit = "bytes",
				  .help = "memory that the own cgroup uses",
				  .source = "/sys/fs/cgroup memory.current",
				  .formula = "memory.current",
				  .kind = METRIC_GAUGE,
				  .rule = RULE_GAUGE,
				  .file = FILE_COUNT,
				  .raw = RAW(cgroup.memory_used_bytes),
				  .scale = 1,
				  .unknown = NO_LIMIT },

	[M_CACHE_SIZE] = MEMORY("page_cache.size_bytes", RAW(meminfo.cached_kb),
				"/proc/meminfo Cached Buffers Shmem",
				"Cached + Buffers - Shmem, at least 0",
				"page cache that files back: without shared memory"),
	[M_CACHE_ACTIVE_FILE] = KB("page_cache.active_file_bytes", active_file_kb, "Active(file)",
				   "page cache used not long ago"),
	[M_CACHE_INACTIVE_FILE] = KB("page_cache.inactive_file_bytes", inactive_file_kb,
				     "Inactive(file)", "page cache that is first to be taken back"),
	[M_CACHE_DIRTY] = KB("page_cache.dirty_bytes", dirty_kb, "Dirty",
			     "page cache that waits to be written"),
	[M_CACHE_DIRTY_PCT] = COMPUTED("page_cache.dirty_pct", "percent", METRIC_RATIO,
				       FILE_MEMINFO, RAW(meminfo.dirty_kb), false, NULL,
				       "/proc/meminfo Dirty MemTotal", "100 * Dirty / MemTotal",
				       "the same as a share of all memory"),
	[M_CACHE_WRITEBACK] = KB("page_cache.writeback_bytes", writeback_kb, "Writeback",
				 "page cache that is being written"),
	[M_CACHE_REFAULT_PER_S] = RECLAIM(
		"page_cache.refault_per_s", "1/s", METRIC_RATE, workingset_refault_file, NULL,
		"workingset_refault_file",
		"growth of workingset_refault_file (before 5.9: workingset_refault) a second",
		"pages of files that were taken back and are read again"),
	[M_CACHE_REFAULT_ANON_PER_S] = VM_RATE("page_cache.refault_anon_per_s",
					       workingset_refault_anon,
					       "pages swapped out that are wanted again"),

	[M_FAULTS_MINOR_PER_S] = RECLAIM("faults.minor_per_s", "1/s", METRIC_RATE, pgfault, NULL,
					 "pgfault pgmajfault",
					 "growth of pgfault - growth of pgmajfault, a second",
					 "page faults that needed no disk: cheap"),
	[M_FAULTS_MAJOR_PER_S] =
		VM_RATE("faults.major_per_s", pgmajfault, "page faults that waited for a disk"),
	[M_FAULTS_KSWAPD_SCAN_PER_S] = VM_RATE("faults.kswapd_scan_per_s", pgscan_kswapd,
					       "pages looked at by the reclaim in the background"),
	[M_FAULTS_DIRECT_SCAN_PER_S] =
		VM_RATE("faults.direct_scan_per_s", pgscan_direct,
			"pages looked at by tasks that need memory themselves"),
	[M_FAULTS_KSWAPD_STEAL_PER_S] = VM_RATE("faults.kswapd_steal_per_s", pgsteal_kswapd,
						"pages taken back in the background"),
	[M_FAULTS_DIRECT_STEAL_PER_S] = VM_RATE("faults.direct_steal_per_s", pgsteal_direct,
						"pages taken back by tasks that need them"),
	[M_FAULTS_RECLAIM_PER_S] =
		RECLAIM("faults.reclaim_per_s", "1/s", METRIC_RATE, pgsteal_kswapd, NULL,
			"pgsteal_kswapd pgsteal_direct pgsteal_khugepaged pgsteal_proactive",
			"growth of those that the kernel prints, a second", "pages taken back"),
	[M_FAULTS_STEAL_PCT] = RECLAIM(
		"faults.steal_pct", "percent", METRIC_RATIO, pgscan_kswapd, "nothing was scanned",
		"pgsteal_* pgscan_*, each of kswapd direct khugepaged proactive",
		"100 * growth of pgsteal / growth of pgscan",
		"pages taken back of those looked at: low when reclaim works in vain"),
	[M_FAULTS_THRASH_PCT] = RECLAIM("faults.thrash_pct", "percent", METRIC_RATIO,
					pgsteal_kswapd, "nothing was reclaimed",
					"workingset_refault_file workingset_refault_anon",
					"100 * growth of both / pages taken back, at most 100",
					"pages taken back that were wanted again"),
	[M_FAULTS_DIRECT_STALLS_PER_S] =
		RECLAIM("faults.direct_stalls_per_s", "1/s", METRIC_RATE, allocstall_normal, NULL,
			"allocstall_dma allocstall_dma32 allocstall_normal allocstall_movable",
			"growth of allocstall, or of those that the kernel prints, a second",
			"times that a task had to reclaim memory itself"),
	[M_FAULTS_COMPACT_STALLS_PER_S] = VM_RATE("faults.compact_stalls_per_s", compact_stall,
						  "times that a task had to wait for compaction"),
	[M_FAULTS_THP_FAULT_PER_S] = VM_RATE("faults.thp_fault_per_s", thp_fault_alloc,
					     "huge pages given at a page fault"),
	[M_FAULTS_OOM_KILLS] = { .name = "faults.oom_kills",
				 .unit = "count",
				 .help = "processes killed for want of memory, since boot",
				 .source = "/proc/vmstat oom_kill",
				 .formula = "oom_kill",
				 .kind = METRIC_COUNTER,
				 .rule = RULE_GAUGE,
				 .file = FILE_VMSTAT,
				 .raw = RAW(vmstat.oom_kill),
				 .scale = 1 },
	[M_FAULTS_OOM_KILLS_INTERVAL] = COMPUTED(
		"faults.oom_kills_interval", "count", METRIC_GAUGE, FILE_VMSTAT,
		RAW(vmstat.oom_kill), true, NULL, "/proc/vmstat oom_kill", "growth of oom_kill",
		"processes killed for want of memory, in the interval"),

	[M_SWAP_IN_BYTES_PER_S] = RECLAIM("swap.in_bytes_per_s", "bytes/s", METRIC_RATE, pswpin,
					  NULL, "pswpin", "growth of pswpin * page size, a second",
					  "read from swap"),
	[M_SWAP_OUT_BYTES_PER_S] =
		RECLAIM("swap.out_bytes_per_s", "bytes/s", METRIC_RATE, pswpout, NULL, "pswpout",
			"growth of pswpout * page size, a second", "written to swap"),

	PSI_FILE(PRESSURE_CPU, "cpu"),
	PSI_FILE(PRESSURE_MEMORY, "memory"),
	PSI_FILE(PRESSURE_IO, "io"),
	PSI_FILE(PRESSURE_IRQ, "irq"),

	[M_DISK_READ_BYTES_PER_S] = DISK_RATE(
		"disk.read_bytes_per_s", "bytes/s",
		"growth of sectors read * 512, of all whole disks, a second", "read from disks"),
	[M_DISK_WRITE_BYTES_PER_S] =
		DISK_RATE("disk.write_bytes_per_s", "bytes/s",
			  "growth of sectors written * 512, of all whole disks, a second",
			  "written to disks"),
	[M_DISK_READS_PER_S] = DISK_RATE("disk.reads_per_s", "1/s",
					 "growth of reads completed, of all whole disks, a second",
					 "reads that ended"),
	[M_DISK_WRITES_PER_S] = DISK_RATE(
		"disk.writes_per_s", "1/s",
		"growth of writes completed, of all whole disks, a second", "writes that ended"),
	[M_DISK_PAGED_IN_BYTES_PER_S] = RATE("disk.paged_in_bytes_per_s", "bytes/s", FILE_VMSTAT,
					     vmstat.pgpgin, 1024, "/proc/vmstat pgpgin",
					     "growth of pgpgin * 1024, a second",
					     "read by all block devices, layers counted again"),
	[M_DISK_PAGED_OUT_BYTES_PER_S] = RATE("disk.paged_out_bytes_per_s", "bytes/s", FILE_VMSTAT,
					      vmstat.pgpgout, 1024, "/proc/vmstat pgpgout",
					      "growth of pgpgout * 1024, a second",
					      "written by all block devices, layers counted again"),
	[M_DISK_BUSIEST_PCT] = DISK("disk.busiest_pct", "percent", METRIC_RATIO,
				    "no whole disk in both samples",
				    "largest of 100 * growth of ms doing I/O / interval",
				    "time with a request in flight, of the busiest disk"),
	[M_DISK_WAIT_MS] = DISK("disk.wait_ms", "milliseconds", METRIC_RATIO,
				"no request ended in the interval",
				"growth of ms reading + writing / growth of reads + writes",
				"mean time of a request"),

	[M_TASKS_TOTAL] = TASKS("tasks.total", "/proc/PID", "processes", "processes"),
	[M_TASKS_RUNNING] = TASK_STATE("tasks.running", "R", "run or wait for a CPU"),
	[M_TASKS_SLEEPING] = TASK_STATE("tasks.sleeping", "S or I", "sleep"),
	[M_TASKS_BLOCKED] = TASK_STATE("tasks.blocked", "D",
				       "have a thread in D, most for a disk (/proc: the first)"),
	[M_TASKS_STOPPED] = TASK_STATE("tasks.stopped", "T or t", "stopped or traced"),
	[M_TASKS_ZOMBIE] = TASK_STATE("tasks.zombie", "Z", "ended and not waited for"),
	[M_TASKS_KERNEL] = TASKS("tasks.kernel", "/proc/PID/stat flags",
				 "processes with PF_KTHREAD", "threads of the kernel"),
	[M_TASKS_THREADS] = TASKS("tasks.threads", "/proc/PID/stat num_threads",
				  "sum of num_threads", "threads of all processes"),
	[M_TASKS_IO_VISIBLE] = TASKS("tasks.io_visible", "/proc/PID/io",
				     "processes whose io can be read",
				     "processes whose I/O permission lets us see"),
	[M_TASKS_UNLISTED_CPU_PCT] = UNLISTED(
		"tasks.unlisted_cpu_pct", "percent", METRIC_RATIO,
		"busy CPU time less steal and the CPU time of all listed processes",
		"CPU time of processes that ended within the interval or are hidden, and of "
		"interrupts; of one CPU"),
	[M_TASKS_UNLISTED_MINOR_PER_S] =
		UNLISTED("tasks.unlisted_minor_per_s", "1/s", METRIC_RATE,
			 "faults.minor_per_s less those of all listed processes",
			 "minor faults of processes that ended within the interval or are hidden"),
	[M_TASKS_UNLISTED_MAJOR_PER_S] =
		UNLISTED("tasks.unlisted_major_per_s", "1/s", METRIC_RATE,
			 "faults.major_per_s less those of all listed processes",
			 "major faults of processes that ended within the interval or are hidden"),

	[M_SENSORS_CPU_CELSIUS] =
		SENSOR("sensors.cpu_temperature_celsius", "celsius", cpu_milli_c, 1e-3,
		       "class/hwmon temp1_input, /sys/class/thermal temp",
		       "temp / 1000, the warmest of coretemp, k10temp, ..., or of a thermal zone",
		       "temperature of the CPU"),
	[M_SENSORS_CPU_HZ] = SENSOR("sensors.cpu_frequency_hz", "hertz", cpu_khz, 1000,
				    "devices/system/cpu/cpufreq scaling_cur_freq",
				    "mean of scaling_cur_freq * 1000, of 8 policies at most",
				    "how fast the CPUs run"),
	[M_SENSORS_CPU_MAX_HZ] = SENSOR("sensors.cpu_frequency_max_hz", "hertz", cpu_max_khz, 1000,
					"devices/system/cpu/cpufreq cpuinfo_max_freq",
					"largest cpuinfo_max_freq * 1000", "how fast they can run"),

	[M_SELF_SAMPLE_US] = SELF("self.sample_us", METRIC_NO_RAW, "system_us + tasks_us",
				  "time that the sample took"),
	[M_SELF_SYSTEM_US] = SELF("self.system_us", RAW(self.system_ns), "wall time",
				  "part of it for the files of the system"),
	[M_SELF_TASKS_US] = SELF("self.tasks_us", RAW(self.tasks_ns), "wall time",
				 "part of it for the processes"),
	[M_SELF_CPU_PCT] = RATE("self.cpu_pct", "percent", FILE_COUNT, self.cpu_ns, 1e-7,
				"CLOCK_PROCESS_CPUTIME_ID", "100 * growth / interval",
				"stalltop's own time, of one CPU"),
	[M_SELF_RSS] = GAUGE("self.rss_bytes", "bytes", FILE_COUNT, self.rss_bytes, 1,
			     "/proc/self/statm resident", "resident * page size",
			     "stalltop's own memory"),
	[M_SELF_PROBE_NS] = { .name = "self.probe_ns_per_switch",
			      .unit = "nanoseconds",
			      .help = "time of the BPF program at a context switch",
			      .source = "bpf/tasks.bpf.c",
			      .formula =
				      "mean of one run in 256 over 30 s; the kernel adds about 50 ns to call it",
			      .kind = METRIC_GAUGE,
			      .rule = RULE_COMPUTED,
			      .file = FILE_COUNT,
			      .decimals = 1,
			      .interval = true,
			      .raw = RAW(tasks.probe_runs),
			      .scale = 1,
			      .unknown =
				      "no BPF program at each context switch, or timed too rarely yet" },
	[M_SELF_PROBE_LOST] = { .name = "self.probe_lost",
				.unit = "count",
				.help = "ended threads and sleeps in D that the BPF probe had no room to note",
				.source = "bpf/tasks.bpf.c",
				.formula = "threads and sleeps since stalltop began",
				.kind = METRIC_COUNTER,
				.rule = RULE_GAUGE,
				.file = FILE_COUNT,
				.raw = RAW(tasks.lost),
				.scale = 1,
				.unknown = "processes come from /proc, not from BPF" },
};

int metric_find(const char *name)
{
	for (int id = 0; id < METRIC_COUNT; id++)
		if (!strcmp(metrics[id].name, name))
			return id;
	return -1;
}
