"""With a streaming replica: readers are answered from it, editors from the primary, and everybody when it is killed and comes back."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import psycopg
import pytest

from tests.postgres import cluster, control, free_port, programs, replica

pytestmark = pytest.mark.long  # two clusters of PostgreSQL for two tests

ROOT = Path(__file__).resolve().parent.parent.parent
PREPARE = """
from django.db import transaction
from sinorus.publishing.editions import raise_edition
from tests.records import small_world
with transaction.atomic():
    small_world()
    raise_edition()
"""


class Site:
    """A server with a primary and a replica, and the three of them to be asked."""

    def __init__(self, port: int, primary: str, second: str, data: Path) -> None:
        self.port, self.primary, self.second, self.data = port, primary, second, data

    def edition(self, **headers: str) -> int:
        """The edition that a page names; the page must be there."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", "/events/?kind=summit", headers=headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200
        return int(answer.headers["X-Edition"])

    def raise_edition(self) -> None:
        with psycopg.connect(self.primary, autocommit=True) as connection:
            connection.execute("UPDATE publishing_edition SET number = number + 1")

    def replaying(self, *, paused: bool) -> None:
        """Whether what the primary writes arrives at the replica."""
        with psycopg.connect(self.second, autocommit=True) as connection:
            connection.execute(f"SELECT pg_wal_replay_{'pause' if paused else 'resume'}()")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    if programs() is None:
        pytest.skip("REPLICA TESTS DO NOT RUN: there is no PostgreSQL")
    folder = Path(tempfile.mkdtemp(prefix="sinorus-replica-"))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        primary = stack.enter_context(cluster(folder))
        data = Path(tempfile.mkdtemp(prefix="sinorus-replica-data-"))
        stack.callback(shutil.rmtree, data, ignore_errors=True)
        environment = {**os.environ, "DATABASE_URL": primary, "DATA_DIR": str(data), "DEBUG": "1", "DATABASE_POOL": "4"}
        for command in (["migrate", "-v0", "--skip-checks"], ["shell", "-c", PREPARE]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        second, folder_of_data = stack.enter_context(replica(folder, primary))
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", "sinorus.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"]
        environment |= {"DATABASE_REPLICA_URL": second, "FACETS_INDEX_FROM": "0"}
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        stack.callback(server.wait)
        stack.callback(server.terminate)
        found = Site(port, primary, second, folder_of_data)
        until(lambda: found.edition() > 0, 180)  # on a machine that others keep busy
        yield found


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError, http.client.HTTPException, psycopg.Error):
            if true():
                return
        time.sleep(0.1)
    assert true()


def test_readers_are_answered_from_the_replica_and_editors_from_the_primary(site: Site) -> None:
    before = site.edition()
    site.replaying(paused=True)
    site.raise_edition()
    assert site.edition() == before, "a reader was not answered from the replica"
    assert site.edition(Cookie="sessionid=whatever") == before + 1, "an editor does not see what was saved"
    site.replaying(paused=False)
    until(lambda: site.edition() == before + 1)


def test_a_replica_that_is_killed_is_missed_by_nobody(site: Site) -> None:
    site.replaying(paused=True)
    before = site.edition()
    site.raise_edition()
    control(site.data, "-m", "immediate", "stop")
    assert [site.edition() for _ in range(10)] == [before + 1] * 10
    control(site.data, "start")
    site.replaying(paused=True)
    site.raise_edition()
    until(lambda: site.edition() == before + 1)  # which is the replica's again, after some seconds
    site.replaying(paused=False)
    until(lambda: site.edition() == before + 2)
