"""Any row of any model with a token in all that it says: for what must be nowhere, and for what must not be changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from sinorus.publishing.models import Record


def texts(model: type[models.Model]) -> Iterator[models.Field]:
    """The fields in which somebody may write what they like."""
    for field in model._meta.concrete_fields:
        free = isinstance(field, models.CharField | models.TextField) and field.editable and not field.choices
        if free and not field.name.endswith(("_edtf", "slug")):
            yield field


def fill(row: Any, token: str) -> Any:
    """Put the token into every text of a row, addresses as such."""
    for field in texts(type(row)):
        whole = f"https://{token}.example/" if field.name in ("url", "archive_url") else token
        setattr(row, field.name, whole[: field.max_length or 1_000])
    return row


def new_row(model: type[models.Model], token: str, records: dict[type[Record], Record], **given: Any) -> Any:
    """A row that says the token and points at the given records, one of each type; not saved."""
    row = fill(model(), token)
    for field in model._meta.concrete_fields:
        if field.name in given or field.primary_key:
            continue
        if field.choices and not field.has_default() and (field.name == "kind" or not field.blank):
            setattr(row, field.name, next(value for value, _label in field.choices if value not in ("", None)))
        elif isinstance(field, models.ForeignKey) and issubclass(field.related_model, Record):
            setattr(row, field.name, None if field.null else records[field.related_model])
        elif isinstance(field, models.IntegerField) and not field.has_default() and not field.null:
            setattr(row, field.name, 1)
    for name, value in given.items():
        setattr(row, name, value)
    return row
