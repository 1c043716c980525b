"""Records into data of the shape that the files of the corpus have: what is exported, and what an import is held against."""

from __future__ import annotations

import datetime
import decimal
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import models

from sinorus.corpus.build import Draft
from sinorus.corpus.schema import Column, Field, Key, RecordType, Ref, Refs, Rows, When, is_ordered, row_model
from sinorus.corpus.state import through_table

from .shape import Data, grouped

_BATCH = 500


def dump(type_: RecordType, ids: Iterable[int]) -> Iterator[tuple[int, str, str, Data]]:
    """(number, slug, status, data) of records in the order of ``ids``; some queries for each five hundred."""
    ids = list(ids)
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        found = {
            pk: (row, data) for pk, rows in _rows(type_.model, type_.fields, "pk", batch, ("slug", "status")).items() for row, data in rows
        }
        yield from ((pk, found[pk][0]["slug"], found[pk][0]["status"], found[pk][1]) for pk in batch if pk in found)


def data_of(draft: Draft, fields: tuple[Field, ...], model: type[models.Model]) -> Data:
    """The data of a record that is not saved yet, after its models cleaned it: as ``dump`` would give it afterwards."""
    data = _scalars(fields, lambda name: draft.refs[name][1] if name in draft.refs else getattr(draft.instance, name))
    for part in fields:
        if isinstance(part, Refs):
            data[part.name] = sorted(slug for _to, slug in draft.many[part.name])
        elif isinstance(part, Rows):
            rows_model, _parent = row_model(model, part)
            if rows := draft.rows[part.accessor or part.name]:
                data[part.name] = _listed(part, rows_model, [data_of(row, part.fields, rows_model) for row in rows])
    return {name: value for name, value in data.items() if value}


def _rows(
    model: type[models.Model], fields: tuple[Field, ...], key: str, ids: list[int], extra: tuple[str, ...] = (), path: str = "pk"
) -> dict[int, list[tuple[dict[str, Any], Data]]]:
    """By ``key``, for each row of ``model`` its columns and its data; ``path`` leads to the records whose numbers are ``ids``."""
    columns = [*extra]
    for part in fields:
        if isinstance(part, Ref):
            columns.append(f"{part.attribute}__slug")
        elif isinstance(part, Column | Key):
            columns.append(part.attribute)
        elif isinstance(part, When):
            columns += part.columns.values()
    found = model._default_manager.filter(**{f"{path}__in": ids}).order_by(
        *(["position"] if key != "pk" and is_ordered(model) else []), "pk"
    )
    rows = list(found.values(*{"pk", key, *columns}))
    own = [row["pk"] for row in rows]
    below = {part.name: _below(model, part, own, ids, path) for part in fields if isinstance(part, Refs | Rows)}
    by_key: dict[int, list[tuple[dict[str, Any], Data]]] = defaultdict(list)
    for row in rows:
        data = _scalars(fields, lambda name, row=row: row[f"{name}__slug"] if f"{name}__slug" in row else row[name])
        data |= {name: lists.get(row["pk"], []) for name, lists in below.items()}
        by_key[row[key]].append((row, {name: value for name, value in data.items() if value}))
    return by_key


def _below(model: type[models.Model], part: Refs | Rows, own: list[int], ids: list[int], path: str) -> dict[int, list[Any]]:
    """The rows, or the slugs, of the rows with the numbers ``own``: those that ``path`` leads from to the records ``ids``."""
    if isinstance(part, Rows):
        rows_model, parent = row_model(model, part)
        found = _rows(rows_model, part.fields, parent, ids, path=f"{parent}__{path}") if own else {}
        return {key: _listed(part, rows_model, [data for _row, data in rows]) for key, rows in found.items()}
    through, source, target = through_table(model, part)
    to = through._meta.get_field(target.removesuffix("_id")).name
    linked: dict[int, list[str]] = defaultdict(list)
    for start in range(0, len(own), _BATCH):
        pairs = through._default_manager.filter(**{f"{source}__in": own[start : start + _BATCH]})
        for one, slug in pairs.values_list(source, f"{to}__slug"):
            linked[one].append(slug)
    return {key: sorted(slugs) for key, slugs in linked.items()}


def _listed(part: Rows, rows_model: type[models.Model], rows: list[Data]) -> list[Any]:
    """Rows in their order where it is the editors', else in one that does not change from day to day."""
    if not is_ordered(rows_model):
        rows = sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))
    return grouped(part, rows)


def _scalars(fields: tuple[Field, ...], value: Callable[[str], Any]) -> Data:
    data = {}
    for part in fields:
        if isinstance(part, Column | Ref | Key):
            data[part.name] = _text(value(part.attribute))
        elif isinstance(part, When):
            data |= {name: _text(value(column)) for name, column in part.columns.items()}
            if data.get(f"{part.name}_calendar") == "gregorian":
                del data[f"{part.name}_calendar"]
    return data


def _text(value: Any) -> str:
    """A value as one would write it; nothing, no and the empty text are all blank."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, decimal.Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value).replace("\r\n", "\n")
