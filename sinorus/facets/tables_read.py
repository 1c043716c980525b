"""Which tables a statement reads, and whether anything in them can have changed with some records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from django.apps import apps
from django.db.models import ForeignKey, Model

_READ: Final = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)"?(?:\s+\w+)?(\s*,)?')


def untouched(sql: str, changes: Mapping[str, object]) -> bool:
    """Whether a statement is told the same as before the changes, since no table that it reads holds anything of what changed.

    The changes name every record type, with something false where nothing of it changed. A table that holds nothing of any of them (a
    log, the words of the search) is never said to be untouched.
    """
    tables, types = _tables(sql), frozenset(changes)
    if not tables:
        return False
    held = _held(types)
    changed = frozenset().union(*(held[name] for name, some in changes.items() if some))
    return tables <= frozenset().union(*held.values()) - changed


@lru_cache(10_000)
def _tables(sql: str) -> frozenset[str]:
    """The tables that a statement reads; none where that cannot be told."""
    found = _READ.findall(sql)
    return frozenset() if any(comma for _table, comma in found) else frozenset(table for table, _comma in found)


@lru_cache(10)
def _held(types: frozenset[str]) -> dict[str, frozenset[str]]:
    """By record type the tables that hold something of its records: their own, those that point at them, and so on to their parts' parts.

    From another record type it goes no further: of what hangs on that one the stream tells under its own name.
    """
    models = apps.get_models(include_auto_created=True)
    records = {model: model._meta.model_name for model in models if model._meta.model_name in types}
    found = {}
    for record, name in records.items():
        held, todo = {record}, [record]
        while todo:
            target = todo.pop()
            more = {model for model in models if model not in held and _points(model, target)}
            held |= more
            todo += more - set(records)
        found[name] = frozenset(model._meta.db_table for model in held)
    return found | {name: frozenset() for name in types - set(found)}


def _points(model: type[Model], target: type[Model]) -> bool:
    return any(isinstance(field, ForeignKey) and field.related_model is target for field in model._meta.local_fields)
