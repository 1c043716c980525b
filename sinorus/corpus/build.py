"""Makes instances of the models of an entry, validates them, and saves them with all that hangs on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.base import ModelState

from .check import YES_NO, flatten
from .files import Entry, Problem, Steps
from .schema import TYPES, Column, Field, Key, Ref, Refs, Rows, When, is_ordered, row_model


@dataclass(slots=True)
class Draft:
    """An instance not saved yet, what it refers to by (type, slug), and its rows by accessor."""

    instance: models.Model
    steps: Steps
    columns: dict[str, str]
    refs: dict[str, tuple[str, str]] = field(default_factory=dict)
    many: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    rows: dict[str, list[Draft]] = field(default_factory=dict)
    parent: str = ""


#: Rows that their models found in order, by what they were made of: a thousand parties are alike but for who it is.
Cleaned = dict[tuple[Any, ...], Draft]


def draft(entry: Entry, status: str = "published", cleaned: Cleaned | None = None) -> tuple[Draft, list[Problem]]:
    """The instances of an entry that ``check`` found in order, and what their models say against them.

    ``cleaned`` is kept from entry to entry, so that the models are not asked the same again.
    """
    type_, making = TYPES[entry.type], _Making(entry, {} if cleaned is None else cleaned)
    made = making.draft(type_.model, type_.fields, entry.data, ())
    made.instance.slug, made.columns["slug"] = entry.slug, "slug"
    made.instance.status = status
    return made, making.validate(made) + making.problems


class _Making:
    """Makes the instances of one entry. Rows are validated as they are made, before anything is known of the database."""

    def __init__(self, entry: Entry, cleaned: Cleaned) -> None:
        self.entry, self.cleaned = entry, cleaned
        self.problems: list[Problem] = []

    def draft(self, model: type[models.Model], fields: tuple[Field, ...], data: dict[str, Any], steps: Steps) -> Draft:
        made = Draft(model(), steps, {})
        for part in fields:
            value = data.get(part.name, "")
            if isinstance(part, Column | Key):
                _set(made, part.attribute, part.name, value)
            elif isinstance(part, When):
                for name, column in part.columns.items():
                    _set(made, column, name, data.get(name, ""))
            elif isinstance(part, Ref):
                made.refs[part.attribute] = (part.to, value)
                made.columns[part.attribute] = part.name
            elif isinstance(part, Refs):
                made.many[part.name] = [(part.to, slug) for slug in value]
            elif isinstance(part, Rows):
                made.rows[part.accessor or part.name] = self._rows(model, part, value, (*steps, part.name)) if value else []
        return made

    def validate(self, made: Draft) -> list[Problem]:
        """What the model says of an instance; foreign keys are left for later."""
        try:
            made.instance.full_clean(exclude=made.refs.keys() | {made.parent}, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            return problems_of(error, made, self.entry)
        return []

    def _rows(self, model: type[models.Model], part: Rows, value: list[Any], steps: Steps) -> list[Draft]:
        rows_model, parent = row_model(model, part)
        has_position = is_ordered(rows_model)
        refs = [inner for inner in part.fields if isinstance(inner, Ref)]
        flat = [row for index, item in enumerate(value) for row in flatten(part, item, (*steps, index))]
        drafts = []
        for position, (row_steps, row) in enumerate(flat):
            like = _like(rows_model, row, {inner.name for inner in refs})
            if found := self.cleaned.get(like):
                made = _copy(found, row_steps, {inner.attribute: (inner.to, row.get(inner.name, "")) for inner in refs})
            else:
                made = self.draft(rows_model, part.fields, row, row_steps)
                made.parent = parent
                problems = self.validate(made)
                self.problems += problems
                if like and not problems:
                    self.cleaned[like] = made
            if has_position:
                made.instance.position = position
            drafts.append(made)
        return drafts


def _like(model: type[models.Model], row: dict[str, Any], refs: set[str]) -> tuple[Any, ...]:
    """What a row is made of but for what it refers to; () for one that has rows of its own."""
    if any(not isinstance(value, str) for value in row.values()):
        return ()
    return (model, *(pair for pair in row.items() if pair[0] not in refs))


def _copy(found: Draft, steps: Steps, refs: dict[str, tuple[str, str]]) -> Draft:
    """A row like one that was found in order, quicker than by its model."""
    model = type(found.instance)
    instance = model.__new__(model)
    instance.__dict__ = {**found.instance.__dict__, "_state": ModelState(), "id": None}
    return Draft(instance, steps, found.columns, refs, {name: [] for name in found.many}, {name: [] for name in found.rows}, found.parent)


def _set(made: Draft, column: str, name: str, value: str) -> None:
    """Put the text of a file into a column; blank leaves the column's default."""
    made.columns[column] = name
    column_field = made.instance._meta.get_field(column)
    if isinstance(column_field, models.BooleanField):
        setattr(made.instance, column, YES_NO[value] if value else column_field.get_default())
    elif value:
        setattr(made.instance, column, value)


def problems_of(error: ValidationError, made: Draft, entry: Entry) -> list[Problem]:
    """A model's complaints, each at the line of the field it is about."""
    found = []
    for column, messages in error.message_dict.items():
        name = made.columns.get(column)
        steps = (*made.steps, name) if name else made.steps
        found += [entry.problem(steps, message) for message in messages]
    return found


def copy_onto(made: Draft, existing: models.Model) -> None:
    """Let an existing record hold what the draft holds. Its slug stays: an address, once given, is the editors' to change."""
    for column in made.columns.keys() - made.refs.keys() - {"slug"}:
        setattr(existing, column, getattr(made.instance, column))
    existing.status = made.instance.status
    made.instance = existing


def save_rows(drafts: list[Draft]) -> None:
    """Write the rows of saved drafts, level by level, with one statement for many rows; their references are set already."""
    level: dict[type[models.Model], list[Draft]] = {}
    for made in drafts:
        for rows in made.rows.values():
            for row in rows:
                setattr(row.instance, f"{row.parent}_id", made.instance.pk)
                level.setdefault(type(row.instance), []).append(row)
    for model, rows in level.items():
        model._default_manager.bulk_create([row.instance for row in rows], batch_size=500)
        save_rows(rows)


def delete_rows(model: type[models.Model], fields: tuple[Field, ...], ids: list[int]) -> None:
    """Remove the rows of records that are to be written anew; rows of rows go with them."""
    for part in fields:
        if isinstance(part, Rows):
            rows_model, parent = row_model(model, part)
            rows_model._default_manager.filter(**{f"{parent}__in": ids}).delete()
