"""Which of the two engines answers."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from django.db import connection, connections, router
from django.db.models.expressions import RawSQL

from . import postgres, sqlite
from .expressions import Node
from .fields import WEIGHTS
from .models import Entry

ENGINES = {"sqlite": sqlite, "postgresql": postgres}


def engine() -> ModuleType:
    """The module for the database in use."""
    return ENGINES[connection.vendor]


def read() -> Any:
    """The connection to read the index by: that of the database from which the records are read."""
    return connections[router.db_for_read(Entry)]


def records(record_type: str, node: Node, weights: str = WEIGHTS) -> RawSQL:
    """The numbers of the records of a type that match, as a subquery for ``pk__in``."""
    return RawSQL(*engine().records(record_type, node, weights))  # noqa: S611 - its parameters apart


def count(record_type: str, node: Node, limit: int) -> int:
    """How many records of a type match, drafts included; it stops counting at ``limit``."""
    sql, params = engine().records(record_type, node)
    with read().cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql} LIMIT {int(limit)}) AS found", params)  # noqa: S608 - the engine's, parameters apart
        return int(cursor.fetchone()[0])
