"""A backup of everything that cannot be made again: all tables, and the numbered releases."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from . import folders, postgres, rows, sqlite
from .faults import Refused

PORTABLE: Final = "rows.ndjson.gz"
RELEASES: Final = "releases"
#: Tables and columns that tell when somebody wrote last.
_WRITES: Final = (("publishing_edition", "at"), ("publishing_revision", "at"), ("django_admin_log", "action_time"))

Database = sqlite.Database | postgres.Database


def engine() -> Any:
    """The module of the engine that the site runs on."""
    return {sqlite.VENDOR: sqlite, postgres.VENDOR: postgres}[connection.vendor]


def database() -> Database:
    """The database that the site runs on."""
    return engine().Database.of(settings.DATABASES["default"])


def back_up(to: Path, *, portable: bool = False) -> Path:
    """Write a backup into a folder of backups and verify it; the site goes on meanwhile. Raises :class:`Refused`."""
    live = database()
    if not live.exists():
        raise Refused(f"There is no database to back up: {live} is not there.")
    with live.opened() as found:
        if "django_migrations" not in live.tables(found):
            raise Refused("The database is empty: nothing is backed up.")
    folders.enough_room(to, live.size() + sum(path.stat().st_size for path in _releases()))
    return folders.write(to, lambda folder: _fill(folder, live, portable))


def _releases() -> Iterator[Path]:
    """The files of the numbered releases, which are never changed."""
    if settings.RELEASES_DIR.is_dir():
        yield from (path for one in settings.RELEASES_DIR.iterdir() if one.name.isdigit() for path in one.rglob("*") if path.is_file())


def _fill(folder: Path, live: Database, portable: bool) -> dict[str, Any]:
    """Write the files; gives what the manifest shall say of them."""
    for path in _releases():
        copy = folder / RELEASES / path.relative_to(settings.RELEASES_DIR)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    with live.snapshot() if portable else live.copied(folder) as copied:
        told = told_of(live, copied)
        if portable:
            told["content"] = _write_rows(folder / PORTABLE, live, copied)
        elif told["migrations"] == present_migrations():
            told["content"] = content(live, copied)
    return {
        "software": settings.VERSION,
        "engine": "portable" if portable else connection.vendor,
        "file": PORTABLE if portable else engine().FILE,
        **told,
    }


def told_of(live: Database, copied: Any) -> dict[str, Any]:
    """What is in a database, as its manifest says it."""
    names = live.tables(copied)
    if not {"publishing_edition", "django_migrations"} <= set(names):
        raise Refused("This is not a database of the project, or none of its tables is made yet.")

    def ask(query: str) -> Any:
        return next(iter(copied.execute(query).fetchall()), (None,))[0]

    writes = [ask(f"SELECT max({column}) FROM {table}") for table, column in _WRITES if table in names]
    applied: dict[str, list[str]] = {}
    for app, name in copied.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall():
        applied.setdefault(app, []).append(name)
    return {
        "edition": ask("SELECT number FROM publishing_edition") or 0,
        "last_write": max((str(one) for one in writes if one), default=""),
        "migrations": applied,
        "records": {name: ask(f'SELECT count(*) FROM "{name}"') for name in sorted(names) if not name.startswith("search_")},
        "numbers": live.last_numbers(copied),
        "content": "",
    }


def present_migrations() -> dict[str, list[str]]:
    """The migrations of this software by app, as a manifest tells those that were applied."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationLoader(None).disk_migrations):
        found.setdefault(app, []).append(name)
    return found


def content(live: Database, copied: Any) -> str:
    """SHA-256 of all rows: the same for the same content, whatever the engine."""
    return rows.digest(rows.lines(lambda query: live.select(copied, query), connection.vendor))


def _write_rows(path: Path, live: Database, copied: Any) -> str:
    """Write all rows as lines, read them back, and give the hash of both."""
    found = told_of(live, copied)["migrations"]
    if found != present_migrations():
        raise Refused("A portable backup is made of the newest tables only: manage.py migrate first.")
    with path.open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", compresslevel=3, mtime=0) as packed:
        written = rows.digest(rows.lines(lambda query: live.select(copied, query), connection.vendor), packed.write)
    with gzip.open(path) as packed:
        if rows.digest(packed) != written:
            raise Refused(f"{path} does not hold what was written.")
    return written
