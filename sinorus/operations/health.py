"""Whether the process lives, and whether it can serve: cheap enough to be asked every second, and true each time."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache as counters_of_throttling
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from sinorus.publishing import replicas
from sinorus.publishing.models import record_types

RETRY: Final = 10  # seconds
READ_ONLY: Final = "database: it is read-only, so nothing can be saved"


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process lives; nothing else is asked."""
    return JsonResponse({"status": "alive", "version": settings.VERSION})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """503 with the reason when readers or editors cannot be served; 200 and what is degraded when they can, with less behind it."""
    if reason := not_ready():
        return JsonResponse({"status": "not ready", "reason": reason}, status=503, headers={"Retry-After": str(RETRY)})
    missing = degraded()
    return JsonResponse({"status": "degraded", "reason": ", ".join(missing)} if missing else {"status": "ready"})


def not_ready() -> str:
    """Why the site cannot serve; empty when it can. A few statements by primary key; no file is read."""
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        recorder = MigrationRecorder(connection)
        if not recorder.has_table():
            return "migrations: the database is empty"
        applied = set(recorder.migration_qs.filter(app__in={app for app, _name in newest_migrations()}).values_list("app", "name"))
        if missing := sorted(newest_migrations() - applied):
            return f"migrations: {len(missing)} are not applied, {'.'.join(missing[0])} among them"
        if _is_read_only():
            return READ_ONLY
        if not any(model._default_manager.public().exists() for model in record_types().values()):
            return "data: no data is loaded"
    except Error:
        connection.close()
        if _may_not_write(connection):  # in a folder where it may not write, SQLite reads not even the file
            return READ_ONLY
        return "database: the database does not answer"
    return ""


def degraded() -> list[str]:
    """What is down although it can be done without."""
    down = [f"replica: {alias} does not answer" for alias, up in replicas.states(ask=True).items() if not up]
    return down + ([] if _counts() else ["cache: requests are not counted together"])


@cache
def newest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app in this code, read from its files once in a process."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _is_read_only() -> bool:
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "sqlite":
        return _may_not_write(connection)
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        return str(cursor.fetchone()[0]) == "on"


def _may_not_write(connection: Any) -> bool:
    """Whether there is a file of SQLite that this process may not change."""
    path = Path(connection.settings_dict["NAME"])
    return connection.vendor == "sqlite" and path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def sqlite_file(connection: Any) -> Path | None:
    """Where a database is that is one file; None for any other, and for one in memory."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT file FROM pragma_database_list WHERE name = 'main'")
        return Path(path) if (path := cursor.fetchone()[0]) else None


def _counts() -> bool:
    """Whether what throttling counts with answers; without CACHE_URL it is memory of this process."""
    try:
        counters_of_throttling.set("readyz", 1, 5)
        return bool(counters_of_throttling.get("readyz") == 1)
    except Exception:  # each kind of cache has its own
        return False
