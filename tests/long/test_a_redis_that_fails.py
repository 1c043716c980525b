"""A Redis that is stopped, hangs, is full or holds what nobody can read: readers get the same bytes, soon, and no error."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sinorus.operations.redis import REST
from tests.long.test_counters_in_redis import running
from tests.operations.sites import Site
from tests.postgres import free_port

pytestmark = pytest.mark.skipif(not shutil.which("redis-server"), reason="no redis-server is installed")
PAGES = ("/", "/events/", "/api/v1/events/", "/api/v1/treaties/")


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    yield free_port()


def client(port: int) -> Any:
    import redis  # which the tests' environment alone has

    return redis.Redis(port=port)


def full(port: int, process: subprocess.Popen) -> None:
    client(port).config_set("maxmemory-policy", "noeviction")
    client(port).config_set("maxmemory", 1)


def garbage(port: int, process: subprocess.Popen) -> None:
    there = client(port)
    for key in (found := there.keys("*")):
        there.set(key, b"7" if key == found[0] else b"\x80garbage", keepttl=True)
    assert found, "nothing was counted in it"


def rubbish_of_another_type(port: int, process: subprocess.Popen) -> None:
    there = client(port)
    for key in there.keys("*"):
        there.delete(key)
        there.lpush(key, "a list")


def stopped(port: int, process: subprocess.Popen) -> None:
    process.kill()
    process.wait()


def hangs(port: int, process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGSTOP)  # connections are taken, and nothing is ever answered


@pytest.mark.parametrize("fault", [stopped, hangs, full, garbage, rubbish_of_another_type])
def test_readers_do_not_notice(site: Site, tmp_path: Path, port: int, fault: Callable[[int, subprocess.Popen], None]) -> None:
    words = ("redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path))
    with running(port, *words) as process, site.serving(CACHE_URL=f"redis://127.0.0.1:{port}/0"):
        before = [site.get(path)[::2] for path in PAGES]
        assert {status for status, _body in before} == {200}
        usual = took(site)
        fault(port, process)
        started = time.monotonic()
        assert [site.get(path)[::2] for path in PAGES] == before
        first = time.monotonic() - started
        later = took(site)
        print(fault.__name__, *(f"{one * 1000:.0f} ms" for one in (usual, first, later)), file=sys.stderr)
        assert first < usual + 1, "half a minute of retries would be a reader lost"
        assert [site.get(path)[::2] for path in PAGES] == before


def took(site: Site) -> float:
    """Seconds for all pages, the best of five."""

    def once() -> float:
        started = time.monotonic()
        for path in PAGES:
            site.get(path)
        return time.monotonic() - started

    return min(once() for _ in range(5))


@contextmanager
def no_redis(port: int, hangs: bool) -> Iterator[list[socket.socket]]:
    """Takes every connection and says nothing, or ends it at once; gives those that it took."""
    taken: list[socket.socket] = []

    def take() -> None:
        while True:
            try:
                taken.append(listening.accept()[0])
            except OSError:  # closed: the end
                return
            if not hangs:
                taken[-1].close()

    with socket.create_server(("127.0.0.1", port)) as listening:
        thread = threading.Thread(target=take)
        thread.start()
        try:
            yield taken
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()
            for one in taken:
                one.close()


@pytest.mark.parametrize("hangs", [True, False])
def test_it_is_left_alone_for_a_while(site: Site, port: int, monkeypatch: pytest.MonkeyPatch, hangs: bool) -> None:
    """One reader waits for it, once and no longer than a tenth of a second; then nobody asks it until its rest is over, and one again."""
    monkeypatch.setenv("CACHE_URL", f"redis://127.0.0.1:{port}/0")
    options = json.loads(
        site.python("import json; from django.conf import settings; print(json.dumps(settings.CACHES['default']['OPTIONS']))")
    )
    assert options["socket_timeout"] <= 0.1 and options["socket_connect_timeout"] <= 0.1
    with no_redis(port, hangs) as taken, site.serving():
        started, asked = time.monotonic(), 0
        while len(taken) < 3:
            asked += 1
            assert site.get(f"/api/v1/events/?page_size={1 + asked % 90}")[0] == 200
            rests = (time.monotonic() - started) // REST
            assert len(taken) <= 1 + rests, "it is asked before its rest is over"
            assert rests < 30, "it is never asked again"
    assert asked > 20
