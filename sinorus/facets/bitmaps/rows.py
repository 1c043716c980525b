"""Reading many small rows fast: plain numbers and texts, past the conversions of the ORM."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL
from pyroaring import BitMap

CHUNK = 5_000
WRITTEN = 200  # statements kept of a catalogue; a day that statuses are asked for has some of its own
ANY = -(2**62)  # stands for primary keys in what is written once
MAX_KEY = 50_000_000  # beyond it arrays by primary key would be mostly air

Key = Hashable
ByKey = dict[Key, BitMap]
Statement = tuple[str, tuple[Any, ...]]  # SQL and its parameters
Make = Callable[[list[int]], QuerySet | None]


def statement(queryset: QuerySet) -> Statement | None:
    """The SQL of a query and its parameters; None when it cannot match anything."""
    try:
        return queryset.query.get_compiler(using=queryset.db).as_sql()
    except EmptyResultSet:
        return None


def rows(queryset: QuerySet) -> Iterator[tuple[Any, ...]]:
    """What a ``values_list`` of numbers and texts gives, as the database's driver gives it."""
    return iter(()) if (found := statement(queryset.order_by())) is None else _rows(found, queryset.db)


def _rows(found: Statement, using: str) -> Iterator[tuple[Any, ...]]:
    with connections[using].cursor() as cursor:
        cursor.execute(*found)
        while some := cursor.fetchmany(CHUNK):
            yield from some


class Statements:
    """Queries about some records, written once: the ORM takes longer to write one than the database to answer it.

    Each has a name, and ``make`` gives it for some primary keys.
    """

    def __init__(self) -> None:
        self._written: dict[Hashable, Statement | None] = {}

    def written(self, name: Hashable, make: Make) -> Statement | None:
        """The statement, with ``ANY`` for the primary keys; None when there is none, or none that could match anything."""
        if name not in self._written:
            if len(self._written) >= WRITTEN:
                self._written.clear()
            query = make([ANY])
            self._written[name] = None if query is None else statement(query.order_by())
        return self._written[name]

    def mention(self, name: Hashable, make: Make, models: Collection[type[Model]]) -> bool:
        """Whether it reads the table of one of some models."""
        return bool(models) and (found := self.written(name, make)) is not None and _mentions(found, models)


def asked(written: Statement, some: Collection[int], using: str) -> Iterator[tuple[Any, ...]]:
    """What a statement gives for some primary keys."""
    sql, params = written
    marks = ", ".join(["%s"] * len(some))
    sql = sql.replace("%%", "%%%%") % tuple(marks if one == ANY else "%s" for one in params)
    return _rows((sql, tuple(chain.from_iterable(some if one == ANY else [one] for one in params))), using)


def keys(queryset: QuerySet, column: str = "pk") -> BitMap:
    """The primary keys in a column."""
    return BitMap(array("I", [row[0] for row in rows(queryset.values_list(column))]))


def of_some(q: Q, some: list[int]) -> Q:
    """The same condition for some records alone: subqueries that give primary keys are asked of no others."""

    def narrowed(child: Any) -> Any:
        if isinstance(child, Q):
            return of_some(child, some)
        if isinstance(child, tuple) and child[0] == "pk__in" and isinstance(child[1], QuerySet):
            column = (child[1].query.values_select or ("pk",))[0]
            return child[0], child[1].filter(**{f"{column}__in": some})
        return child

    return Q(*map(narrowed, q.children), _connector=q.connector, _negated=q.negated)


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


def with_columns(records: QuerySet, columns: Mapping[str, Sequence[Any]]) -> QuerySet:
    """The query for several keys of records at once: each the columns, or expressions, of the record itself that a name stands for.

    One reading of a table whose rows are long costs as much as all else together.
    """
    asked = {f"_{name}_{number}": one for name, some in columns.items() for number, one in enumerate(some)}
    return records.annotate(**asked).values_list("pk", *asked)


def together(columns: Mapping[str, Sequence[Any]], told: Iterable[tuple[Any, ...]]) -> dict[str, dict[Key, array]]:
    """Records by key, for each of the keys, from the rows of that query."""
    found: dict[str, dict[Key, array]] = {name: defaultdict(lambda: array("I")) for name in columns}
    places, start = [], 1
    for name, some in columns.items():
        places.append((found[name], start, start + len(some)))
        start += len(some)
    for row in told:
        for own, first, last in places:
            own[row[first:last]].append(row[0])
    return found


def replaced(known: dict[Any, BitMap], records: BitMap, anew: Mapping[Any, BitMap]) -> dict[Any, BitMap]:
    """The same, with what it knew of some records left out and what is known ``anew`` put in; bitmaps that change are new ones."""
    if not records and not anew:
        return known
    found = {key: own - records if own.intersect(records) else own for key, own in known.items()}
    for key, own in anew.items():
        found[key] = found[key] | own if key in found else own
    return {key: own for key, own in found.items() if own}


def mentions(queryset: QuerySet, models: Collection[type[Model]]) -> bool:
    """Whether a query reads the table of one of some models."""
    return bool(models) and (found := statement(queryset)) is not None and _mentions(found, models)


def _mentions(found: Statement, models: Collection[type[Model]]) -> bool:
    return any(f'"{model._meta.db_table}"' in found[0] for model in models)
