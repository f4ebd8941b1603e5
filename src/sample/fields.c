#include "sample/fields.h"

#include <string.h>

#define U64(column, field_, source_) \
	{ \
		.name = column, .offset = offsetof(struct sample, field_), .type = FIELD_U64, \
		.source = source_ \
	}
#define OTHER(column, field_, type_, source_) \
	{ \
		.name = column, .offset = offsetof(struct sample, field_), .type = type_, \
		.source = source_ \
	}
#define STATUS(file, path) OTHER("status_" #file, status[FILE_##file], FIELD_INT, path)
#define STAT(field) U64("stat_" #field, stat.field, "/proc/stat " #field)
#define TOTAL(field) U64("stat_" #field, stat.total.field, "/proc/stat cpu " #field)
#define MEMINFO(field, row) U64("mem_" #field, meminfo.field, "/proc/meminfo " row),
#define VMSTAT(field) U64("vm_" #field, vmstat.field, "/proc/vmstat " #field),
#define ARC(field) U64("arc_" #field, arc.field, "/proc/spl/kstat/zfs/arcstats " #field)
#define PSI_LINE(kind, index, line) \
	U64("psi_" kind "_" #line "_avg10_centi", pressure[index].line.avg10_centi, \
	    "/proc/pressure/" kind " " #line " avg10"), \
		U64("psi_" kind "_" #line "_avg60_centi", pressure[index].line.avg60_centi, \
		    "/proc/pressure/" kind " " #line " avg60"), \
		U64("psi_" kind "_" #line "_avg300_centi", pressure[index].line.avg300_centi, \
		    "/proc/pressure/" kind " " #line " avg300"), \
		U64("psi_" kind "_" #line "_total_us", pressure[index].line.total_us, \
		    "/proc/pressure/" kind " " #line " total")
#define PSI(kind, index) PSI_LINE(kind, index, some), PSI_LINE(kind, index, full)

static const struct field of_sample[] = {
	U64("sequence", sequence, "samples taken"),
	U64("mono_ns", mono_ns, "CLOCK_MONOTONIC"),
	U64("boot_ns", boot_ns, "CLOCK_BOOTTIME"),
	U64("real_ns", real_ns, "CLOCK_REALTIME"),
	STATUS(STAT, "/proc/stat"),
	STATUS(MEMINFO, "/proc/meminfo"),
	STATUS(VMSTAT, "/proc/vmstat"),
	STATUS(LOADAVG, "/proc/loadavg"),
	STATUS(UPTIME, "/proc/uptime"),
	STATUS(DISKSTATS, "/proc/diskstats"),
	STATUS(ARCSTATS, "/proc/spl/kstat/zfs/arcstats"),
	STATUS(PRESSURE_CPU, "/proc/pressure/cpu"),
	STATUS(PRESSURE_MEMORY, "/proc/pressure/memory"),
	STATUS(PRESSURE_IO, "/proc/pressure/io"),
	STATUS(PRESSURE_IRQ, "/proc/pressure/irq"),
	STATUS(TASKS, "/proc/PID or BPF"),
	TOTAL(user),
	TOTAL(nice),
	TOTAL(system),
	TOTAL(idle),
	TOTAL(iowait),
	TOTAL(irq),
	TOTAL(softirq),
	TOTAL(steal),
	TOTAL(guest),
	TOTAL(guest_nice),
	STAT(intr),
	STAT(ctxt),
	STAT(btime),
	STAT(processes),
	STAT(procs_running),
	STAT(procs_blocked),
	OTHER("stat_cpus", stat.cpu_seen, FIELD_SIZE, "/proc/stat, lines cpuN"),
	MEMINFO_ROWS(MEMINFO) VMSTAT_ROWS(VMSTAT)
		U64("load1_centi", loadavg.load1_centi, "/proc/loadavg, number for 1 min"),
	U64("load5_centi", loadavg.load5_centi, "/proc/loadavg, number for 5 min"),
	U64("load15_centi", loadavg.load15_centi, "/proc/loadavg, number for 15 min"),
	U64("load_runnable", loadavg.runnable, "/proc/loadavg, before the slash"),
	U64("load_threads", loadavg.threads, "/proc/loadavg, after the slash"),
	U64("load_last_pid", loadavg.last_pid, "/proc/loadavg, last number"),
	U64("up_centi", uptime.up_centi, "/proc/uptime, first number"),
	U64("up_idle_centi", uptime.idle_centi, "/proc/uptime, second number"),
	PSI("cpu", PRESSURE_CPU),
	PSI("memory", PRESSURE_MEMORY),
	PSI("io", PRESSURE_IO),
	PSI("irq", PRESSURE_IRQ),
	OTHER("disks_seen", disks.seen, FIELD_SIZE, "/proc/diskstats, lines"),
	ARC(size),
	ARC(c),
	ARC(c_min),
	ARC(c_max),
	ARC(hits),
	ARC(misses),
	U64("cgroup_cpu_milli", cgroup.cpu_milli, "/sys/fs/cgroup cpu.max"),
	U64("cgroup_memory_bytes", cgroup.memory_bytes, "/sys/fs/cgroup memory.max"),
	U64("cgroup_memory_used_bytes", cgroup.memory_used_bytes, "/sys/fs/cgroup memory.current"),
	U64("sensor_cpu_milli_c", sensors.cpu_milli_c, "/sys/class/thermal or hwmon"),
	U64("sensor_cpu_khz", sensors.cpu_khz, "/sys cpufreq scaling_cur_freq"),
	U64("sensor_cpu_max_khz", sensors.cpu_max_khz, "/sys cpufreq cpuinfo_max_freq"),
	U64("delayacct", delayacct, "/proc/sys/kernel/task_delayacct"),
	U64("min_free_kb", min_free_kbytes, "/proc/sys/vm/min_free_kbytes"),
	U64("page_bytes", page_bytes, "sysconf(_SC_PAGESIZE)"),
	OTHER("tasks_io_hidden", tasks.io_hidden, FIELD_SIZE, "/proc/PID/io, not permitted"),
	OTHER("tasks_hidepid", tasks.hidepid, FIELD_BOOL, "/proc mount option hidepid"),
	U64("tasks_threads", tasks.threads, "/proc/PID/stat num_threads, sum"),
	U64("tasks_lost", tasks.lost, "BPF, ended threads and sleeps in D not noted"),
	U64("tasks_probe_runs", tasks.probe_runs, "BPF, context switches timed"),
	U64("tasks_probe_ns", tasks.probe_ns, "BPF, what those took"),
	U64("self_system_ns", self.system_ns, "clock_gettime(2)"),
	U64("self_tasks_ns", self.tasks_ns, "clock_gettime(2)"),
	U64("self_cpu_ns", self.cpu_ns, "CLOCK_PROCESS_CPUTIME_ID"),
	U64("self_rss_bytes", self.rss_bytes, "/proc/self/statm"),
};

#define CPU(field_) \
	{ \
		.name = #field_, .offset = offsetof(struct cpu_line, times.field_), \
		.type = FIELD_U64, .source = "/proc/stat cpuN " #field_ \
	}

static const struct field of_cpu[] = {
	{ "cpu", offsetof(struct cpu_line, id), FIELD_U32, "/proc/stat, N of cpuN" },
	CPU(user),
	CPU(nice),
	CPU(system),
	CPU(idle),
	CPU(iowait),
	CPU(irq),
	CPU(softirq),
	CPU(steal),
	CPU(guest),
	CPU(guest_nice),
};

#define DISK(field_, type_) \
	{ \
		.name = #field_, .offset = offsetof(struct disk_stat, field_), .type = type_, \
		.source = "/proc/diskstats" \
	}

static const struct field of_disk[] = {
	DISK(major, FIELD_U32),		  DISK(minor, FIELD_U32),
	DISK(reads, FIELD_U64),		  DISK(reads_merged, FIELD_U64),
	DISK(sectors_read, FIELD_U64),	  DISK(read_ms, FIELD_U64),
	DISK(writes, FIELD_U64),	  DISK(writes_merged, FIELD_U64),
	DISK(sectors_written, FIELD_U64), DISK(write_ms, FIELD_U64),
	DISK(in_flight, FIELD_U64),	  DISK(io_ms, FIELD_U64),
	DISK(weighted_ms, FIELD_U64),	  DISK(discards, FIELD_U64),
	DISK(discards_merged, FIELD_U64), DISK(sectors_discarded, FIELD_U64),
	DISK(discard_ms, FIELD_U64),	  DISK(flushes, FIELD_U64),
	DISK(flush_ms, FIELD_U64),
};

#define TASK(field_, type_, source_) \
	{ \
		.name = #field_, .offset = offsetof(struct task, field_), .type = type_, \
		.source = source_ \
	}

static const struct field of_task[] = {
	TASK(ppid, FIELD_U32, "/proc/PID/stat 4 or BPF"),
	TASK(uid, FIELD_U32, "/proc/PID/status Uid or BPF"),
	TASK(threads, FIELD_U32, "/proc/PID/stat 20 or BPF"),
	TASK(nice, FIELD_I8, "/proc/PID/stat 19 or BPF"),
	TASK(state, FIELD_CHAR, "/proc/PID/stat 3 or BPF"),
	TASK(flags, FIELD_U8, "1 thread of the kernel, 2 did not run, 4 has ended, 8 in D"),
	TASK(cpu_ns, FIELD_U64, "CPU clock of the process or BPF"),
	TASK(run_delay_ns, FIELD_U64, "/proc/PID/schedstat or BPF"),
	TASK(disk_wait_ns, FIELD_U64, "/proc/PID/stat 42 or BPF"),
	TASK(blocked_ns, FIELD_U64, "BPF"),
	TASK(voluntary_switches, FIELD_U64, "BPF"),
	TASK(involuntary_switches, FIELD_U64, "BPF"),
	TASK(minor_faults, FIELD_U64, "/proc/PID/stat 10 or BPF"),
	TASK(major_faults, FIELD_U64, "/proc/PID/stat 12 or BPF"),
	TASK(read_bytes, FIELD_U64, "/proc/PID/io read_bytes or BPF"),
	TASK(write_bytes, FIELD_U64, "/proc/PID/io write_bytes or BPF"),
	TASK(rss_bytes, FIELD_U64, "/proc/PID/stat 24 or BPF"),
	TASK(anon_bytes, FIELD_U64, "/proc/PID/status RssAnon or BPF"),
	TASK(swap_bytes, FIELD_U64, "/proc/PID/status VmSwap or BPF"),
};

#define TABLE(name, rows) \
	{ \
		name, rows, sizeof(rows) / sizeof((rows)[0]) \
	}

const struct fields sample_fields = TABLE("sample", of_sample);
const struct fields cpu_fields = TABLE("cpu", of_cpu);
const struct fields disk_fields = TABLE("disk", of_disk);
const struct fields task_fields = TABLE("task", of_task);

_Static_assert(sizeof(of_sample) / sizeof(of_sample[0]) <= FIELDS_MAX, "FIELDS_MAX");

#define GET(type, base) (*(const type *)(base))
#define SET(type, base, value) (*(type *)(base) = (type)(value))

int64_t field_get(const struct field *field, const void *base)
{
	const void *at = (const char *)base + field->offset;

	switch (field->type) {
	case FIELD_U64:
		return (int64_t)GET(uint64_t, at);
	case FIELD_U32:
		return GET(uint32_t, at);
	case FIELD_INT:
		return GET(int, at);
	case FIELD_I8:
		return GET(int8_t, at);
	case FIELD_U8:
		return GET(uint8_t, at);
	case FIELD_CHAR:
		return GET(char, at);
	case FIELD_BOOL:
		return GET(bool, at);
	case FIELD_SIZE:
		return (int64_t)GET(size_t, at);
	}
	return 0;
}

static int64_t limit(int64_t value, int64_t least, int64_t most)
{
	return value < least ? least : value > most ? most : value;
}

/* A letter of ps(1), or '?'. */
static char letter(int64_t value)
{
	return (value >= 'A' && value <= 'Z') || (value >= 'a' && value <= 'z') || !value
		       ? (char)value
		       : '?';
}

void field_set(const struct field *field, void *base, int64_t value)
{
	void *at = (char *)base + field->offset;

	switch (field->type) {
	case FIELD_U64:
		SET(uint64_t, at, value);
		break;
	case FIELD_U32:
		SET(uint32_t, at, limit(value, 0, UINT32_MAX));
		break;
	case FIELD_INT:
		SET(int, at, limit(value, INT32_MIN, INT32_MAX));
		break;
	case FIELD_I8:
		SET(int8_t, at, limit(value, INT8_MIN, INT8_MAX));
		break;
	case FIELD_U8:
		SET(uint8_t, at, limit(value, 0, UINT8_MAX));
		break;
	case FIELD_CHAR:
		SET(char, at, letter(value));
		break;
	case FIELD_BOOL:
		SET(bool, at, value != 0);
		break;
	case FIELD_SIZE:
		SET(size_t, at, limit(value, 0, INT32_MAX));
		break;
	}
}

static const struct {
	const char *tail, *unit;
} units[] = {
	{ "_ns", "nanoseconds" },
	{ "_us", "microseconds" },
	{ "_ms", "milliseconds" },
	{ "_kb", "kB" },
	{ "_khz", "kHz" },
	{ "_milli_c", "thousandths of a degree Celsius" },
	{ "_bytes", "bytes" },
	{ "_avg10_centi", "hundredths of a per cent" },
	{ "_milli", "thousandths" },
	{ "_avg60_centi", "hundredths of a per cent" },
	{ "_avg300_centi", "hundredths of a per cent" },
	{ "_centi", "hundredths" },
	{ "btime", "seconds since the epoch" },
	{ "sectors_read", "sectors of 512 bytes" },
	{ "sectors_written", "sectors of 512 bytes" },
	{ "sectors_discarded", "sectors of 512 bytes" },
};

const char *field_unit(const struct field *field)
{
	size_t len = strlen(field->name);

	if (!strncmp(field->source, "/proc/stat cpu", strlen("/proc/stat cpu")))
		return "ticks of USER_HZ";
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		size_t tail = strlen(units[i].tail);

		if (len >= tail && !strcmp(field->name + len - tail, units[i].tail))
			return units[i].unit;
	}
	return "count";
}

const struct field *field_at(const struct fields *fields, size_t offset)
{
	for (size_t i = 0; i < fields->count; i++)
		if (fields->field[i].offset == offset)
			return &fields->field[i];
	return NULL;
}
