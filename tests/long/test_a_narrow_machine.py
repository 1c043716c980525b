"""Little memory, few files: other readers notice nothing, and all is well afterwards."""

from __future__ import annotations

import http.client
import resource
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

from tests.faults.writing import children, workers
from tests.long.test_faults_at_length import readers
from tests.operations.sites import Site

PAGES = ("/", "/events/", "/zh/treaties/", "/timeline/", "/api/v1/events/", "/events.csv", "/events.xlsx")


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
