"""A database that may only be read: readers notice nothing, who writes is told so and to come back, /readyz tells it, nothing is made."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.faults.writing import children, editors
from tests.operations.sites import Site

PAGES = ("/", "/events/", "/zh/treaties/", "/api/v1/events/", "/events.csv", "/events.atom")


@contextmanager
def read_only(site: Site, view: Path) -> Iterator[str]:
    """The URL by which it may only be read: of SQLite in a folder mounted so, as disks are after errors; of PostgreSQL by a setting."""
    if site.url:
        name = site.url.rpartition("/")[2]
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
            yield site.url
            server.execute(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
        return
    subprocess.run(["mount", "--bind", site.folder, view], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", view], check=True)
        yield f"sqlite:///{view}/{site.file.name}"
    finally:
        subprocess.run(["umount", "-l", view], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="who is not root mounts nothing")
@pytest.mark.parametrize("ended", ["broken off", "cleanly"])
def test_a_database_that_may_only_be_read(site: Site, tmp_path_factory: pytest.TempPathFactory, ended: str) -> None:
    """A disk is mounted so after errors, when the process before was broken off; its log is then beside the file."""
    working = editors(site)
    with site.serving() as server:
        before = {path: site.get(path)[2] for path in PAGES}
        assert working.save("saved before")[0] == 302
        if ended == "broken off":
            for pid in [server.pid, *children(server.pid)]:
                os.kill(pid, signal.SIGKILL)
    there = {one.name: one.stat().st_mtime_ns for one in site.folder.glob("sinorus*")}
    with read_only(site, tmp_path_factory.mktemp("view")) as url:
        with site.serving(DATABASE_URL=url):
            status, headers, body = site.get("/readyz")
            assert (status, headers["Retry-After"]) == (503, "10") and b"read-only" in body
            if site.url or ended == "broken off":
                assert {path: site.get(path)[2] for path in PAGES} == before
            else:  # SQLite reads no file in a folder where it may not write its index of a log
                assert {site.get(path)[0] for path in PAGES} == {503}
            status, headers, body = working.save("saved never")
            assert (status, headers["Retry-After"]) == (503, "10")
            assert b"<h1>" in body and b"Traceback" not in body
            assert (b"can still be read" in body) == bool(site.url or ended == "broken off")
        assert {one.name: one.stat().st_mtime_ns for one in site.folder.glob("sinorus*")} == there
    with site.serving():
        assert working.save("saved after")[0] == 302
        assert site.get("/readyz")[0] == 200
    working.acknowledged |= {"saved before", "saved after"}
    working.answers[503] = 0
    working.nothing_is_lost()
