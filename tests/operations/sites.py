"""A whole site of one's own, in a folder or a database of its own: its commands, its server, what it answers."""

from __future__ import annotations

import atexit
import http.client
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection

from tests.postgres import free_port

#: The small world, with an edition and an entry of the stream for it.
RECORDS = """
from django.db import transaction
from sinorus.publishing.editions import raise_edition
from sinorus.search import index
from tests.records import small_world
with transaction.atomic():
    small_world()
    index.refresh()
    raise_edition()
"""


@dataclass
class Site:
    """A site that runs beside the tests. Without a ``url`` its database is a file of SQLite in its folder."""

    folder: Path
    url: str = ""
    port: int = field(default_factory=free_port)

    @property
    def file(self) -> Path:
        return self.folder / "sinorus.sqlite3"

    @property
    def environment(self) -> dict[str, str]:
        given = {"DATA_DIR": str(self.folder), "PYTHONPATH": str(settings.BASE_DIR), "LOG_LEVEL": "ERROR", "DEBUG": "1"}
        given |= {"DATABASE_URL": self.url} if self.url else {}
        return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | given

    def manage(self, *words: str | Path, fails: bool = False) -> str:
        """What a command of manage.py says; it must end as expected, and never with a traceback."""
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *map(str, words)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, cwd=self.folder)
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr if fails else done.stdout

    def python(self, code: str) -> str:
        """What some code of the project prints."""
        return self.manage("shell", "-v0", "-c", code).strip()

    def rows(self, table: str) -> int:
        """How many rows a table has, without starting a process for it."""
        with closing(psycopg.connect(self.url) if self.url else sqlite3.connect(self.file)) as connected:
            return int(connected.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def backup(self, *words: str) -> Path:
        return Path(self.manage("backup", *words).strip())

    @contextmanager
    def serving(self, *words: str, workers: int = 1, **more: str) -> Iterator[subprocess.Popen]:
        """gunicorn, from the first answer on."""
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "tests.operations.served",
            "--bind",
            f"127.0.0.1:{self.port}",
            "--workers",
            str(workers),
        ]
        environment = self.environment | {"DEBUG": "", "FACETS_INDEX_FROM": "0", **more}
        log = (self.folder / "gunicorn.log").open("a")
        server = subprocess.Popen([*command, "--threads", "4", *words], cwd=settings.BASE_DIR, env=environment, stderr=log, stdout=log)
        try:
            self.wait()
            yield server
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(120)
            log.close()

    def wait(self, status: int | None = None, seconds: float = 180, path: str = "/healthz") -> float:
        """Until it answers, with a status if one is given; gives how long that took."""
        started = time.monotonic()
        while True:
            try:
                found = self.get(path)[0]
                if status in (None, found):
                    return time.monotonic() - started
            except (OSError, http.client.HTTPException):
                found = 0
            assert time.monotonic() - started < seconds, f"{path}: {found}"
            time.sleep(0.05)

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as asked:
            asked.request("GET", path, headers=headers)
            answer = asked.getresponse()
            return answer.status, dict(answer.headers), answer.read()


def _on_server(name: str) -> str:
    """The URL of a database beside that of the tests."""
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


@cache
def _model() -> Site:
    """A site with the small world on the engine of the tests, made once in a process; it is copied, which is quick."""
    folder = Path(tempfile.mkdtemp(prefix="sinorus-model-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    site = Site(folder)
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(site.file)) as file:
            connection.connection.backup(file)
            file.execute("PRAGMA journal_mode=WAL")
    else:
        name = f"model_{os.getpid()}"
        site.url = _on_server(name)
        atexit.register(drop, os.environ["DATABASE_URL"], name)
        tests = Site(folder, _on_server(settings.DATABASES["default"]["NAME"]))
        site.manage("restore", tests.backup("--to", str(folder / "of-the-tests")))
    site.python(RECORDS)
    return site


@contextmanager
def site_of_our_own(folder: Path, name: str) -> Iterator[Site]:
    """A site with the small world on the engine of the tests; its databases on a server are dropped again."""
    if connection.vendor == "sqlite":
        site = Site(folder)
        with closing(sqlite3.connect(_model().file)) as model, closing(sqlite3.connect(site.file)) as file:
            model.backup(file)
            file.execute("PRAGMA journal_mode=WAL")
        yield site
        return
    server, model = os.environ["DATABASE_URL"], _model().url.rpartition("/")[2]
    try:
        with psycopg.connect(server, autocommit=True) as connected:
            while connected.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [model]).fetchone() != (0,):
                time.sleep(0.02)
            connected.execute(f'CREATE DATABASE "{name}" TEMPLATE "{model}"')
        yield Site(folder, _on_server(name))
    finally:
        drop(server, name)


def drop(server: str, name: str) -> None:
    """Take away a database of a server, and those that were kept when it was replaced."""
    with psycopg.connect(server, autocommit=True) as connected:
        for (one,) in connected.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{name}%"]).fetchall():
            connected.execute(f'DROP DATABASE "{one}" WITH (FORCE)')
