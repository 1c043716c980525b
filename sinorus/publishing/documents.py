"""A record as one JSON document: its fields, its many-to-many relations, and its parts with theirs.

What belongs to a record is declared on its model: ``PARTS`` names the accessors of rows that are written with it. A
document names what it points at by number, and keeps the titles beside them, so that it can be read when they are gone.
Documents outlive the schema: what they hold and the model no longer has is passed over, and named by who restores them.
"""

from __future__ import annotations

import datetime
import decimal
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any

from django.db import models

from .links import batches
from .models import Record

#: {"fields": {name: value}, "many": {name: [number]}, "parts": {accessor: [{"id", "fields", "parts"}]}, "names": {"actor:5": title}}
Document = dict[str, Any]
Row = dict[str, Any]

#: Columns that say where a record stands, not what it says; the workflow and the history write them.
STATE = frozenset({"status", "publish_at", "withdrawn_reason", "created", "published", "updated", "version"})


@cache
def columns(model: type[models.Model], parent: str = "") -> tuple[models.Field, ...]:
    """The fields that a document holds of a row: those that are entered, without what is made of them."""
    return tuple(
        field
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and field.name != parent and not (issubclass(model, Record) and field.name in STATE)
    )


@cache
def many(model: type[models.Model]) -> tuple[models.ManyToManyField, ...]:
    """The many-to-many relations that have no model of their own; the others are parts."""
    return tuple(field for field in model._meta.many_to_many if field.remote_field.through._meta.auto_created)


@cache
def parts(model: type[models.Model]) -> tuple[tuple[str, type[models.Model], str], ...]:
    """(accessor, model of the rows, their foreign key to this one) of each part."""
    found = []
    for accessor in getattr(model, "PARTS", ()):
        relation = model._meta.get_field(accessor)
        found.append((accessor, relation.related_model, relation.field.name))
    return tuple(found)


@cache
def _pointers(model: type[models.Model], parent: str = "") -> tuple[tuple[str, type[Record]], ...]:
    """The columns of a row that point at records, each with the type."""
    targets = ((one.name, one.remote_field.model) for one in columns(model, parent) if isinstance(one, models.ForeignKey))
    return tuple((name, target) for name, target in targets if issubclass(target, Record))


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if value is None or type(value) is int:
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return str(value)
    # Browsers send the line ends of a text area as CR LF; a form saved as it was is no change.
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def of(record: Record) -> Document:
    """The document of one record as it stands in the database."""
    return of_many(type(record), [record.pk])[record.pk]


def of_many(model: type[Record], numbers: Collection[int]) -> dict[int, Document]:
    """The documents of records as they stand in the database, by number; a few queries for each part, however many."""
    found: dict[int, Document] = {}
    for batch in batches(numbers):
        rows = _rows(model, "pk", batch)
        documents = {pk: {"fields": row["fields"], "many": {}, "parts": row["parts"]} for pk, (row,) in rows.items()}
        for field in many(model):
            linked = _linked(field, batch)
            for pk, document in documents.items():
                document["many"][field.name] = sorted(linked.get(pk, []))
        found |= documents
    _name(model, found.values())
    return found


def _rows(model: type[models.Model], by: str, keys: Collection[int], parent: str = "", path: str = "") -> dict[int, list[Row]]:
    """The rows of a table by the number that ``by`` gives, each with its own parts; ``path`` leads to the records with the ``keys``."""
    path = path or by
    fields = columns(model, parent)
    order = [*model._meta.ordering, "pk"] if by != "pk" else ["pk"]
    own: dict[int, Row] = {}
    grouped: dict[int, list[Row]] = defaultdict(list)
    names = [field.name for field in fields]
    found = model._default_manager.filter(**{f"{path}__in": keys}).order_by(*order)
    for key, pk, *values in found.values_list(by, "pk", *(field.attname for field in fields)):
        told = dict(zip(names, map(plain, values), strict=True))
        own[pk] = {"id": pk, "fields": told, "parts": {}}
        grouped[key].append(own[pk])
    for accessor, part, foreign_key in parts(model):
        below = _rows(part, foreign_key, keys, foreign_key, f"{foreign_key}__{path}") if own else {}
        for pk, row in own.items():
            row["parts"][accessor] = below.get(pk, [])
    return grouped


def _linked(field: models.ManyToManyField, numbers: Collection[int]) -> dict[int, list[int]]:
    through, source, target = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()
    found: dict[int, list[int]] = defaultdict(list)
    for one, other in through._default_manager.filter(**{f"{source}__in": numbers}).values_list(f"{source}_id", f"{target}_id"):
        found[one].append(other)
    return found


def references(model: type[models.Model], row: Row, parent: str = "") -> Iterator[tuple[type[Record], int]]:
    """Every record that a document, or a row of one, points at."""
    for name, target in _pointers(model, parent):
        if pk := row["fields"].get(name):
            yield target, pk
    for field in many(model):
        yield from ((field.related_model, pk) for pk in row.get("many", {}).get(field.name, []))
    for accessor, part, foreign_key in parts(model):
        for below in row["parts"].get(accessor, []):
            yield from references(part, below, foreign_key)


def _name(model: type[Record], documents: Iterable[Document]) -> None:
    """Put the titles of what documents point at beside them."""
    pointed = [(document, set(references(model, document))) for document in documents]
    wanted: dict[type[Record], set[int]] = defaultdict(set)
    for _document, targets in pointed:
        for target, pk in targets:
            wanted[target].add(pk)
    titles = {
        (target, pk): title
        for target, numbers in wanted.items()
        for batch in batches(numbers)
        for pk, title in target._default_manager.filter(pk__in=batch).values_list("pk", "title")
    }
    for document, targets in pointed:
        document["names"] = {reference(target, pk): titles[target, pk] for target, pk in sorted(targets, key=str) if (target, pk) in titles}


def reference(model: type[models.Model], pk: int) -> str:
    """How the titles of a document are looked up: "actor:5"."""
    return f"{model._meta.model_name}:{pk}"
