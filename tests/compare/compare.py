#!/usr/bin/env python3
"""
Compares stalltop --json with the same seconds of vmstat, free, /proc/pressure, sar and pidstat,
while stress-ng loads CPU, page faults, context switches and file I/O.

Limits. A rate is a mean over the whole window; it may be off by so many per cent, or by the slack,
whichever is more. A gauge lies between readings of its file before and after, give or take.

  reference                          per cent   slack        why
  /proc at stalltop's own instants   2          small        read 25 ms apart, interpolated
  vmstat, sar                        6          small        the tool's seconds begin some 20 ms off
  pidstat                            8          2 % of a CPU the same, and its clock ticks of 10 ms
  gauges of /proc                    -          see GAUGES   change by themselves between readings
  free, vmstat memory                -          see FREE     read some 10 ms later
  /proc/pressure total, avg, load    -          0            between two readings, exactly
"""

import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # beside the sources
from libcompare import (ENV, STALLTOP, Figures, Programs, Watch, dig, instant, judge, read_lines,
                        wait_for)

SAMPLES = 6
EXACT, TOOL, PIDSTAT = 2, 10, 10  # per cent; the tools sample at instants of their own
RATE_SLACK = 5  # a second
BYTES_SLACK = 256 * 1024  # bytes a second
SHARE_SLACK = 1.0  # points of a per cent
LOAD = {
    "stress-ng-cpu": ("--cpu", "1", "--cpu-load", "60", "--cpu-method", "int64"),
    "stress-ng-fault": ("--fault", "1"),
    "stress-ng-switc": ("--switch", "1"),
    "stress-ng-hdd": ("--hdd", "1", "--hdd-bytes", "64M", "--hdd-opts", "direct,wr-seq,rd-seq"),
}

# stalltop's name, the counter's name, what a count of it is worth
RATES = (
    ("cpu.context_switches_per_s", "stat.ctxt", 1, RATE_SLACK),
    ("cpu.interrupts_per_s", "stat.intr", 1, RATE_SLACK),
    ("cpu.forks_per_s", "stat.processes", 1, RATE_SLACK),
    ("faults.major_per_s", "vm.pgmajfault", 1, RATE_SLACK),
    ("faults.kswapd_scan_per_s", "vm.pgscan_kswapd", 1, RATE_SLACK),
    ("faults.direct_scan_per_s", "vm.pgscan_direct", 1, RATE_SLACK),
    ("page_cache.refault_per_s", "vm.workingset_refault_file", 1, RATE_SLACK),
    ("swap.in_bytes_per_s", "vm.pswpin", 4096, BYTES_SLACK),
    ("swap.out_bytes_per_s", "vm.pswpout", 4096, BYTES_SLACK),
    ("disk.paged_in_bytes_per_s", "vm.pgpgin", 1024, BYTES_SLACK),
    ("disk.paged_out_bytes_per_s", "vm.pgpgout", 1024, BYTES_SLACK),
)

MB = 1 << 20
# stalltop's name, rows of meminfo, how much they may move between two readings
GAUGES = (
    ("memory.total_bytes", ("MemTotal",), 0),
    ("memory.swap_total_bytes", ("SwapTotal",), 0),
    ("memory.free_bytes", ("MemFree",), 16 * MB),
    ("memory.available_bytes", ("MemAvailable",), 16 * MB),
    ("memory.buffers_bytes", ("Buffers",), MB),
    ("memory.cached_bytes", ("Cached",), 16 * MB),
    ("memory.shmem_bytes", ("Shmem",), MB),
    ("memory.slab_bytes", ("Slab",), MB),
    ("memory.anon_bytes", ("AnonPages",), 16 * MB),
    ("page_cache.active_file_bytes", ("Active(file)",), 16 * MB),
    ("page_cache.inactive_file_bytes", ("Inactive(file)",), 16 * MB),
    ("page_cache.dirty_bytes", ("Dirty",), 16 * MB),
    ("page_cache.writeback_bytes", ("Writeback",), 16 * MB),
)

