#include "out/json_names.h"

#define LABEL(name, unit, help, source, formula) \
	{ \
		name, unit, "label", help, source, formula \
	}
#define CPU(field, help) \
	{ \
		"cpu.per_cpu[]." field "_pct", "percent", "ratio", help, "/proc/stat cpuN " field, \
			"100 * growth of " field " / growth of all fields" \
	}
#define DISK(name, unit, kind, formula, help) \
	{ \
		"disk.devices[]." name, unit, kind, help, "/proc/diskstats", formula \
	}
#define TASK(name, unit, kind, source, formula, help) \
	{ \
		"top.*[]." name, unit, kind, help, source, formula \
	}
#define STAT "/proc/PID/stat or BPF"
#define STATUS "/proc/PID/status or BPF"
#define IO "/proc/PID/io or BPF"
#define RULES "the rules of alerts"

const struct json_name json_names[] = {
	LABEL("schema", "count", "version of the names: they are only added to", "stalltop", "1"),
	LABEL("time", "text", "when the sample was taken, UTC", "clock_gettime(2)",
	      "CLOCK_REALTIME, RFC 3339"),
	{ "interval_s", "seconds", "gauge", "time since the sample before", "clock_gettime(2)",
	  "growth of CLOCK_MONOTONIC" },
	LABEL("source", "text", "where processes come from: bpf or proc", "stalltop", "as chosen"),

	LABEL("cpu.per_cpu[].cpu", "count", "number of the CPU", "/proc/stat cpuN", "N"),
	{ "cpu.per_cpu[].busy_pct", "percent", "ratio", "CPU time not idle", "/proc/stat cpuN",
	  "100 - idle_pct - iowait_pct" },
	CPU("user", "in programs, guests of a hypervisor included"),
	CPU("nice", "in programs at lowered priority"),
	CPU("system", "in the kernel"),
	CPU("idle", "idle, with no disk to wait for"),
	CPU("iowait", "idle while a task waits for a disk"),
	CPU("irq", "in interrupts"),
	CPU("softirq", "in soft interrupts"),
	CPU("steal", "taken by the hypervisor for others"),
	CPU("guest", "in guests of this hypervisor; inside user and nice"),
	LABEL("memory.level", "text", "how much memory is in use: low, medium, high, critical",
	      "/proc/meminfo MemAvailable MemTotal",
	      "by available_pct: low above 50, medium above 20, high above 10"),

	LABEL("disk.devices[].name", "text", "a whole disk", "/proc/diskstats", "its name"),
	DISK("read_bytes_per_s", "bytes/s", "rate", "growth of sectors read * 512, a second",
	     "read from it"),
	DISK("write_bytes_per_s", "bytes/s", "rate", "growth of sectors written * 512, a second",
	     "written to it"),
	DISK("reads_per_s", "1/s", "rate", "growth of reads completed a second",
	     "reads that ended"),
	DISK("writes_per_s", "1/s", "rate", "growth of writes completed a second",
	     "writes that ended"),
	DISK("util_pct", "percent", "ratio", "100 * growth of ms doing I/O / interval",
	     "time with a request in flight"),
	DISK("await_ms", "milliseconds", "ratio",
	     "growth of ms reading + writing / growth of reads + writes", "mean time of a request"),
	DISK("queue", "count", "ratio", "growth of weighted ms / interval",
	     "mean requests in flight"),

	LABEL("top.*[].pid", "count", "process id", STAT, "tgid"),
	TASK("start_time", "seconds", "label", STAT, "starttime",
	     "when it began, since boot; with the pid it is one process"),
	LABEL("top.*[].comm", "text", "name of the program, made harmless", STAT, "comm"),
	LABEL("top.*[].user", "text", "effective user", STATUS, "name of its uid, or the uid"),
	LABEL("top.*[].state", "text", "R runs, D waits for a disk, S sleeps, Z ended", STAT,
	      "state"),
	TASK("cpu_pct", "percent", "ratio", STAT, "growth of utime + stime / interval",
	     "CPU time, of one CPU"),
	TASK("rss_bytes", "bytes", "gauge", STAT, "rss * page size", "memory resident"),
	TASK("anon_bytes", "bytes", "gauge", STATUS, "RssAnon", "part of it that no file backs"),
	TASK("swap_bytes", "bytes", "gauge", STATUS, "VmSwap", "memory in swap"),
	TASK("rss_growth_bytes_per_s", "bytes/s", "rate", STAT, "growth of rss a second",
	     "growth of memory, negative when it shrinks"),
	TASK("read_bytes_per_s", "bytes/s", "rate", IO, "growth of read_bytes a second",
	     "fetched from storage"),
	TASK("write_bytes_per_s", "bytes/s", "rate", IO, "growth of write_bytes a second",
	     "bound for storage"),
	TASK("minor_per_s", "1/s", "rate", STAT, "growth of min_flt a second",
	     "page faults that needed no disk"),
	TASK("major_per_s", "1/s", "rate", STAT, "growth of maj_flt a second",
	     "page faults that waited for a disk"),
	TASK("runq_pct", "percent", "ratio", "/proc/PID/schedstat or BPF",
	     "growth of run_delay / interval",
	     "time it could run and waited for a CPU, summed over threads"),
	TASK("disk_wait_pct", "percent", "ratio", STAT,
	     "growth of delayacct_blkio_ticks, or of time in D, / interval",
	     "time it waited for a disk, summed over threads"),
	TASK("voluntary_switches_per_s", "1/s", "rate", "BPF: task_struct.nvcsw",
	     "growth of nvcsw a second", "context switches because it had to wait"),
	TASK("involuntary_switches_per_s", "1/s", "rate", "BPF: task_struct.nivcsw",
	     "growth of nivcsw a second", "context switches because its CPU was taken away"),
	TASK("threads", "count", "gauge", STAT, "num_threads", "threads"),

	LABEL("alerts[].name", "text", "an alert that holds now", RULES, "its rule"),
	LABEL("alerts[].level", "text", "warning or critical", RULES, "by its thresholds"),
	LABEL("alerts[].metric", "text", "the number that it is about", RULES, "a name"),
	LABEL("alerts[].value", "count", "what that is, in its own unit", RULES, "the metric"),
	LABEL("alerts[].threshold", "count", "what it has reached", RULES, "of this level"),
	LABEL("alerts[].text", "text", "headline and evidence", RULES, "a sentence"),
	LABEL("verdict.level", "text", "ok, warning or critical", "alerts", "of the worst alert"),
	LABEL("verdict.headline", "text", "what stalls work most, or no stalls", "alerts",
	      "the worst alert's"),
	LABEL("verdict.evidence", "text", "the numbers behind it", "alerts", "the worst alert's"),
	LABEL("verdict.blame", "text", "the process most behind it", "processes",
	      "most of what the alert is about"),
	LABEL("verdict.text", "text", "all of that as one line", "alerts", "joined"),
	LABEL("verdict.pid", "count", "id of that process", "processes", "pid"),
	LABEL("verdict.comm", "text", "its name", "processes", "comm"),
};

const size_t json_name_count = sizeof(json_names) / sizeof(json_names[0]);
