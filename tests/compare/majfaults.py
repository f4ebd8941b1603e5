#!/usr/bin/env python3
"""
Major faults made on purpose, and who stalltop says made them: a process in a memory cgroup touches
a mapped file that is larger than the cgroup's limit, so that most touches wait for storage.

Limits. The process's major faults a second, and the system's, may be off by 3 per cent or 3 a
second from the growth of its own /proc/PID/stat and of pgmajfault. No other process may show more
than 5 a second, on average over the window. Needs a memory cgroup that it may make, version 1 or
2, mostly as root; without one it says why and passes nothing.
"""

import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # beside the sources
from libcompare import (STALLTOP, TOOLS, Figures, Programs, Watch, dig, judge, read, read_lines,
                        wait_for)

MAJFAULT = os.path.join(TOOLS, "majfault")
FILE_BYTES = 128 << 20
LIMIT_BYTES = 8 << 20
TOUCHES = 1500  # a second, at most
SAMPLES = 6
PERCENT, SLACK = 3, 3
OTHERS = 5  # major faults a second of any other process


class MemoryCgroup:
    """A memory cgroup of our own; OSError where it cannot be had."""

    def __init__(self):
        self.path = None
        reasons = []
        for parent, limit in self.places():
            path = os.path.join(parent, "stalltop-test-%d" % os.getpid())
            try:
                os.mkdir(path)
                self.path = path
                with open(os.path.join(path, limit), "w") as file:
                    file.write(str(LIMIT_BYTES))
                return
            except OSError as error:
                reasons.append("%s: %s" % (parent, error.strerror))
                self.close()
        raise OSError("; ".join(reasons) or "no memory cgroup is mounted")

    @staticmethod
    def places():
        """Directories to make a cgroup in, and the file there that takes its limit."""
        for line in read("/proc/mounts").splitlines():
            _, mount, kind, options = line.split()[:4]
            if kind == "cgroup" and "memory" in options.split(","):
                yield mount, "memory.limit_in_bytes"
            elif kind == "cgroup2":
                try:
                    with open(os.path.join(mount, "cgroup.subtree_control"), "r+") as file:
                        if "memory" not in file.read().split():
                            file.write("+memory")
                except OSError:
                    pass
                yield mount, "memory.max"

    def enter(self):
        """In a child, before it becomes the program."""
        with open(os.path.join(self.path, "cgroup.procs"), "w") as file:
            file.write("0")

    def close(self):
        if not self.path:
            return

        def removed():
            try:
                os.rmdir(self.path)
            except OSError as error:
                return isinstance(error, FileNotFoundError)
            return True

        wait_for(removed, 5, "the end of " + self.path)
        self.path = None


def storage_directory():
    """A directory whose files do not live in memory."""
    places = [os.environ.get("TMPDIR"), "/var/tmp", "/tmp", os.getcwd()]
    for place in filter(None, places):
        kind = subprocess.run(("stat", "-f", "-c", "%T", place), capture_output=True, text=True,
                              check=False).stdout.strip()
        if kind not in ("", "tmpfs", "ramfs") and os.access(place, os.W_OK):
            return place
    raise OSError("no directory on storage")


def make_file(directory):
    """A file on storage, with nothing of it in the page cache."""
    path = os.path.join(directory, "mapped")
    with open(path, "wb") as file:
        for _ in range(FILE_BYTES >> 20):
            file.write(os.urandom(1 << 20))
        file.flush()
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return path


def check_process(figures, lines, watch, pid):
    own = watch.growth("pid.%d.major" % pid, lines.begin, lines.end) / lines.seconds
    ours, seen = lines.of_process(pid, "major_per_s")
    figures.holds("load: at least 50 major faults a second", own >= 50, own, 50)
    figures.holds("a table holds it in each interval", seen == SAMPLES - 1, seen, SAMPLES - 1)
    figures.near("its major faults/s", ours, own, PERCENT, SLACK)
    firsts = [o["top"]["faults"][0] for o in lines.rated if o["top"]["faults"]]
    figures.holds("it is the first of top.faults", len(firsts) == SAMPLES - 1 and
                  all(t["pid"] == pid and t["comm"] == "majfault" for t in firsts),
                  firsts and "%(comm)s[%(pid)d]" % firsts[-1], "majfault[%d]" % pid)


def check_system(figures, lines, watch):
    grown = watch.growth("vm.pgmajfault", lines.begin, lines.end) / lines.seconds
    figures.near("faults.major_per_s", lines.mean("faults.major_per_s"), grown, PERCENT, SLACK)


