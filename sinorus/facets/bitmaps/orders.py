"""An order of records in memory: by columns that hold numbers or days, then by primary key."""

from __future__ import annotations

import datetime
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django.db.models import CharField, DateField, F, Model, QuerySet
from django.db.models.functions import Cast
from pyroaring import BitMap

from .edits import Edit
from .rows import Make, rows

LOWEST, HIGHEST = 0, datetime.date.max.toordinal() + 1  # where records stand whose column is empty
SORTING = 8  # how much more it costs to sort a record than to look at one

Columns = tuple[tuple[str, int], ...]  # (name, what stands for empty)


class Order:
    """Records in the ascending order of some columns; ``values`` has these by primary key, days as their numbers."""

    def __init__(self, columns: Columns, values: list[array], order: array) -> None:
        self.columns, self.values, self.order = columns, values, order

    @classmethod
    def of(cls, columns: Columns, records: QuerySet, known: Order | None = None) -> Order:
        """Read from the database, but for the columns that a ``known`` order of the same records has."""
        there = dict(zip(known.columns, known.values, strict=True)) if known else {}
        lacking = tuple(column for column in columns if column not in there)
        keys: Iterable[int] = known.order if known else ()
        if lacking or not known:
            read = list(_numbers(lacking, rows(_asked(lacking, records))))
            keys = [row[0] for row in read]
            there |= zip(lacking, _values(lacking, read), strict=True)
        return cls._sorted(columns, [there[column] for column in columns], keys)

    @classmethod
    def made(cls, columns: Columns, read: Iterable[tuple[int, ...]]) -> Order:
        """Of (primary key, number for each column)."""
        read = list(read)
        return cls._sorted(columns, _values(columns, read), [row[0] for row in read])

    @classmethod
    def _sorted(cls, columns: Columns, values: list[array], keys: Iterable[int]) -> Order:
        """By one column after the other, the last one first: numbers are compared faster than tuples of them."""
        order = sorted(keys)
        for one in reversed(values):
            order.sort(key=one.__getitem__)
        return cls(columns, values, array("I", order))

    def patched(self, edit: Edit, about: Make) -> Order:
        """The same after an edit; ``about`` is the query for some of the records."""
        if not edit.changed:
            return self
        found = edit.rows(self.columns, lambda some: _asked(self.columns, about(some)))
        return self.replaced(edit.changed, list(_numbers(self.columns, found)))

    def replaced(self, changed: BitMap, read: list[tuple[int, ...]]) -> Order:
        """The same with what it had of some records left out, and what was ``read`` of them put in."""
        new = Order(self.columns, [values[:] for values in self.values], self.order[:])
        for pk in changed:
            place = bisect_left(new.order, new.place(pk), key=new.place) if pk < len(new.values[0]) else len(new.order)
            if place < len(new.order) and new.order[place] == pk:
                del new.order[place]
        _note(new.values, read)
        for pk, *_rest in read:
            new.order.insert(bisect_left(new.order, new.place(pk), key=new.place), pk)
        return new

    def place(self, pk: int) -> tuple[int, ...]:
        """What the order goes by."""
        return (*(values[pk] for values in self.values), pk)

    def page(self, base: BitMap, start: int, size: int, *, descending: bool) -> list[int]:
        """Primary keys of some of the records, in order. Looks through the order, or sorts what there is: whichever is less."""
        many = len(base)
        wanted = min(start + size, many)
        if SORTING * many * many <= wanted * len(self.order):
            return sorted(base, key=self.place, reverse=descending)[start:wanted]
        found: list[int] = []
        for pk in reversed(self.order) if descending else self.order:
            if pk in base:
                found.append(pk)
                if len(found) == wanted:
                    break
        return found[start:]


def _values(columns: Columns, read: list[tuple[int, ...]]) -> list[array]:
    """For each column its numbers by primary key, of rows of (primary key, number for each column)."""
    most = max((row[0] for row in read), default=0)
    found = [array("i", bytes(4 * (most + 1))) for _column in columns]
    _note(found, read)
    return found


def _note(values: list[array], read: Iterable[tuple[int, ...]]) -> None:
    for pk, *numbers in read:
        for some, one in zip(values, numbers, strict=True):
            if (short := pk + 1 - len(some)) > 0:
                some.frombytes(bytes(4 * short))
            some[pk] = one


def _asked(columns: Columns, records: QuerySet) -> QuerySet:
    """The query for primary key and columns. Days come as text, which both databases give alike."""
    asked = {f"_{name}": as_number(records.model, name) for name, _empty in columns}
    return records.annotate(**asked).values_list("pk", *asked)


def _numbers(columns: Columns, told: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, ...]]:
    """(primary key, number for each column), from the rows of that query."""
    for pk, *some in told:
        yield (pk, *(number(one, empty) for one, (_name, empty) in zip(some, columns, strict=True)))


def as_number(model: type[Model], name: str) -> Any:
    """How a column is to be read, for ``number`` to make a number of it."""
    return Cast(name, CharField()) if isinstance(model._meta.get_field(name), DateField) else F(name)


def number(told: int | str | None, empty: int) -> int:
    """A number as it is, a day as its number."""
    return empty if told is None else told if isinstance(told, int) else _day(told)


@lru_cache(100_000)
def _day(text: str) -> int:
    return datetime.date.fromisoformat(text).toordinal()
