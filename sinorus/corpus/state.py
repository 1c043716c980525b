"""A digest of what a record of the database holds, with all that hangs on it, to tell whether an editor changed it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.db import models

from .schema import Column, Field, Key, RecordType, Ref, Refs, Rows, When, is_ordered, row_model

# SQLite takes a limited number of parameters in one statement.
_BATCH = 500


def digests(type_: RecordType, ids: Collection[int]) -> dict[int, str]:
    """The digest of each of the records that exists.

    It covers what the files can hold and whether the record is published, and nothing else: not the slug, since a
    renamed record is otherwise the same, nor numbers of rows. Related records count by number, for the same reason.
    """
    found = {}
    for batch in _batches(sorted(ids)):
        states = _states(type_.model, type_.fields, "pk", batch, extra=("status",))
        for pk, rows in states.items():
            found[pk] = hashlib.sha256(json.dumps(rows, sort_keys=True, default=str).encode()).hexdigest()
    return found


def _batches(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]


def _states(
    model: type[models.Model], fields: tuple[Field, ...], key: str, ids: list[int], extra: tuple[str, ...] = (), path: str = "pk"
) -> dict[int, list[dict[str, Any]]]:
    """What the rows of ``model`` hold, by their ``key``, in their order; ``path`` leads to the records whose numbers are ``ids``."""
    columns = [*extra]
    for part in fields:
        if isinstance(part, Column | Key | Ref):
            columns.append(part.attribute)
        elif isinstance(part, When):
            columns += part.columns.values()
    order = ["position", "pk"] if is_ordered(model) and key != "pk" else ["pk"]
    rows = list(model._default_manager.filter(**{f"{path}__in": ids}).order_by(*order).values(*{"pk", key, *columns}))
    own = [row["pk"] for row in rows]
    below = {part.name: _below(model, part, own, ids, path) for part in fields if isinstance(part, Refs | Rows)}
    states: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        state = {column: _plain(row[column]) for column in columns}
        state |= {name: found.get(row["pk"]) for name, found in below.items()}
        # What is blank is left out, so that a column added later does not make every record look changed.
        states[row[key]].append({name: value for name, value in state.items() if value})
    return states


def _plain(value: Any) -> Any:
    # Browsers send the line ends of a text area as CR LF; saving a form unchanged is no change.
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _below(model: type[models.Model], part: Refs | Rows, own: list[int], ids: list[int], path: str) -> dict[int, list[Any]]:
    """The rows, or the links, of the rows with the numbers ``own``: those that ``path`` leads from to the records ``ids``."""
    found: dict[int, list[Any]] = defaultdict(list)
    if own and isinstance(part, Rows):
        rows_model, parent = row_model(model, part)
        return _states(rows_model, part.fields, parent, ids, path=f"{parent}__{path}")
    for batch in _batches(own) if isinstance(part, Refs) else ():
        through, source, target = through_table(model, part)
        pairs = through._default_manager.filter(**{f"{source}__in": batch}).order_by(source, target)
        for one, other in pairs.values_list(source, target):
            found[one].append(other)
    return found


def through_table(model: type[models.Model], part: Refs) -> tuple[type[models.Model], str, str]:
    """The table of a many-to-many relation and its columns on the side of ``model`` and on the other side."""
    relation = model._meta.get_field(part.name)
    if isinstance(relation, models.ManyToManyField):
        return relation.remote_field.through, f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
    forward = relation.field
    return relation.through, f"{forward.m2m_reverse_field_name()}_id", f"{forward.m2m_field_name()}_id"
