"""How long a statement for a reader may take. PostgreSQL breaks off what takes longer by itself, SQLite has to be told to."""

from __future__ import annotations

import math
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from django.conf import settings
from django.db import connections

#: Of SQLite's machine between two looks at the clock: about ten milliseconds, since each look waits for the other threads of Python.
STEPS: Final = 1_000_000


class Hurry:
    """Breaks off the statements of a connection to SQLite of which one takes more than some seconds.

    They are the processor's: a statement takes little else, and on a busy server the rest is what others take.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds, self.until = seconds, math.inf

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """For ``connection.execute_wrapper``. What fetches the rows is counted too, until the next statement begins."""
        self.until = time.thread_time() + self.seconds
        return execute(sql, params, many, context)

    def is_over(self) -> bool:
        """For SQLite, which raises "interrupted" if so: to Django an OperationalError, as what PostgreSQL raises."""
        return time.thread_time() > self.until


@contextmanager
def hurried(using: str) -> Iterator[None]:
    """Statements inside may take ``DATABASE_READING_TIMEOUT``, if the database is SQLite."""
    connection = connections[using]
    if connection.vendor != "sqlite" or settings.READING_TIMEOUT <= 0:
        yield
        return
    connection.ensure_connection()
    file, hurry = connection.connection, Hurry(settings.READING_TIMEOUT / 1000)
    file.set_progress_handler(hurry.is_over, STEPS)
    try:
        with connection.execute_wrapper(hurry):
            yield
    finally:
        with suppress(sqlite3.ProgrammingError):  # it was closed meanwhile
            file.set_progress_handler(None, 0)


@contextmanager
def unhurried(using: str) -> Iterator[None]:
    """Statements inside may take longer than a reader may wait: making an index reads whole tables."""
    connection = connections[using]
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            before = cursor.fetchone()[0]
            cursor.execute("SET LOCAL statement_timeout = 0")
            yield
            cursor.execute(f"SET LOCAL statement_timeout = '{before}'")
        return
    hurry = next((one for one in connection.execute_wrappers if isinstance(one, Hurry)), None) or Hurry(math.inf)
    before, hurry.seconds = hurry.seconds, math.inf
    try:
        yield
    finally:
        hurry.seconds = before
