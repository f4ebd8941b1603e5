"""What the comparisons share: programs started and ended, /proc watched, figures judged."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from bisect import bisect_left
from calendar import timegm

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
STALLTOP = os.environ.get("STALLTOP", os.path.join(ROOT, "build", "stalltop"))
TOOLS = os.environ.get("STALLTOP_TOOLS", os.path.join(ROOT, "build", "tests", "tools"))
ENV = dict(os.environ, LC_ALL="C", S_TIME_FORMAT="ISO", S_COLORS="never")
TICKS = os.sysconf("SC_CLK_TCK")


class Programs:
    """Programs in a process group each, all of them ended when the block is left."""

    def __init__(self):
        self.started = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for program in self.started:
            if program.poll() is None:
                os.killpg(program.pid, signal.SIGTERM)
        for program in self.started:
            try:
                program.wait(timeout=3)
            except subprocess.TimeoutExpired:
                os.killpg(program.pid, signal.SIGKILL)
                program.wait()
            if program.stdout:
                program.stdout.close()

    def start(self, *command, **options):
        program = subprocess.Popen(
            command, env=ENV, start_new_session=True, stdin=subprocess.DEVNULL,
            **{"stdout": subprocess.PIPE, "text": True, "errors": "replace", **options})
        self.started.append(program)
        return program


def wait_for(condition, seconds, what):
    """Polls until condition() is true and returns what it returned."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        threading.Event().wait(0.02)
    sys.exit("%s: not within %g s" % (what, seconds))


def read(path):
    with open(path, errors="replace") as file:
        return file.read()


# --- /proc, as numbers by name

def cpu_stat():
    values = {}
    names = "user nice system idle iowait irq softirq steal".split()
    for line in read("/proc/stat").splitlines():
        key, *fields = line.split()
        if key == "cpu":
            values.update(("stat." + n, int(v)) for n, v in zip(names, fields))
        elif key in ("ctxt", "processes", "intr"):
            values["stat." + key] = int(fields[0])
    return values


def rows(path, prefix, scale):
    values = {}
    for line in read(path).splitlines():
        key, value = line.split()[:2]
        values[prefix + key.rstrip(":")] = int(value) * scale
    return values


def loadavg():
    return dict(zip(("load1", "load5", "load15"), map(float, read("/proc/loadavg").split())))


def pressure():
    values = {}
    for kind in ("cpu", "memory", "io", "irq"):
        try:
            text = read("/proc/pressure/" + kind)
        except OSError:
            continue
        for line in text.splitlines():
            name, *fields = line.split()
            for field in fields:
                key, value = field.split("=")
                values["pressure.%s.%s.%s" % (kind, name, key)] = float(value)
    return values


def disks():
    """Growth counters of all whole disks, summed by the caller's choice of names."""
    values = {}
    for line in read("/proc/diskstats").splitlines():
        field = line.split()
        for name, at in (("reads", 3), ("sectors_read", 5), ("writes", 7),
                         ("sectors_written", 9)):
            values["disk.%s.%s" % (field[2], name)] = int(field[at])
    return values


def process(pid):
    """CPU seconds, faults and bytes of a process; {} when it is gone."""
    try:
        stat = read("/proc/%d/stat" % pid).rpartition(")")[2].split()
        io = rows("/proc/%d/io" % pid, "", 1)
    except OSError:
        return {}
    key = "pid.%d." % pid
    return {key + "cpu": (int(stat[11]) + int(stat[12])) / TICKS, key + "minor": int(stat[7]),
            key + "major": int(stat[9]), key + "read": io["read_bytes"],
            key + "write": io["write_bytes"]}


class Watch(threading.Thread):
    """Reads /proc every 25 ms, so that its values at another reader's instant are known."""

    def __init__(self, pids=()):
        super().__init__(daemon=True)
        self.pids = pids
        self.times, self.values = [], []
        self.over = threading.Event()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.join()

    def run(self):
        while not self.over.wait(0.025):
            values = {**cpu_stat(), **rows("/proc/vmstat", "vm.", 1),
                      **rows("/proc/meminfo", "mem.", 1024), **loadavg(), **pressure(), **disks()}
            for pid in self.pids:
                values.update(process(pid))
            self.values.append(values)
            self.times.append(time.time())

    def at(self, name, when):
        """A counter at this instant, between the readings around it."""
        i = min(max(bisect_left(self.times, when), 1), len(self.times) - 1)
        before, after = self.times[i - 1], self.times[i]
        a, b = self.values[i - 1].get(name), self.values[i].get(name)
        if a is None or b is None:
            return None
        return a + (b - a) * min(max((when - before) / (after - before), 0), 1)

    def growth(self, name, begin, end):
        a, b = self.at(name, begin), self.at(name, end)
        return None if a is None or b is None else b - a

    def around(self, name, when):
        """Lowest and highest of the readings around an instant, two before and two after."""
        i = bisect_left(self.times, when)
        near = [v[name] for v in self.values[max(i - 2, 0):i + 2] if name in v]
        return (min(near), max(near)) if near else None


# --- stalltop's lines

