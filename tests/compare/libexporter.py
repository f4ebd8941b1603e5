"""What the exporter's tests share: a stalltop that listens, and what it answers."""

import re
import socket
import urllib.request

from libcompare import STALLTOP, wait_for


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(url, timeout=10):
    with urllib.request.urlopen(url, timeout=timeout) as answer:
        return answer.read().decode()


def answers(url):
    """The answer, or None where nobody listens yet."""
    try:
        return fetch(url)
    except OSError:
        return None


def start_listening(programs, *arguments, **options):
    """Starts stalltop on a free port and waits until it has told of an interval."""
    port = free_port()
    program = programs.start(STALLTOP, "--listen", str(port), *arguments, **options)
    url = "http://127.0.0.1:%d" % port
    wait_for(lambda: answers(url + "/metrics"), 10, "the first answer of " + url)
    return program, url


def series(page):
    """Values by name and labels, as written."""
    lines = (line.rpartition(" ") for line in page.splitlines() if not line.startswith("#"))
    return {key: float(value) for key, _, value in lines}


def names(page):
    return set(re.findall(r"^# TYPE (\S+) ", page, re.M))
