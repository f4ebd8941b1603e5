#!/usr/bin/env python3
"""
A real prometheus server scrapes stalltop once a second while the same run prints JSON lines.

What a counter grew by between two samples that the server has stored is what the JSON lines between
them add up to, most within 0.5 per cent: both are of the same samples, and JSON rounds. rate() over the
window, which guesses at its edges and is of scrapes that come up to a second after their sample, is
within 10 per cent of the JSON lines' mean (4 per cent where the window is 60 s or more).

STALLTOP_PROMETHEUS_SECONDS  how long it scrapes (20)
"""

import calendar
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

sys.dont_write_bytecode = True  # beside the sources
from libcompare import Figures, Programs, dig, judge, wait_for
from libexporter import answers, fetch, free_port, start_listening

SECONDS = int(os.environ.get("STALLTOP_PROMETHEUS_SECONDS", "20"))
LOAD = """
import mmap, time
while True:
    with mmap.mmap(-1, 200 * 4096) as pages:
        for at in range(0, 200 * 4096, 4096):
            pages[at] = 1
    time.sleep(0.01)
"""
# A counter there; what the JSON object has for it, a second.
COUNTERS = {
    "stalltop_context_switches_total": lambda o: dig(o, "cpu.context_switches_per_s"),
    "stalltop_forks_total": lambda o: dig(o, "cpu.forks_per_s"),
    "stalltop_page_faults_total - stalltop_major_page_faults_total":
        lambda o: dig(o, "faults.minor_per_s"),
    "stalltop_major_page_faults_total": lambda o: dig(o, "faults.major_per_s"),
    'stalltop_pressure_some_seconds_total{resource="cpu"}':
        lambda o: dig(o, "pressure.cpu.some.now_pct") and
        dig(o, "pressure.cpu.some.now_pct") / 100,
    "sum(stalltop_disk_written_bytes_total)": lambda o: dig(o, "disk.write_bytes_per_s"),
    "stalltop_self_cpu_seconds_total": lambda o: dig(o, "self.cpu_pct") / 100,
}
STEADY = ("stalltop_page_faults_total - stalltop_major_page_faults_total",)
# Per cent and slack: shares have two decimals.
LIMITS = {"sum(stalltop_disk_written_bytes_total)": (0.5, 65536),
          'stalltop_pressure_some_seconds_total{resource="cpu"}': (0.5, 0.01),
          "stalltop_self_cpu_seconds_total": (2, 0.005)}


class Server:
    """A prometheus in a temporary folder."""

    def __init__(self, programs, directory, target):
        config = os.path.join(directory, "prometheus.yml")
        with open(config, "w") as file:
            file.write("global: {scrape_interval: 1s, scrape_timeout: 1s}\nscrape_configs:\n"
                       "- {job_name: stalltop, static_configs: [{targets: ['%s']}]}\n" % target)
        port = free_port()
        self.url = "http://127.0.0.1:%d" % port
        programs.start("prometheus", "--config.file=" + config,
                       "--storage.tsdb.path=" + os.path.join(directory, "data"),
                       "--web.listen-address=127.0.0.1:%d" % port, "--log.level=error",
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(lambda: answers(self.url + "/-/ready"), 30, "prometheus")

    def query(self, expression, when):
        answer = fetch(self.url + "/api/v1/query?" + urllib.parse.urlencode(
            {"query": expression, "time": "%.3f" % when}))
        return json.loads(answer)["data"]["result"]

    def value(self, expression, when):
        result = self.query(expression, when)
        return float(result[0]["value"][1]) if result else None

    def scrapes(self, when, seconds):
        """When each scrape was, and the instant of the sample that it got."""
        result = self.query("stalltop_sample_timestamp_seconds[%ds]" % seconds, when)
        return [(at, float(value)) for at, value in result[0]["values"]] if result else []


def milliseconds(o):
    """As the time of the sample stands in JSON."""
    text = o["time"]
    whole = time.strptime(text[:19], "%Y-%m-%dT%H:%M:%S")
    return calendar.timegm(whole) * 1000 + int(text[20:23])


def compare(figures, server, lines, end):
    times = {milliseconds(o): i for i, o in enumerate(lines)}
    shared = [(at, times[round(sample * 1000)]) for at, sample in server.scrapes(end, SECONDS)
              if round(sample * 1000) in times]
    figures.holds("load: it was scraped", len(shared) >= SECONDS / 2, len(shared), SECONDS / 2)
    if len(shared) < 2:
        return
    (begun, first), (ended, last) = shared[0], shared[-1]
    between = lines[first + 1:last + 1]
    seconds = sum(o["interval_s"] for o in between)
    rate_percent = 4 if SECONDS >= 60 else 10
    print("%d scrapes of %d samples, %.1f s" % (len(shared), len(between), seconds))

    def growth(expression):
        return server.value(expression, ended) - server.value(expression, begun)

    for expression, per_s in COUNTERS.items():
        if any(per_s(o) is None for o in between):
            continue
        grown = growth(expression)
        told = sum(per_s(o) * o["interval_s"] for o in between)
        figures.near(expression, told, grown, *LIMITS.get(expression, (0.5, 2)))
        if expression in STEADY:
            rate = " - ".join("rate(%s[%ds])" % (name, SECONDS)
                              for name in expression.split(" - "))
            figures.near("rate() of it", told / seconds, server.value(rate, end), rate_percent, 1)
    user = growth('sum(stalltop_cpu_seconds_total{mode="user"})')
    told = sum(dig(o, "cpu.user_pct") * o["interval_s"] for o in between)
    figures.near("cpu.user_pct", told / seconds,
                 100 * user / growth("sum(stalltop_cpu_seconds_total)"), 1, 0.2)
    figures.near("memory.total_bytes", dig(lines[last], "memory.total_bytes"),
                 server.value("stalltop_memory_total_bytes", ended), 0, 0)
    figures.near("cpu.load1", dig(lines[last], "cpu.load1"),
                 server.value("stalltop_load1", ended), 0, 0)
    figures.holds("up throughout", server.value("min_over_time(up[%ds])" % (SECONDS // 2), end),
                  "", 1)


def measure():
    figures = Figures()
    directory = tempfile.mkdtemp(prefix="stalltop-prometheus-")
    lines = []
    try:
        with Programs() as programs:
            programs.start(sys.executable, "-c", LOAD)
            stalltop, url = start_listening(programs, "--json", "-d", "1")
            threading.Thread(target=lambda: lines.extend(map(json.loads, stalltop.stdout)),
                             daemon=True).start()
            server = Server(programs, directory, url.partition("//")[2])
            wait_for(lambda: server.query("stalltop_up", time.time()), 30, "the first scrape")
            begun = time.time()
            wait_for(lambda: time.time() - begun > SECONDS + 1, SECONDS + 30, "the window")
            end = time.time()
            wait_for(lambda: lines and milliseconds(lines[-1]) / 1000 > end, 10, "a last line")
            compare(figures, server, lines, end)
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    return figures


if __name__ == "__main__":
    if not shutil.which("prometheus"):
        print("skipped: no prometheus here")
        print("0 passed, 0 failed, 1 skipped")
    else:
        judge(measure)