# vmstat's column, stalltop's names, what one of the column is worth, slack
VMSTAT = (
    ("si", ("swap.in_bytes_per_s",), 1024, BYTES_SLACK),
    ("so", ("swap.out_bytes_per_s",), 1024, BYTES_SLACK),
    ("bi", ("disk.paged_in_bytes_per_s",), 1024, BYTES_SLACK),
    ("bo", ("disk.paged_out_bytes_per_s",), 1024, BYTES_SLACK),
    ("in", ("cpu.interrupts_per_s",), 1, 50),
    ("cs", ("cpu.context_switches_per_s",), 1, 50),
    ("us", ("cpu.user_pct", "cpu.nice_pct"), 1, 2),
    ("sy", ("cpu.system_pct", "cpu.irq_pct", "cpu.softirq_pct"), 1, 2),
    ("id", ("cpu.idle_pct",), 1, 2),
    ("wa", ("cpu.iowait_pct",), 1, 2),
    ("st", ("cpu.steal_pct",), 1, 2),
)
# A column of stalltop -b against the same of vmstat, or of sar -B; slack in the column's unit
ROWS = (
    ("si", 256), ("so", 256), ("bi", 256), ("bo", 256), ("in", 50), ("cs", 50),
    ("us", 2), ("sy", 2), ("id", 2), ("wa", 2), ("st", 2),
)
ROWS_MEMORY = (("swpd", 1024), ("free", 32 * 1024), ("buff", 1024), ("cache", 16 * 1024))
VMSTAT_MEMORY = (
    ("swpd", ("memory.swap_used_bytes",), MB),
    ("free", ("memory.free_bytes",), 32 * MB),
    ("buff", ("memory.buffers_bytes",), MB),
    ("cache", ("memory.cached_bytes", "memory.sreclaimable_bytes"), 16 * MB),
)
FREE = (
    ("total", ("memory.total_bytes",), 0),
    ("used", ("memory.used_bytes",), 32 * MB),
    ("free", ("memory.free_bytes",), 32 * MB),
    ("shared", ("memory.shmem_bytes",), MB),
    ("buff/cache", ("memory.buffers_bytes", "memory.cached_bytes", "memory.sreclaimable_bytes"),
     16 * MB),
    ("available", ("memory.available_bytes",), 32 * MB),
    ("swap total", ("memory.swap_total_bytes",), 0),
    ("swap used", ("memory.swap_used_bytes",), MB),
    ("swap free", ("memory.swap_total_bytes", "-memory.swap_used_bytes"), MB),
)
SAR = (
    ("pgpgin/s", ("disk.paged_in_bytes_per_s",), 1024, BYTES_SLACK),
    ("pgpgout/s", ("disk.paged_out_bytes_per_s",), 1024, BYTES_SLACK),
    ("fault/s", ("faults.minor_per_s", "faults.major_per_s"), 1, 50),
    ("majflt/s", ("faults.major_per_s",), 1, RATE_SLACK),
    ("pgscank/s", ("faults.kswapd_scan_per_s",), 1, RATE_SLACK),
    ("pgscand/s", ("faults.direct_scan_per_s",), 1, RATE_SLACK),
)
# pidstat's column, stalltop's name, /proc's name, what one of the column is worth, slack
PROCESS = (
    ("%CPU", "cpu_pct", "cpu", 1, 2),
    ("minflt/s", "minor_per_s", "minor", 1, 20),
    ("majflt/s", "major_per_s", "major", 1, RATE_SLACK),
    ("kB_rd/s", "read_bytes_per_s", "read", 1024, BYTES_SLACK),
    ("kB_wr/s", "write_bytes_per_s", "write", 1024, BYTES_SLACK),
)


