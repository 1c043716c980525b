"""Records with all that their pages show, without a query for the kinds of parts that they do not have.

A page shows ten to twenty kinds of parts, and most records have few of them. To put a statement together costs Django a millisecond
whatever comes of it, so the one that gives the records also says of each which kinds there are any of.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BooleanField, ManyToManyField, ManyToOneRel, Model, Prefetch, QuerySet, prefetch_related_objects
from django.db.models.expressions import RawSQL


def whole(records: QuerySet, **key: Any) -> Any:
    """The record with such a key, and what the queryset fetches beside it. Raises DoesNotExist as ``get`` does."""
    if not (found := each_whole(records.filter(**key).order_by())):
        raise records.model.DoesNotExist
    return found[0]


def each_whole(records: QuerySet) -> list[Any]:
    """The records, and what the queryset fetches beside them."""
    lookups = [one if isinstance(one, Prefetch) else Prefetch(one) for one in records._prefetch_related_lookups]
    held = {one.prefetch_through: one.to_attr for one in lookups if one.to_attr}  # in which attribute
    of = {attribute: relation for relation, attribute in held.items()}
    wanted: dict[str, list[Prefetch]] = {}
    for lookup in lookups:
        first = lookup.prefetch_through.partition("__")[0]
        wanted.setdefault(of.get(first, first), []).append(lookup)
    asked = _exists(records.model, tuple(wanted), records.db)
    there = {f"_has_{name}": RawSQL(sql, (), BooleanField()) for name, sql in asked.items()}  # noqa: S611 - names of our own tables
    found = list(records.prefetch_related(None).annotate(**there))
    for name, own in wanted.items():
        some = [record for record in found if getattr(record, f"_has_{name}", True)]
        for record in found if len(some) < len(found) else ():
            if not getattr(record, f"_has_{name}", True):
                _without(record, name, held.get(name))
        prefetch_related_objects(some, *own)
    return found


def _without(record: Model, name: str, attribute: str | None) -> None:
    """Let it be known that a relation of the record leads to nothing."""
    if attribute:
        setattr(record, attribute, [])
        return
    nothing = getattr(record, name).none()
    nothing._result_cache, nothing._prefetch_done = [], True
    record.__dict__.setdefault("_prefetched_objects_cache", {})[name] = nothing


def lacking(record: Model, relations: tuple[str, ...]) -> list[str]:
    """Those of a record's relations to several others in which there is no row at all; one query."""
    meta, using = record._meta, record._state.db or DEFAULT_DB_ALIAS
    if not (asked := _exists(type(record), relations, using)):
        return []
    with connections[using].cursor() as cursor:
        quote = connections[using].ops.quote_name
        own = f"FROM {quote(meta.db_table)} WHERE {quote(meta.pk.column)} = %s"
        cursor.execute(f"SELECT {', '.join(asked.values())} {own}", [record.pk])
        return [name for name, there in zip(asked, cursor.fetchone(), strict=True) if not there]


@cache
def _exists(model: type[Model], relations: tuple[str, ...], using: str) -> dict[str, str]:
    """For each of the relations that lead to several others: in SQL, whether a row of the model's table has any."""
    quote, meta = connections[using].ops.quote_name, model._meta
    several: dict[str, Any] = {one.get_accessor_name(): one for one in meta.related_objects}
    several |= {one.name: one for one in meta.many_to_many}
    rows = {}
    for name in relations:
        match several.get(name):
            case ManyToManyField() as field:
                rows[name] = field.m2m_db_table(), field.m2m_column_name()
            case ManyToOneRel() as relation if not relation.many_to_many:
                rows[name] = relation.related_model._meta.db_table, relation.field.column
    own = f"{quote(meta.db_table)}.{quote(meta.pk.column)}"
    return {
        name: f"EXISTS (SELECT 1 FROM {quote(table)} part WHERE part.{quote(column)} = {own})"  # noqa: S608
        for name, (table, column) in rows.items()
    }
