"""With a Redis in CACHE_URL requests are counted over all processes together; when it is gone, readers are answered all the same."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@contextmanager
def running(port: int, *command: str, **environment: str) -> Iterator[subprocess.Popen]:
    """A server that listens on a port, until the end of the block."""
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, **QUIET)
    try:
        for _ in range(600):
            try:
                http.client.HTTPConnection("127.0.0.1", port).connect()
                break
            except OSError:
                assert process.poll() is None, command
                time.sleep(0.1)
        yield process
    finally:
        process.kill()
        process.wait()


def status(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/api/v1/actors/")
    return connection.getresponse().status


@pytest.fixture
def data(tmp_path: Path) -> dict[str, str]:
    told = {"DATA_DIR": str(tmp_path), "API_RATE": "3/hour"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env={**os.environ, **told}, check=True)
    return told


def test_two_servers_count_together_and_answer_without(data: dict[str, str], tmp_path: Path) -> None:
    at, one, other = free_port(), free_port(), free_port()
    words = ("redis-server", "--port", str(at), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path))
    with running(at, *words) as redis, ExitStack() as stack:
        for port in (one, other):
            command = (sys.executable, "-m", "gunicorn", "sinorus.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1")
            stack.enter_context(running(port, *command, **data, CACHE_URL=f"redis://127.0.0.1:{at}/0"))
        assert [status(port) for port in (one, other, one, other, one)] == [200, 200, 200, 429, 429]
        redis.kill()
        redis.wait()
        assert [status(port) for port in (one, other) * 2] == [200] * 4