def start_load(programs, directory):
    """Starts stress-ng; the pid of one worker of each kind, by its name."""
    options = [word for words in LOAD.values() for word in words]
    load = programs.start("stress-ng", *options, "--temp-path", directory, "--timeout", "20",
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def workers():
        listed = subprocess.run(("ps", "--ppid", str(load.pid), "-o", "pid=,comm="), env=ENV,
                                capture_output=True, text=True, check=False).stdout
        found = {comm: int(pid) for pid, comm in (line.split(None, 1) for line in listed.splitlines())}
        return found if set(LOAD) <= set(found) else None

    return wait_for(workers, 5, "stress-ng's workers")


def columns(text, first):
    """The rows below the last heading that begins with first, as dicts."""
    names, out = None, []
    for line in text.splitlines():
        words = line.replace("# Time", "Time").split()
        if first in words:
            names = words
        elif names and len(words) >= len(names):
            out.append(dict(zip(names, words)))
    return out


def mean(dicts, name):
    return sum(float(d[name]) for d in dicts) / len(dicts)


def compare_proc(figures, lines, watch):
    """Rates against the growth of the kernel's counters between stalltop's first and last sample."""
    def growth(name):
        return watch.growth(name, lines.begin, lines.end)

    for name, counter, worth, slack in RATES:
        grown = growth(counter)
        figures.near(name, lines.mean(name), None if grown is None else
                     grown * worth / lines.seconds, EXACT, slack)
    figures.near("faults.minor_per_s", lines.mean("faults.minor_per_s"),
                 (growth("vm.pgfault") - growth("vm.pgmajfault")) / lines.seconds, EXACT, RATE_SLACK)
    shares = "user nice system idle iowait irq softirq steal".split()
    total = sum(growth("stat." + s) for s in shares)
    for share in shares:
        name = "cpu.%s_pct" % share
        figures.near(name, lines.mean(name), 100 * growth("stat." + share) / total, EXACT,
                     SHARE_SLACK)
    for name, counter, worth in (("read_bytes", "sectors_read", 512),
                                 ("write_bytes", "sectors_written", 512),
                                 ("reads", "reads", 1), ("writes", "writes", 1)):
        grown = sum(growth("disk.%s.%s" % (d["name"], counter))
                    for d in lines.all[0]["disk"]["devices"])
        figures.near("disk.%s_per_s" % name, lines.mean("disk.%s_per_s" % name),
                     grown * worth / lines.seconds, EXACT,
                     BYTES_SLACK if worth > 1 else RATE_SLACK)


def compare_gauges(figures, lines, watch):
    """Each sample's gauges against readings before and after it."""
    for o in lines.all:
        when = instant(o)
        for name, names, slack in GAUGES:
            figures.within(name, dig(o, name), watch.around("mem." + names[0], when), slack)
        for name in ("load1", "load5", "load15"):
            figures.within("cpu." + name, dig(o, "cpu." + name), watch.around(name, when), 0.005)
        for kind in o["pressure"]:
            for line in ("some", "full"):
                path = "pressure.%s.%s" % (kind, line)
                for ours, theirs in (("total_us", "total"), ("avg10_pct", "avg10"),
                                     ("avg60_pct", "avg60"), ("avg300_pct", "avg300")):
                    figures.within("%s.%s" % (path, ours), dig(o, "%s.%s" % (path, ours)),
                                   watch.around("%s.%s" % (path, theirs), when), 0.005)
    for kind in lines.all[0]["pressure"]:
        for line in ("some", "full"):
            path = "pressure.%s.%s" % (kind, line)
            grown = watch.growth(path + ".total", lines.begin, lines.end)
            figures.near(path + ".now_pct", lines.mean(path + ".now_pct"),
                         None if grown is None else grown / 1e4 / lines.seconds, EXACT, SHARE_SLACK)


def mean_of(lines, names):
    return sum(lines.mean(name) or 0 for name in names)


def gauge_of(o, names):
    """The sum of some gauges of an object; a name with a minus is taken off."""
    return sum(-dig(o, name[1:]) if name[0] == "-" else dig(o, name) for name in names)


def compare_vmstat(figures, lines, text):
    """Rates of all rows but the first, which is since boot; gauges of the first alone."""
    first, *rows = columns(text, "swpd")
    figures.holds("vmstat: rows", len(rows) == SAMPLES - 1, len(rows), SAMPLES - 1)
    for column, names, worth, slack in VMSTAT:
        figures.near("vmstat " + column, mean_of(lines, names), mean(rows, column) * worth, TOOL,
                     slack)
    # vmstat of procps 4.0.2 shows its first reading of meminfo again in every row.
    for column, names, slack in VMSTAT_MEMORY:
        figures.near("vmstat " + column, gauge_of(lines.all[0], names), int(first[column]) * 1024, 0,
                     slack)


def compare_sar(figures, lines, text):
    average = columns(text, "pgpgin/s")[-1]
    for column, names, worth, slack in SAR:
        figures.near("sar " + column, mean_of(lines, names), float(average[column]) * worth, TOOL,
                     slack)


def compare_rows(figures, text, vmstat, sar):
    """stalltop -b in the same seconds, column by column."""
    ours, (first, *theirs) = columns(text, "swpd"), columns(vmstat, "swpd")
    faults = columns(sar, "pgpgin/s")[-1]
    figures.holds("rows", len(ours) == SAMPLES - 1, len(ours), SAMPLES - 1)
    for column, slack in ROWS:
        figures.near("row " + column, mean(ours, column), mean(theirs, column), TOOL, slack)
    for column, slack in ROWS_MEMORY:
        figures.near("row " + column, int(ours[0][column]), int(first[column]), 0, slack)
    figures.near("row maj, sar", mean(ours, "maj"), float(faults["majflt/s"]), TOOL, RATE_SLACK)
    figures.near("row min + maj, sar", mean(ours, "min") + mean(ours, "maj"),
                 float(faults["fault/s"]), TOOL, 50)
    # What cannot be a mean of the same seconds: how many ran and waited at the instant of reading.
    for column in ("r", "b"):
        figures.holds("row " + column, all(int(row[column]) < 100 for row in ours),
                      ours[0][column], "a few")


def compare_free(figures, lines, texts):
    for o, text in zip(lines.all, texts):
        heading, mem, swap = (line.split() for line in text.splitlines()[:3])
        free = dict(zip(heading, map(int, mem[1:])))
        free.update(zip(("swap total", "swap used", "swap free"), map(int, swap[1:])))
        for name, names, slack in FREE:
            figures.near("free " + name, gauge_of(o, names), free[name], 0, slack)


def compare_processes(figures, lines, watch, text, workers):
    """The workers that a table held in each interval, against pidstat and their own /proc files."""
    rows = columns(text, "minflt/s")
    for comm, pid in workers.items():
        theirs = [r for r in rows if r["PID"] == str(pid)]
        for column, name, counter, worth, slack in PROCESS:
            ours, seen = lines.of_process(pid, name)
            if seen < SAMPLES - 1:
                continue
            figure = "%s %s" % (comm, name)
            figures.near(figure + ", pidstat", ours, sum(float(r[column]) for r in theirs) * worth /
                         (SAMPLES - 1), PIDSTAT, slack)
            grown = watch.growth("pid.%d.%s" % (pid, counter), lines.begin, lines.end)
            figures.near(figure, ours, grown * (100 if counter == "cpu" else 1) / lines.seconds,
                         EXACT, slack)


def check_load(figures, lines):
    """Without a load that shows, equal figures would say nothing."""
    for name, least in (("cpu.busy_pct", 50), ("cpu.context_switches_per_s", 5000),
                        ("faults.minor_per_s", 5000), ("disk.write_bytes_per_s", MB)):
        figures.holds("load: %s above %d" % (name, least), lines.mean(name) > least,
                      lines.mean(name), least)
    for comm in ("stress-ng-cpu", "stress-ng-fault", "stress-ng-hdd"):
        figures.holds("load: %s is in a table" % comm,
                      any("%s cpu_pct" % comm == name for name in figures.rows))


def measure():
    figures = Figures()
    directory = tempfile.mkdtemp(prefix="stalltop-compare-")
    try:
        with Programs() as programs:
            workers = start_load(programs, directory)
            with Watch(list(workers.values())) as watch:
                wait_for(lambda: len(watch.times) > 20, 5, "the load")
                n = str(SAMPLES - 1)
                stalltop = programs.start(STALLTOP, "--json", "-d", "1", "-n", str(SAMPLES))
                vmstat = programs.start("vmstat", "-w", "1", str(SAMPLES))
                rows = programs.start(STALLTOP, "-b", "-d", "1", "-n", n,
                                      stderr=subprocess.DEVNULL)
                sar = programs.start("sar", "-B", "1", n)
                pidstat = programs.start("pidstat", "-u", "-r", "-d", "-h", "-p",
                                         ",".join(map(str, workers.values())), "1", n)
                free = []
                lines = read_lines(stalltop, lambda: free.append(
                    subprocess.check_output(("free", "-b"), env=ENV, text=True)))
                texts = [tool.communicate(timeout=10)[0] for tool in (vmstat, sar, pidstat, rows)]
                wait_for(lambda: watch.times[-1] > lines.end + 0.1, 2, "a last reading")
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    compare_proc(figures, lines, watch)
    compare_gauges(figures, lines, watch)
    compare_vmstat(figures, lines, texts[0])
    compare_free(figures, lines, free)
    compare_sar(figures, lines, texts[1])
    compare_rows(figures, texts[3], texts[0], texts[1])
    compare_processes(figures, lines, watch, texts[2], workers)
    check_load(figures, lines)
    return figures


if __name__ == "__main__":
    missing = [t for t in ("stress-ng", "vmstat", "sar", "pidstat", "free") if not shutil.which(t)]
    if missing or not os.access(STALLTOP, os.X_OK):
        sys.exit("missing: " + ", ".join(missing or [STALLTOP]))
    judge(measure)
