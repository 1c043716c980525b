"""Reading many small rows fast: plain numbers and texts, past the conversions of the ORM."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL
from pyroaring import BitMap

CHUNK = 5_000
MAX_KEY = 50_000_000  # beyond it arrays by primary key would be mostly air

Key = Hashable
ByKey = dict[Key, BitMap]


def statement(queryset: QuerySet) -> tuple[str, tuple[Any, ...]] | None:
    """The SQL of a query and its parameters; None when it cannot match anything."""
    try:
        return queryset.query.get_compiler(using=queryset.db).as_sql()
    except EmptyResultSet:
        return None


def rows(queryset: QuerySet) -> Iterator[tuple[Any, ...]]:
    """What a ``values_list`` of numbers and texts gives, as the database's driver gives it."""
    if (found := statement(queryset.order_by())) is None:
        return
    with connections[queryset.db].cursor() as cursor:
        cursor.execute(*found)
        while some := cursor.fetchmany(CHUNK):
            yield from some


def keys(queryset: QuerySet, column: str = "pk") -> BitMap:
    """The primary keys in a column."""
    return BitMap(array("I", [row[0] for row in rows(queryset.values_list(column))]))


def by_keys(q: Q) -> bool:
    """Whether a condition asks for primary keys that stand in subqueries, and for nothing else."""
    return (
        bool(q)
        and q.connector in (Q.AND, Q.OR)
        and all(by_keys(one) if isinstance(one, Q) else one[0] == "pk__in" and isinstance(one[1], QuerySet | RawSQL) for one in q.children)
    )


def inner(subquery: QuerySet | RawSQL, using: str) -> BitMap:
    """The numbers that a subquery gives."""
    if isinstance(subquery, QuerySet):
        return BitMap(array("I", [row[0] for row in rows(subquery)]))
    with connections[using].cursor() as cursor:
        cursor.execute(subquery.sql, subquery.params)
        return BitMap(array("I", [row[0] for row in cursor.fetchall()]))


def grouped(pairs: Iterable[tuple[int, Key]]) -> ByKey:
    """Records by key, from (record, key) pairs."""
    found: dict[Key, array] = defaultdict(lambda: array("I"))
    for record, key in pairs:
        found[key].append(record)
    return {key: BitMap(records) for key, records in found.items()}


def together(records: QuerySet, columns: Mapping[str, Sequence[Any]]) -> dict[str, dict[Key, array]]:
    """Records by key, for several keys at once: each the columns, or expressions, of the record itself that a name stands for.

    One reading of a table whose rows are long costs as much as all else together.
    """
    asked = {f"_{name}_{number}": one for name, some in columns.items() for number, one in enumerate(some)}
    found: dict[str, dict[Key, array]] = {name: defaultdict(lambda: array("I")) for name in columns}
    places, start = [], 1
    for name, some in columns.items():
        places.append((found[name], start, start + len(some)))
        start += len(some)
    for row in rows(records.annotate(**asked).values_list("pk", *asked)):
        for own, first, last in places:
            own[row[first:last]].append(row[0])
    return found


def replaced(known: ByKey, records: BitMap, pairs: Iterable[tuple[int, Key]]) -> ByKey:
    """The same, with what it knew of some records left out and ``pairs`` put in; bitmaps that change are new ones."""
    found = {key: own - records if own.intersect(records) else own for key, own in known.items()}
    for key, own in grouped(pairs).items():
        found[key] = found[key] | own if key in found else own
    return {key: own for key, own in found.items() if own}


def mentions(queryset: QuerySet, models: Collection[type[Model]]) -> bool:
    """Whether a query reads the table of one of some models."""
    found = statement(queryset)
    return found is not None and any(f'"{model._meta.db_table}"' in found[0] for model in models)


@contextmanager
def unhurried(using: str) -> Iterator[None]:
    """Statements inside may take longer than a reader may wait: making an index reads whole tables."""
    connection = connections[using]
    if connection.vendor != "postgresql" or not connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        before = cursor.fetchone()[0]
        cursor.execute("SET LOCAL statement_timeout = 0")
        yield
        cursor.execute(f"SET LOCAL statement_timeout = '{before}'")
