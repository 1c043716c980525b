"""Downloads of everything from a running server: when the first byte comes, how long it takes, and what memory the worker needs.

    DATA_DIR=/tmp/bench-100k python bench/exports.py [port] [form …]

Starts a server of its own with one worker on 127.0.0.1 (8150 unless told), asks it for the list of events in every form that it has,
or in those named, one after the other, and reads the worker's memory from /proc twenty times a second. "Above idle" is the most that
the worker held beyond what it held before the first download, when it had answered one page of the API. Exits with 1 when a form needs more
than 60 MB or its first byte comes after a second.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.request import Request, urlopen

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinorus.settings")

import django

django.setup()

from events.models import Event
from events.views import EventList

MEMORY, FIRST = 60.0, 1.0  # MB above idle, seconds


def resident(pid: int) -> float:
    """MB of memory of a process that is its own: pages of the database that SQLite maps are the kernel's, and given up when wanted."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("RssAnon")).split()[1]) / 1024


class Watching(threading.Thread):
    """The most memory that a process holds while this runs."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.most, self.over = pid, resident(pid), False

    def run(self) -> None:
        while not self.over:
            self.most = max(self.most, resident(self.pid))
            time.sleep(0.05)


def fetch(url: str) -> tuple[float, float, int]:
    """(seconds to the first byte, seconds in all, bytes)."""
    started, size = time.perf_counter(), 0
    with urlopen(Request(url), timeout=3_600) as answer:
        size += len(answer.read(1))
        first = time.perf_counter() - started
        while part := answer.read(1 << 16):
            size += len(part)
    return first, time.perf_counter() - started, size


def main(port: int, suffixes: list[str]) -> int:
    root, bad = Path(__file__).resolve().parent.parent, 0
    command = [str(Path(sys.executable).parent / "gunicorn"), "sinorus.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    server = subprocess.Popen([*command, "--threads", "2", "--log-level", "warning"], cwd=root)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz")
        worker = int(Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()[0])
        fetch(f"http://127.0.0.1:{port}/api/v1/events/?sort=date")
        idle = resident(worker)
        print(f"{Event.objects.public().count()} events; worker idle: {idle:.0f} MB")
        print(f"{'form':12}{'first byte s':>14}{'all s':>9}{'MB':>8}{'above idle MB':>15}")
        forms = [one for one in EventList.forms if one.of_lists and one.suffix != "atom"]  # feeds come in pages
        for form in [one for one in forms if one.suffix in suffixes or not suffixes]:
            watching = Watching(worker)
            watching.start()
            first, whole, size = fetch(f"http://127.0.0.1:{port}/events.{form.suffix}?sort=date")
            watching.over = True
            above = watching.most - idle
            bad += first > FIRST or above > MEMORY
            print(f"{form.suffix:12}{first:14.2f}{whole:9.1f}{size / 1e6:8.1f}{above:15.1f}", flush=True)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
    return 1 if bad else 0


def _wait(url: str) -> None:
    for _try in range(100):
        try:
            urlopen(url, timeout=5).read()
            return
        except OSError:
            time.sleep(0.2)
    sys.exit("the server does not start")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 8150, sys.argv[2:]))
