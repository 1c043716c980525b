"""Which records stand one link away from others: through a foreign key, a many-to-many, or a part of either.

Read off the models, so that a new relation is followed without being named here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from django.apps import apps
from django.db import models

from .models import Record

#: A record by its type and number.
Key = tuple[type[Record], int]

BATCH = 500  # numbers in one statement; SQLite takes a limited number of parameters


def key(record: Record) -> Key:
    """The record by its type and number."""
    return type(record), record.pk


def by_type(keys: Iterable[Key]) -> dict[type[Record], set[int]]:
    """The numbers of some records by their type."""
    found: dict[type[Record], set[int]] = defaultdict(set)
    for model, pk in keys:
        found[model].add(pk)
    return found


def batches(numbers: Collection[int]) -> Iterator[list[int]]:
    """The numbers in order, so many at a time as one statement takes."""
    ordered = sorted(numbers)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]


@cache
def ends(model: type[models.Model], depth: int = 2) -> tuple[tuple[str, type[Record]], ...]:
    """(path, record type) of each record that a row of ``model`` hangs on or leads to; a record is its own end, ``pk``."""
    found: list[tuple[str, type[Record]]] = [("pk", model)] if issubclass(model, Record) else []
    for field in model._meta.concrete_fields:
        target = field.remote_field.model if isinstance(field, models.ForeignKey) else None
        if target is None or not isinstance(target, type):
            continue
        if issubclass(target, Record):
            found.append((field.name, target))
        elif depth > 1 and not issubclass(model, Record):
            found += [(f"{field.name}__{path}", end) for path, end in ends(target, depth - 1)]
    return tuple(found)


@cache
def _joints(model: type[Record]) -> list[tuple[type[models.Model], str, tuple[tuple[str, type[Record]], ...]]]:
    """(table, path to the record, paths to what it joins it with) for every table that joins ``model`` with records."""
    found = []
    for table in apps.get_models(include_auto_created=True):
        own = issubclass(table, Record)
        for path, end in ends(table):
            if end is model:
                others = tuple(one for one in ends(table) if one[0] != path and (not own or path == "pk" or one[0] == "pk"))
                if others:
                    found.append((table, path, others))
    return found


def beside(keys: Iterable[Key]) -> dict[Key, set[Key]]:
    """For each record those that stand one link away, public or not; one query for each relation, however many records."""
    found: dict[Key, set[Key]] = defaultdict(set)
    for model, numbers in by_type(keys).items():
        for table, path, others in _joints(model):
            for batch in batches(numbers):
                rows = table._default_manager.filter(**{f"{path}__in": batch}).order_by()
                for pk, *targets in rows.values_list(path, *(name for name, _end in others)):
                    found[model, pk] |= {(end, target) for (_name, end), target in zip(others, targets, strict=True) if target}
    return found
