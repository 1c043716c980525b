"""A database that is missing, empty, older, damaged or locked: an honest 503, no file made, and all well again without a restart."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import closing

import psycopg
import pytest
from django.db import connection

from tests.faults.writing import editors
from tests.headers import faults_of
from tests.operations.sites import Site

PAGES = ("/", "/events/", "/zh/treaties/", "/api/v1/events/", "/events.csv", "/admin/login/?next=/admin/")


def honest(site: Site, *paths: str) -> None:
    """Every page is a 503 that says so in the reader's form, and when to come back."""
    for path in paths:
        status, headers, body = site.get(path)
        assert status == 503, (path, status)
        assert headers["Retry-After"] == "10", path
        assert not faults_of(path, status, headers)
        assert b"Traceback" not in body and b"Error at" not in body and b"sqlite" not in body, path
        assert headers["Content-Type"].startswith("application/problem+json" if path.startswith("/api/") else "text/html"), path
        assert b"<h1>" in body or b'"status": 503' in body, path
    status, _headers, body = site.get("/readyz")
    assert status == 503 and b'"reason"' in body
    assert site.get("/healthz")[0] == 200


def well(site: Site) -> None:
    assert site.wait(200, 10, "/readyz") < 10
    for path in PAGES[:-1]:
        assert site.get(path)[0] == 200, path


@pytest.mark.once
@pytest.mark.parametrize("why", ["missing", "empty", "damaged"])
def test_at_the_start(site: Site, why: str) -> None:
    """The process starts, says 503, makes nothing, and serves as soon as the database is there."""
    if site.url:  # of PostgreSQL: the server does not know the database
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            name = site.url.rpartition("/")[2]
            server.execute(f'ALTER DATABASE "{name}" RENAME TO "{name}_elsewhere"')
            if why == "empty":
                server.execute(f'CREATE DATABASE "{name}"')
            with site.serving():
                honest(site, "/", "/events/", "/api/v1/events/")
                if why == "empty":
                    server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
                server.execute(f'ALTER DATABASE "{name}_elsewhere" RENAME TO "{name}"')
                well(site)
        return
    with closing(sqlite3.connect(site.file)) as file:
        file.execute("PRAGMA journal_mode=DELETE")
    elsewhere = site.file.rename(site.folder / "elsewhere")
    if why == "empty":
        site.file.touch()
    elif why == "damaged":
        site.file.write_bytes(b"no database" * 1000)
    with site.serving():
        honest(site, *PAGES[:-1])
        if why == "empty":  # which is filled where it is, as by migrate: the process has it open
            with closing(sqlite3.connect(elsewhere)) as source, closing(sqlite3.connect(site.file)) as into:
                assert into.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,), "serving made tables"
                source.backup(into)
        else:
            assert not site.file.exists() or site.file.read_bytes() == b"no database" * 1000, "serving wrote a database"
            elsewhere.replace(site.file)
        well(site)


@pytest.mark.once
def test_tables_of_an_older_version(site: Site) -> None:
    """Whoever forgets to migrate is told so by /readyz, and readers are not shown errors of ours."""
    last = site.python(
        "from django.db.migrations.recorder import MigrationRecorder as M; from django.db import connection\n"
        "one = M(connection).migration_qs.filter(app='events').order_by('-name')[0]; one.delete(); print(one.name)"
    )
    with site.serving():
        status, headers, body = site.get("/readyz")
        assert status == 503 and headers["Retry-After"] == "10"
        assert b"migrations" in body, last


def test_a_lock_that_another_process_holds(site: Site) -> None:
    """Readers do not notice; a writer waits, is told to come back, and nothing of it is saved."""
    working = editors(site)
    with site.serving(DATABASE_LOCK_WAIT="1"):
        assert working.save("saved before")[0] == 302
        held = sqlite3.connect(site.file, isolation_level=None) if not site.url else psycopg.connect(site.url)
        with closing(held):
            held.execute("BEGIN IMMEDIATE" if not site.url else "LOCK TABLE auth_group IN ACCESS EXCLUSIVE MODE")
            answers: list[tuple[int, dict[str, str], bytes]] = []
            started = time.monotonic()
            waiting = threading.Thread(target=lambda: answers.append(working.save("saved while locked")))
            waiting.start()
            assert {site.get(path)[0] for path in ("/", "/events/", "/api/v1/treaties/")} == {200}
            waiting.join()
            assert time.monotonic() - started >= 1
            status, headers, body = answers[0]
            assert (status, headers["Retry-After"]) == (503, "10")
            assert b"Traceback" not in body
            held.rollback()
        assert working.save("saved after")[0] == 302
        names = "Group.objects.filter(name__startswith='saved').order_by('name')"
        found = site.python(f"from django.contrib.auth.models import Group; print(*{names})")
        assert found == "saved after saved before"


def test_the_settings_of_a_connection_are_those_that_were_asked_for(site: Site) -> None:
    """A pragma in the wrong place does nothing and says nothing."""
    code = "from django.db import connection\nwith connection.cursor() as c:"
    if connection.vendor == "sqlite":
        names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        code += f"\n  for one in {names}: print(c.execute(f'PRAGMA {{one}}').fetchone()[0])"
        assert site.python(code).split() == ["wal", "2", "20000", "1"]
    else:
        code += "\n  for one in ('statement_timeout', 'lock_timeout', 'jit'): c.execute(f'SHOW {one}'); print(c.fetchone()[0])"
        code += "\n  for one in range(8): c.execute('SELECT %s::text', ['asked again'])"
        code += "\n  c.execute('SELECT count(*) FROM pg_prepared_statements'); print(c.fetchone()[0] > 0)"
        assert site.python(code).split() == ["30s", "20s", "off", "True"]


def test_pages_that_are_kept_outlive_the_connection(site: Site) -> None:
    """They are answered on the edition alone, without asking first whether the connection still holds."""
    pages = ("/events/", "/zh/treaties/", "/about/")
    with site.serving():
        before = [site.get(page)[2] for page in pages for _again in range(3)]
        if site.url:
            with psycopg.connect(site.url, autocommit=True) as server:
                others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                assert server.execute(f"SELECT count(pg_terminate_backend(pid)) {others}").fetchone()[0] > 0
        after = [site.get(page) for page in pages for _again in range(3)]
        assert [status for status, _headers, _body in after] == [200] * len(after)
        assert [body for _status, _headers, body in after] == before


def test_a_column_that_a_migration_changes_fails_no_reader(site: Site) -> None:
    """Statements that PostgreSQL prepared before are outdated then, on every connection of every thread."""
    working = editors(site)
    with site.serving():
        assert {site.get(f"/events/nothing-{number}/")[0] for number in range(80)} == {404}
        assert {working.save(f"saved before {number}")[0] for number in range(12)} == {302}
        if site.url:
            with psycopg.connect(site.url, autocommit=True) as server:
                for table, column in (("events_event", "slug"), ("events_event", "title"), ("auth_group", "name"), ("auth_user", "email")):
                    server.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar(900)")
        assert {site.get(f"/events/nothing-again-{number}/")[0] for number in range(40)} == {404}
        saved = [working.save(f"saved after {number}")[0] for number in range(24)]
        assert set(saved) <= {302, 503} and set(saved[-8:]) == {302}, saved
