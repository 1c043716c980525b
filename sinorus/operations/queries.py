"""Every statement to a database is counted and timed; one that takes long is written down, without what it asked for."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.db import NotSupportedError, connections

from .counting import counters

logger = logging.getLogger("sinorus.queries")
_LITERAL: Final = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b")
_LIST: Final = re.compile(r"(\(|, )(%s|\?)(?:, (?:%s|\?))+")
#: Where PostgreSQL refuses a statement that was prepared before a migration changed what it tells; its state only says "not supported".
_OUTDATED: Final = "RevalidateCachedQuery"
LONGEST: Final = 2_000  # characters of a statement that are told


class Timed:
    """Wraps the statements of one connection. On SQLite the time ends when the first row is there."""

    def __init__(self, alias: str) -> None:
        self.queries, self.seconds, self.slow = f"queries:{alias}", f"seconds:{alias}", f"slow:{alias}"
        self.alias = alias

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        except NotSupportedError as error:
            if is_outdated(error):
                context["connection"].close()  # with all that is prepared in it
            raise
        finally:
            took = time.perf_counter() - started
            counted = counters()
            counted.add(self.queries)
            counted.add(self.seconds, took)
            if took * 1000 >= settings.SLOW_QUERY_MS > 0:
                counted.add(self.slow)
                logger.warning("slow query", extra={"told": {"ms": round(took * 1000), "database": self.alias, "sql": shape(sql)}})


def is_outdated(error: BaseException) -> bool:
    """Whether a statement failed since it was prepared before a migration; on another connection it does not."""
    return getattr(getattr(error.__cause__, "diag", None), "source_function", None) == _OUTDATED


def shape(sql: Any) -> str:
    """A statement without values: literals are left out, lists of parameters are told as one."""
    return _LIST.sub(r"\1\2…", _LITERAL.sub("?", " ".join(str(sql).split())))[:LONGEST]


_timed: Final = {alias: Timed(alias) for alias in settings.DATABASES}


def watch() -> None:
    """Have the connections of this thread watched; what is already is left as it is."""
    for alias, timed in _timed.items():
        wrappers = connections[alias].execute_wrappers
        if timed not in wrappers:
            wrappers.append(timed)
