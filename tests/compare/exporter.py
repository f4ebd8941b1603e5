#!/usr/bin/env python3
"""
The exporter from outside: what curl, promtool, systemd-analyze and a few hundred rude clients see.

promtool check metrics has no remark. Every name in the expressions of the Grafana dashboard is a
series of a live page (an alert, BPF's figures and PSI need not be there). A scrape between two
samples of a slow run gets newer counters without another line of the stream. 200 connections that
send half a request, garbage or a body, and never read, leave scrapes answered and RSS within 1.3
times of what it was; their sockets are all gone afterwards.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # beside the sources
from libcompare import ENV, ROOT, STALLTOP, Figures, Programs, judge, read, wait_for
from libexporter import fetch, names, series, start_listening

SHARE = os.path.join(ROOT, "src", "share")
RUDE = 200
RUDE_TEXTS = (b"GET /metrics HTTP/1.1\r\nHost: x\r\nX-Half: ", b"\x16\x03\x01\x00\xff\r\n\r\n",
              b"POST /metrics HTTP/1.1\r\nContent-Length: 9999999\r\n\r\nabc", b"G",
              b"GET /" + b"a" * 20000 + b" HTTP/1.1\r\n\r\n", b"")
# What a machine without trouble, BPF, PSI or swap does not have.
NEED_NOT_BE = re.compile("stalltop_(alert|probe_.*|pressure_.*)$")


def command(*words, **options):
    return subprocess.run(words, env=ENV, capture_output=True, text=True, timeout=60, check=False,
                          **options)


def curl(*words):
    """Status, headers in lower case and body."""
    answer = command("curl", "-s", "-i", "-g", "--max-time", "10", *words).stdout
    head, _, body = answer.partition("\n\n")
    status, *headers = head.splitlines()
    return status.split()[1], {k.lower(): v.strip() for k, _, v in
                               (h.partition(":") for h in headers)}, body


def check_answers(figures, url):
    port = url.rpartition(":")[2]
    status, headers, body = curl(url + "/metrics")
    figures.holds("GET /metrics", status == "200" and
                  headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8" and
                  int(headers["content-length"]) == len(body.encode()) and
                  "stalltop_up 1" in body, status, 200)
    figures.holds("no CORS", not any(h.startswith("access-control") for h in headers))
    status, headers, body = curl("-I", url + "/metrics")
    figures.holds("HEAD /metrics", status == "200" and int(headers["content-length"]) > 5000 and
                  not body, status, 200)
    status, headers, body = curl(url + "/")
    figures.holds("GET /", status == "200" and "text/html" in headers["content-type"] and
                  'href="/metrics"' in body, status, 200)
    for path in ("/x", "/metrics/", "/../etc/passwd", "/metrics%0a", "//metrics", "/METRICS"):
        status = curl("--path-as-is", url + path)[0]
        figures.holds("404 " + path, status == "404", status, 404)
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "X"):
        status, headers, _ = curl("-X", method, url + "/metrics")
        figures.holds("405 " + method, status == "405" and headers["allow"] == "GET, HEAD",
                      status, 405)
    status = curl("-H", "Host: evil.example", "-H", "Origin: http://evil.example",
                  url + "/metrics?x=1")[0]
    figures.holds("any Host", status == "200", status, 200)
    if os.path.exists("/proc/net/if_inet6") and "0" * 31 + "1" in read("/proc/net/if_inet6"):
        status = curl("http://[::1]:%s/metrics" % port)[0]
        figures.holds("on [::1] too", status == "200", status, 200)


def check_in_use(figures, url):
    port = url.rpartition(":")[2]
    second = command(STALLTOP, "-o", "none", "--listen", port)
    want = "stalltop: 127.0.0.1:%s: Address already in use\n" % port
    figures.holds("a port in use is one line and status 1",
                  second.returncode == 1 and second.stderr == want and not second.stdout,
                  second.stderr.strip(), want.strip())


def check_tools(figures, page):
    if shutil.which("promtool"):
        lint = command("promtool", "check", "metrics", input=page)
        remark = (lint.stdout + lint.stderr).strip()
        figures.holds("promtool check metrics", lint.returncode == 0 and not remark, remark)
        config = command("promtool", "check", "config", os.path.join(SHARE, "prometheus.yml"))
        figures.holds("promtool check config", config.returncode == 0, config.stderr.strip())
    if shutil.which("systemd-analyze"):
        check_unit(figures)


def check_unit(figures):
    """With a program that is there in place of an installed one."""
    unit = read(os.path.join(SHARE, "stalltop.service"))
    with tempfile.TemporaryDirectory(prefix="stalltop-unit-") as directory:
        path = os.path.join(directory, "stalltop.service")
        with open(path, "w") as file:
            file.write(unit.replace("ExecStart=stalltop", "ExecStart=" + STALLTOP))
        verify = command("systemd-analyze", "verify", "--man=no", path)
        remark = (verify.stdout + verify.stderr).strip()
        figures.holds("systemd-analyze verify", verify.returncode == 0 and not remark, remark)
        security = command("systemd-analyze", "security", "--offline=true", path).stdout
    exposure = re.search(r"Overall exposure level for \S+: (\S+)", security)
    figures.holds("systemd-analyze security: below 2", exposure and float(exposure[1]) < 2,
                  exposure and exposure[1], 2)


def check_dashboard(figures, page):
    with open(os.path.join(SHARE, "grafana-dashboard.json")) as file:
        dashboard = json.load(file)
    expressions = [t["expr"] for p in dashboard["panels"] for t in p.get("targets", ())]
    expressions += [a["expr"] for a in dashboard["annotations"]["list"]]
    used = {name for e in expressions for name in re.findall(r"\bstalltop_\w+", e)}
    missing = sorted(used - names(page))
    missing = [name for name in missing if not NEED_NOT_BE.match(name)]
    figures.holds("load: the dashboard has expressions", len(used) > 30, len(used), 30)
    figures.holds("its names are series", not missing, " ".join(missing))


def next_sample(url, first):
    """Scrapes until the system's figures are of another sample."""
    def scrape():
        now = series(fetch(url + "/metrics"))
        newer = now["stalltop_sample_timestamp_seconds"] > first["stalltop_sample_timestamp_seconds"]
        return newer and now
    return wait_for(scrape, 10, "a newer sample")