def check_rows(figures, lines, text, messages, sar):
    """stalltop -b in the same seconds: its maj is sar's, and is said on standard error."""
    names, *rows = (line.split() for line in text.splitlines()[1:])
    maj = sum(float(dict(zip(names, row))["maj"]) for row in rows) / len(rows)
    figures.near("maj of the rows", maj, lines.mean("faults.major_per_s"), 10, SLACK)
    if sar:
        heading, *_, average = (line.split() for line in sar.splitlines() if "majflt/s" in line or
                                line.startswith("Average"))
        theirs = dict(zip(heading[-len(average):], average))
        figures.near("maj of the rows, sar", maj, float(theirs["majflt/s"]), 10, SLACK)
    figures.holds("rows: the message", messages.count("HIGH IO LATENCY: ") == len(rows),
                  messages.count("HIGH IO LATENCY: "), len(rows))


def is_calm(o):
    """The CPUs are not in a critical state as well, which may be the worse one."""
    return not any(a["level"] == "critical" and "cpu" in a["metric"] for a in o["alerts"])


def check_verdict(figures, lines, pid):
    calm = [o for o in lines.rated if is_calm(o)]
    figures.holds("load: nothing else holds the CPUs", calm, len(calm), 1)
    for o in calm:
        verdict = o["verdict"]
        figures.holds("the headline is of faults or memory",
                      verdict["headline"] in ("HIGH IO LATENCY", "MEMORY STALL"),
                      verdict["headline"], "HIGH IO LATENCY")
        figures.holds("the evidence names major faults", "major faults" in verdict["evidence"],
                      verdict["evidence"], "N major faults/s")
        figures.holds("the verdict names the process", verdict["pid"] == pid and
                      "majfault[%d]" % pid in verdict["text"], verdict["blame"],
                      "majfault[%d]" % pid)
        figures.holds("the alert holds", any(a["metric"] == "faults.major_per_s"
                                             for a in o["alerts"]))
    print(lines.rated[-1]["verdict"]["text"])


def check_others(figures, lines, pid):
    others = {t["pid"]: t["comm"] for o in lines.rated for table in o["top"].values()
              for t in table if t["pid"] != pid}
    worst, rate = "nobody", 0
    for other, comm in others.items():
        mean, _ = lines.of_process(other, "major_per_s")
        if mean > rate:
            worst, rate = "%s[%d]" % (comm, other), mean
    figures.holds("no other process shows more than %d" % OTHERS, rate <= OTHERS, rate, worst)


def measure(cgroup, path):
    figures = Figures()
    with Programs() as programs:
        load = programs.start(MAJFAULT, path, "20", "random", str(TOUCHES),
                              preexec_fn=cgroup.enter)
        if load.stdout.readline() != "ready\n":
            sys.exit("majfault did not start")
        with Watch([load.pid]) as watch:
            wait_for(lambda: len(watch.times) > 20, 5, "the load")
            stalltop = programs.start(STALLTOP, "--json", "-d", "1", "-n", str(SAMPLES))
            rows = programs.start(STALLTOP, "-b", "-d", "1", "-n", str(SAMPLES - 1),
                                  stderr=subprocess.PIPE)
            sar = programs.start("sar", "-B", "1", str(SAMPLES - 1)) if shutil.which("sar") else None
            lines = read_lines(stalltop)
            said = rows.communicate(timeout=10)
            average = sar and sar.communicate(timeout=10)[0]
            wait_for(lambda: watch.times[-1] > lines.end + 0.1, 2, "a last reading")
    check_process(figures, lines, watch, load.pid)
    check_system(figures, lines, watch)
    check_rows(figures, lines, *said, average)
    check_verdict(figures, lines, load.pid)
    check_others(figures, lines, load.pid)
    return figures


def main():
    for program in (STALLTOP, MAJFAULT):
        if not os.access(program, os.X_OK):
            sys.exit("missing: " + program)
    try:
        storage = storage_directory()
        cgroup = MemoryCgroup()
    except OSError as error:
        print("skipped, major faults cannot be made here: %s" % error)
        print("0 passed, 0 failed, 1 skipped")
        return
    directory = tempfile.mkdtemp(prefix="stalltop-majfaults-", dir=storage)
    try:
        path = make_file(directory)
        judge(lambda: measure(cgroup, path))
    finally:
        cgroup.close()
        shutil.rmtree(directory)


if __name__ == "__main__":
    main()
