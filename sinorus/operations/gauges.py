"""What is read off when metrics are asked for: each function gives numbers by labels. Upper floors add their own with ``gauge``."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from django.db import connections
from django.db.models import Count

from sinorus.facets.bitmaps import versions
from sinorus.publishing import editions, replicas
from sinorus.publishing.models import record_types

from .counting import counters
from .health import sqlite_file

Labels = tuple[tuple[str, str], ...]
Read = Callable[[], Mapping[Labels, float]]
COUNTED_FOR: Final = 60.0  # seconds that numbers of records are told again before they are counted anew

gauges: dict[str, tuple[str, Read]] = {}
_records: dict[Labels, float] = {}
_counted = -COUNTED_FOR


def gauge(name: str, meaning: str) -> Callable[[Read], Read]:
    """Have a function asked whenever metrics are."""

    def add(read: Read) -> Read:
        gauges[name] = meaning, read
        return read

    return add


@gauge("sinorus_edition", "Number of the present edition.")
def edition() -> Mapping[Labels, float]:
    return {(): editions.current()}


@gauge("sinorus_records", "Records by type and state.")
def records() -> Mapping[Labels, float]:
    global _records, _counted
    if time.monotonic() - _counted >= COUNTED_FOR:
        _records = {
            (("type", name), ("state", state)): number
            for name, model in record_types().items()
            for state, number in model._default_manager.values_list("status").annotate(Count("pk")).order_by()
        }
        _counted = time.monotonic()
    return _records


@gauge("sinorus_index_records", "Records in the newest index of facets of the worker that was asked, by catalogue.")
def index_records() -> Mapping[Labels, float]:
    newest = [(model, one.editions[max(one.editions)] if one.editions else None) for model, one in _catalogues()]
    return _most((model, len(index.everything) if index else 0) for model, index in newest)


@gauge("sinorus_index_seconds", "Seconds that making the index of facets took the worker that was asked, by catalogue.")
def index_seconds() -> Mapping[Labels, float]:
    return _most((model, one.seconds) for model, one in _catalogues())


def _most(told: Iterable[tuple[str, float]]) -> Mapping[Labels, float]:
    """By catalogue; some record types have another one for questions of their own, whose index may not be wanted yet."""
    found: dict[Labels, float] = {}
    for model, number in told:
        label = (("catalogue", model),)
        found[label] = max(number, found.get(label, 0))
    return found


def _catalogues() -> list[tuple[str, versions.Catalogue]]:
    return [(str(one.records.model._meta.model_name), one) for one in list(versions._catalogues.values())]


@gauge("sinorus_replica_up", "Whether a replica answered when it was asked last.")
def replica_up() -> Mapping[Labels, float]:
    return {(("database", alias),): up for alias, up in replicas.states().items()}


@gauge("sinorus_database_bytes", "Size of the database.")
def database_bytes() -> Mapping[Labels, float]:
    connection = connections["default"]
    pages = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    with connection.cursor() as cursor:
        cursor.execute(pages if connection.vendor == "sqlite" else "SELECT pg_database_size(current_database())")
        return {(): cursor.fetchone()[0]}


@gauge("sinorus_wal_bytes", "Size of SQLite's write-ahead log; over 64 MB something reads for very long.")
def wal_bytes() -> Mapping[Labels, float]:
    path = sqlite_file(connections["default"])
    log = path and path.with_name(f"{path.name}-wal")
    return {(): log.stat().st_size if log.exists() else 0} if log else {}


@gauge("sinorus_worker_resident_bytes", "Memory of each worker; what they share is told of each.")
def resident() -> Mapping[Labels, float]:
    return _of_workers(lambda process: int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE"))


@gauge("sinorus_worker_open_files", "Files and connections that each worker has open.")
def open_files() -> Mapping[Labels, float]:
    return _of_workers(lambda process: len(list((process / "fd").iterdir())))


def _of_workers(read: Callable[[Path], float]) -> Mapping[Labels, float]:
    found: dict[Labels, float] = {}
    for slot, pid in counters().processes().items():
        try:
            found[(("worker", str(slot)),)] = read(Path(f"/proc/{pid}"))
        except OSError:
            continue  # it has ended meanwhile
    return found