def check_fresh(figures):
    """A minute between two samples: a scrape gets newer ones, and the stream no further line."""
    with Programs() as programs:
        program, url = start_listening(programs, "--json", "-d", "60")
        line = program.stdout.readline()
        first = series(fetch(url + "/metrics"))
        second = next_sample(url, first)
        grown = [second[name] - first[name] for name in
                 ("stalltop_sample_timestamp_seconds", "stalltop_tasks_timestamp_seconds",
                  "stalltop_context_switches_total", "stalltop_self_cpu_seconds_total")]
        figures.holds("another sample only after a second", 1 <= grown[0] < 5, grown[0], 1)
        figures.holds("its counters have grown", grown[2] > 0 and grown[3] > 0, grown[2], "> 0")
        figures.holds("it is of the system alone", grown[1] == 0, grown[1], 0)
        program.terminate()
        rest = program.stdout.read()
        figures.holds("and the stream has one line", line.startswith("{") and not rest, rest)
        # Without a stream a whole sample is taken.
        program, url = start_listening(programs, "-o", "none", "-d", "60")
        first = series(fetch(url + "/metrics"))
        second = next_sample(url, first)
        grown = second["stalltop_tasks_timestamp_seconds"] - \
            first["stalltop_tasks_timestamp_seconds"]
        figures.holds("without a stream it has processes too", grown >= 1, grown, 1)


def rss_kb(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", read("/proc/%d/status" % pid))[1])


def sockets(pid):
    folder = "/proc/%d/fd" % pid
    links = []
    for name in os.listdir(folder):
        try:
            links.append(os.readlink(os.path.join(folder, name)))
        except OSError:
            continue
    return sum(link.startswith("socket:") for link in links)


def rude_client(port, text):
    client = socket.socket()
    client.setblocking(False)
    try:
        client.connect_ex(("127.0.0.1", port))
        wait_for(lambda: not client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), 2, "a client")
        client.send(text)
    except OSError:
        pass
    return client


def check_rude(figures):
    with Programs() as programs:
        program, url = start_listening(programs, "-o", "none", "-d", "0.2")
        port = int(url.rpartition(":")[2])
        for _ in range(20):
            fetch(url + "/metrics")
        before, open_before = rss_kb(program.pid), sockets(program.pid)
        clients = []
        slowest = 0
        for _ in range(3):
            clients += [rude_client(port, RUDE_TEXTS[i % len(RUDE_TEXTS)]) for i in range(RUDE)]
            begun = time.monotonic()
            page = fetch(url + "/metrics")
            slowest = max(slowest, time.monotonic() - begun)
            figures.holds("a scrape among rude clients", "stalltop_up 1" in page)
        held = sockets(program.pid)
        figures.holds("at most 80 connections of them are held", held <= open_before + 80,
                      held - open_before, 80)
        grown = rss_kb(program.pid) / before
        print("%d rude clients: slowest scrape %.3f s, RSS %d kB, %.2f times as before" %
              (len(clients), slowest, rss_kb(program.pid), grown))
        figures.holds("RSS among rude clients", grown < 1.3, grown, 1.3)
        wait_for(lambda: sockets(program.pid) <= open_before, 15, "the end of rude clients")
        figures.holds("their time is over, whatever they do", True)
        for client in clients:
            client.close()
        figures.holds("and it goes on", "stalltop_up 1" in fetch(url + "/metrics"))


def measure():
    figures = Figures()
    with Programs() as programs:
        _, url = start_listening(programs, "-o", "none", "-d", "0.3", "--listen-top")
        wait_for(lambda: "process_cpu" in fetch(url + "/metrics"), 10, "an interval")
        page = fetch(url + "/metrics")
        check_answers(figures, url)
        check_in_use(figures, url)
        check_tools(figures, page)
        check_dashboard(figures, page)
    check_fresh(figures)
    check_rude(figures)
    return figures


if __name__ == "__main__":
    judge(measure)
