"""Faults as often as the plan has them: workers and PostgreSQL killed, the disk full, reloads, migrations broken off."""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from itertools import count
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests.faults.test_workers_are_killed import kill_and_wait
from tests.faults.writing import children, editors, workers
from tests.operations.sites import RECORDS, Site, site_of_our_own
from tests.postgres import cluster, control

pytestmark = pytest.mark.long
DICE = random.Random(25)
#: Seconds from the death of all workers to the first page. PostgreSQL here is another process on the same cores, beside the editors.
RESTARTED = {"sqlite": 3, "postgresql": 10}


@contextmanager
def readers(site: Site, number: int = 4) -> Iterator[Counter]:
    """Some who read without pause; gives how often they were answered with what, 0 being no answer."""
    answers: Counter[int] = Counter()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                answers[site.get(DICE.choice(("/", "/events/", "/treaties/", "/api/v1/events/")))[0]] += 1
            except (OSError, http.client.HTTPException):
                answers[0] += 1

    threads = [threading.Thread(target=read) for _ in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@contextmanager
def a_cluster() -> Iterator[tuple[str, Path]]:
    """The URL of a cluster of its own, and its folder."""
    folder = Path(tempfile.mkdtemp(prefix="sinorus-cluster-", dir="/tmp"))
    try:
        with cluster(folder) as url:
            yield url, folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def filled(site: Site) -> Site:
    """With tables and records."""
    site.manage("migrate", "-v0")
    site.python(RECORDS)
    return site


@contextmanager
def on_a_cluster(tmp_path: Path) -> Iterator[tuple[Site, Path]]:
    """A site with records on a cluster of its own, and the folder of that."""
    with a_cluster() as (url, folder):
        yield filled(Site(tmp_path, url)), folder


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """A site on each engine, whichever the tests run on."""
    if request.param == "sqlite":
        yield filled(Site(tmp_path))
    else:
        with on_a_cluster(tmp_path) as (found, _folder):
            yield found


def test_workers_killed_twenty_five_times(site: Site) -> None:
    waited = kill_and_wait(site, 25)
    assert max(waited) <= RESTARTED["postgresql" if site.url else "sqlite"], sorted(waited)[-5:]


def test_postgresql_killed_six_times(tmp_path: Path) -> None:
    """Nothing acknowledged is lost; meanwhile 503; the first page within ten seconds of the start, by the same workers."""
    with on_a_cluster(tmp_path) as (site, folder):
        with site.serving(workers=2) as server, editors(site).at_work() as working:
            running = workers(server.pid)
            for _round in range(6):
                working.until_saved(3)
                postmaster = int((folder / "data" / "postmaster.pid").read_text().split()[0])
                for pid in [postmaster, *children(postmaster)]:
                    os.kill(pid, signal.SIGKILL)
                site.wait(503, 10, "/events/")
                status, headers, body = site.get("/events/")
                assert (status, headers["Retry-After"]) == (503, "10")
                assert b"<h1>" in body and b"Traceback" not in body
                assert site.get("/api/v1/events/")[1]["Content-Type"].startswith("application/problem+json")
                assert site.get("/readyz")[0] == 503
                (folder / "data" / "postmaster.pid").unlink()
                control(folder / "data", "restart")  # with the options that it had
                assert site.wait(200, 10, "/events/") <= 10
            assert children(server.pid) == running, "a worker had to be started anew"
        working.nothing_is_lost()


def test_postgresql_that_is_down_at_the_start(tmp_path: Path) -> None:
    """The site starts, says so, and serves within ten seconds of the database, by itself."""
    with on_a_cluster(tmp_path) as (site, folder):
        control(folder / "data", "-m", "fast", "stop")
        try:
            with site.serving(workers=2) as server:
                running = workers(server.pid)
                for path in ("/", "/events/", "/api/v1/events/", "/readyz"):
                    status, headers, _body = site.get(path)
                    assert (status, headers["Retry-After"]) == (503, "10"), path
                control(folder / "data", "restart")
                assert site.wait(200, 10, "/events/") <= 10
                assert site.wait(200, 10, "/readyz") <= 10
                assert children(server.pid) == running
        finally:
            control(folder / "data", "restart")


def test_a_lock_held_for_six_seconds_three_times(site: Site) -> None:
    """Readers do not notice; each writer waits no longer than is set, is told to come back, and saves when the lock is gone."""
    working = editors(site)
    with site.serving(workers=2, DATABASE_LOCK_WAIT="2"), readers(site) as answers:
        for number in range(3):
            held = sqlite3.connect(site.file, isolation_level=None) if not site.url else psycopg.connect(site.url)
            with closing(held):
                held.execute("BEGIN IMMEDIATE" if not site.url else "LOCK TABLE auth_group IN ACCESS EXCLUSIVE MODE")
                end = time.monotonic() + 6
                while time.monotonic() < end:
                    status, headers, _body = working.save(f"saved while locked {number}")
                    assert (status, headers["Retry-After"]) == (503, "10")
                held.rollback()
            assert working.save(f"saved {number}")[0] == 302
    assert set(answers) == {200} and answers[200] > 100
    found = site.python("from django.contrib.auth.models import Group; print(Group.objects.filter(name__startswith='saved').count())")
    assert found == "3"


def test_sixteen_editors_who_read_and_then_write(site: Site) -> None:
    """A transaction of SQLite that begins by reading fails at once when it has to write beside another; here none does."""
    with site.serving(workers=2), editors(site).at_work(16) as working:
        time.sleep(10)
    assert set(working.answers) == {302}, working.answers
    working.nothing_is_lost()


def test_a_disk_that_is_full(transactional_db: None) -> None:
    """Readers are answered, who writes is told to come back, and all is well again when there is room."""
    folder = Path(tempfile.mkdtemp(prefix="sinorus-full-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], check=True)
    try:
        with site_of_our_own(folder, f"full_{os.getpid()}") as site:
            assert not site.url, "of SQLite alone: the disk of a server is another machine's"
            working = editors(site)
            with site.serving():
                assert working.save("saved before")[0] == 302
                with (folder / "filler").open("wb", buffering=0) as filler, pytest.raises(OSError, match="No space"):
                    while True:
                        filler.write(b"\0" * 4096)
                answers = Counter(working.save(f"saved when full {number} {'x' * 100}")[0] for number in range(60))
                assert set(answers) <= {302, 503} and answers[503], answers
                assert {site.get(path)[0] for path in ("/", "/events/", "/treaties/", "/api/v1/events/")} == {200}
                (folder / "filler").unlink()
                assert working.save("saved after")[0] == 302
            assert site.manage("backup", "--to", "/tmp/" + folder.name)
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_twenty_reloads_that_nobody_notices(site: Site) -> None:
    with site.serving(workers=2) as server, readers(site) as answers:
        for _round in range(20):
            old = set(children(server.pid))
            server.send_signal(signal.SIGHUP)
            end = time.monotonic() + 60
            while old & set(children(server.pid)):
                assert time.monotonic() < end
                time.sleep(0.1)
    assert set(answers) == {200}, answers
    assert answers[200] > 100


def test_ten_backups_while_editors_write(site: Site) -> None:
    with site.serving(workers=2), editors(site).at_work() as working:
        for _round in range(10):
            before = len(working.acknowledged)
            backup = site.backup()
            after = len(working.acknowledged) + len(threading.enumerate())
            assert before <= json.loads((backup / "manifest.json").read_text())["records"]["auth_group"] - 3 <= after
            site.manage("restore", backup, "--check")
    working.nothing_is_lost()


def new_databases(url: str) -> Iterator[str]:
    """The URLs of empty databases on a server; of SQLite, which needs none, nothing."""
    for number in count():
        if url:
            with psycopg.connect(url, autocommit=True) as server:
                server.execute(f"CREATE DATABASE migrated_{number}")
        yield url and f"{url.rpartition('/')[0]}/migrated_{number}"


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_migration_that_is_killed(tmp_path: Path, engine: str) -> None:
    """Five times, anywhere; migrate then ends what was begun."""
    command = [sys.executable, "-u", str(settings.BASE_DIR / "manage.py"), "migrate"]
    with a_cluster() if engine == "postgresql" else nullcontext(("", None)) as (url, _folder):
        databases = new_databases(url)
        steps = Site(tmp_path, next(databases)).manage("migrate").count("... OK")
        for number in range(5):
            again = Site(tmp_path / str(number), next(databases))
            again.folder.mkdir()
            with subprocess.Popen(command, env=again.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
                for _step in range(DICE.randrange(steps)):
                    while b"... OK" not in process.stdout.readline():
                        assert process.poll() is None
                time.sleep(DICE.uniform(0, 0.1))
                process.kill()
            assert process.returncode == -signal.SIGKILL, "it had ended before"
            again.manage("migrate", "-v0")
            assert again.python("from events.models import Event; print(Event.objects.count())") == "0"
            assert again.manage("migrate", "--check") == ""