class Lines:
    """The objects of one run of stalltop --json."""

    def __init__(self, objects):
        self.all = objects
        self.rated = [o for o in objects if o["interval_s"] is not None]
        self.seconds = sum(o["interval_s"] for o in self.rated)
        self.begin, self.end = instant(objects[0]), instant(objects[-1])

    def mean(self, path):
        """Mean of a rate or share over the whole window; None when it is null throughout."""
        pairs = [(dig(o, path), o["interval_s"]) for o in self.rated]
        pairs = [(value, s) for value, s in pairs if value is not None]
        return sum(v * s for v, s in pairs) / sum(s for _, s in pairs) if pairs else None

    def of_process(self, pid, name):
        """Mean of a rate of a process, and in how many intervals a table held it."""
        total, seen = 0, 0
        for o in self.rated:
            task = next((t for table in o["top"].values() for t in table if t["pid"] == pid), None)
            if task and task[name] is not None:
                total += task[name] * o["interval_s"]
                seen += 1
        return total / self.seconds, seen


def dig(o, path):
    for key in path.split("."):
        o = o.get(key) if isinstance(o, dict) else None
    return o


def instant(o):
    whole, _, fraction = o["time"].rstrip("Z").partition(".")
    return timegm(time.strptime(whole, "%Y-%m-%dT%H:%M:%S")) + float("0." + (fraction or "0"))


def read_lines(program, each=None):
    objects = []
    for line in program.stdout:
        if each:
            each()
        objects.append(json.loads(line))
    if program.wait() != 0:
        sys.exit("stalltop ended with status %d" % program.returncode)
    return Lines(objects)


# --- figures

class Figures:
    """What was compared: a row each, and whether it is within its limit."""

    def __init__(self):
        self.rows = {}

    def near(self, name, ours, theirs, percent, slack):
        """Within percent of theirs, or within slack of it, whichever is more."""
        if theirs is None and ours is None:
            return
        limit = "%g%% or %s" % (percent, size(slack))
        if ours is None or theirs is None:
            self.add(name, ours, theirs, None, limit, False)
            return
        off = abs(ours - theirs)
        share = 100 * (ours - theirs) / theirs if theirs else 0.0
        self.add(name, ours, theirs, share, limit, off <= max(percent / 100 * abs(theirs), slack))

    def within(self, name, ours, bounds, slack):
        """Between two readings of the same gauge, give or take slack."""
        if bounds is None and ours is None:
            return
        limit = "between, +-%s" % size(slack)
        if ours is None or bounds is None:
            self.add(name, ours, None, None, limit, False)
            return
        low, high = bounds
        nearest = min(max(ours, low), high)
        share = 100 * (ours - nearest) / nearest if nearest else 0.0
        self.add(name, ours, nearest, share, limit, abs(ours - nearest) <= slack)

    def holds(self, name, ok, ours="", want=""):
        self.add(name, ours, want, None, "", bool(ok))

    def add(self, name, ours, theirs, share, limit, ok):
        """The worst of several judgements under one name is kept."""
        known = self.rows.get(name)
        row = (ours, theirs, share, limit, ok)
        if known is None or (known[4] and not ok):
            self.rows[name] = row
        elif known[4] == ok and abs(share or 0) > abs(known[2] or 0):
            self.rows[name] = row

    def failed(self):
        return [name for name, row in self.rows.items() if not row[4]]

    def print(self):
        print("%-44s %16s %16s %8s  %-18s" % ("figure", "stalltop", "reference", "diff %", "limit"))
        zero = [n for n, row in self.rows.items() if row[0] == row[1] == 0 and row[4]]
        for name, (ours, theirs, share, limit, ok) in self.rows.items():
            if name in zero:
                continue
            print("%-44s %16s %16s %8s  %-18s %s" % (
                name, short(ours), short(theirs), "-" if share is None else "%.2f" % share, limit,
                "ok" if ok else "FAIL"))
        if zero:
            print("0 in both: " + "; ".join(zero))


def size(value):
    for unit, name in ((1 << 20, "M"), (1 << 10, "K")):
        if value >= unit:
            return "%g%s" % (value / unit, name)
    return "%g" % value


def short(value):
    if isinstance(value, float) or isinstance(value, int) and not isinstance(value, bool):
        return "%.2f" % value if abs(value) < 1e6 else "%.0f" % value
    return "-" if value is None else str(value)[:16]


def judge(measure):
    """
    Takes a window and, where a figure is off, a second one: this machine may be busy with other
    things meanwhile. A figure fails that is off in both, and one that says whether the load was
    there ("load: ") that is off in the last. Exits.
    """
    first = measure()
    last = first
    if first.failed():
        print("off in the first window, so measured again: " + ", ".join(first.failed()))
        last = measure()
        for name in last.failed():
            if first.rows.get(name, (False,))[-1] and not name.startswith("load: "):
                last.rows[name] = first.rows[name]
    last.print()
    failed = len(last.failed())
    print("%d passed, %d failed" % (len(last.rows) - failed, failed))
    sys.exit(1 if failed else 0)
