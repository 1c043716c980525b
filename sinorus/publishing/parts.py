"""One record with all that its page shows, without a query for the kinds of parts that it does not have.

A page shows ten to twenty kinds of parts, and most records have few of them. To put a statement together costs Django a millisecond
whatever comes of it, so one that is put together once for each record type asks first which kinds there are any of.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import ManyToManyField, ManyToOneRel, Model, Prefetch, QuerySet, prefetch_related_objects


def whole(records: QuerySet, **key: Any) -> Any:
    """The record with such a key, and what the queryset fetches beside it. Raises DoesNotExist as ``get`` does."""
    lookups = [one if isinstance(one, Prefetch) else Prefetch(one) for one in records._prefetch_related_lookups]
    held = {one.prefetch_through: one.to_attr for one in lookups if one.to_attr}  # in which attribute
    of = {attribute: relation for relation, attribute in held.items()}

    def relation(lookup: Prefetch) -> str:
        first = lookup.prefetch_through.partition("__")[0]
        return of.get(first, first)

    record = records.prefetch_related(None).get(**key)
    none = lacking(record, tuple(dict.fromkeys(map(relation, lookups))))
    for name in none:
        if name in held:
            setattr(record, held[name], [])
        else:
            nothing = getattr(record, name).none()
            nothing._result_cache, nothing._prefetch_done = [], True
            record.__dict__.setdefault("_prefetched_objects_cache", {})[name] = nothing
    prefetch_related_objects([record], *(one for one in lookups if relation(one) not in none))
    return record


def lacking(record: Model, relations: tuple[str, ...]) -> list[str]:
    """Those of a record's relations to several others in which there is no row at all; one query."""
    using = record._state.db or DEFAULT_DB_ALIAS
    asked, sql = _statement(type(record), relations, using)
    if not asked:
        return []
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [record.pk] * len(asked))
        return [name for name, there in zip(asked, cursor.fetchone(), strict=True) if not there]


@cache
def _statement(model: type[Model], relations: tuple[str, ...], using: str) -> tuple[list[str], str]:
    """Which of the relations a statement asks for, and the statement: a column for each, true where there is a row."""
    quote = connections[using].ops.quote_name
    several: dict[str, Any] = {one.get_accessor_name(): one for one in model._meta.related_objects}
    several |= {one.name: one for one in model._meta.many_to_many}
    rows = {}
    for name in relations:
        match several.get(name):
            case ManyToManyField() as field:
                rows[name] = field.m2m_db_table(), field.m2m_column_name()
            case ManyToOneRel() as relation if not relation.many_to_many:
                rows[name] = relation.related_model._meta.db_table, relation.field.column
    columns = (f"EXISTS (SELECT 1 FROM {quote(table)} WHERE {quote(column)} = %s)" for table, column in rows.values())  # noqa: S608
    return list(rows), "SELECT " + ", ".join(columns)
