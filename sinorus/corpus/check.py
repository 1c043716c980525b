"""Holds entries against the schema: names, shapes, choices, references. Needs no database."""

from __future__ import annotations

import difflib
from collections.abc import Container, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from sinorus.publishing.slugs import validate_slug

from .files import Entry, Problem, Steps
from .schema import TYPES, Column, Field, Key, Ref, Refs, Rows, When, names, row_model

#: Entries by type and slug.
Known = dict[str, dict[str, Entry]]
YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def check(entries: Iterable[Entry], beside: Known | None = None, drafts: Container[str] = ()) -> list[Problem]:
    """Everything in ``entries`` that the schema does not allow.

    References must lead to another of the entries, or to one of those that are known ``beside`` them. Entries whose
    names are among ``drafts`` may lack what only publication requires.
    """
    entries = list(entries)
    known: Known = {name: dict((beside or {}).get(name, {})) for name in TYPES}
    for entry in entries:
        known[entry.type][entry.slug] = entry
    problems: list[Problem] = []
    sound: set[tuple[Any, ...]] = set()
    for entry in entries:
        problems += _Check(entry, known, entry.name in drafts, sound).run()
    return problems


class _Check:
    """One entry, held against the schema of its type."""

    def __init__(self, entry: Entry, known: Known, draft: bool, sound: set[tuple[Any, ...]]) -> None:
        #: ``sound``: rows with nothing against them, so that the same row of another entry is not looked at again.
        self.entry, self.known, self.draft, self.sound = entry, known, draft, sound
        self.problems: list[Problem] = []

    def run(self) -> list[Problem]:
        type_ = TYPES[self.entry.type]
        try:
            validate_slug(self.entry.slug)
        except ValidationError as error:
            self._note((), error.messages[0])
        self._mapping(self.entry.data, type_.fields, type_.model, ())
        return self.problems

    def _note(self, steps: Steps, message: str, **params: Any) -> None:
        self.problems.append(self.entry.problem(steps, message % params if params else message))

    def _mapping(self, data: dict[str, Any], fields: tuple[Field, ...], model: type[models.Model], steps: Steps) -> None:
        allowed = list(names(fields))
        for name in data:
            if name not in allowed:
                self._note((*steps, name), _("Not a field here. Allowed: %(allowed)s."), allowed=", ".join(allowed))
        for field in fields:
            if self._required(field, model, steps) and not any(data.get(name) for name in names((field,))):
                self._note((*steps, field.name), _("Missing, and required."))
            if isinstance(field, When):
                for name, column in field.columns.items():
                    self._scalar(data.get(name, ""), model._meta.get_field(column), (*steps, name))
            elif isinstance(field, Rows) and field.minimum and not data.get(field.name) and not self.draft:
                self._note((*steps, field.name), _("At least %(count)d is needed here."), count=field.minimum)
            elif isinstance(field, Key):
                self._key(field, data, (*steps, field.name))
            elif field.name in data:
                self._field(field, data[field.name], model, (*steps, field.name))

    def _required(self, field: Field, model: type[models.Model], steps: Steps) -> bool:
        """Of a draft's own fields only those without which its model has no row."""
        if not getattr(field, "required", False) or not self.draft or steps:
            return getattr(field, "required", False)
        column = model._meta.get_field(field.attribute) if isinstance(field, Column | Ref) else None
        return column is not None and not column.blank and not column.has_default()

    def _field(self, field: Field, value: Any, model: type[models.Model], steps: Steps) -> None:
        if isinstance(field, Column):
            self._scalar(value, model._meta.get_field(field.attribute), steps)
        elif isinstance(field, Ref):
            self._reference(value, field.to, steps)
        elif isinstance(field, Refs):
            for index, slug in self._items(value, steps):
                self._reference(slug, field.to, (*steps, index))
                if slug in value[:index]:
                    self._note((*steps, index), _("“%(slug)s” stands twice in this list."), slug=slug)
        elif isinstance(field, Rows):
            self._rows(field, value, model, steps)

    def _scalar(self, value: Any, column: models.Field, steps: Steps) -> None:
        if not isinstance(value, str):
            self._note(steps, _("Text is wanted here, not a list or further fields."))
        elif isinstance(column, models.BooleanField):
            if value and value not in YES_NO:
                self._note(steps, _("“%(value)s”: write yes or no."), value=value)
        elif column.choices and value and value not in (choices := [str(choice) for choice, _label in column.flatchoices]):
            self._note(steps, _("“%(value)s” is not allowed. Allowed: %(allowed)s."), value=value, allowed=", ".join(choices))

    def _reference(self, value: Any, to: str, steps: Steps) -> None:
        if not isinstance(value, str):
            self._note(steps, _("The slug of a record is wanted here, not a list or further fields."))
        elif (to, value) == (self.entry.type, self.entry.slug):
            self._note(steps, _("A record cannot refer to itself here."))
        elif value and value not in self.known[to]:
            near = difflib.get_close_matches(value, [slug for slug in self.known[to] if slug[:1] == value[:1]], n=1)
            message = (
                _("“%(slug)s” is not among the %(type)s. Did you mean “%(near)s”?") if near else _("“%(slug)s” is not among the %(type)s.")
            )
            self._note(steps, message, slug=value, type=to, near=near[0] if near else "")

    def _key(self, field: Key, data: dict[str, Any], steps: Steps) -> None:
        key, record = data.get(field.name, ""), self.entry
        if field.of:
            record = self.known[self.entry.type].get(str(data.get(field.of)), self.entry)
        rows = record.data.get(field.rows)
        keys = [str(row.get("key")) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        if key and key not in keys:
            allowed = ", ".join(keys) or _("none")
            self._note(
                steps, _("“%(key)s” is not a key of %(record)s. Allowed: %(allowed)s."), key=key, record=record.slug, allowed=allowed
            )

    def _items(self, value: Any, steps: Steps) -> list[tuple[int, Any]]:
        if isinstance(value, list):
            return list(enumerate(value))
        if value != "":
            self._note(steps, _("A list is wanted here."))
        return []

    def _rows(self, field: Rows, value: Any, model: type[models.Model], steps: Steps) -> None:
        rows_model, _parent = row_model(model, field)
        found = []
        for row_steps, row in self._flat(field, value, steps):
            if not isinstance(row, dict):
                self._note(row_steps, _("Fields are wanted here, such as {%(name)s: …}."), name=field.fields[0].name)
                continue
            if field.scalar and (*row_steps, field.scalar) not in self.entry.lines:
                self._scalar(row[field.scalar], rows_model._meta.get_field(field.scalar), row_steps)
            else:
                self._row(row, field, rows_model, row_steps)
            found.append((row_steps, row))
        self._unique(field, found)

    def _row(self, row: dict[str, Any], field: Rows, model: type[models.Model], steps: Steps) -> None:
        """Hold a row against the schema, unless the same was found sound where nothing depends on whose it is."""
        own = any(isinstance(part, Key | Rows | Refs) or (isinstance(part, Ref) and part.to == self.entry.type) for part in field.fields)
        like = None if own or not all(isinstance(value, str) for value in row.values()) else (model, *row.items())
        if like in self.sound:
            return
        before = len(self.problems)
        self._mapping(row, field.fields, model, steps)
        if like and len(self.problems) == before:
            self.sound.add(like)

    def _unique(self, field: Rows, rows: list[tuple[Steps, dict[str, Any]]]) -> None:
        seen = set()
        for steps, row in rows:
            key = repr([row.get(name, "") for name in field.unique])
            if field.unique and key in seen:
                self._note(steps, _("This row stands twice (same %(names)s)."), names=", ".join(field.unique))
            seen.add(key)
        marked = [steps for steps, row in rows if field.only_one and YES_NO.get(row.get(field.only_one, ""))]
        for steps in marked[1:]:
            self._note(steps, _("Only one row may have “%(name)s: yes”."), name=field.only_one)

    def _flat(self, field: Rows, value: Any, steps: Steps) -> list[tuple[Steps, Any]]:
        rows = []
        for index, item in self._items(value, steps):
            where = (*steps, index)
            if field.grouped and isinstance(item, dict):
                for name in item:
                    if name != field.grouped and name not in field.shared:
                        allowed = ", ".join((*field.shared, field.grouped))
                        self._note((*where, name), _("Not a field here. Allowed: %(allowed)s."), allowed=allowed)
                if not item.get(field.grouped):
                    self._note((*where, field.grouped), _("Missing, and required."))
            rows += flatten(field, item, where)
        return rows


def flatten(field: Rows, item: Any, steps: Steps) -> list[tuple[Steps, Any]]:
    """The rows that one item of a list stands for, each with where it stands; see ``schema.Rows`` for short forms."""
    if field.scalar and isinstance(item, str):
        return [(steps, {field.scalar: item})]
    if not (field.grouped and isinstance(item, dict)):
        return [(steps, item)]
    shared = {name: item[name] for name in field.shared if name in item}
    group = item.get(field.grouped)
    rows = group if isinstance(group, list) else []
    return [((*steps, field.grouped, index), {**shared, **row} if isinstance(row, dict) else row) for index, row in enumerate(rows)]
