"""A Redis that is stopped, hangs, is full or holds what nobody can read: readers get the same bytes, soon, and no error."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

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
