"""Little memory, few files, an end in the middle of a download: other readers notice nothing, and all is well afterwards."""

from __future__ import annotations

import http.client
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

import pytest
from django.conf import settings

from tests.faults.writing import children, workers
from tests.long.test_faults_at_length import readers
from tests.operations.sites import Site

PAGES = ("/", "/events/", "/zh/treaties/", "/timeline/", "/api/v1/events/", "/events.csv", "/events.xlsx")
#: So many events that what is sent of them fits in no buffer.
MANY = """
from events.models import Event
from sinorus.publishing.models import Edition
old = {"date": "1996", "kind": "meeting", "status": "published", "summary": "x" * 6000}
events = [Event(slug=f"one-of-many-{n}", title=f"One of many {n}", **old) for n in range(2_500)]
for one in events: one.derive()
Event.objects.bulk_create(events)
Edition.objects.update(number=1000)
"""


@contextmanager
def limited(what: int, most: int) -> Iterator[None]:
    """For what is started meanwhile, as ``ulimit`` does it."""
    before = resource.getrlimit(what)
    resource.setrlimit(what, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(what, before)


def test_six_hundred_megabytes_for_each_worker(site: Site) -> None:
    with site.serving(workers=2) as server:
        running = workers(server.pid)
        for pid in running:
            resource.prlimit(pid, resource.RLIMIT_AS, (600 * 2**20, 600 * 2**20))
        with readers(site) as answers:
            for _round in range(10):
                assert {site.get(path)[0] for path in PAGES} == {200}
        assert set(answers) == {200}
        assert children(server.pid) == running, "a worker had to be started anew"


def test_more_connections_than_files(site: Site) -> None:
    """64 files for each worker, 200 connections that are kept open after their answer: who comes waits, no worker ends."""
    with ExitStack() as stack:
        with limited(resource.RLIMIT_NOFILE, 64):
            server = stack.enter_context(site.serving(workers=2))
        running = workers(server.pid)
        with ExitStack() as kept:
            for _one in range(200):
                asked = kept.enter_context(closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=120)))
                asked.request("GET", "/healthz")
                kept.callback(asked.getresponse().read)
            assert {site.get(path)[0] for path in PAGES} == {200}
        assert {site.get(path)[0] for path in PAGES} == {200}
        assert children(server.pid) == running, "a worker had to be started anew"


@pytest.fixture
def listening(site: Site) -> Iterator[socket.socket]:
    """The socket that systemd holds for the site."""
    with socket.create_server(("127.0.0.1", site.port), backlog=128) as found:
        yield found


def started(site: Site, listening: socket.socket) -> subprocess.Popen[bytes]:
    """The site as systemd starts it; see docs/deploy.md."""
    gunicorn = f"{sys.executable} -m gunicorn tests.operations.served --workers 2 --threads 4"
    words = ["bash", "-c", f"exec 3<&{listening.fileno()}; LISTEN_PID=$$ LISTEN_FDS=1 exec {gunicorn}"]
    given = site.environment | {"DEBUG": ""}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(words, cwd=settings.BASE_DIR, env=given, pass_fds=[listening.fileno()], **quiet)
    site.wait(200, 60, "/events/")
    return server


def test_told_to_end_in_the_middle_of_downloads(site: Site, listening: socket.socket) -> None:
    """Who goes on reading gets all; who stops is cut off, visibly, within the grace; who comes meanwhile waits in the socket."""
    site.python(MANY)
    server = started(site, listening)
    whole = site.get("/events.csv")[2]
    assert len(whole) > 12_000_000
    try:
        with readers(site, 2) as answers:
            for goes_on in (True, False):
                with socket.socket() as asked:
                    asked.settimeout(120)
                    asked.connect(("127.0.0.1", site.port))
                    asked.sendall(f"GET /events.csv HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n\r\n".encode())
                    got = asked.recv(1000)
                    assert b"Transfer-Encoding: chunked" in got
                    server.send_signal(signal.SIGTERM)
                    if not goes_on:
                        server.wait(60)  # TimeoutStopSec
                    while more := _more(asked):
                        got += more
                    assert got.endswith(b"\r\n0\r\n\r\n") == goes_on, "an end that looks whole, or is not"
                    assert (len(got) > len(whole)) == goes_on
                server.wait(60)
                server = started(site, listening)
        assert set(answers) == {200}
    finally:
        server.terminate()
        server.wait(120)


def _more(asked: socket.socket) -> bytes:
    try:
        return asked.recv(2**16)
    except ConnectionResetError:  # a cut is a cut
        return b""
