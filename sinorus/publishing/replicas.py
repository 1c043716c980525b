"""Which database readers are answered from: a replica where there is one that answers, else the primary.

Only what is read within ``editions.reading`` goes to a replica: there everything is of one snapshot, and the edition says which. All
else, above all the admin and every write, is the primary's. Editors are always answered from the primary, so that they see at once
what they saved. A replica that fails is left alone for some seconds; the answer then comes from the next one, at last from the primary.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections

REST: Final = 5.0  # seconds that a replica which failed is left alone

_chosen: ContextVar[str] = ContextVar("database", default=DEFAULT_DB_ALIAS)
_failed: dict[str, float] = {}  # alias → when; of this process


class Router:
    """Reads where ``reading_from`` says, writes to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return _chosen.get()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    """What is read inside comes from that database."""
    token = _chosen.set(alias)
    try:
        yield
    finally:
        _chosen.reset(token)


def choose(*, fresh: bool = False) -> str:
    """A database that answers; with ``fresh`` the primary."""
    able = [alias for alias in settings.REPLICAS if not fresh and not _resting(alias)]
    for alias in random.sample(able, len(able)):
        if is_usable(alias):
            return alias
        note_failure(alias)
    return DEFAULT_DB_ALIAS


def states(*, ask: bool = False) -> dict[str, bool]:
    """Whether each replica answered last; with ``ask`` those that did are asked again. One that failed is left alone as above."""
    for alias in settings.REPLICAS:
        if ask and not _resting(alias) and not is_usable(alias):
            note_failure(alias)
    return {alias: not _resting(alias) for alias in settings.REPLICAS}


def _resting(alias: str) -> bool:
    return time.monotonic() - _failed.get(alias, -REST) < REST


def is_usable(alias: str) -> bool:
    """Whether the database answers on the connection of this thread, which is opened if it is not."""
    connection = connections[alias]
    try:
        connection.ensure_connection()
        if connection.health_check_enabled and not connection.health_check_done:
            connection.close_if_health_check_failed()
            connection.ensure_connection()
        return True
    except Error:
        connection.close()
        return False


@contextmanager
def unchecked(alias: str) -> Iterator[None]:
    """What is asked inside tells itself whether the connection still holds, so that need not be asked first; one that fails is closed."""
    connection = connections[alias]
    connection.health_check_done = True
    try:
        yield
    except Error:
        if not connection.in_atomic_block:
            connection.close()
        raise


def note_failure(alias: str) -> None:
    """Leave a replica alone for some seconds."""
    _failed[alias] = time.monotonic()
