"""Every row of every table as lines of JSON, the same bytes for the same content on both engines.

A line of columns goes before the rows of each table; tables stand in the order of their names, rows in that of their keys. Columns are
told as SQLite stores them: times in UTC as text, truth as 0 or 1. Sessions and the index of search are left out: the first
end with a move, the second is made of the records.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.apps import apps
from django.db import models

LEFT_OUT: Final = {"sessions", "search"}


class NotThisSchema(Exception):
    """Lines that do not belong to the tables that this software has."""


def _plain(value: Any) -> Any:
    """What JSON has no word for, as SQLite stores it."""
    if isinstance(value, datetime.datetime):
        return str(value.astimezone(datetime.UTC).replace(tzinfo=None))
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return str(value)


_encode: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain).encode


@dataclass(frozen=True)
class Table:
    """A table of the project, and how its columns are read and written."""

    model: type[models.Model]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def fields(self) -> list[models.Field]:
        return list(self.model._meta.local_concrete_fields)

    @cached_property
    def columns(self) -> list[str]:
        return [field.column for field in self.fields]

    def query(self, vendor: str) -> str:
        """SQL for all its rows in the order of their keys, as ``reader`` takes them.

        SQLite makes the lines itself where no column is to be changed, in a third of the time. psycopg gives truth as such,
        where 0 or 1 is wanted.
        """
        told = [
            f'"{one.column}"::int' if vendor == "postgresql" and isinstance(one, models.BooleanField) else f'"{one.column}"'
            for one in self.fields
        ]
        columns = ", ".join(told)
        if vendor == "sqlite" and not self._changes():
            columns = f"json_array({columns})"
        return f'SELECT {columns} FROM "{self.name}" ORDER BY "{self.model._meta.pk.column}"'

    def reader(self, vendor: str) -> Callable[[tuple], str]:
        """What makes a line of a row as the database gives it."""
        if vendor == "postgresql":
            return _encode
        if changes := self._changes():
            return lambda row: _encode(_changed(row, changes))
        return lambda row: row[0]

    def _changes(self) -> dict[int, Callable[[Any], Any]]:
        """What SQLite's values of some columns are to be changed by, by the place of the column."""
        how: dict[int, Callable[[Any], Any]] = {}
        for place, one in enumerate(self.fields):
            if isinstance(one, models.JSONField):
                how[place] = json.loads
            elif isinstance(one, models.DecimalField):
                how[place] = f"{{:.{one.decimal_places}f}}".format
            elif isinstance(one, models.BinaryField):
                how[place] = _plain
        return how

    def writer(self) -> Callable[[list], list]:
        """What makes a row as it is told one that both databases take."""
        how: dict[int, Callable[[Any], Any]] = {}
        for place, one in enumerate(self.fields):
            if isinstance(one, models.JSONField):
                how[place] = lambda value: json.dumps(value, ensure_ascii=False)
            elif isinstance(one, models.BinaryField):
                how[place] = base64.b64decode
        return (lambda row: _changed(row, how)) if how else list


def _changed(row: Iterable[Any], how: dict[int, Callable[[Any], Any]]) -> list:
    found = list(row)
    for place, change in how.items():
        if found[place] is not None:
            found[place] = change(found[place])
    return found


def tables() -> list[Table]:
    """The tables whose rows are told, by name; those behind relations to many among them."""
    told = {
        model._meta.db_table: Table(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in LEFT_OUT
    }
    return [told[name] for name in sorted(told)]


def lines(select: Callable[[str], Iterable[tuple]], vendor: str) -> Iterator[bytes]:
    """The whole content. ``select`` runs a query without holding its rows in memory."""
    for table in tables():
        yield f"{_encode({'columns': table.columns, 'table': table.name})}\n".encode()
        read = table.reader(vendor)
        for row in select(table.query(vendor)):
            yield f"{read(row)}\n".encode()


def digest(found: Iterable[bytes], write: Callable[[bytes], Any] | None = None) -> str:
    """SHA-256 of lines, in hexadecimal digits; each is written on its way when ``write`` is given."""
    summed = hashlib.sha256()
    for line in found:
        summed.update(line)
        if write:
            write(line)
    return summed.hexdigest()


def parted(found: Iterable[bytes]) -> Iterator[tuple[Table, Iterator[list]]]:
    """Lines as tables with their rows, ready to be written; the rows of one table are to be taken before the next one is asked for.

    Raises :class:`NotThisSchema` when tables or columns are not those of this software.
    """
    known = {table.name: table for table in tables()}
    waiting = iter(found)
    head = next(waiting, None)
    while head is not None:
        said = json.loads(head)
        table = known.pop(said["table"], None)
        if table is None or said["columns"] != table.columns:
            raise NotThisSchema(said["table"])
        following: list[bytes] = []
        yield table, _rows(waiting, table.writer(), following.append)
        head = following[0] if following else None
    if known:
        raise NotThisSchema(", ".join(known))


def _rows(waiting: Iterator[bytes], write: Callable[[list], list], give_back: Callable[[bytes], Any]) -> Iterator[list]:
    """Rows up to the head of the next table, which is given back."""
    for line in waiting:
        if line.startswith(b"{"):
            give_back(line)
            return
        yield write(json.loads(line))
